"""Positions written in a text in figures: in degrees, as a grid reference, as a plus code.

The forms of numbers are the same in all languages; the words beside them come from the language (`CoordinateWords`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from geopy.distance import great_circle

from geo.geocoding.angles import Angle, find_angles, reason_against
from geo.geocoding.grids import find_grid_references
from geo.geocoding.plus_codes import find_plus_codes
from geo.geocoding.written_position import (
    CoordinateWords,
    Form,
    WrittenPosition,
    alternatives,
    normalized,
    uncertainty_km,
)

# Numbers without letters are a position by their decimals alone from four on, which is some 10 m: other numbers are
# rarely given so exactly. Behind a word for coordinates one decimal is enough, behind a word for a position two.
_DECIMALS_ALONE, _DECIMALS_LIKELY, _DECIMALS_CERTAIN = 4, 2, 1
_HALF_UNIT_MARKED = 0.05  # degrees: "34°, 38°" are temperatures
_ORDER_CHARS = 16  # behind a position, in which its order is looked for: "38.27, 34.55 (long/lat)"
_CUE_CHARS = 60  # before a position, in which a word for coordinates is looked for: a short clause
_GAP_CHARS = 12  # between the two numbers of a position
_LIST_CHARS = 40  # between two positions of a list: a name and a bracket
_SAME_KM = 1.0  # by which two forms of one position may differ beyond what their digits allow: other datums, rounding

_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\s*\n")
_LIST_GAP = re.compile(r"[^.!?\d]*")
_FORMS_GAP = re.compile(r"[\s,;:/=|()\[\]]*(?:[^\W\d_]{1,4}\.?[\s:=]*){0,2}[(\[]?")


def find_positions(text: str, words: CoordinateWords) -> list[WrittenPosition]:
    """Every position of a text, in order, none overlapping another.

    Several forms of one position side by side are one. What has the form of a position but cannot be one has a
    `reason`. The time is linear in the length of the text.
    """
    plain = normalized(text)
    positions = [*find_grid_references(plain, words), *find_plus_codes(plain)]
    taken = sorted((p.start, p.end) for p in positions)
    positions += [p for p in _pairs(plain, words) if not _overlaps(p, taken)]
    return _joined(plain, sorted(positions, key=lambda p: p.start))


def _pairs(text: str, words: CoordinateWords) -> Iterator[WrittenPosition]:
    """The positions made of two angles that follow each other; one without letters makes the next of a list clear."""
    angles = list(find_angles(text, words))
    previous: WrittenPosition | None = None
    i = 0
    while i + 1 < len(angles):
        position = _position(text, angles, i, words, previous)
        if position is not None:
            yield position
            previous = position if position.is_certain and angles[i + 1].axis is None else None
        i += 2 if position is not None else 1


def _position(
    text: str, angles: Sequence[Angle], i: int, words: CoordinateWords, previous: WrittenPosition | None
) -> WrittenPosition | None:
    """The position of an angle and the next one; None where the two are not one."""
    first, second = angles[i], angles[i + 1]
    gap = text[first.end : second.start]
    if len(gap) > _GAP_CHARS or not _separator(words).fullmatch(gap):
        return None
    if second.axis is None and not first.has_hemisphere:
        return _without_letters(text, angles, i, words, previous)  # "lat/long 34.55, 38.27" has a word before the first
    if first.axis is None or second.axis is None or first.axis == second.axis:
        return None
    if first.is_whole and second.is_whole and not _is_surely_whole(text, first, second):
        return None
    lat, lon = (first, second) if first.axis == "lat" else (second, first)
    return _made(lat, lon)


def _is_surely_whole(text: str, first: Angle, second: Angle) -> bool:
    """Whether two bare numbers of whole degrees have their letters right beside them: "34N 38E", "N34 E38"."""
    written = (text[a.start : a.end] for a in (first, second))
    return all(re.fullmatch(r"\d{1,2}[A-Z]|\d{3}[A-Z]|[A-Z]\d{1,3}", w) for w in written)


def _without_letters(
    text: str, angles: Sequence[Angle], i: int, words: CoordinateWords, previous: WrittenPosition | None
) -> WrittenPosition | None:
    """The position of two numbers without letters, where their decimals or a word before them make them one."""
    first, second = angles[i], angles[i + 1]
    if not _is_free(text, first.number_start, second.end) or first.is_whole or second.is_whole:
        return None
    before, gap = _before(text, first.number_start), text[first.end : second.start].strip()
    cued, reverse = _last_cue(before, text[second.end : second.end + _ORDER_CHARS], words)
    listed = previous is not None and _is_listed(text, previous, first.number_start)
    stated = (cued and _has_decimals(first, second, _DECIMALS_CERTAIN)) or (
        (listed or (gap and _likely_cue(words).search(before))) and _has_decimals(first, second, _DECIMALS_LIKELY)
    )
    paired = gap in (",", ";")
    alone = paired and _is_clear_alone(first, second) and not _is_in_row(text, angles, i, gap)
    bracketed = paired and _is_in_brackets(text, first, second) and _has_decimals(first, second, _DECIMALS_LIKELY)
    if not (stated or alone or bracketed):
        return None
    lat, lon = (second, first) if reverse or abs(first.value) > 90 >= abs(second.value) else (first, second)
    reason = lat.reason or lon.reason or reason_against(lat.value, "lat") or reason_against(lon.value, "lon")
    if reason and not stated:
        return None
    made = _made(replace(lat, reason=reason), lon, first.number_start)
    return replace(made, is_certain=bool(stated or alone))


def _is_in_brackets(text: str, first: Angle, second: Angle) -> bool:
    """Whether two numbers stand in brackets by themselves: "X (35.66, 38.41)"."""
    around = text[max(0, first.number_start - 1) : first.number_start] + text[second.end : second.end + 1]
    return around in ("()", "[]")


def _has_decimals(first: Angle, second: Angle, least: int) -> bool:
    return all(a.decimals >= least or (a.is_marked and not a.decimals) for a in (first, second))


def _is_clear_alone(first: Angle, second: Angle) -> bool:
    """Whether two numbers are a position without any word: by their signs of degrees, or by many decimals.

    Two numbers under 1 are rather shares.
    """
    if first.is_marked and second.is_marked:
        return max(first.half_unit, second.half_unit) < _HALF_UNIT_MARKED
    many = min(first.decimals, second.decimals) >= _DECIMALS_ALONE
    return many and max(abs(first.value), abs(second.value)) >= 1


def _made(lat: Angle, lon: Angle, start: int | None = None) -> WrittenPosition:
    start, end = min(lat.start, lon.start) if start is None else start, max(lat.end, lon.end)
    form: Form = "decimal degrees" if lat.decimals or lon.decimals else "degrees"
    if reason := lat.reason or lon.reason:
        return WrittenPosition(start, end, form, reason=reason)
    spread = uncertainty_km(lat.half_unit, lon.half_unit, lat.value)
    return WrittenPosition(start, end, form, round(lat.value, 7), round(lon.value, 7), spread)


def _is_free(text: str, start: int, end: int) -> bool:
    """Whether nothing beside two numbers makes them amounts: a sign of money or of a share, a further number."""
    return text[max(0, start - 1) : start] not in tuple("$€£#") and not re.match(r"\s?[%‰$€£]|\w|[-/]\d", text[end:])


def _is_in_row(text: str, angles: Sequence[Angle], i: int, gap: str) -> bool:
    """Whether two numbers are part of a longer row with the same sign between: "12.1234, 13.7123, 14.1212"."""
    before = text[angles[i - 1].end : angles[i].start].strip() if i else None
    behind = text[angles[i + 1].end : angles[i + 2].start].strip() if i + 2 < len(angles) else None
    return gap in (before, behind)


def _is_listed(text: str, previous: WrittenPosition, start: int) -> bool:
    """Whether a position is the next of a list behind one that is known: "35.66, 38.41 and 35.7, 38.45"."""
    gap = text[previous.end : start]
    return len(gap) <= _LIST_CHARS and _LIST_GAP.fullmatch(gap) is not None


def _before(text: str, start: int) -> str:
    """The words of the same sentence right before a position."""
    before = text[max(0, start - _CUE_CHARS) : start]
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _last_cue(before: str, behind: str, words: CoordinateWords) -> tuple[bool, bool]:
    """Whether a word for coordinates stands beside a position, and whether it says that the longitude comes first."""
    cues = [m.group().lower() for m in _certain_cue(words).finditer(before)]
    if cue := _certain_cue(words).match(behind.lstrip(" (,")):
        cues.append(cue.group().lower())
    return bool(cues), bool(cues) and cues[-1] in words.longitude_first


def _joined(text: str, positions: Sequence[WrittenPosition]) -> list[WrittenPosition]:
    """The positions, with several forms of one that follow each other as one, at the most exact of them."""
    joined: list[WrittenPosition] = []
    for position in positions:
        last = joined[-1] if joined else None
        if last is not None and _is_same(text, last, position):
            best = min(last, position, key=lambda p: p.uncertainty_km)
            joined[-1] = replace(best, start=last.start, end=position.end)
        else:
            joined.append(position)
    return joined


def _is_same(text: str, first: WrittenPosition, second: WrittenPosition) -> bool:
    """Whether the second is another form of the first, right behind it."""
    gap = text[first.end : second.start]
    sure = first.is_certain and second.is_certain and not first.reason and not second.reason
    if first.form == second.form or not sure or not _FORMS_GAP.fullmatch(gap):
        return False
    km = float(great_circle((first.lat, first.lon), (second.lat, second.lon)).km)
    return km <= first.uncertainty_km + second.uncertainty_km + _SAME_KM


def _overlaps(position: WrittenPosition, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a position shares a character with one of these spans, which are in order."""
    i = bisect_left(taken, (position.end, 0))
    return i > 0 and taken[i - 1][1] > position.start


@lru_cache(maxsize=8)  # one for each language that is read, as below
def _separator(words: CoordinateWords) -> re.Pattern[str]:
    return re.compile(
        rf"\.?\s*(?:[,;/|&x-]|{alternatives(words.between)})?\s*(?:{alternatives(words.between)})?\s*", re.IGNORECASE
    )


@lru_cache(maxsize=8)
def _certain_cue(words: CoordinateWords) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{alternatives((*words.certain_cues, *words.longitude_first))})(?![^\W_])", re.IGNORECASE
    )


@lru_cache(maxsize=8)
def _likely_cue(words: CoordinateWords) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{alternatives(words.likely_cues)})(?![^\W_])", re.IGNORECASE)
