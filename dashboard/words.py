"""Codes in words, for people: types, assertions, dates and precisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date

from geo.incidents.aggregation import REPORTS
from geo.model import Count

TYPES = {
    "grave_desecration": "Graves desecrated",
    "exhumation": "Graves opened, remains taken",
    "corpse_mutilation": "Remains mutilated",
    "mass_grave_found": "Mass grave found",
    "shrine_destruction": "Shrine destroyed",
    "heritage_destruction": "Heritage destroyed",
    "looting": "Looting",
    "vandalism": "Vandalism",
    "other": "Other",
}
# What is told of the dead in these is behind a notice until somebody asks for it.
GRAPHIC = ("exhumation", "corpse_mutilation", "mass_grave_found")
ASSERTIONS = {"stated": "stated as fact", "alleged": "alleged", "denied": "denied"}
STATUSES = {
    "unreviewed": "not reviewed",
    "confirmed": "confirmed",
    "disputed": "disputed",
    "rejected": "rejected",
}
TARGETS = {
    "cemetery": "cemetery",
    "grave": "grave",
    "mass_grave": "mass grave",
    "shrine": "shrine",
    "mausoleum": "mausoleum",
    "mosque": "mosque",
    "church": "church",
    "synagogue": "synagogue",
    "temple": "temple",
    "monument": "monument",
    "archaeological_site": "archaeological site",
    "museum": "museum",
    "human_remains": "human remains",
    "other": "other",
}
CATEGORIES = {
    "state_forces": "state forces",
    "rebel_group": "rebel group",
    "political_militia": "political militia",
    "identity_militia": "identity militia",
    "rioters": "rioters",
    "protesters": "protesters",
    "civilians": "civilians",
    "external_other": "external or other forces",
    "unknown": "unknown",
}
CLOCKS = {"occurred": "Occurred", "reported": "Reported", "added": "Added here"}
PRECISIONS = {
    1: "at the named place",
    2: "near the named place",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "somewhere in the region",
    6: "somewhere in the country",
    7: "at sea or in the air",
}
_TERRITORIES = Locale("en").territories


def is_graphic(incident_type: str, target_type: str) -> bool:
    """Whether the sentences behind an incident tell what was done to the dead."""
    return incident_type in GRAPHIC or target_type == "human_remains"


def ranges(numbers: Sequence[int]) -> str:
    """Numbers, those in a row as one: "2, 4–7, 9"."""
    rows: list[list[int]] = []
    for number in sorted(numbers):
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return ", ".join(f"{r[0]}{', ' if len(r) == 2 else '–'}{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in rows)


def several(number: int, noun: str) -> str:
    """A number of things: "1 report", "2,000 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def country(code: str | None) -> str:
    """The country's name in English."""
    return str(_TERRITORIES.get(code or "", code or "no place"))


def dataset(name: str) -> str:
    """A dataset's name."""
    return "read from reports" if name == REPORTS else name


def place(properties: Mapping[str, Any]) -> str:
    """Where, with its division and country: "Khan as Subul, Idlib, Syria"."""
    if properties["place_name"] is None:
        return "place not known"
    parts = [properties["place_name"]]
    if properties["admin1"] and properties["admin1"] != properties["place_name"]:
        parts.append(properties["admin1"])
    name = country(properties["country"])
    return ", ".join([*parts, *([name] if properties["country"] and name not in parts else [])])


def title(properties: Mapping[str, Any]) -> str:
    """An incident in one line: what, where and which year."""
    kind = properties["incident_type"]
    what = properties["target"] if kind == "other" and properties["target"] else TYPES[kind]
    return f"{what} · {place(properties)} · {properties['year'] or 'no date'}"


def precision(properties: Mapping[str, Any]) -> str:
    """How exactly the place is known."""
    prec, km = properties["where_prec"], properties["uncertainty_km"]
    if prec is None:
        return "no report names a place that could be found"
    within = f", within {km:.0f} km" if km and km >= 1 else f", within {km * 1000:.0f} m" if km else ""
    return f"{PRECISIONS[prec]}{within}"


def dates(start: str | None, end: str | None, basis: str | None = None) -> str:
    """When: one day, an interval of days, or a month."""
    if start is None or end is None:
        return "date not known"
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        text = _day(first)
    elif (first.day, first.year, first.month) == (1, last.year, last.month) and (last - first).days >= 27:
        text = str(format_date(first, "MMMM yyyy", "en_GB"))
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        text = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    elif first.year == last.year:
        text = f"{format_date(first, 'd MMM', 'en_GB')} – {_day(last)}"
    else:
        text = f"{_day(first)} – {_day(last)}"
    return f"{text} (no date in the text: the week before publication)" if basis == "published" else text


def day(iso: str | None) -> str:
    """One day in words."""
    return _day(date.fromisoformat(iso)) if iso else "no date"


def _day(value: date) -> str:
    return str(format_date(value, "d MMM yyyy", "en_GB"))


def count(told: Count) -> str:
    """A number with its bounds: "at least 115", "24 to 99"."""
    if told.most is None:
        return f"at least {told.least:,}"
    if told.least is None:
        return f"up to {told.most:,}"
    return f"{told.number:,}" if told.least == told.most else f"{told.least:,} to {told.most:,}"


# Filters by values: what they are called, and how their values are said.
FILTERS = {
    "actor": "Actor",
    "actor_category": "Kind of actor",
    "year": "Year",
    "type": "What happened",
    "target_type": "What to",
    "country": "Country",
    "admin1": "Province",
    "assertion": "Told as",
    "status": "Review",
    "publisher": "Publisher",
    "dataset": "Dataset",
}
SHOWN: dict[str, Callable[[Any], str]] = {
    "type": lambda value: TYPES[value],
    "target_type": lambda value: TARGETS[value],
    "actor_category": lambda value: CATEGORIES[value],
    "country": country,
    "assertion": lambda value: ASSERTIONS[value],
    "status": lambda value: STATUSES[value],
    "dataset": dataset,
}
_SAID = {
    "since": "from {}",
    "until": "to {}",
    "within_km": "places known within {:g} km",
    "independent": "{} or more independent sources",
    "text": "with the words “{}”",
    "clock": "by the day {}",
}


def filters(stated: Mapping[str, Any]) -> str:
    """What `Selection.stated` states, in words; that there are none where it states nothing."""
    told = []
    for name, value in stated.items():
        if name in FILTERS:
            said = SHOWN.get(name, str)
            told.append(f"{FILTERS[name].lower()}: {', '.join(said(v) for v in value)}")
        elif name == "bbox":
            told.append(f"between {value[0]:g}, {value[1]:g} and {value[2]:g}, {value[3]:g}")
        else:
            told.append(_SAID[name].format(value))
    return "; ".join(told) or "all incidents"
