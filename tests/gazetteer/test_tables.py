"""The project's own tables have valid values in every column."""

from __future__ import annotations

from geo.gazetteer.labels import labels
from geo.gazetteer.sources import countries, divisions, sites


def test_sites_are_complete_and_name_their_source() -> None:
    rows = list(sites("sites.tsv", {}))
    assert len(rows) >= 150
    assert len({r.source_id for r in rows}) == len(rows)
    for row in rows:
        assert row.name
        assert row.source
        assert -90 <= row.lat <= 90
        assert -180 <= row.lon <= 180
        assert 0 < row.uncertainty_km <= 100
        assert len(row.country) == 2


def test_divisions_and_countries_have_an_extent() -> None:
    assert len(list(divisions({}))) > 4000
    assert len(list(countries())) > 240
    for row in (*divisions({}), *countries()):
        assert row.uncertainty_km >= 0
        assert row.name
    raqqa = next(r for r in divisions({}) if r.admin1 == "SY-RA")
    assert 60 < raqqa.uncertainty_km < 120
    assert "الرقة" in raqqa.aliases


def test_labels_of_maps_are_countries_and_large_divisions() -> None:
    names = {x.name for x in labels()}
    assert {"Syria", "Raqqa", "Iraq"} <= names
