"""The values of an imported row: numbers, days, positions, countries and actors. ValueError says what is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from babel import Locale

from geo.actors import actors
from geo.gazetteer.sources import adjectives

_DAY_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y")
# Names of countries that ACLED and UCDP use and Unicode's list of territories does not have.
_OTHER_NAMES = {
    "Syria": "SY",
    "Yemen (North Yemen)": "YE",
    "Russia (Soviet Union)": "RU",
    "Palestine": "PS",
    "Turkey": "TR",
}


def number(row: Mapping[str, str], name: str) -> float | None:
    """A number, or None for an empty cell."""
    cell = (row.get(name) or "").strip()
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{name} {cell!r} is not a number")
    return value


def whole(row: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    """A whole number from `least` to `most`; None for an empty cell."""
    value = number(row, name)
    if value is None:
        return None
    if value != int(value) or not least <= value <= most:
        raise ValueError(f"{name} {value:g} is not a whole number from {least} to {most}")
    return int(value)


def day(text: str) -> date:
    """The day in a cell, in one of the forms that ACLED, UCDP and our own exports use."""
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day is without a zone
        except ValueError:
            continue
    raise ValueError(f"{text!r} is not a date; write YYYY-MM-DD")


def position(lat: float | None, lon: float | None) -> tuple[float | None, float | None]:
    """A position on the globe; both None where one is missing and for 0, 0, which stands for no place."""
    if lat is None or lon is None:
        return None, None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat:g}, {lon:g} is not a position; degrees are -90 to 90 and -180 to 180")
    return (None, None) if lat == lon == 0 else (lat, lon)


def country(name: str) -> str | None:
    """The ISO code of a country's English name."""
    return _codes().get(name.strip().lower()) if name.strip() else None


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    named = {str(n).lower(): c for c, n in Locale("en").territories.items() if len(c) == 2 and c.isalpha()}
    return named | {name.lower(): code for name, code in _OTHER_NAMES.items()}


def actor(name: str) -> str:
    """The canonical name of an actor that the registry knows by this name; else the name as it is."""
    state = re.fullmatch(r"(?:Government|Military Forces|Police Forces) of ([^(]+?)(?: \(.*)?", name)
    if state and (code := country(state[1])):
        adjective = adjectives().get(code, state[1])
        forces = f"{adjective} {'police' if name.startswith('Police') else 'forces'}"
        return actors().canonical(forces) or forces
    return actors().canonical(re.sub(r" \(.*\)$", "", name)) or name
