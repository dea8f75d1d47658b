"""Incident records of every shape, for property tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from geo.incidents.record import Correction, IncidentRecord, SourceRecord
from geo.incidents.serialization import with_place
from geo.model import ACTOR_CATEGORIES, ASSERTIONS, INCIDENT_TYPES, STATUSES, TARGET_TYPES

# Any text that a file can hold: no half of a surrogate pair, and no NUL, at which GDAL ends a text.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
NAME = TEXT.filter(bool)
OPTIONAL = st.none() | NAME
LAT, LON = st.floats(-90, 90, allow_subnormal=False), st.floats(-180, 180, allow_subnormal=False)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)

SOURCES = st.builds(
    SourceRecord,
    report_id=TEXT,
    url=OPTIONAL,
    publisher=OPTIONAL,
    published=st.none() | st.dates(),
    evidence=TEXT,
    actor_name=OPTIONAL,
    place_name=OPTIONAL,
    lat=st.none() | LAT,
    lon=st.none() | LON,
    assertion=st.none() | st.sampled_from(ASSERTIONS),
    attributed_to=st.lists(NAME, max_size=2).map(tuple),
    text_group=OPTIONAL,
)
CORRECTIONS = st.dictionaries(
    st.sampled_from(["status", "actor", "date"]), st.builds(Correction, who=NAME, at=MOMENTS, why=TEXT), max_size=2
)


@st.composite
def records(draw: st.DrawFn, dataset: str = "d") -> IncidentRecord:
    """An imported event of a dataset, with or without date and place."""
    days = draw(st.none() | st.tuples(st.dates(), st.dates()).map(lambda pair: (min(pair), max(pair))))
    first: date | None = days[0] if days else None
    last: date | None = days[1] if days else None
    values: dict[str, Any] = {
        "target": draw(OPTIONAL),
        "actor_name": draw(NAME),
        "place_name": draw(OPTIONAL),
        "admin1": draw(OPTIONAL),
        "country": draw(st.none() | st.sampled_from(["SY", "IQ"])),
        "incident_type": draw(st.sampled_from(INCIDENT_TYPES)),
        "target_type": draw(st.sampled_from(TARGET_TYPES)),
        "actor_category": draw(st.sampled_from(ACTOR_CATEGORIES)),
        "assertion": draw(st.sampled_from(ASSERTIONS)),
        "status": draw(st.sampled_from(STATUSES)),
        "date_prec": draw(st.none() | st.integers(1, 5)),
        "where_prec": draw(st.none() | st.integers(1, 7)),
        "uncertainty_km": draw(st.none() | st.floats(0, 1000)),
        "n_reports": draw(st.integers(0, 10**6)),
        "n_independent": draw(st.integers(0, 10**6)),
        "reported": draw(st.none() | st.dates()),
        "added": draw(st.none() | MOMENTS),
        "sources": tuple(draw(st.lists(SOURCES, max_size=2))),
    }
    identity = draw(NAME)
    record = IncidentRecord(incident_id=identity, dataset=dataset, start_date=first, end_date=last, **values)
    position = draw(st.none() | st.tuples(LAT, LON).filter(any))
    return with_place(record, *position) if position else record


def batches(dataset: str = "d") -> st.SearchStrategy[list[IncidentRecord]]:
    """Some records with ids of their own."""
    return st.lists(records(dataset), min_size=1, max_size=4, unique_by=lambda record: record.id)
