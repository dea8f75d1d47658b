"""What must come out of the five seed reports, and what must not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from geo.incidents.catalogue import catalogue
from geo.incidents.record import IncidentRecord
from geo.store import Store


@pytest.fixture(scope="module")
def incidents(seeds_url: str) -> Sequence[IncidentRecord]:
    return catalogue(Store(seeds_url))


def only(incidents: Sequence[IncidentRecord], **wanted: object) -> IncidentRecord:
    matches = [r for r in incidents if all(getattr(r, name) == value for name, value in wanted.items())]
    assert len(matches) == 1, matches
    return matches[0]


def test_there_are_four_incidents(incidents: Sequence[IncidentRecord]) -> None:
    assert len(incidents) == 4


def test_raqqa_cemetery_is_one_incident_of_three_reports_and_one_text(incidents: Sequence[IncidentRecord]) -> None:
    record = only(incidents, actor_name="Islamic State", incident_type="grave_desecration")
    assert (record.country, record.admin1, record.where_prec) == ("SY", "Raqqa", 4)
    assert (record.n_reports, record.n_independent) == (3, 1)
    assert record.assertion == "alleged"
    assert record.start_date.isoformat().startswith("2015-03")
    assert record.year == 2015
    assert any("hilltop cemetery" in s.evidence for s in record.sources)


def test_the_place_of_the_raqqa_cemetery_is_what_is_doubted(incidents: Sequence[IncidentRecord]) -> None:
    record = only(incidents, actor_name="Islamic State", incident_type="grave_desecration")
    assert all("place" in claim.doubts for claim in record.incident.claims)


def test_khan_al_sebel(incidents: Sequence[IncidentRecord]) -> None:
    record = only(incidents, place_name="Khan as Subul")
    assert record.incident_type in ("grave_desecration", "exhumation")
    assert record.admin1 == "Idlib"
    assert record.actor_name in ("Pro-government militia", "Shabiha", "Syrian government forces")
    assert record.assertion == "alleged"
    assert record.start_date.isoformat().startswith("2020-02")


def test_old_homs_has_its_own_place_date_actor_and_source(incidents: Sequence[IncidentRecord]) -> None:
    record = only(incidents, place_name="Old Homs")
    assert record.incident_type == "exhumation"
    assert (record.start_date, record.end_date, record.date_prec) == (date(2015, 1, 1), date(2015, 1, 31), 4)
    assert record.actor_name == "Syrian government forces"
    assert record.sources[0].attributed_to == ("SNHR",)
    assert "dozens of corpses" in record.target


def test_mass_graves_lie_25_km_south_of_al_wawi(incidents: Sequence[IncidentRecord]) -> None:
    record = only(incidents, incident_type="mass_grave_found")
    assert record.place_name == "25 km S of Al-Wawi"
    assert record.place is not None
    assert record.place.lat == pytest.approx(35.435, abs=0.01)
    assert record.place.lon == pytest.approx(38.41, abs=0.01)
    assert (record.admin1, record.where_prec, record.actor_name) == ("Raqqa", 2, "Islamic State")
    assert record.start_date.isoformat().startswith("2017-12")
    claim = record.incident.claims[0]
    assert claim.counts["bodies"].number == 115
    assert "SANA" in claim.attributed_to
    assert claim.where is not None
    assert claim.where.relation is not None
    assert (claim.where.relation.distance_km, claim.where.relation.bearing_deg) == (25.0, 180.0)


def test_nothing_happens_where_nothing_was_done(incidents: Sequence[IncidentRecord]) -> None:
    names = {r.place_name for r in incidents}
    assert not names & {"Dresden", "Damascus", "Turkey", "Aleppo", "Idlib", "United Kingdom"}


def test_every_claim_quotes_its_report(seeds_url: str) -> None:
    store = Store(seeds_url)
    reports = store.reports()
    claims = [c for record in catalogue(store, reports) for c in record.claims]
    assert len(claims) == 6
    for claim in claims:
        text = reports[claim.report_id].report.text
        for span in (claim.evidence, *claim.spans.values()):
            assert text[span.start : span.end] == span.text
