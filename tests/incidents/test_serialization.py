"""Records as JSON and rows, and back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.imports import ImportedDataset
from geo.incidents.catalogue import catalogue
from geo.incidents.record import IncidentRecord, SourceRecord
from geo.incidents.serialization import FLAT_COLUMNS, record_from_json, record_json, stored_event, text_row
from geo.store import Dataset, Store
from tests.incidents.strategies import CORRECTIONS, MOMENTS, batches, records

MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
# The order of columns in files that users have; new columns go behind.
COLUMNS = (
    "incident_id", "incident_type", "target", "target_type", "actor_name", "actor_category", "assertion", "start_date",
    "end_date", "year", "date_prec", "place_name", "admin1", "country", "where_prec", "uncertainty_km", "n_reports",
    "n_independent", "status", "dataset", "reported", "added",
)  # fmt: skip


def test_the_columns_are_those_of_files_that_users_have() -> None:
    assert tuple(FLAT_COLUMNS)[: len(COLUMNS)] == COLUMNS
    assert tuple(text_row(IncidentRecord(incident_id="a")))[-5:] == ("start_time", "end_time", "lat", "lon", "sources")


@given(records(), CORRECTIONS, st.integers(0, 9))
def test_a_record_comes_back_from_json_as_it_was(
    record: IncidentRecord, corrections: dict[str, object], revision: int
) -> None:
    record = replace(record, corrections=corrections, revision=revision)
    row = orjson.loads(orjson.dumps(stored_event(record)))
    assert record_from_json(row, row["lat"], row["lon"]) == record


@given(records())
def test_every_field_of_a_record_is_in_its_json(record: IncidentRecord) -> None:
    names = {f.name for f in fields(IncidentRecord)} - {"place", "incident", "corrections"}
    assert names | {"year", "corrected"} == set(record_json(record))
    for source in record_json(record)["sources"]:
        assert set(source) == {f.name for f in fields(SourceRecord)}


@given(events=batches("old"), imported=MOMENTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_events_come_back_from_a_store(tmp_path: Path, events: list[IncidentRecord], imported: object) -> None:
    store = Store(f"sqlite:///{tmp_path / 's.sqlite'}")
    dataset = Dataset("old", "geojson", "f", "0" * 64, imported)  # type: ignore[arg-type]
    ImportedDataset(dataset, events).save(store)
    assert {r.id: r for r in catalogue(store)} == {r.id: r for r in events}
    store.close()


def test_an_event_stored_by_an_earlier_version_is_read() -> None:
    row = {
        "incident_id": "7", "incident_type": "other", "target": "violence", "target_type": "other",
        "actor_name": "A", "actor_category": "unknown", "assertion": "stated", "start_date": "2016-01-01",
        "end_date": "2016-01-02", "year": 2016, "date_prec": 2, "place_name": "Idlib", "admin1": None, "country": "SY",
        "where_prec": 2, "uncertainty_km": 25.0, "n_reports": 1, "n_independent": 1, "status": "unreviewed",
        "reported": None, "added": None, "dataset": "ged",
        "sources": [{"report_id": "UCDP GED 7", "url": None, "publisher": "UCDP GED", "published": None,
                     "evidence": "", "actor_name": "A", "place_name": None, "lat": 35.6, "lon": 36.4}],
    }  # fmt: skip
    record = record_from_json(row, 35.6, 36.4)
    assert (record.end_date, record.year, record.sources[0].publisher) == (date(2016, 1, 2), 2016, "UCDP GED")
    assert record.place is not None
    assert (record.place.name, record.place.source, record.place.uncertainty_km) == ("Idlib", "ged", 25.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start_date", "soon"), ("start_date", 5), ("added", "noon"), ("date_prec", 1.5), ("n_reports", True),
        ("uncertainty_km", "wide"), ("uncertainty_km", float("nan")), ("target", ["a"]), ("target", "\ud800"),
        ("sources", {}), ("sources", ["x"]), ("sources", [{"published": "x"}]), ("corrected", {"status": {}}),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match="published" if "published" in repr(value) else name):
        record_from_json({"incident_id": "a", name: value}, None, None)


def test_a_stored_event_that_cannot_be_read_is_named_and_the_others_are_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(f"sqlite:///{tmp_path / 's.sqlite'}")
    rows = [stored_event(IncidentRecord(incident_id=i, dataset="d")) for i in "ab"]
    rows[0]["reported"] = "soon"
    store.keep_dataset(Dataset("d", "geojson", "f", "0" * 64, MOMENT), rows)
    assert [r.id for r in catalogue(store)] == ["b"]
    assert "event a of the dataset 'd' is not shown: reported 'soon' is not a date" in caplog.text
