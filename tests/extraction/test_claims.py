"""What sentences say: deeds and what is none, actors, places, assertion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import Extraction

Extract = Callable[..., Extraction]

DEEDS = [
    ("Vandals smashed 30 headstones at a cemetery in Homs.", "grave_desecration", "grave"),
    ("Thirty headstones were smashed at a cemetery in Homs.", "grave_desecration", "grave"),
    ("Militants blew up the shrine of a Sufi saint in Timbuktu on Saturday.", "shrine_destruction", "shrine"),
    ("A mausoleum in Timbuktu was destroyed by Ansar Dine.", "shrine_destruction", "mausoleum"),
    ("Soldiers dug up graves in Hama and stole the bodies.", "exhumation", "grave"),
    ("Two mass graves were discovered near Raqqa.", "mass_grave_found", "mass_grave"),
    ("Swastikas were daubed on gravestones in Strasbourg.", "grave_desecration", "grave"),
    ("The destruction of the temple in Palmyra shocked archaeologists.", "heritage_destruction", "temple"),
    ("Fighters looted the museum in Mosul.", "looting", "museum"),
    ("The army bulldozed an old cemetery in Daraa.", "grave_desecration", "cemetery"),
    ("Gunmen set fire to a church in Minya.", "heritage_destruction", "church"),
    ("The statue of the poet in Aleppo was beheaded by rebels.", "heritage_destruction", "monument"),
]
NOT_DEEDS = [
    "The general was buried in a cemetery in Homs on Monday.",
    "Archaeologists plan to restore the shrine in Timbuktu next year.",
    "The earthquake destroyed the temple in Bhaktapur.",
    "The council will demolish the old monument in Leeds.",
    "He would be turning in his grave, the minister in Damascus said.",
    "Clashes broke out near the cemetery in Idlib.",
    "The museum in Mosul opened a new exhibition of statues.",
    "No grave was damaged at the cemetery in Homs.",
    "The militants threatened to blow up the shrine in Samarra.",
    "Families gathered at the mosque in Hama for the holiday.",
]


@pytest.mark.parametrize(("text", "incident_type", "target_type"), DEEDS)
def test_a_deed_on_a_target_is_a_claim(extract: Extract, text: str, incident_type: str, target_type: str) -> None:
    claims = extract(text, published="2019-05-06").claims
    assert claims
    assert (claims[0].incident_type, claims[0].target_type) == (incident_type, target_type)


@pytest.mark.parametrize("text", NOT_DEEDS)
def test_what_is_no_deed_is_no_claim(extract: Extract, text: str) -> None:
    assert extract(text, published="2019-05-06").claims == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Islamic State militants smashed graves in Homs.", "Islamic State"),
        ("Graves in Homs were smashed by fighters of Daesh.", "Islamic State"),
        ("ISIS has seized Homs. The militants smashed graves in the town.", "Islamic State"),
        ("Syrian soldiers smashed graves in Homs.", "Syrian government forces"),
        ("Pro-regime fighters smashed graves in Homs.", "Pro-government militia"),
        ("Turkish soldiers smashed graves in Afrin.", "Turkish forces"),
        ("Unknown vandals smashed graves in Homs.", "Unknown"),
        ("Graves were smashed in Homs.", "Unknown"),
    ],
)
def test_who_did_it(extract: Extract, text: str, name: str) -> None:
    claims = extract(text).claims
    assert [c.actor_name for c in claims] == [name]


@pytest.mark.parametrize(
    ("text", "assertion", "source"),
    [
        ("Militants smashed graves in Homs.", "stated", None),
        ("Militants allegedly smashed graves in Homs.", "alleged", None),
        ("Militants are believed to have smashed graves in Homs.", "alleged", None),
        ("Militants smashed graves in Homs, according to the Observatory.", "alleged", "Observatory"),
        ("Activists said militants smashed graves in Homs.", "alleged", "Activists"),
        ("Police said vandals smashed graves in Homs.", "stated", "Police"),
        ("The army denied destroying graves in Homs.", "denied", None),
    ],
)
def test_how_firmly_and_on_whose_word(extract: Extract, text: str, assertion: str, source: str | None) -> None:
    (claim,) = extract(text).claims
    assert claim.assertion == assertion
    assert source is None or source in claim.attributed_to


@pytest.mark.parametrize(
    ("text", "place", "prec"),
    [
        ("Vandals smashed graves in the province of Raqqa, Syria.", "Raqqa", 4),
        ("Vandals smashed graves in Raqqa province.", "Raqqa", 4),
        ("Vandals smashed graves in the city of Raqqa.", "Ar Raqqah", 2),
        ("Vandals smashed graves somewhere in Syria.", "Syria", 6),
        ("Vandals smashed graves 10 km north of Homs.", "10 km N of Homs", 2),
        ("Vandals smashed graves in Homs. The wounded were taken to a hospital in Damascus.", "Homs", 2),
        ("US-backed fighters smashed graves in Homs.", "Homs", 2),
    ],
)
def test_where(extract: Extract, text: str, place: str, prec: int) -> None:
    (claim,) = extract(text).claims
    assert claim.where is not None
    assert claim.where.place is not None
    assert (claim.where.place.name, claim.where.where_prec) == (place, prec)


def test_a_claim_without_a_place_says_so(extract: Extract) -> None:
    (claim,) = extract("Vandals smashed twelve graves.").claims
    assert claim.where is None


def test_a_name_that_is_nowhere_is_kept_with_a_reason(extract: Extract) -> None:
    found = extract("Vandals smashed graves in the village of Qaxxutlan, in Syria.")
    unknown = [t for t in found.toponyms if t.place is None]
    assert all(t.reason for t in unknown)
    assert any(t.span.text == "Syria" and t.place is not None for t in found.toponyms)


PLACES = st.sampled_from(["Homs", "Mosul", "Idlib", "Timbuktu", "Strasbourg"])
TARGETS = st.sampled_from(["graves", "tombstones", "headstones", "gravestones", "tombs"])
VERBS = st.sampled_from(["smashed", "desecrated", "destroyed", "vandalised", "damaged", "toppled", "bulldozed"])
ACTORS = st.sampled_from(["Vandals", "Soldiers", "Militants", "Unknown men", "Protesters"])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTORS, VERBS, TARGETS, PLACES, st.booleans(), st.sampled_from([str, str.lower]))
def test_names_voice_and_case_may_vary(
    extract: Extract, actor: str, verb: str, target: str, place: str, passive: bool, case: Callable[[str], str]
) -> None:
    active = f"{actor} {verb} {target} at a cemetery in {place} ."
    text = f"{target} were {verb} by {actor.lower()} at a cemetery in {place} ." if passive else active
    claims = extract(case(text[0].upper() + text[1:])).claims
    assert [c.incident_type for c in claims] == ["grave_desecration"]
    assert claims[0].where is not None
    assert claims[0].where.place is not None


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_no_text_breaks_extraction_and_spans_are_verbatim(extract: Extract, text: str) -> None:
    if not text.strip():
        return
    whole = f"{text} Graves were smashed in Homs. {text}"
    extraction = extract(whole)
    read = extraction.report.text  # NUL characters are replaced, one for one
    assert len(read) == len(whole)
    spans = [t.span for t in extraction.toponyms]
    for claim in extraction.claims:
        spans += [claim.evidence, *claim.spans.values()]
    for span in spans:
        assert read[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Vandals daubed tombstones on Okopowa Street 49/51 in Warsaw on 2 May 2021.", "Okopowa Street 49/51"),
        ("Vandals broke a statue at 184 Metropolitan Avenue in Brooklyn.", "184 Metropolitan Avenue"),
        ("Vandals spray-painted a church at 38 West 123rd Street in Harlem.", "38 West 123rd Street"),
        ("Vandals smashed graves near the corner of 9th Street in Springfield.", None),
        ("Vandals smashed graves in 2014 Church Road residents recall.", None),
    ],
)
def test_a_street_address_is_kept_for_reviewers(extract: Extract, text: str, address: str | None) -> None:
    for claim in extract(text).claims:
        span = claim.spans.get("address")
        assert (span.text if span else None) == address
        assert span is None or text[span.start : span.end] == address
