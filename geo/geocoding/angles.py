"""Angles in a text, each one axis of a position: 34.55N, N 34°33'12", latitude 34° 33.2' north, 343312N, -34.55."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geo.geocoding.written_position import CoordinateWords, alternatives

Axis = Literal["lat", "lon"]

_MOST_DEGREES: dict[Axis, int] = {"lat": 90, "lon": 180}
_DECIMALS = r"[.,]\d{1,15}"
_LEAST_DECIMALS_SMALL = 2  # of degrees with a small letter
_END = r"(?![\d])(?!\.\d)"  # no number goes on behind it
_THOUSANDS = re.compile(r"(?:^|[^\d.,])\d{1,3},$")
# Four to seven figures without signs, as pilots write them, by their number: degrees, then minutes, then seconds.
_COMPACT_DIGITS: dict[tuple[Axis, int], int] = {("lat", 4): 2, ("lat", 6): 2, ("lon", 5): 3, ("lon", 7): 3}


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle at `start` to `end` of a text, its figures from `number_start`; `end` is exclusive.

    `value` are signed degrees, `half_unit` half a unit of the last digit.

    `axis` is None where nothing says which one it is. `is_marked` says whether it has a sign or a word of degrees, or
    minutes; `decimals` counts the digits behind the point of a number of degrees; `has_hemisphere` whether a letter or
    word gives one; `reason` why it cannot be an angle of its axis.
    """

    start: int
    end: int
    number_start: int
    value: float
    half_unit: float
    axis: Axis | None
    is_marked: bool
    decimals: int
    has_hemisphere: bool
    reason: str | None

    @property
    def is_whole(self) -> bool:
        """Whether it is a bare number of whole degrees, as many other things are."""
        return not self.is_marked and not self.decimals


def find_angles(text: str, words: CoordinateWords) -> Iterator[Angle]:
    """Every number of a normalised text that could be an angle, in order: most are not."""
    for match in _pattern(words).finditer(text):
        angle = _angle(match, words)
        if angle is not None:
            yield angle


def reason_against(value: float, axis: Axis) -> str | None:
    """Why so many degrees are impossible on an axis; None where they are possible."""
    most = _MOST_DEGREES[axis]
    if abs(value) <= most:
        return None
    return f"a {'latitude' if axis == 'lat' else 'longitude'} is never more than {most} degrees"


def _angle(match: re.Match[str], words: CoordinateWords) -> Angle | None:
    letter = _hemisphere(match, words)
    named = (match["axis"] or match["axis_behind"] or "").lower()
    axis: Axis | None = None
    if letter:
        axis = "lat" if letter in "NS" else "lon"
    elif named:
        axis = "lat" if named in words.latitude else "lon"
    size = _size(match, axis)
    if size is None:
        return None
    value, half_unit, decimals, reason = size
    if (letter and match["sign"]) or (match["colon"] and axis is None) or _goes_on_before(match):
        return None  # "-34.55 N" says two things; "12:30" is a time; "1,234.5" an amount
    if letter in ("S", "W") or match["sign"] in ("-", "–"):
        value = -value
    marked = any(match[g] for g in ("mark", "degree_mark", "colon", "gap", "compact"))
    if reason is None and axis is not None:
        reason = reason_against(value, axis)
    number_start = match.start("sign") if match["sign"] else match.start("number")
    return Angle(
        match.start(), match.end(), number_start, value, half_unit, axis, marked, decimals, letter is not None, reason
    )


def _hemisphere(match: re.Match[str], words: CoordinateWords) -> str | None:
    written = match["before"] or match["behind"]
    if not written:
        return None
    if len(written) == 1 and written.islower() and not _is_attached(match):
        return None  # "5.5 s", "1.5s": a letter of a unit
    return words.hemispheres[written.lower()]


def _is_attached(match: re.Match[str]) -> bool:
    """Whether a small letter stands right beside several figures, or behind a sign: "34.55n", "34°33' n"."""
    if match["decimal"] and not match["mark"] and _number(match["decimal"])[1] < _LEAST_DECIMALS_SMALL:
        return False
    if match["before"]:
        return match.end("before") == match.start("number")
    return match.end("number") == match.start("behind") or match.string[match.end("number") - 1] in "°'\""


def _goes_on_before(match: re.Match[str]) -> bool:
    """Whether figures and a comma before a number make it the rest of a larger one: "1,234.5"."""
    return _THOUSANDS.search(match.string[max(0, match.start() - 5) : match.start()]) is not None


