"""What a careful reader takes from a passage, where its own sentence does not say it all."""

from __future__ import annotations

from collections.abc import Callable

from geo.model import Claim, Extraction

Extract = Callable[..., Extraction]


def place(claim: Claim) -> str | None:
    return claim.where.place.name if claim.where is not None and claim.where.place is not None else None


def test_a_list_of_places_is_an_incident_for_each(extract: Extract) -> None:
    claims = extract("Graves were desecrated in Lyon, Nantes and Strasbourg on Monday.", published="2016-06-15").claims
    assert [place(c) for c in claims] == ["Lyon", "Nantes", "Strasbourg"]
    assert len({c.id for c in claims}) == 3


def test_a_list_of_sites_is_an_incident_for_each(extract: Extract) -> None:
    claims = extract("IS fighters bulldozed Nimrud and Hatra.", published="2016-06-15").claims
    assert [place(c) for c in claims] == ["Nimrud", "Hatra"]
    assert {c.actor_name for c in claims} == {"Islamic State"}


def test_a_site_needs_no_word_for_its_kind(extract: Extract) -> None:
    (claim,) = extract("Soldiers shelled Hatra on Monday.", published="2016-06-15").claims
    assert claim.target == "Hatra"


def test_it_leads_back_to_what_was_told(extract: Extract) -> None:
    text = "The mausoleum of a Sufi saint stood in Zliten for centuries. On Friday gunmen dynamited it."
    (claim,) = extract(text, published="2012-08-26").claims
    assert (place(claim), str(claim.when and claim.when.start)) == ("Zliten", "2012-08-24")


def test_the_capital_of_a_people_is_a_place(extract: Extract) -> None:
    (claim,) = extract("Vandals smashed graves in the Yemeni capital on Monday.", published="2016-06-15").claims
    assert place(claim) in ("Sanaa", "Sana'a", "Şan‘ā’")


def test_soldiers_are_of_the_country_of_the_deed(extract: Extract) -> None:
    (claim,) = extract("Soldiers razed a cemetery in Jaffna, Sri Lanka.", published="2016-06-15").claims
    assert claim.actor_name == "Sri Lankan forces"


def test_both_sides_accuse_each_other(extract: Extract) -> None:
    text = (
        "The minaret of the mosque in Aleppo was destroyed on Monday. Activists said the Syrian army had shelled the "
        "mosque. State media said Jabhat al-Nusra had blown up the mosque."
    )
    (claim,) = extract(text, published="2013-04-25").claims
    assert claim.actor_name == "Unknown"
    assert {a.accused for a in claim.accusations} == {"Syrian government forces", "Jabhat al-Nusra"}


def test_a_place_that_no_gazetteer_has_stays_open(extract: Extract) -> None:
    text = "Graves were smashed in the village of Qaxxutlan on Monday. The mayor of Aleppo condemned it."
    (claim,) = extract(text, published="2016-06-15").claims
    assert claim.where is not None
    assert (claim.where.span.text, claim.where.place, bool(claim.where.reason)) == ("Qaxxutlan", None, True)


def test_the_dead_of_a_mass_grave_have_a_date_of_their_own(extract: Extract) -> None:
    text = "A mass grave with 200 victims of a massacre in August 2014 was found near Sinjar on Monday."
    (claim,) = extract(text, published="2016-06-15").claims
    assert (str(claim.when and claim.when.start), str(claim.done and claim.done.start)) == ("2016-06-13", "2014-08-01")


def test_a_date_is_counted_from_the_one_before(extract: Extract) -> None:
    text = "The temple in Palmyra was blown up on 23 August 2015. A week later the arch in Bosra was blown up."
    first, second = extract(text, published="2015-09-10").claims
    assert first.when is not None
    assert second.when is not None
    assert (first.when.start.isoformat(), second.when.basis) == ("2015-08-23", "relative")
    assert second.when.start.isoformat() <= "2015-08-30" <= second.when.end.isoformat()
