"""Every label of the pages: fields, codes, dates, numbers and precisions in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date

from geo.incidents.filters import Selection
from geo.incidents.record import REPORTS, IncidentRecord
from geo.model import Count

# Fields of an incident, as headings of the card, the tables and the tooltips.
FIELDS = {
    "incident_type": "Incident type",
    "target": "Target",
    "target_type": "Target type",
    "actor_name": "Actor",
    "actor_category": "Actor category",
    "assertion": "Assertion",
    "attributed_to": "Attributed to",
    "date": "Date",
    "start_date": "First day",
    "end_date": "Last day",
    "year": "Year",
    "date_prec": "Precision of the date",
    "place": "Place",
    "place_name": "Place",
    "admin1": "Province",
    "country": "Country",
    "position": "Position from",
    "where_prec": "Precision of the place",
    "uncertainty_km": "Uncertainty in km",
    "counts": "Counts",
    "n_reports": "Reports",
    "n_independent": "Independent sources",
    "status": "Review status",
    "corrected": "Corrected",
    "sources": "Sources",
    "publisher": "Publisher",
    "published": "Published",
    "language": "Language",
    "title": "Title",
    "url": "Link",
}
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
# Types whose reports describe what was done to the dead: their text is hidden until the reader asks for it.
GRAPHIC_TYPES = ("exhumation", "corpse_mutilation", "mass_grave_found")
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
CLOCKS = {"occurred": "Occurred", "reported": "Reported", "added": "Added"}
PRECISIONS = {
    1: "at the named place",
    2: "near the named place",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "somewhere in the region",
    6: "somewhere in the country",
    7: "at sea or in the air",
}
# Kinds of decisions, as a change, and as what is wrong with the incident.
DECISIONS = {
    "status": "review status",
    "type": "type",
    "actor": "actor",
    "date": "date",
    "place": "place",
    "merge": "merge",
    "split": "split",
    "undo": "undo",
}
CORRECTIONS = {
    "place": "The place",
    "actor": "The actor",
    "type": "The type",
    "date": "The date",
    "merge": "It is the same incident as another: merge",
    "split": "Some sources report another incident: split",
}
# The codes of each field that has codes.
CODES: dict[str, Mapping[Any, str]] = {
    "incident_type": TYPES,
    "target_type": TARGETS,
    "actor_category": CATEGORIES,
    "assertion": ASSERTIONS,
    "status": STATUSES,
    "where_prec": PRECISIONS,
}
_COUNTRIES = Locale("en").territories
BORDERS_NOTE = "Borders: Natural Earth; dashed lines are disputed. They imply no opinion on any territory."
GRAPHIC_NOTICE = "The reports describe what was done to the dead."


def is_graphic(incident_type: str, target_type: str) -> bool:
    """Whether the reports of such an incident describe what was done to the dead."""
    return incident_type in GRAPHIC_TYPES or target_type == "human_remains"


def number_ranges(numbers: Sequence[int]) -> str:
    """Numbers with three or more consecutive ones as a range: "2, 4–7, 9"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{r[0]}{', ' if len(r) == 2 else '–'}{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs)


def plural(number: int, noun: str) -> str:
    """A number with its noun: "1 report", "2,000 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def country(code: str | None) -> str:
    """The country's name in English."""
    return str(_COUNTRIES.get(code or "", code or "no place"))


def dataset(name: str) -> str:
    """The name of a dataset; incidents of reports count as one."""
    return "extracted from reports" if name == REPORTS else name


def place(record: IncidentRecord) -> str:
    """The place with its division and country: "Khan as Subul, Idlib, Syria"."""
    if record.place_name is None:
        return "place unknown"
    parts = [record.place_name]
    if record.admin1 and record.admin1 != record.place_name:
        parts.append(record.admin1)
    name = country(record.country)
    return ", ".join([*parts, *([name] if record.country and name not in parts else [])])


def title(record: IncidentRecord) -> str:
    """An incident on one line: type, place and year."""
    what = record.target if record.incident_type == "other" and record.target else TYPES[record.incident_type]
    return f"{what} · {place(record)} · {record.year or 'no date'}"


def precision(record: IncidentRecord) -> str:
    """How exactly the place is known: "near the named place, within 12 km"."""
    prec, km = record.where_prec, record.uncertainty_km
    if prec is None:
        return "no report names a place that is in the gazetteer"
    within = f", within {km:.0f} km" if km and km >= 1 else f", within {km * 1000:.0f} m" if km else ""
    return f"{PRECISIONS[prec]}{within}"


def dates(first: date | None, last: date | None, basis: str | None = None) -> str:
    """One day, a month, a year, or an interval of days. `basis` "published": assumed from the day of publication."""
    if first is None or last is None:
        return "date unknown"
    if first == last:
        text = day(first)
    elif (first.day, first.year, first.month) == (1, last.year, last.month) and (last - first).days >= 27:
        text = str(format_date(first, "MMMM yyyy", "en_GB"))
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        text = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    elif first.year == last.year:
        text = f"{format_date(first, 'd MMM', 'en_GB')} – {day(last)}"
    else:
        text = f"{day(first)} – {day(last)}"
    return f"{text} (assumed: the text gives no date, so the week before publication)" if basis == "published" else text


def day(value: date) -> str:
    """One day: "3 May 2015"."""
    return str(format_date(value, "d MMM yyyy", "en_GB"))


def count(number: Count) -> str:
    """A number with its bounds: "at least 115", "24 to 99"."""
    if number.most is None:
        return f"at least {number.least:,}"
    if number.least is None:
        return f"up to {number.most:,}"
    return f"{number.number:,}" if number.least == number.most else f"{number.least:,} to {number.most:,}"


def field_value(field: str, value: Any) -> str:
    """A value of a field, with codes in words; "none" where it is empty."""
    if value is None or value == "":
        return "none"
    return CODES.get(field, {}).get(value, str(value))


def decision(kind: str, values: Mapping[str, Any]) -> str:
    """A decision in words: "actor: Islamic State, rebel group"."""
    texts = [field_value(name, value) for name, value in values.items() if isinstance(value, str | int | float)]
    return f"{DECISIONS[kind]}: {', '.join(texts)}" if texts else DECISIONS[kind]


def confidence(value: float) -> str:
    """How likely an extracted claim is to be right, as a percentage: "extraction confidence 57 %"."""
    return f"extraction confidence {value * 100:.0f} %"


# How the values of a filter are written, where it is not as they are.
FILTER_VALUES: Mapping[str, Callable[[Any], str]] = {
    "type": lambda value: TYPES[value],
    "target_type": lambda value: TARGETS[value],
    "actor_category": lambda value: CATEGORIES[value],
    "country": country,
    "assertion": lambda value: ASSERTIONS[value],
    "status": lambda value: STATUSES[value],
    "dataset": dataset,
}


def describe_selection(selection: Selection) -> str:
    """The filters in force in words; "all incidents" where there are none."""
    return selection.describe(FILTER_VALUES)
