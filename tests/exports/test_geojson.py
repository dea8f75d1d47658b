"""The GeoJSON export against RFC 7946 and the contract."""

from __future__ import annotations

import json
from typing import Any

from geo.exports import geojson
from geo.incidents.catalogue import catalogue
from geo.incidents.filters import Selection
from geo.store import Store

CONTRACT = {
    "incident_id", "incident_type", "target", "target_type", "actor_name", "actor_category", "assertion", "start_date",
    "end_date", "year", "date_prec", "place_name", "admin1", "country", "where_prec", "uncertainty_km", "n_reports",
    "n_independent", "status", "sources",
}  # fmt: skip
ADDED = {"dataset", "reported", "added", "start_time", "end_time", "revision", "corrected"}


def check_rfc7946(collection: dict[str, Any]) -> None:
    """Sections 3.1 to 3.3 and 4, as far as points go."""
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert isinstance(collection["features"], list)
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties", "id"} <= set(feature)
        assert "features" not in feature
        geometry = feature["geometry"]
        if geometry is not None:
            assert geometry["type"] == "Point"
            lon, lat = geometry["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert (lon, lat) != (0, 0)
    ids = [f["id"] for f in collection["features"]]
    assert len(set(ids)) == len(ids)


def test_the_seeds_are_valid_and_whole(seeds_url: str) -> None:
    made = json.loads(geojson.dumps(catalogue(Store(seeds_url)), Selection(year=(2015,)), 5))
    check_rfc7946(made)
    assert made["filters"] == {"year": [2015]}
    assert made["n_reports"] == 5
    assert made["generated"]
    assert {c["source"] for c in made["licence"]} >= {"GeoNames", "Natural Earth"}
    for feature in made["features"]:
        p = feature["properties"]
        assert set(p) == CONTRACT | ADDED
        assert feature["id"] == p["incident_id"]
        for source in p["sources"]:
            assert {
                "report_id",
                "url",
                "publisher",
                "published",
                "evidence",
                "actor_name",
                "place_name",
                "lat",
                "lon",
            } <= set(source)


def test_an_incident_without_a_place_has_no_geometry(extract: Any, tmp_path: Any) -> None:
    store = Store(f"sqlite:///{tmp_path / 's.sqlite'}")
    store.save([extract("Vandals smashed twelve graves.")])
    store.link()
    (feature,) = json.loads(geojson.dumps(catalogue(store), Selection(), 1))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["place_name"] is None
