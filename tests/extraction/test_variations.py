"""One event told in many ways: whoever, wherever, in whatever voice and case, it comes out the same."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import FAMILIES, Extraction

ACTORS = {
    "Islamic State militants": "Islamic State",
    "ISIS fighters": "Islamic State",
    "the Taliban": "Taliban",
    "vandals": "Unknown",
    "Boko Haram gunmen": "Boko Haram",
    "Ansar Dine fighters": "Ansar Dine",
}
VERBS = {"destroyed": "heritage", "demolished": "heritage", "blew up": "heritage", "smashed": "heritage"}
PARTICIPLES = {"blew up": "blown up"}
TARGETS = ["a church", "a Sufi shrine", "an old mosque", "a statue", "the cathedral", "an ancient temple"]
PLACES = {"Mosul": "IQ", "Raqqa": "SY", "Kabul": "AF", "Maiduguri": "NG", "Aleppo": "SY", "Bamako": "ML"}
VOICES = [
    "{actor} {verb} {target} in {place} on Monday, officials said.",
    "On Monday {actor} {verb} {target} in {place}.",
    "{target} in {place} was {participle} by {actor} on Monday.",
    "{target} was {participle} in {place} on Monday by {actor}, police said.",
    "In {place}, {target} was {participle} by {actor} on Monday.",
]


def told(voice: str, actor: str, verb: str, target: str, place: str) -> str:
    participle = PARTICIPLES.get(verb, verb)
    text = voice.format(actor=actor, verb=verb, participle=participle, target=target, place=place)
    return text[0].upper() + text[1:]


events = st.builds(
    lambda voice, actor, verb, target, place: (told(voice, actor, verb, target, place), actor, verb, place),
    st.sampled_from(VOICES),
    st.sampled_from(sorted(ACTORS)),
    st.sampled_from(sorted(VERBS)),
    st.sampled_from(TARGETS),
    st.sampled_from(sorted(PLACES)),
)
SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(events)
def test_an_event_comes_out_the_same_in_any_voice(
    extract: Callable[..., Extraction], event: tuple[str, str, str, str]
) -> None:
    text, actor, verb, place = event
    (claim,) = extract(text, published="2016-06-15").claims
    assert FAMILIES[claim.incident_type] == VERBS[verb], text
    assert claim.actor_name == ACTORS[actor], text
    assert claim.where is not None
    assert claim.where.place is not None
    assert claim.where.place.country == PLACES[place], text
    assert claim.when is not None
    assert claim.when.start.isoformat() == "2016-06-13", text


@SETTINGS
@given(events)
def test_a_text_without_capitals_still_tells_it(
    extract: Callable[..., Extraction], event: tuple[str, str, str, str]
) -> None:
    text, _, _, place = event
    claims = extract(text.lower(), published="2016-06-15").claims
    assert [c.where.place.country for c in claims if c.where and c.where.place] == [PLACES[place]], text
