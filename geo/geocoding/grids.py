"""Grid references in a text: the military grid (MGRS) and the UTM projection."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache

from mgrs import MGRS
from mgrs.core import MGRSError
from pyproj import Proj

from geo.geocoding.written_position import (
    LEAST_KM,
    CoordinateWords,
    Form,
    WrittenPosition,
    alternatives,
)

_ZONES = 60  # of UTM
_BANDS = "CDEFGHJKLMNPQRSTUVWX"  # of 8 degrees of latitude from 80° S; I and O are left out, X has 12 degrees
_BAND_DEGREES, _SOUTH_END = 8, -80
_CUE_CHARS = 40  # before a reference, in which a word for the grid is looked for
_LEAST_DIGITS_ALONE = 6  # of a reference without such a word: "38S LF 12" may be a part's number
_FALSE_NORTHING = 10_000_000  # metres of the equator in southern zones
_LEAST_EASTING, _MOST_EASTING = 100_000, 900_000  # metres, of a zone at the equator, with a margin

_MILITARY = re.compile(
    r"(?<![^\W_])(?<!\d[.,])(?P<zone>\d{1,2})[ -]?(?P<band>[A-Z])[ -]?(?P<square>[A-Z]{2})[ -]?"
    r"(?:(?P<east>\d{1,5})[ ,/-]{1,2}(?P<north>\d{1,5})|(?P<digits>\d{2,10}))(?![\w])(?!\.\d)",
    re.IGNORECASE,
)


def find_grid_references(text: str, words: CoordinateWords) -> Iterator[WrittenPosition]:
    """Every grid reference of a normalised text; one of a zone or band that does not exist has a `reason`."""
    for match in _MILITARY.finditer(text):
        position = _military(match, bool(_cue(words).search(text[max(0, match.start() - _CUE_CHARS) : match.start()])))
        if position is not None:
            yield position
    for match in _utm(words).finditer(text):
        position = _of_utm(match, words)
        if position is not None:
            yield position


def _military(match: re.Match[str], has_cue: bool) -> WrittenPosition | None:
    """The middle of a square of the military grid, uncertain by half its diagonal."""
    east, north = match["east"], match["north"]
    if match["digits"]:
        half, odd = divmod(len(match["digits"]), 2)
        east, north = (match["digits"][:half], match["digits"][half:]) if not odd else ("", match["digits"])
    capitals = match["band"].isupper() and match["square"].isupper()
    if len(east) != len(north) or not (has_cue or (capitals and 2 * len(east) >= _LEAST_DIGITS_ALONE)):
        return None
    zone, letters = int(match["zone"]), (match["band"] + match["square"]).upper()
    span = match.span()
    reason = _against_zone(zone) or _against_letters(letters)
    if reason:
        return WrittenPosition(*span, "mgrs", reason=reason)
    try:
        with warnings.catch_warnings(action="ignore"):  # that a square reaches over the edge of its band
            lat, lon = MGRS().toLatLon(f"{zone:02d}{letters}{east}{north}")
    except MGRSError:
        return WrittenPosition(
            *span, "mgrs", reason=f"the military grid has no square {letters[1:]} in {zone}{letters[0]}"
        )
    return _metric(span, "mgrs", lat, lon, 10.0 ** (5 - len(east)))


def _of_utm(match: re.Match[str], words: CoordinateWords) -> WrittenPosition | None:
    """The point of an easting and a northing in a zone of UTM."""
    band = (match["band"] or words.hemispheres[match["hemisphere"].lower()]).upper()
    first, second = match["first"], match["second"]
    if _is_northing(match["first_axis"] or match["first_behind"], words):
        first, second = second, first
    zone, east, north = int(match["zone"]), float(first), float(second)
    span = match.span()
    reason = _against_zone(zone) or _against_metres(east, north)
    if reason is None and band not in _BANDS:
        reason = f"UTM has no band {band}"
    if reason:
        return WrittenPosition(*span, "utm", reason=reason)
    south = band == "S" if match["hemisphere"] else _is_south(zone, band, east, north)
    lat, lon = _unproject(zone, east, north - _FALSE_NORTHING if south else north)
    return _metric(span, "utm", lat, lon, 10.0 ** -max(0, min(_decimals(first), _decimals(second))))


def _is_south(zone: int, band: str, east: float, north: float) -> bool:
    """Whether a letter behind a zone means the southern hemisphere.

    S is both a band of the northern one and short for south, where the northing does not lie in the band. N too is a
    band and short for north, but both are in the northern hemisphere.
    """
    if band != "S":
        return band < "N"
    edge = _BANDS.index("S") * _BAND_DEGREES + _SOUTH_END
    return not edge <= _unproject(zone, east, north)[0] <= edge + _BAND_DEGREES


def _unproject(zone: int, east: float, north: float) -> tuple[float, float]:
    lon, lat = _projection(zone)(east, north, inverse=True)
    return float(lat), float(lon)


@lru_cache(maxsize=_ZONES)
def _projection(zone: int) -> Proj:
    return Proj(proj="utm", zone=zone, ellps="WGS84")


def _metric(span: tuple[int, int], form: Form, lat: float, lon: float, metres: float) -> WrittenPosition:
    """A position known to so many metres on each axis."""
    spread = max(LEAST_KM, round(math.hypot(metres, metres) / 2 / 1000, 3))
    return WrittenPosition(*span, form, round(lat, 7), round(lon, 7), spread)


def _is_northing(written: str | None, words: CoordinateWords) -> bool:
    """Whether the letter or word beside a number of metres says that it is the northing."""
    word = (written or "").lower().strip(" :=").removeprefix("m")
    return word in words.northing or words.hemispheres.get(word) == "N"


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _against_zone(zone: int) -> str | None:
    return None if 1 <= zone <= _ZONES else f"zone {zone} does not exist: zones are numbered 1 to {_ZONES}"


def _against_letters(letters: str) -> str | None:
    """Why the letters of a military grid reference are impossible: band, column and row."""
    if letters[0] not in _BANDS:
        return f"the military grid has no band {letters[0]}"
    wrong = next((x for x in letters[1:] if x in "IO"), None)
    return f"the military grid has no square with the letter {wrong}" if wrong else None


def _against_metres(east: float, north: float) -> str | None:
    if not _LEAST_EASTING <= east <= _MOST_EASTING:
        return f"an easting of {east:.0f} metres lies outside the zone"
    return None if north <= _FALSE_NORTHING else f"a northing of {north:.0f} metres lies beyond the pole"


@lru_cache(maxsize=8)  # one for each language that is read, as below
def _cue(words: CoordinateWords) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{alternatives(words.military_grid)})(?![^\W_])", re.IGNORECASE)


@lru_cache(maxsize=8)
def _utm(words: CoordinateWords) -> re.Pattern[str]:
    axes = alternatives((*words.easting, *words.northing))
    letters = alternatives(w for w, letter in words.hemispheres.items() if letter in "NE")
    hemispheres = alternatives(w for w, letter in words.hemispheres.items() if letter in "NS" and len(w) > 1)
    beside = rf"(?:\s?(?:m\s?)?(?P<{{0}}>{letters})(?![^\W_])|\s?m(?![^\W_]))?"
    metres = r"\d{5,7}(?:\.\d{1,3})?(?!\d)"
    beside_first, beside_second = beside.format("first_behind"), beside.format("second_behind")
    return re.compile(
        rf"""
        (?<![^\W_])(?<!\d[.,])
        (?:(?P<cue>{alternatives(words.utm)})[\s:]{{1,2}}(?:(?:{alternatives(words.utm)})\s)?)?
        (?P<zone>\d{{1,2}})[ -]?(?:(?P<hemisphere>{hemispheres})|(?P<band>[A-Z]))(?![^\W_])
        [\s,;:/]{{1,3}}
        (?:(?P<first_axis>{axes}|[EN])\s?[:=]?\s?)?(?P<first>{metres}){beside_first}
        [\s,;/]{{1,3}}
        (?:(?:{axes}|[EN])\s?[:=]?\s?)?(?P<second>{metres}){beside_second}
        (?![\w])
        """,
        re.VERBOSE | re.IGNORECASE,
    )
