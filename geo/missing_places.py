"""Place names that the gazetteer lacks, by country, and what reading their reports again makes of them.

The gazetteer comes with places of 500 people and more. `geo.gazetteer.fetch` downloads a country's others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.errors import ReportError
from geo.incidents.catalogue import catalogue
from geo.ingest import GetExtractor, reread
from geo.store import Store

_NO_PLACE = 8  # less exact than any UCDP precision, which go from 1 to 7
_MOST_NAMES = 5  # that a sentence lists; set by hand: they fit on one line


@dataclass(frozen=True, slots=True)
class MissingNames:
    """Names in the reports about one country (ISO 3166-1) that the gazetteer lacks, the most frequent first.

    `reports` are the ids of the reports that have them.
    """

    country: str
    names: tuple[str, ...]
    reports: frozenset[str]

    def describe(self, country_name: str) -> str:
        """Which names are missing: "2 names in Syria are not in the gazetteer (Tell Zreikat, Al Qasr)".

        The names are on one line, without characters that a terminal would obey.
        """
        shown = ["".join(c for c in " ".join(n.split()) if c.isprintable()) for n in self.names[:_MOST_NAMES]]
        if len(self.names) > len(shown):
            shown.append(f"and {len(self.names) - len(shown)} more")
        verb = "is" if len(self.names) == 1 else "are"
        return f"{self.number} in {country_name} {verb} not in the gazetteer ({', '.join(shown)})"

    @property
    def number(self) -> str:
        """How many names there are: "1 name", "8 names"."""
        return f"{len(self.names):,} {'name' if len(self.names) == 1 else 'names'}"


@dataclass(frozen=True, slots=True)
class Rereading:
    """What became of missing names: how many are `known` now, and how many incidents are `placed` or `moved`.

    `placed` have a place, or a more exact one, that they had not before; `moved` have another one. `reread` is the
    number of reports; `refused` holds an error for each that stayed as it was.
    """

    known: int
    placed: int
    moved: int
    reread: int
    refused: list[ReportError] = field(default_factory=list)

    @property
    def incidents(self) -> str:
        """What became of the incidents: "2 incidents gained a place or a more exact one, 1 moved"."""
        noun = "incident" if self.placed == 1 else "incidents"
        moved = f", {self.moved:,} moved" if self.moved else ""
        return f"{self.placed:,} {noun} gained a place or a more exact one{moved}"


def missing_names(unresolved: Iterable[Mapping[str, Any]], imported: Collection[str] = ()) -> list[MissingNames]:
    """The missing names of each country, that with the most names first, without the countries in `imported`.

    `unresolved` are rows as `Store.unresolved` returns them. Names that differ in capitals only count once.
    """
    spellings: dict[str, dict[str, str]] = defaultdict(dict)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reports: dict[str, set[str]] = defaultdict(set)
    for row in unresolved:
        country, name = row["country"], row["name"]
        if country and country not in imported:
            counts[country][name.casefold()] += 1
            spellings[country].setdefault(name.casefold(), name)
            reports[country].add(row["report_id"])
    missing = [
        MissingNames(country, tuple(spellings[country][key] for key, _ in count.most_common()), frozenset(ids))
        for (country, count), ids in zip(counts.items(), reports.values(), strict=True)
    ]
    return sorted(missing, key=lambda m: (-len(m.names), m.country))


def reread_missing(
    store: Store, missing: MissingNames, extractor: GetExtractor, done: Callable[[], None] = lambda: None
) -> Rereading:
    """Read the reports with missing names again, after places were added to the gazetteer. `done` is called for each.

    What reviewers decided stays. Raises StoreError.
    """
    before = _places(store)
    outcome = reread(store, extractor, done, missing.reports)
    after = _places(store)
    resolved = {name.casefold() for name in store.resolved_names(missing.reports)}
    known = sum(name.casefold() in resolved for name in missing.names)
    changed = [(before[i], place) for i, place in after.items() if i in before and place != before[i] and place[0]]
    placed = sum(was[1] > now[1] for was, now in changed)
    return Rereading(known, placed, len(changed) - placed, outcome.reread, outcome.refused)


def _places(store: Store) -> dict[str, tuple[str | None, int]]:
    """The place of each incident of reports and its `where_prec`, by the incident's id."""
    records = (record for record in catalogue(store) if record.incident is not None)
    return {r.id: (r.place_name, r.where_prec or _NO_PLACE) for r in records}
