"""Every filter over incidents, each defined once: command line, URL, API, page and briefing title read them here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from geo.incidents.filter_types import (
    Box,
    Filter,
    Widget,
    parse_box,
    parse_country,
    parse_day,
    parse_km,
    parse_number,
    parse_year,
    value_text,
)
from geo.incidents.record import IncidentRecord
from geo.model import ACTOR_CATEGORIES, ASSERTIONS, INCIDENT_TYPES, STATUSES, TARGET_TYPES

__all__ = ["CLOCKS", "FILTERS", "Box", "Filter", "Selection"]

CLOCKS = ("occurred", "reported", "added")


def _given(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _publishers(record: IncidentRecord) -> Iterable[str]:
    return dict.fromkeys(s.publisher for s in record.sources if s.publisher)


def _many_values(
    label: str,
    help_: str,
    values: Callable[[IncidentRecord], Iterable[Any]] | None,
    codes: tuple[str, ...] = (),
    parse: Callable[[str], Any] = str,
    metavar: str = "TEXT",
) -> dict[str, Filter]:
    """A filter by values, of which an incident must have one; any number of them may be given."""
    return {"filter": Filter(label, help_, "values", parse, metavar=metavar, many=True, codes=codes, values=values)}


def _one_value(label: str, help_: str, widget: Widget, phrase: str, **more: Any) -> dict[str, Filter]:
    """A filter with one value."""
    return {"filter": Filter(label, help_, widget, phrase=phrase, **more)}


@dataclass(frozen=True, slots=True)
class Selection:
    """The values chosen for each filter; a filter with its default lets every incident pass.

    `bbox` is W, S, E, N in degrees. `within_km` selects places known at least that exactly, `independent` incidents
    with at least that many independent sources, `text` those with these words in names or evidence. `clock` says to
    which of an incident's dates `year`, `since` and `until` apply. An incident without a date or place fails a filter
    on it.
    """

    actor: tuple[str, ...] = field(
        default=(), metadata=_many_values("Actor", "Canonical name of the actor", lambda r: (r.actor_name,))
    )
    actor_category: tuple[str, ...] = field(
        default=(),
        metadata=_many_values(
            "Actor category", "ACLED's type of actor", lambda r: (r.actor_category,), ACTOR_CATEGORIES
        ),
    )
    type: tuple[str, ...] = field(
        default=(),
        metadata=_many_values("Incident type", "What happened", lambda r: (r.incident_type,), INCIDENT_TYPES),
    )
    target_type: tuple[str, ...] = field(
        default=(),
        metadata=_many_values("Target type", "What was damaged or opened", lambda r: (r.target_type,), TARGET_TYPES),
    )
    country: tuple[str, ...] = field(
        default=(),
        metadata=_many_values(
            "Country",
            "ISO code of the country",
            lambda r: _given(r.country and parse_country(r.country)),
            parse=parse_country,
            metavar="CC",
        ),
    )
    admin1: tuple[str, ...] = field(
        default=(), metadata=_many_values("Province", "Name of the first-order division", lambda r: _given(r.admin1))
    )
    year: tuple[int, ...] = field(
        default=(),
        metadata=_many_values("Year", "Year in which it can have happened", None, parse=parse_year, metavar="YYYY"),
    )
    since: date | None = field(
        default=None,
        metadata=_one_value(
            "From", "No incident that ended before this day", "date", "from {}", parse=parse_day, metavar="YYYY-MM-DD"
        ),
    )
    until: date | None = field(
        default=None,
        metadata=_one_value(
            "To", "No incident that began after this day", "date", "to {}", parse=parse_day, metavar="YYYY-MM-DD"
        ),
    )
    bbox: Box | None = field(
        default=None,
        metadata=_one_value(
            "Map area",
            "Area on the map, in degrees",
            "area",
            "between {:g}, {:g} and {:g}, {:g}",
            parse=parse_box,
            metavar="W,S,E,N",
        ),
    )
    assertion: tuple[str, ...] = field(
        default=(),
        metadata=_many_values(
            "Assertion", "Whether it is stated, alleged or denied", lambda r: (r.assertion,), ASSERTIONS
        ),
    )
    within_km: float | None = field(
        default=None,
        metadata=_one_value(
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
        default=(),
        metadata=_many_values("Review status", "Status after review by people", lambda r: (r.status,), STATUSES),
    )
    publisher: tuple[str, ...] = field(
        default=(), metadata=_many_values("Publisher", "Publisher of a report", _publishers)
    )
    independent: int | None = field(
        default=None,
        metadata=_one_value(
            "Independent sources",
            "Least number of independent sources",
            "choice",
            "{} or more independent sources",
            parse=parse_number,
            metavar="N",
            choices=(2, 3),
        ),
    )
    dataset: tuple[str, ...] = field(
        default=(), metadata=_many_values("Dataset", "Name of an imported dataset, or reports", lambda r: (r.dataset,))
    )
    text: str = field(
        default="",
        metadata=_one_value(
            "Words in names and evidence", "Words that names or evidence contain", "text", "with the words “{}”"
        ),
    )
    clock: str = field(
        default=CLOCKS[0],
        metadata=_one_value(
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

        Names that are not of a filter are ignored, and so are empty texts; of several
        texts for such a filter the last counts.
        """
        given: dict[str, list[str]] = {}
        for name, text in pairs:
            given.setdefault(name, []).append(text)
        chosen: dict[str, Any] = {}
        for each in FILTERS:
            texts = given.get(each.name, [])
            if each.many:
                chosen[each.name] = tuple(each.read(text) for text in texts if text)
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
                pairs += [(name, value_text(v)) for v in value]
            else:
                pairs.append((name, value_text(tuple(value) if isinstance(value, list) else value)))
        return cls.from_query(pairs)

    def to_json(self) -> dict[str, Any]:
        """The filters in force by name, as JSON values."""
        return {each.name: value.isoformat() if isinstance(value, date) else value for each, value in self.in_force()}

    def describe(self, labels: Mapping[str, Callable[[Any], str]] | None = None) -> str:
        """The filters in force in words; `labels` gives, by filter, the words for its codes."""
        words = labels or {}
        phrases = [each.describe(value, words.get(each.name, str)) for each, value in self.in_force()]
        return "; ".join(phrases) or "all incidents"


FILTERS: tuple[Filter, ...] = tuple(
    replace(f.metadata["filter"], name=f.name, default=f.default) for f in fields(Selection)
)
"""Every filter, in the order of the page."""
