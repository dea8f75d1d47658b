"""The ledger: nothing is lost, conflicts are refused, and what reviewers merged and split stays so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, insert

from geo.errors import ConflictError, DecisionError
from geo.extraction.pipeline import Extractor
from geo.incidents.catalogue import catalogue
from geo.incidents.record import IncidentRecord
from geo.incidents.review import correct
from geo.ingest import ingest
from geo.linking.decisions import merge, split, undo
from geo.reports import report
from geo.store import Store
from geo.store.schema import decision

TEXTS = {
    "one": "Vandals toppled thirty headstones at a cemetery in Zahle on 3 May 2019, police said.",
    "two": "Police in Zahle said that headstones at a cemetery were toppled on 3 May 2019.",
    "three": "Militants blew up a shrine in Mosul on 9 June 2014.",
}


@pytest.fixture
def store(store_url: str, extractor: Extractor) -> Store:
    made = Store(store_url)
    add(made, extractor, *TEXTS)
    return made


def add(store: Store, extractor: Extractor, *names: str, **texts: str) -> None:
    reports = [report(TEXTS[n], n, {"id": n, "published": "2019-06-01"}) for n in names]
    reports += [report(text, n, {"id": n, "published": "2019-06-02"}) for n, text in texts.items()]
    ingest(reports, store, lambda: extractor)


def at(store: Store, country: str) -> list[IncidentRecord]:
    return [s for s in catalogue(store) if s.country == country]


def test_a_correction_is_laid_over_and_what_was_read_stays(store: Store) -> None:
    (incident,) = at(store, "IQ")
    correct(
        store, incident, "actor", {"actor_name": "Islamic State", "actor_category": "rebel_group"}, who="Ana", why="a"
    )
    correct(store, at(store, "IQ")[0], "date", {"start_date": "2014-06-08", "end_date": "2014-06-09"}, who="Ben")
    place = {
        "place_name": "Mosul",
        "lat": 36.34,
        "lon": 43.13,
        "uncertainty_km": 0.5,
        "country": "IQ",
        "admin1": "Mosul",
    }
    correct(store, at(store, "IQ")[0], "place", place, who="Ana")
    (now,) = at(store, "IQ")
    assert (now.actor_name, now.start_date) == ("Islamic State", date(2014, 6, 8))
    assert now.place is not None
    assert (now.place.lat, now.place.lon, now.place.source) == (36.34, 43.13, "placed by Ana")
    assert now.corrections["actor"].who == "Ana"
    assert now.sources == incident.sources
    assert now.revision == 3
    first = store.ledger.decisions()[0]
    assert (first.was["actor_name"], first.now["actor_name"], first.why) == ("Militants", "Islamic State", "a")


def test_of_two_who_decide_on_one_state_the_second_is_refused(store: Store) -> None:
    (seen,) = at(store, "IQ")
    correct(store, seen, "status", {"status": "confirmed"}, who="Ana")
    with pytest.raises(ConflictError, match="Ana changed it"):
        correct(store, seen, "status", {"status": "rejected"}, who="Ben")
    assert at(store, "IQ")[0].status == "confirmed"


def test_eight_at_once_lose_nothing(store: Store) -> None:
    (seen,) = at(store, "IQ")
    accepted: list[str] = []

    def decide(who: str) -> None:
        for _ in range(200):
            try:
                correct(store, at(store, "IQ")[0], "status", {"status": "disputed"}, who=who)
                accepted.append(who)
                return
            except ConflictError:
                continue

    threads = [threading.Thread(target=decide, args=(f"analyst {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(d.who for d in store.ledger.decisions()) == sorted(accepted) == [f"analyst {n}" for n in range(8)]
    assert [d.revision for d in store.ledger.decisions()] == list(range(1, 9))
    assert seen.id == at(store, "IQ")[0].id


def test_an_undone_decision_has_no_effect_and_both_are_in_the_ledger(store: Store) -> None:
    (seen,) = at(store, "IQ")
    made = correct(store, seen, "type", {"incident_type": "looting"}, who="Ana")
    undo(store, made.number, 1, who="Ben", why="no")
    assert at(store, "IQ")[0].incident_type == "shrine_destruction"
    assert [d.kind for d in store.ledger.decisions()] == ["type", "undo"]
    with pytest.raises(DecisionError, match="undone already"):
        undo(store, made.number, 2, who="Ben", why="again")


def test_merged_incidents_stay_merged_and_can_be_undone(store: Store, extractor: Extractor) -> None:
    (zahle,), (mosul,) = at(store, "LB"), at(store, "IQ")
    one = merge(store, (zahle.id, 0), (mosul.id, 0), who="Ana", why="a test")
    assert one == min(zahle.id, mosul.id)
    add(store, extractor, later="Militants blew up a shrine in Mosul on 9 June 2014, a resident said.")
    (merged,) = catalogue(store)
    assert merged.id == one
    assert merged.n_reports == 4
    (made,) = store.ledger.decisions()
    undo(store, made.number, 1, who="Ana", why="wrong")
    assert {s.id for s in catalogue(store)} == {zahle.id, mosul.id}
    assert [s.n_reports for s in at(store, "IQ")] == [2]


def test_split_sources_stay_split_when_reports_come(store: Store, extractor: Extractor) -> None:
    (zahle,) = at(store, "LB")
    assert zahle.n_reports == 2
    out = [c.id for c in zahle.claims if c.report_id == "two"]
    new = split(store, zahle.id, 0, out, who="Ana", why="another cemetery")
    add(store, extractor, later="Thirty headstones were toppled at a cemetery in Zahle on 3 May 2019.")
    parts = {s.id: {c.report_id for c in s.claims} for s in at(store, "LB")}
    assert "two" in parts[new]
    assert "one" in parts[zahle.id]
    (made,) = store.ledger.decisions()
    undo(store, made.number, 1, who="Ana", why="the same")
    (whole,) = at(store, "LB")
    assert whole.id == zahle.id
    assert whole.n_reports == 3


@pytest.mark.parametrize(
    ("kind", "now", "message"),
    [
        ("status", {"status": "maybe"}, "is not one of"),
        ("type", {"incident_type": "murder"}, "is not one of"),
        ("actor", {"actor_name": " ", "actor_category": "unknown"}, "actor's name"),
        ("actor", {"actor_name": "X", "actor_category": "aliens"}, "is not one of"),
        ("date", {"start_date": "2014-06-09", "end_date": "2014-06-01"}, "is after"),
        ("date", {"start_date": "June", "end_date": "2014-06-01"}, "YYYY-MM-DD"),
        ("place", {"lat": 95, "lon": 0, "uncertainty_km": 1}, "is not a position"),
        ("place", {"lat": "x", "lon": 0, "uncertainty_km": 1}, "as numbers"),
        ("place", {"lat": 5, "lon": 0, "uncertainty_km": 1, "where_prec": 9}, "is not a number from 1 to 7"),
        ("colour", {}, "is not one of"),
    ],
)
def test_what_cannot_be_is_refused_and_not_written(
    store: Store, kind: str, now: dict[str, object], message: str
) -> None:
    with pytest.raises(DecisionError, match=message):
        correct(store, at(store, "IQ")[0], kind, now, who="Ana")
    assert store.ledger.decisions() == []


@pytest.mark.parametrize(
    "act",
    [
        lambda s, i: correct(s, i, "status", {"status": "confirmed"}, who="  "),
        lambda s, i: split(s, i.id, 0, [], who="A", why=""),
        lambda s, i: split(s, i.id, 0, [c.id for c in i.claims], who="A", why=""),
        lambda s, i: merge(s, (i.id, 0), (i.id, 0), who="A", why=""),
        lambda s, i: merge(s, (i.id, 0), ("nix", 0), who="A", why=""),
        lambda s, i: s.ledger.decide("nix", 0, "status", {}, {}, who="A", why=""),
        lambda s, i: undo(s, 99, 0, who="A", why=""),
    ],
)
def test_a_decision_on_nothing_is_refused(store: Store, act: Callable[[Store, IncidentRecord], object]) -> None:
    (incident,) = at(store, "IQ")
    with pytest.raises(DecisionError):
        act(store, incident)
    assert store.ledger.decisions() == []


def test_a_decision_written_at_the_same_moment_is_a_conflict(store: Store, store_url: str) -> None:
    """Another program inserts the same revision after ours has checked it, and commits while ours waits."""
    (seen,) = at(store, "IQ")
    row = {
        "incident_id": seen.id,
        "revision": 1,
        "kind": "status",
        "was": {},
        "now": {"status": "disputed"},
        "who": "Ben",
        "why": "",
    }
    errors: list[Exception] = []

    def decide() -> None:
        try:
            correct(store, seen, "status", {"status": "confirmed"}, who="Ana")
        except ConflictError as error:
            errors.append(error)

    with create_engine(store_url).connect() as other:
        other.execute(insert(decision).values(**row, at=datetime.now(UTC)))
        thread = threading.Thread(target=decide)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()  # it waits for the other transaction
        other.commit()
        thread.join(timeout=20)
    assert [str(e) for e in errors] == [str(ConflictError(seen.id, "Ben", "status"))]
    assert [d.who for d in store.ledger.decisions()] == ["Ben"]
    correct(store, at(store, "IQ")[0], "status", {"status": "rejected"}, who="Ana", why="\0")
