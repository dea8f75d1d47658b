"""Incident records as JSON and as table rows, and back. Every export, import and comparison uses these forms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time
from types import UnionType
from typing import Any, get_args, get_type_hints

import orjson

from geo.incidents.record import Correction, IncidentRecord, SourceRecord
from geo.model import Place

Json = dict[str, Any]

_MOST_INT = 2**31 - 1  # the largest 32-bit whole number, which every file form and database column can store
_SCALARS: tuple[type, ...] = (str, int, float, date, datetime)


def _scalar_columns(record_type: type, without: frozenset[str] = frozenset()) -> dict[str, type]:
    """The fields of a record that hold one plain value, each with the type of that value."""
    columns: dict[str, type] = {}
    hints = get_type_hints(record_type)
    for field in fields(record_type):
        declared = hints[field.name]
        kind = get_args(declared)[0] if isinstance(declared, UnionType) else declared
        if kind in _SCALARS and field.name not in without:
            columns[field.name] = kind
        if field.name == "end_date":
            columns["year"] = int  # a property computed from end_date; FORMATS.md puts it here
    return columns


FLAT_COLUMNS = _scalar_columns(IncidentRecord, frozenset(("revision",)))
"""The plain columns of an incident in order, each with the type of its values."""
TABLE_COLUMNS: dict[str, type] = FLAT_COLUMNS | {"start_time": datetime, "end_time": datetime, "sources": str}
"""The columns of a table of incidents but for the position; `sources` is JSON text."""
TRACKED = tuple(f.name for f in fields(IncidentRecord) if f.metadata.get("tracked"))
"""The fields whose changes are reported to the reader of an earlier briefing."""
_SOURCE_COLUMNS = _scalar_columns(SourceRecord)
_OF_REPORTS = ("assertion", "attributed_to", "text_group")  # known of our own reports only


def record_json(record: IncidentRecord) -> Json:
    """The properties of an incident as in FORMATS.md; dates as ISO 8601.

    An imported event has `revision` and `corrected` only where its file says that something was corrected.
    """
    row: Json = {name: _text_of_date(getattr(record, name)) for name in FLAT_COLUMNS}
    row["sources"] = [_source_json(source) for source in record.sources]
    if record.incident is not None or record.revision or record.corrections:
        row["revision"] = record.revision
        row["corrected"] = {
            kind: {"who": c.who, "at": c.at.isoformat(timespec="seconds"), "why": c.why}
            for kind, c in record.corrections.items()
        }
    return row


def tracked_json(record: IncidentRecord) -> Json:
    """The fields that a briefing keeps of an incident, to report later what changed."""
    return {name: _text_of_date(getattr(record, name)) for name in TRACKED}


def stored_event(record: IncidentRecord) -> Json:
    """An imported event as the store keeps it: its properties with `lat` and `lon`."""
    return record_json(record) | position(record)


def record_from_json(row: Mapping[str, Any], lat: float | None, lon: float | None) -> IncidentRecord:
    """The record whose properties `record_json` wrote, at a position in degrees or without one.

    A property that is missing or null has the default of its field. Raises ValueError, naming the property.
    """
    values = _values(FLAT_COLUMNS, row)
    values.pop("year", None)
    if not values.get("incident_id"):
        raise ValueError("incident_id is missing")
    revision = _value("revision", int, row.get("revision") or 0)
    sources = tuple(_source(source) for source in _list("sources", row.get("sources")))
    record = IncidentRecord(**values, sources=sources, revision=revision, corrections=_corrections(row))
    return with_place(record, lat, lon)


def with_place(record: IncidentRecord, lat: float | None, lon: float | None) -> IncidentRecord:
    """An imported event at a position; its name, country and uncertainty are those of the record."""
    if lat is None or lon is None:
        return record
    place = Place(
        name=record.place_name or "",
        lat=lat,
        lon=lon,
        country=record.country,
        admin1=record.admin1,
        feature=None,
        source=record.dataset,
        source_id=record.incident_id,
        uncertainty_km=record.uncertainty_km or 0.0,
    )
    return replace(record, place=place)


def table_row(record: IncidentRecord) -> Json:
    """One incident as a row of TABLE_COLUMNS: dates are dates, times are in UTC, sources are JSON text."""
    first, last = record.start_date, record.end_date
    return {
        **{name: getattr(record, name) for name in FLAT_COLUMNS},
        "start_time": datetime.combine(first, time.min, UTC) if first else None,
        "end_time": datetime.combine(last, time(23, 59, 59), UTC) if last else None,
        "sources": orjson.dumps([_source_json(source) for source in record.sources]).decode(),
    }


def text_row(record: IncidentRecord) -> Json:
    """One incident as a flat row for text formats: dates as ISO 8601, with `lat` and `lon` before `sources`."""
    row = {name: _text_of_date(value) for name, value in table_row(record).items()} | times(record)
    sources = row.pop("sources")
    return {**row, **position(record), "sources": sources}


def times(record: IncidentRecord) -> dict[str, str | None]:
    """First and last moment, ISO 8601 in UTC, in the form that kepler.gl and QGIS recognise as times."""
    first, last = record.start_date, record.end_date
    return {
        "start_time": f"{first.isoformat()}T00:00:00Z" if first else None,
        "end_time": f"{last.isoformat()}T23:59:59Z" if last else None,
    }


def position(record: IncidentRecord) -> dict[str, float | None]:
    """`lat` and `lon` in degrees of WGS84, None without a place."""
    place = record.place
    return {"lat": place.lat if place else None, "lon": place.lon if place else None}


def _text_of_date(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _source_json(source: SourceRecord) -> Json:
    """What one source says; what only a report of ours has is left out for a source of a dataset."""
    values = {f.name: getattr(source, f.name) for f in fields(SourceRecord)}
    row = {name: list(v) if isinstance(v, tuple) else _text_of_date(v) for name, v in values.items()}
    if source.assertion is None and source.text_group is None and not source.attributed_to:
        return {name: value for name, value in row.items() if name not in _OF_REPORTS}
    return row


def _source(row: Any) -> SourceRecord:
    if not isinstance(row, Mapping):
        raise ValueError("sources is not a list of objects")
    names = (_value("attributed_to", str, name) for name in _list("attributed_to", row.get("attributed_to")))
    return SourceRecord(**_values(_SOURCE_COLUMNS, row), attributed_to=tuple(names))


def _corrections(row: Mapping[str, Any]) -> dict[str, Correction]:
    corrected = row.get("corrected") or {}
    if not isinstance(corrected, Mapping):
        raise ValueError("corrected is not an object")
    try:
        return {
            kind: Correction(str(c["who"]), _value("corrected", datetime, c["at"]), str(c["why"]))
            for kind, c in corrected.items()
        }
    except (KeyError, TypeError) as error:
        raise ValueError("corrected does not say who, at and why") from error


def _values(columns: Mapping[str, type], row: Mapping[str, Any]) -> Json:
    """The values of a row that are given, each in the type of its column."""
    return {name: _value(name, kind, value) for name, kind in columns.items() if (value := row.get(name)) is not None}


def _value(name: str, kind: type, value: Any) -> Any:
    """A value of JSON in the type of its column. Raises ValueError."""
    if kind is str and type(value) is str and value.isascii():
        return value  # most values are plain text
    if isinstance(value, bool | list | dict):
        raise ValueError(f"{name} {value!r} is not a single value")
    if kind is str:
        return _text(name, str(value))
    try:
        if kind is datetime:
            return datetime.fromisoformat(value)
        if kind is date:
            return datetime.fromisoformat(value).date()
        number = float(value)
        if not math.isfinite(number) or (kind is int and (number != int(number) or abs(number) > _MOST_INT)):
            raise ValueError(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} {value!r} is not {_WANTED[kind]}") from error
    return int(number) if kind is int else number


def _text(name: str, text: str) -> str:
    """The text, unless it has half of a surrogate pair, which no file or database can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} has a character that cannot be written in UTF-8 ({error.reason})") from error
    return text


_WANTED = {int: "a whole number", float: "a number", date: "a date as YYYY-MM-DD", datetime: "a time as ISO 8601"}


def _list(name: str, value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return value