def _size(match: re.Match[str], axis: Axis | None) -> tuple[float, float, int, str | None] | None:
    """Degrees without sign, half a unit of the last digit, decimals of the degrees, and why they are impossible."""
    if match["decimal"]:
        value, digits = _number(match["decimal"])
        return value, 0.5 * 10.0**-digits, digits, None
    if match["compact"]:
        return _compact(match["compact"], axis)
    minutes = next((match[g] for g in ("minutes", "minutes_colon", "minutes_gap") if match[g]), None)
    seconds = next((match[g] for g in ("seconds", "seconds_colon", "seconds_gap") if match[g]), None)
    return _sum(match["degrees"], minutes, seconds)


def _compact(figures: str, axis: Axis | None) -> tuple[float, float, int, str | None] | None:
    whole = re.split("[.,]", figures)[0]
    if axis is None or (width := _COMPACT_DIGITS.get((axis, len(whole)))) is None:
        return None
    rest = figures[width:]
    has_seconds = len(whole) - width == 4
    return _sum(figures[:width], rest[:2] if has_seconds else rest, rest[2:] if has_seconds else None)


def _sum(degrees: str, minutes: str | None, seconds: str | None) -> tuple[float, float, int, str | None]:
    value, unit, reason = float(degrees), 1.0, None
    for name, text, per_degree in (("minutes", minutes, 60), ("seconds", seconds, 3600)):
        if text is None:
            break
        number, digits = _number(text)
        value += number / per_degree
        unit = 10.0**-digits / per_degree
        if number >= 60:
            reason = f"the {name} of an angle are never 60 or more"
    return value, unit / 2, 0, reason


def _number(text: str) -> tuple[float, int]:
    """The value of a number with a decimal point or comma, and the number of its decimals."""
    text = text.replace(",", ".")
    return float(text), len(text.partition(".")[2])


@lru_cache(maxsize=8)  # one for each language that is read
def _pattern(words: CoordinateWords) -> re.Pattern[str]:
    axis = alternatives((*words.latitude, *words.longitude))
    letters = alternatives(words.hemispheres)
    single = "".join(letter for letter in words.hemispheres if len(letter) == 1)
    degree, minute, second = (alternatives(w) for w in (words.degrees, words.minutes, words.seconds))
    minutes = rf"\d{{1,2}}(?:{_DECIMALS})?{_END}"
    return re.compile(
        rf"""
        (?:(?<![^\W_])|(?<=[\d"'°][{single}]))(?<!\d[.])(?<!\d-)
        (?:(?P<axis>{axis})\s?[:=]?\s?)?
        (?:(?P<before>{letters})[.:]?\s?(?=[\d+-]))?
        (?P<sign>(?<![\d.])[-–+])?
        (?P<number>
            (?P<decimal>\d{{1,3}}{_DECIMALS}){_END}(?:\s?(?P<mark>°|(?:{degree})(?![^\W_])))?
          | (?P<degrees>\d{{1,3}}){_END}(?![.,]\d) (?:
                \s?-?(?P<degree_mark>°|(?:{degree})(?![^\W\d_])) (?:
                    [\s,]{{0,2}}(?:{"|".join(words.between)})?\s?(?P<minutes>{minutes})
                    (?: \s?(?:'(?!')|(?:{minute})(?![^\W\d_])) (?:
                        [\s,]{{0,2}}(?:{"|".join(words.between)})?\s?(?P<seconds>{minutes})
                        \s?(?:"|''|(?:{second})(?![^\W_])|(?=\s?(?:{letters})(?![^\W\d_])))
                      )?
                      | (?=\s?(?:{letters})(?![^\W\d_]))
                    )
                )?
              | (?P<colon>:)(?P<minutes_colon>{minutes})(?::(?P<seconds_colon>{minutes}))?
              | (?P<gap>[ -])(?P<minutes_gap>{minutes})(?:[ -](?P<seconds_gap>{minutes}))?
                (?(before)|(?=[ '"]{{0,2}}(?:{letters})(?![^\W_])))
            )?
          | (?P<compact>\d{{4,7}}(?:{_DECIMALS})?){_END}
        )
        (?(before)|(?:[ ]?(?P<behind>{letters})(?![^\W\d_]))?)
        (?(axis)|(?:\s?(?P<axis_behind>{axis})(?![^\W_]))?)
        """,
        re.VERBOSE | re.IGNORECASE,
    )
