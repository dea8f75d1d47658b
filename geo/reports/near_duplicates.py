"""Near-duplicates: copies of one text that were syndicated, cut, lower-cased or given another headline.

Texts are not compared pair by pair, but through an index of sampled shingles (runs of words).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from geo.model import Report

# Set by hand on copies of agency texts among the development reports of 2026.
_SHINGLE = 6  # words: long enough that two reporters rarely write the same run
_SAMPLED = 4  # one shingle in so many is kept (Broder's mod-p sketch, which also compares cut texts)
_LEAST_COPIED = 0.4  # share of the shorter text's sampled shingles that two copies have in common
_LEAST_SHARED = 5  # shingles: fewer are chance, as in a quotation of one sentence
_COMMON = 50  # a shingle in more reports than this is a set phrase, not a copy


def sketch(text: str) -> frozenset[int]:
    """A sample of a text's shingles without case and punctuation; all of them where the text is too short to sample."""
    words = re.findall(r"\w+", text.lower())
    hashes = {
        int.from_bytes(hashlib.blake2b(" ".join(words[i : i + _SHINGLE]).encode(), digest_size=8).digest())
        for i in range(max(1, len(words) - _SHINGLE + 1))
    }
    sampled = frozenset(h for h in hashes if h % _SAMPLED == 0)
    return sampled if len(sampled) >= _LEAST_SHARED else frozenset(hashes)


def copies(sketches: Mapping[str, frozenset[int]]) -> dict[str, str]:
    """For each report the least id among the reports of the same text, its own id for a report without a copy."""
    holders: dict[int, list[str]] = defaultdict(list)
    for report, hashes in sorted(sketches.items()):
        for value in hashes:
            holders[value].append(report)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for reports in holders.values():
        for pair in combinations(reports, 2) if len(reports) <= _COMMON else ():
            shared[pair] += 1
    sets = Sets(sketches)
    for (a, b), number in shared.items():
        if _is_copy(number, sketches[a], sketches[b]):
            sets.join(a, b)
    return {report: sets.root(report) for report in sketches}


def _is_copy(shared: int, a: frozenset[int], b: frozenset[int]) -> bool:
    least = min(len(a), len(b))
    return shared >= min(_LEAST_SHARED, least) and shared >= _LEAST_COPIED * least


class CopyDates:
    """Days of publication by text: a report without one gets that of its earliest copy."""

    def __init__(self, dated: Iterable[tuple[frozenset[int], date]] = ()) -> None:
        self._dated: list[tuple[frozenset[int], date]] = []
        self._holders: dict[int, list[int]] = defaultdict(list)
        for hashes, day in dated:
            self._add(hashes, day)

    def _add(self, hashes: frozenset[int], day: date) -> None:
        for value in hashes:
            self._holders[value].append(len(self._dated))
        self._dated.append((hashes, day))

    def of(self, text: str) -> date | None:
        """The earliest day on which a copy of the text was published; None where none is known."""
        hashes = sketch(text)
        shared = Counter(i for value in hashes for i in self._holders.get(value, ()))
        days = [self._dated[i][1] for i, n in shared.items() if _is_copy(n, hashes, self._dated[i][0])]
        return min(days, default=None)

    def ordered(self, reports: Iterable[Report]) -> Iterator[tuple[Report, date | None]]:
        """The reports, each with the day that its relative dates refer to; those without a date come last."""
        undated = []
        for report in reports:
            if report.published is None:
                undated.append(report)
            else:
                self._add(sketch(report.text), report.published)
                yield report, report.published
        for report in undated:
            yield report, self.of(report.text)


@dataclass
class Sets:
    """Disjoint sets of ids (union-find); the root of a set is its least id."""

    ids: Iterable[str]
    _parent: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._parent = {i: i for i in self.ids}

    def root(self, i: str) -> str:
        """The least id of the set that `i` is in."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, a: str, b: str) -> None:
        """Unite the sets that `a` and `b` are in."""
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low
