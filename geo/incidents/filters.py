"""Every filter over incidents, each defined once: command line, URL, API, page and briefing title read them here."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

from geo.errors import FilterError
from geo.incidents.record import IncidentRecord
from geo.model import ACTOR_CATEGORIES, ASSERTIONS, INCIDENT_TYPES, STATUSES, TARGET_TYPES

Widget = Literal["values", "date", "area", "choice", "text", "clock"]
Box = tuple[float, float, float, float]

CLOCKS = ("occurred", "reported", "added")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: what it is called, how its value is read from text, and what it selects.

    `parse` raises ValueError with the reason. `codes` are the only values accepted, where there are such; `choices`
    are the values that a widget offers. `values` gives the values of a record for a filter by values (`many`);
    the other filters are applied in `geo.incidents.columns`. `phrase` says a value in words.
    """

    label: str
    help: str
    widget: Widget
    parse: Callable[[str], Any] = str
    phrase: str = "{}"
    metavar: str = "TEXT"
    many: bool = False
    codes: tuple[str, ...] = ()
    choices: tuple[float, ...] = ()
    values: Callable[[IncidentRecord], Iterable[Any]] | None = None
    name: str = ""
    default: Any = None

    @property
    def option(self) -> str:
        """Its option on the command line."""
        return f"--{self.name.replace('_', '-')}"

    def read(self, text: str) -> Any:
        """The value that a text means. Raises FilterError."""
        try:
            return self.parse(text)
        except (ValueError, OverflowError) as error:
            raise FilterError(self.option, text, str(error)) from error

    def check(self, value: Any) -> None:
        """Raises FilterError for a value that no incident can have."""
        if self.codes and value not in self.codes:
            raise FilterError(self.option, str(value), f"is none of {', '.join(self.codes)}")

    def texts(self, value: Any) -> list[str]:
        """The texts that `read` turns into a value of a selection; none where the filter is not in force."""
        if value == self.default:
            return []
        return [_text(v) for v in value] if self.many else [_text(value)]

    def describe(self, value: Any, label_of: Callable[[Any], str] = str) -> str:
        """A value of a selection in words; `label_of` gives the words for a code."""
        if self.many:
            return f"{self.label.lower()}: {', '.join(label_of(v) for v in value)}"
        return self.phrase.format(*value) if isinstance(value, tuple) else self.phrase.format(value)


def parse_year(text: str) -> int:
    """A year. Raises ValueError."""
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text)):
        raise ValueError("is not a year; write it as 2015")
    return int(text)


def parse_day(text: str) -> date:
    """A day. Raises ValueError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("is not a date; write it as 2015-01-31") from error


def parse_box(text: str) -> Box:
    """The box that "W,S,E,N" means, in degrees. Raises ValueError."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError("is not W,S,E,N in degrees, as 35.5,32.3,42.4,37.3") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("lies outside the world; give W,S,E,N in degrees")
    return west, south, east, north


def parse_km(text: str) -> float:
    """A distance in kilometres. Raises ValueError."""
    try:
        km = float(text)
    except ValueError:
        km = math.nan
    if not (math.isfinite(km) and km >= 0):
        raise ValueError("is not a distance; give kilometres, as 5")
    return km


