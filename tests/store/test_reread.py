"""Stored reports read again: unchanged claims keep their ids, decisions stay, everything else follows the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from geo.extraction.pipeline import Extractor
from geo.incidents.catalogue import catalogue
from geo.incidents.diff import compare, snapshot
from geo.incidents.record import IncidentRecord
from geo.incidents.review import correct
from geo.ingest import ingest, reread
from geo.linking.service import relink
from geo.model import Claim
from geo.reports import report
from geo.store import Store

TEXTS = {
    "one": "Vandals toppled thirty headstones at a cemetery in Zahle on 3 May 2019, police said.",
    "two": "Militants blew up a shrine in Mosul on 9 June 2014. Looters robbed a museum in Palmyra on 2 June 2015.",
}


@pytest.fixture
def store(store_url: str, extractor: Extractor) -> Store:
    made = Store(store_url)
    ingest([report(t, n, {"id": n, "published": "2019-06-01"}) for n, t in TEXTS.items()], made, lambda: extractor)
    return made


def read_otherwise(store: Store, extractor: Extractor, change: Callable[[Claim], Claim | None]) -> None:
    """As other rules would have read what is stored."""
    for stored in store.reports().values():
        extraction = extractor.extract(stored.report, stored.report.published)
        claims = tuple(c for c in map(change, extraction.claims) if c is not None)
        store.save_again([replace(extraction, claims=claims)], relink)


def of_type(store: Store, kind: str) -> IncidentRecord:
    return next(s for s in catalogue(store) if s.incident_type == kind)


def test_the_same_rules_change_nothing(store: Store, extractor: Extractor) -> None:
    before, claims = snapshot(catalogue(store)), [i.claims for i in store.incidents()]
    mark = store.fingerprint()
    assert reread(store, lambda: extractor).reread == len(TEXTS)
    assert compare(before, catalogue(store)) == []
    assert [i.claims for i in store.incidents()] == claims
    assert store.fingerprint() != mark  # an open page reads it anew all the same


def test_other_rules_are_followed_under_the_same_ids(store: Store, extractor: Extractor) -> None:
    before = snapshot(catalogue(store))
    read_otherwise(store, extractor, lambda c: replace(c, id=f"x{c.id}", actor_name="Somebody else"))
    assert {i: row["actor_name"] for i, row in snapshot(catalogue(store)).items()} == dict.fromkeys(
        before, "Somebody else"
    )
    reread(store, lambda: extractor)
    assert compare(before, catalogue(store)) == []


def test_a_correction_outlives_a_reading(store: Store, extractor: Extractor) -> None:
    shrine = of_type(store, "shrine_destruction")
    actor = {"actor_name": "Islamic State", "actor_category": "rebel_group"}
    correct(store, shrine, "actor", actor, who="Ana", why="own file")
    read_otherwise(store, extractor, lambda c: replace(c, actor_name="Somebody else"))
    now = of_type(store, "shrine_destruction")
    assert (now.id, now.actor_name) == (shrine.id, "Islamic State")
    assert now.claims[0].actor_name == "Somebody else"


def test_what_is_not_read_any_more_goes_unless_it_was_decided_on(store: Store, extractor: Extractor) -> None:
    shrine, museum = of_type(store, "shrine_destruction"), of_type(store, "looting")
    correct(store, shrine, "status", {"status": "confirmed"}, who="Ana")
    before = snapshot(catalogue(store))
    read_otherwise(store, extractor, lambda c: c if c.report_id == "one" else None)
    changes = compare(before, catalogue(store))
    assert [(c.kind, c.incident_id) for c in changes] == [("gone", museum.id)]
    assert of_type(store, "shrine_destruction").status == "confirmed"
    assert reread(store, lambda: extractor).reread == len(TEXTS)
    kinds = sorted(c.kind for c in compare(before, catalogue(store)) if c.incident_id != museum.id)
    assert kinds in ([], ["new"])  # it is found again, under its old id or one of its own
    assert of_type(store, "looting").place_name == museum.place_name


def test_a_claim_that_disappears_and_returns_has_an_incident_again(store: Store, extractor: Extractor) -> None:
    before = {r.incident_type for r in catalogue(store)}
    for _ in range(3):
        read_otherwise(store, extractor, lambda c: None)
        assert catalogue(store) == []
        read_otherwise(store, extractor, lambda c: c)
        assert {r.incident_type for r in catalogue(store)} == before


def test_a_decision_on_what_was_joined_to_another_keeps_it(store: Store, extractor: Extractor) -> None:
    text = "Police in Zahle said that headstones at a cemetery were toppled on 3 May 2019."
    ingest([report(text, "three", {"id": "three", "published": "2019-06-02"})], store, lambda: extractor)
    read_otherwise(store, extractor, lambda c: replace(c, where=None) if c.report_id == "three" else c)
    graves = [s for s in catalogue(store) if s.incident_type == "grave_desecration"]
    assert len(graves) == 2
    correct(store, max(graves, key=lambda s: s.id), "status", {"status": "confirmed"}, who="Ana")
    reread(store, lambda: extractor)
    assert of_type(store, "grave_desecration").n_reports == 2
    read_otherwise(store, extractor, lambda c: None)
    assert of_type(store, "grave_desecration").status == "confirmed"


def test_claims_that_part_are_two_incidents(store: Store, extractor: Extractor) -> None:
    everything = lambda c: replace(c, incident_type="looting", where=None, when=None, target_type="museum")  # noqa: E731
    read_otherwise(store, extractor, everything)
    reread(store, lambda: extractor)
    incidents = store.incidents()
    assert len({i.id for i in incidents}) == len(incidents) == 3
    assert sum(len(i.claims) for i in incidents) == 3
