"""Which claims describe one event, in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from geo.linking.cluster import Constraints, link, new_incident_id
from geo.linking.compare import LEAST_SCORE, compare
from geo.model import Claim, DateSpan, Place, Span, Toponym

HOMS = Place("Homs", 34.73, 36.71, "SY", "Homs", "PPL", "test", "homs", 8.0, "SY-HI")
RAQQA = Place("Raqqa", 35.95, 39.0, "SY", "Raqqa", "PPL", "test", "raqqa", 6.0, "SY-RA")


def claim(name: str, place: Place | None = HOMS, day: date | None = date(2019, 5, 3), **changes: object) -> Claim:
    where = Toponym(Span("x", 0, 1), place, 1, place.uncertainty_km) if place else None
    made = Claim(
        id=name,
        report_id=f"report {name}",
        incident_type="grave_desecration",
        primary=True,
        target="graves",
        target_type="grave",
        actor=None,
        actor_name="Unknown",
        actor_category="unknown",
        assertion="stated",
        attributed_to=(),
        when=DateSpan(day, day, 1, "stated") if day else None,
        where=where,
        counts={},
        evidence=Span("x", 0, 1),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def groups(*claims: Claim) -> list[list[str]]:
    texts = {c.report_id: c.report_id for c in claims}
    return [sorted(x.claim_id for x in links) for links in link(claims, texts)]


def test_same_place_and_day_are_one_event() -> None:
    assert groups(claim("a"), claim("b")) == [["a", "b"]]


def test_place_alone_joins_nothing() -> None:
    assert groups(claim("a", day=None), claim("b", day=None)) == [["a"], ["b"]]
    assert groups(claim("a"), claim("b", day=date(2018, 5, 3))) == [["a"], ["b"]]


def test_another_place_type_or_actor_is_another_event() -> None:
    assert groups(claim("a"), claim("b", RAQQA)) == [["a"], ["b"]]
    assert groups(claim("a"), claim("b", incident_type="mass_grave_found")) == [["a"], ["b"]]
    army = claim("a", actor_name="Syrian government forces", actor_category="state_forces")
    rebels = claim("b", actor_name="Islamic State", actor_category="rebel_group")
    assert groups(army, rebels) == [["a"], ["b"]]


def test_two_claims_of_one_report_stay_two() -> None:
    a, b = claim("a"), claim("b", report_id="report a")
    assert [sorted(x.claim_id for x in links) for links in link([a, b], {"report a": "report a"})] == [["a"], ["b"]]


def test_copies_need_no_date() -> None:
    a, b = claim("a", day=None), claim("b", day=None)
    linked = link([a, b], {"report a": "report a", "report b": "report a"})
    assert len(linked) == 1
    assert {x.reason for x in linked[0]} == {"copies of one text"}


def test_each_join_says_why() -> None:
    (links,) = link([claim("a"), claim("b")], {"report a": "report a", "report b": "report b"})
    assert all("same place and time" in x.reason and x.score >= LEAST_SCORE for x in links)


CLAIMS = st.lists(
    st.builds(
        lambda n, p, d: claim(f"c{n}", p, date(2019, 1, 1) + timedelta(days=d)),
        st.integers(0, 10**6),
        st.sampled_from([HOMS, RAQQA, None]),
        st.integers(0, 40),
    ),
    max_size=12,
    unique_by=lambda c: c.id,
)


@given(CLAIMS, st.randoms())
def test_order_does_not_matter_and_nothing_is_lost(claims: list[Claim], random: st.random) -> None:  # type: ignore[name-defined]
    mixed = list(claims)
    random.shuffle(mixed)
    assert sorted(groups(*mixed)) == sorted(groups(*claims))
    assert sorted(i for group in groups(*claims) for i in group) == sorted(c.id for c in claims)


@given(CLAIMS.filter(bool), st.randoms())
def test_an_id_depends_on_the_claims_alone(claims: list[Claim], random: st.random) -> None:  # type: ignore[name-defined]
    mixed = list(claims)
    random.shuffle(mixed)
    assert new_incident_id(mixed, set()) == new_incident_id(claims, set())
    assert new_incident_id(claims, {new_incident_id(claims, set())}) != new_incident_id(claims, set())


@given(CLAIMS)
def test_comparing_is_the_same_both_ways(claims: list[Claim]) -> None:
    for a in claims:
        for b in claims:
            assert compare(a, b, copied=False) == compare(b, a, copied=False)


@given(CLAIMS, st.data())
def test_what_must_not_be_linked_is_apart_and_what_must_be_is_together(
    claims: list[Claim], data: st.DataObject
) -> None:
    ids = sorted(c.id for c in claims)
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda p: p[0] < p[1])
    assume(len(ids) > 2)
    apart = data.draw(pairs)
    together = data.draw(pairs.filter(lambda p: p != apart))
    texts = {c.report_id: c.report_id for c in claims}
    linked = [{x.claim_id for x in links} for links in link(claims, texts, Constraints((together,), (apart,)))]
    assert not any(set(apart) <= members for members in linked)
    assert any(set(together) <= members for members in linked)