def parse_number(text: str) -> int:
    """A number of sources. Raises ValueError."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text)):
        raise ValueError("is not a number of sources; write it as 2")
    return int(text)


def parse_country(text: str) -> str:
    """A country as records have it: two letters are an ISO code, in capitals."""
    return text.upper() if len(text) == 2 else text


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(str(v) for v in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _given(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _publishers(record: IncidentRecord) -> Iterable[str]:
    return dict.fromkeys(s.publisher for s in record.sources if s.publisher)


def _values(
    label: str,
    help_: str,
    values: Callable[[IncidentRecord], Iterable[Any]] | None,
    codes: tuple[str, ...] = (),
    parse: Callable[[str], Any] = str,
    metavar: str = "TEXT",
) -> dict[str, Filter]:
    """A filter by values, of which an incident must have one; any number of them may be given."""
    made = Filter(label, help_, "values", parse, metavar=metavar, many=True, codes=codes, values=values)
    return {"filter": made}


def _one(label: str, help_: str, widget: Widget, phrase: str, **more: Any) -> dict[str, Filter]:
    """A filter with one value."""
    return {"filter": Filter(label, help_, widget, phrase=phrase, **more)}


@dataclass(frozen=True, slots=True)
class Selection:
    """The values chosen for each filter; a filter with its default lets every incident pass.

    `bbox` is W, S, E, N in degrees. `within_km` selects places known at least that exactly, `independent` incidents
    of at least so many independent sources, `text` those with these words in names or evidence. `clock` says to which
    of an incident's dates `year`, `since` and `until` apply. An incident without a date or place fails a filter on it.
    """

    actor: tuple[str, ...] = field(
        default=(), metadata=_values("Actor", "Canonical name of the actor", lambda r: (r.actor_name,))
    )
    actor_category: tuple[str, ...] = field(
        default=(),
        metadata=_values("Actor category", "ACLED's type of actor", lambda r: (r.actor_category,), ACTOR_CATEGORIES),
    )
    type: tuple[str, ...] = field(
        default=(), metadata=_values("Incident type", "Incident type", lambda r: (r.incident_type,), INCIDENT_TYPES)
    )
    target_type: tuple[str, ...] = field(
        default=(),
        metadata=_values("Target type", "What was damaged or opened", lambda r: (r.target_type,), TARGET_TYPES),
    )
    country: tuple[str, ...] = field(
        default=(),
        metadata=_values(
            "Country",
            "ISO code of the country",
            lambda r: _given(r.country and parse_country(r.country)),
            parse=parse_country,
            metavar="CC",
        ),
    )
    admin1: tuple[str, ...] = field(
        default=(), metadata=_values("Province", "Name of the first-order division", lambda r: _given(r.admin1))
    )
    year: tuple[int, ...] = field(default=(), metadata=_values("Year", "Year", None, parse=parse_year, metavar="YYYY"))
    since: date | None = field(
        default=None,
        metadata=_one(
            "From", "No incident that ended before this day", "date", "from {}", parse=parse_day, metavar="YYYY-MM-DD"
        ),
    )
    until: date | None = field(
        default=None,
        metadata=_one(
            "To", "No incident that began after this day", "date", "to {}", parse=parse_day, metavar="YYYY-MM-DD"
        ),
    )
    bbox: Box | None = field(
        default=None,
        metadata=_one(
            "Map area",
            "Area in degrees",
            "area",
            "between {:g}, {:g} and {:g}, {:g}",
            parse=parse_box,
            metavar="W,S,E,N",
        ),
    )
    assertion: tuple[str, ...] = field(
        default=(),
        metadata=_values("Assertion", "Whether it is stated, alleged or denied", lambda r: (r.assertion,), ASSERTIONS),
    )
    within_km: float | None = field(
        default=None,
        metadata=_one(
            "Place known",
            "Places known at least this exactly",
            "choice",
            "places known within {:g} km",
            parse=parse_km,
            metavar="KM",
            choices=(1.0, 5.0, 25.0),
        ),
    )
    status: tuple[str, ...] = field(
        default=(), metadata=_values("Review status", "Review status", lambda r: (r.status,), STATUSES)
    )
    publisher: tuple[str, ...] = field(default=(), metadata=_values("Publisher", "Publisher of a report", _publishers))
    independent: int | None = field(
        default=None,
        metadata=_one(
            "Independent sources",
            "At least so many independent sources",
            "choice",
            "{} or more independent sources",
            parse=parse_number,
            metavar="N",
            choices=(2, 3),
        ),
    )
    dataset: tuple[str, ...] = field(
        default=(), metadata=_values("Dataset", "Name of an imported dataset, or reports", lambda r: (r.dataset,))
    )
    text: str = field(
        default="",
        metadata=_one("Words in names and evidence", "Words in names and evidence", "text", "with the words “{}”"),
    )
    clock: str = field(
        default=CLOCKS[0],
        metadata=_one(
            "Date",
            "The date to which year, since and until apply: occurred, reported or added",
            "clock",
            "by the date {}",
            codes=CLOCKS,
        ),
    )

    def __post_init__(self) -> None:
        """Raises FilterError for a code that does not exist."""
        for each in FILTERS:
            value = self.value(each)
            for one in value if each.many else (value,):
                each.check(one)

    def value(self, of: Filter) -> Any:
        """The value chosen for a filter."""
        return getattr(self, of.name)

    def in_force(self) -> list[tuple[Filter, Any]]:
        """The filters that are in force, each with its value."""
        return [(each, value) for each in FILTERS if (value := self.value(each)) != each.default]

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> Selection:
        """The selection of a URL's query or of a command line, given as names and texts. Raises FilterError.

        Names that are not of a filter are ignored, and so is an empty text for a filter with one value; of several
        texts for such a filter the last counts.
        """
        given: dict[str, list[str]] = {}
        for name, text in pairs:
            given.setdefault(name, []).append(text)
        chosen: dict[str, Any] = {}
        for each in FILTERS:
            texts = given.get(each.name, [])
            if each.many:
                chosen[each.name] = tuple(each.read(text) for text in texts)
            elif texts and texts[-1]:
                chosen[each.name] = each.read(texts[-1])
        return cls(**chosen)

    def to_query(self) -> list[tuple[str, str]]:
        """The filters in force as names and texts, for a URL's query; `from_query` reads them."""
        return [(each.name, text) for each in FILTERS for text in each.texts(self.value(each))]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Selection:
        """The selection that `to_json` wrote. Raises FilterError."""
        several = {each.name for each in FILTERS if each.many}
        pairs: list[tuple[str, str]] = []
        for name, value in values.items():
            if name in several:
                pairs += [(name, _text(v)) for v in value]
            else:
                pairs.append((name, _text(tuple(value) if isinstance(value, list) else value)))
        return cls.from_query(pairs)

    def to_json(self) -> dict[str, Any]:
        """The filters in force by name, as JSON values."""
        return {each.name: value.isoformat() if isinstance(value, date) else value for each, value in self.in_force()}

    def describe(self, labels: Mapping[str, Callable[[Any], str]] | None = None) -> str:
        """The filters in force in words; `labels` gives, by filter, the words for its codes."""
        words = labels or {}
        said = [each.describe(value, words.get(each.name, str)) for each, value in self.in_force()]
        return "; ".join(said) or "all incidents"


FILTERS: tuple[Filter, ...] = tuple(
    replace(f.metadata["filter"], name=f.name, default=f.default) for f in fields(Selection)
)
"""Every filter, in the order of the page."""
