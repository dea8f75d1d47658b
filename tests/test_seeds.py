"""What must come out of the five seed reports, and what must not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dashboard.snapshot import load_snapshot
from geo.incidents.aggregation import Summary
from geo.store import Store


@pytest.fixture(scope="module")
def incidents(seeds_url: str) -> Sequence[Summary]:
    return load_snapshot(Store(seeds_url)).records


def only(incidents: Sequence[Summary], **wanted: object) -> Summary:
    found = [s for s in incidents if all(s.properties[k] == v for k, v in wanted.items())]
    assert len(found) == 1, [dict(s.properties) for s in found]
    return found[0]


def test_there_are_four_incidents(incidents: Sequence[Summary]) -> None:
    assert len(incidents) == 4


def test_raqqa_cemetery_is_one_incident_of_three_reports_and_one_text(incidents: Sequence[Summary]) -> None:
    p = only(incidents, actor_name="Islamic State", incident_type="grave_desecration").properties
    assert (p["country"], p["admin1"], p["where_prec"]) == ("SY", "Raqqa", 4)
    assert (p["n_reports"], p["n_independent"]) == (3, 1)
    assert p["assertion"] == "alleged"
    assert p["start_date"].startswith("2015-03")
    assert p["year"] == 2015
    assert any("hilltop cemetery" in s["evidence"] for s in p["sources"])


def test_the_place_of_the_raqqa_cemetery_is_what_is_doubted(incidents: Sequence[Summary]) -> None:
    summary = only(incidents, actor_name="Islamic State", incident_type="grave_desecration")
    assert all("place" in claim.doubts for claim in summary.incident.claims)


def test_khan_al_sebel(incidents: Sequence[Summary]) -> None:
    p = only(incidents, place_name="Khan as Subul").properties
    assert p["incident_type"] in ("grave_desecration", "exhumation")
    assert p["admin1"] == "Idlib"
    assert p["actor_name"] in ("Pro-government militia", "Shabiha", "Syrian government forces")
    assert p["assertion"] == "alleged"
    assert p["start_date"].startswith("2020-02")


def test_old_homs_has_its_own_place_date_actor_and_source(incidents: Sequence[Summary]) -> None:
    p = only(incidents, place_name="Old Homs").properties
    assert p["incident_type"] == "exhumation"
    assert (p["start_date"], p["end_date"], p["date_prec"]) == ("2015-01-01", "2015-01-31", 4)
    assert p["actor_name"] == "Syrian government forces"
    assert p["sources"][0]["attributed_to"] == ["SNHR"]
    assert "dozens of corpses" in p["target"]


def test_mass_graves_lie_25_km_south_of_al_wawi(incidents: Sequence[Summary]) -> None:
    summary = only(incidents, incident_type="mass_grave_found")
    p = summary.properties
    assert p["place_name"] == "25 km S of Al-Wawi"
    assert summary.place is not None
    assert summary.place.lat == pytest.approx(35.435, abs=0.01)
    assert summary.place.lon == pytest.approx(38.41, abs=0.01)
    assert (p["admin1"], p["where_prec"], p["actor_name"]) == ("Raqqa", 2, "Islamic State")
    assert p["start_date"].startswith("2017-12")
    claim = summary.incident.claims[0]
    assert claim.counts["bodies"].number == 115
    assert "SANA" in claim.attributed_to
    assert claim.where is not None
    assert claim.where.relation is not None
    assert (claim.where.relation.distance_km, claim.where.relation.bearing_deg) == (25.0, 180.0)


def test_nothing_happens_where_nothing_was_done(incidents: Sequence[Summary]) -> None:
    names = {s.properties["place_name"] for s in incidents}
    assert not names & {"Dresden", "Damascus", "Turkey", "Aleppo", "Idlib", "United Kingdom"}


def test_every_claim_quotes_its_report(seeds_url: str) -> None:
    snapshot = load_snapshot(Store(seeds_url))
    claims = [c for s in snapshot.records for c in s.incident.claims]
    assert len(claims) == 6
    for claim in claims:
        text = snapshot.reports[claim.report_id].report.text
        for span in (claim.evidence, *claim.spans.values()):
            assert text[span.start : span.end] == span.text
