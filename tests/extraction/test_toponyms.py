"""Place names from recognition to resolution, with the real model and the real gazetteer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.extraction.document import Document, prepare
from geo.extraction.languages.en import ENGLISH
from geo.extraction.toponyms.context import report_context
from geo.extraction.toponyms.extraction import ToponymExtractor, to_toponym
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.toponyms.recognition import ToponymRecognizer
from geo.extraction.toponyms.scoring import ENOUGH, WEIGHTS, ToponymScorer
from geo.extraction.truecasing import Truecaser
from geo.gazetteer import Gazetteer
from geo.geocoding.candidate_features import WEIGHTS as RESOLUTION_WEIGHTS
from geo.geocoding.candidate_features import Surroundings, features
from geo.model import Place
from geo.reports import report

Parse = Callable[..., Document]


@pytest.fixture(scope="module")
def parse(gazetteer: Gazetteer) -> Parse:
    truecaser, model = Truecaser(gazetteer, ENGLISH), ENGLISH.load_model()
    return lambda text, **fields: prepare(report(text, "test", fields), ENGLISH, model, truecaser.restore)


@pytest.fixture(scope="module")
def extract_mentions(gazetteer: Gazetteer, parse: Parse) -> Callable[[str], dict[str, ToponymMention]]:
    extractor = ToponymExtractor(gazetteer, ENGLISH)
    return lambda text: {m.name: m for m in extractor.extract(parse(text))}


Extract = Callable[[str], dict[str, ToponymMention]]


def test_recognition_fills_what_the_words_say(gazetteer: Gazetteer, parse: Parse) -> None:
    text = "Militants smashed graves 25 km south of the town of Tabqa in Raqqa province, Syria, on Monday."
    tabqa, raqqa, syria = ToponymRecognizer(gazetteer, ENGLISH).recognize(parse(text))
    assert (tabqa.name, tabqa.kind) == ("Tabqa", "PPL")
    assert tabqa.container is not None
    assert (tabqa.container.name, tabqa.container.binding) == ("Raqqa", False)
    assert tabqa.relation is not None
    assert (tabqa.relation.distance_km, tabqa.relation.bearing_deg, tabqa.relation.anchor) == (25.0, 180.0, "Tabqa")
    assert tabqa.relation_start == text.index("25 km")
    assert (raqqa.name, raqqa.kind, raqqa.relation, raqqa.relation_start) == ("Raqqa", "ADM1", None, None)
    assert syria.matches[0].entry.place.feature == "PCLI"
    assert all(text[m.start : m.end] == m.name and m.candidates == () for m in (tabqa, raqqa, syria))


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Vandals toppled headstones in Homs, Syria.", "Homs", ("PPL", "SY", "SY-HI")),
        ("Vandals toppled headstones in Homs province, Syria.", "Homs", ("ADM1", "SY", "SY-HI")),
        ("Vandals toppled headstones in Paris, Texas.", "Paris", ("PPL", "US", "US-TX")),
        ("Vandals toppled headstones in Tripoli, Libya.", "Tripoli", ("PPLC", "LY", "LY-TB")),
        ("Vandals toppled headstones in Louisville, Ky., on Monday.", "Louisville", ("PPL", "US", "US-KY")),
        ("Shells hit the cemetery in the Yemeni capital on Monday.", "Yemeni capital", ("PPLC", "YE", "YE-SA")),
    ],
)
def test_context_decides_between_places_of_one_name(
    extract_mentions: Extract, text: str, name: str, code: tuple[str, str, str]
) -> None:
    place = extract_mentions(text)[name].candidates[0].place
    assert (place.feature, place.country, place.admin1_code) == code


def test_one_name_keeps_one_meaning_through_a_report(gazetteer: Gazetteer, parse: Parse) -> None:
    text = "Graves were smashed in Tripoli, Lebanon, on Monday. Officials in Tripoli said nobody was arrested."
    mentions = ToponymExtractor(gazetteer, ENGLISH).extract(parse(text))
    first, second = (m.candidates[0].place for m in mentions if m.name == "Tripoli")
    assert first == second
    assert first.country == "LB"


def test_candidates_are_ranked_by_the_weighted_sum_of_their_features(gazetteer: Gazetteer, parse: Parse) -> None:
    document = parse("Vandals smashed graves in Tripoli near Beirut. The Lebanese army came.")
    mentions = ToponymExtractor(gazetteer, ENGLISH).extract(document)
    context = report_context(document, mentions, gazetteer, ENGLISH.places)
    tripoli, beirut = mentions
    scores = [c.score for c in tripoli.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1
    best = tripoli.candidates[0]
    (match,) = [m for m in tripoli.matches if m.entry.place == best.place]
    others = [beirut.candidates[0].place]
    values = features(match, tripoli, context, Surroundings.of(others, (), ()), gazetteer)
    assert set(values) <= set(RESOLUTION_WEIGHTS)
    assert {"country_named", "near_other_places"} <= set(values)
    assert best.score == pytest.approx(sum(RESOLUTION_WEIGHTS[n] * v for n, v in values.items()), abs=0.001)


@pytest.mark.parametrize(
    ("text", "name", "country", "feature"),
    [
        ("Vandals hit 100 tombstones in a cemetery in St. Paul, Minnesota.", "St. Paul", "US", "PPL"),
        (
            "Vandals hit a church in Saint-Amand-les-Eaux and a mosque in Berwick-upon-Tweed.",
            "Berwick-upon-Tweed",
            "GB",
            "PPL",
        ),
        ("Graves were smashed in Stratford upon Avon on Sunday.", "Stratford upon Avon", "GB", "PPL"),
        ("NAPLES, Fla. (AP) -- Vandals smashed graves.", "NAPLES", "US", "PPL"),
        ("Graves in Naples, Florida, were smashed. Police in Naples said so.", "Naples", "US", "PPL"),
        ("Graves were smashed in Cuba, Missouri, on Sunday.", "Cuba", "US", "PPL"),
        ("Graves were smashed in Valencia, Andalusia's neighbour, and in Granada, Andalusia.", "Granada", "ES", "PPL"),
        ("Monks said vandals smashed graves in Bethlehem.", "Bethlehem", "PS", "PPL"),
        ("Troops from Georgia, Ukraine and Poland smashed graves.", "Georgia", "GE", "PCLI"),
        ("Graves were smashed in Oregon, Nevada and Utah.", "Nevada", "US", "ADM1"),
        ("Graves were smashed at Washington Cemetery in Brooklyn.", "Washington Cemetery", "US", "CMTY"),
    ],
)
def test_a_name_lies_where_the_words_around_it_say(
    extract_mentions: Extract, text: str, name: str, country: str, feature: str
) -> None:
    place = extract_mentions(text)[name].candidates[0].place
    assert (place.country, place.feature) == (country, feature)


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("The striker Chad Brown visited the cemetery.", "Chad", "a person's name"),
        ("Graves were smashed, Xinhua reported.", "Xinhua", "a news agency, a newspaper or a broadcaster"),
        ("The Boston Globe wrote of smashed graves.", "Boston", "a news agency, a newspaper or a broadcaster"),
        ("Graves were smashed on Washington Street.", "Washington", "a street"),
        ("The University of Leeds studied the graves.", "Leeds", "a university"),
        ("The Amhara people mourned at the graves.", "Amhara", "a people or a language"),
    ],
)
def test_a_name_that_is_not_a_place_leaves_a_reason(
    gazetteer: Gazetteer, parse: Parse, text: str, name: str, reason: str
) -> None:
    mentions, dropped = ToponymExtractor(gazetteer, ENGLISH).read(parse(text))
    assert name not in [m.name for m in mentions]
    assert (name, reason) in [(d.span.text, d.reason) for d in dropped]
    assert all(text[d.span.start : d.span.end] == d.span.text for d in dropped)


def test_a_headline_in_capitals_has_no_state_in_it(extract_mentions: Extract) -> None:
    mentions = extract_mentions(
        "MASS GRAVE FOUND NEAR KIRKUK\n\nWorkers came upon a mass grave near Kirkuk in Iraq on Sunday."
    )
    assert "MASS" not in mentions
    assert mentions["KIRKUK"].candidates[0].place.country == "IQ"


def test_output_has_the_likeliest_place_or_the_reason_for_none(extract_mentions: Extract) -> None:
    text = "In Syria, vandals smashed graves 5 km east of Hama and near the village of Qaxxutlan on Monday."
    mentions = extract_mentions(text)
    hama, unknown = to_toponym(mentions["Hama"]), to_toponym(mentions["Qaxxutlan"])
    assert hama.place == mentions["Hama"].candidates[0].place
    assert hama.uncertainty_km == hama.place.uncertainty_km
    assert (hama.where_prec, hama.reason) == (2, None)
    assert hama.relation == mentions["Hama"].relation
    assert hama.relation_start == text.index("5 km")
    assert (unknown.place, unknown.where_prec, unknown.relation, unknown.candidates) == (None, None, None, ())
    assert unknown.reason
    assert unknown.relation_start == text.index("near the village")


def test_online_is_asked_only_for_what_the_gazetteer_lacks(gazetteer: Gazetteer, parse: Parse) -> None:
    asked: list[tuple[str, str | None]] = []
    place = Place("Qaxxutlan", 36.1, 37.2, "SY", "Aleppo", None, "OpenStreetMap", "node 17", 1.0, "SY-HL")

    def online(name: str, country: str | None) -> Place | None:
        asked.append((name, country))
        return place

    document = parse("Vandals in Syria smashed graves in the village of Qaxxutlan near Aleppo on Monday.")
    mentions = {m.name: m for m in ToponymExtractor(gazetteer, ENGLISH, online).extract(document)}
    assert asked == [("Qaxxutlan", "SY")]
    assert [c.place for c in mentions["Qaxxutlan"].candidates] == [place]
    assert mentions["Aleppo"].candidates[0].place.source != "OpenStreetMap"


def test_context_counts_countries_peoples_the_dateline_and_the_publisher(gazetteer: Gazetteer, parse: Parse) -> None:
    text = "MOSUL, Iraq (AP) — Iraqi forces recaptured a cemetery. Turkish media reported it from Iraq."
    document = parse(text, publisher="Aleppo Media Centre")
    mentions = ToponymRecognizer(gazetteer, ENGLISH).recognize(document)
    context = report_context(document, mentions, gazetteer, ENGLISH.places)
    assert context.countries == {"IQ": 4, "TR": 1, "SY": 1}
    assert context.country == "IQ"
    assert context.share("IQ") == pytest.approx(4 / 6)
    assert context.share(None) == 0.0


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("Graves were smashed in Homs.", "Homs", "strong_cue"),
        ("People fled from Homs.", "Homs", "weak_cue"),
        ("A hill 5 km south of Homs was hit.", "Homs", "measured"),
        ("Raqqa province was hit.", "Raqqa", "kind_word"),
        ("TRIPOLI (AP) — Graves were smashed.", "TRIPOLI", "dateline"),
        ("They saw President Lincoln.", "Lincoln", "title"),
        ("The temple is of the 3rd century AD.", "AD", "other_meaning"),
        ("They prayed at St. George's yesterday.", "St. George", "other_meaning"),
        ("The Al-Gharbi Mosque was hit.", "Al-Gharbi", "site_name"),
        ("They went to Reading.", "Reading", "common_word"),
    ],
)
def test_each_sign_is_a_named_feature(gazetteer: Gazetteer, parse: Parse, text: str, name: str, feature: str) -> None:
    start = text.index(name)
    mention = ToponymMention(start, start + len(name), name, gazetteer.exact(name))
    scorer = ToponymScorer(parse(text), gazetteer, ENGLISH)
    features = scorer.features(mention)
    assert feature in features
    assert set(features) <= set(WEIGHTS)
    assert scorer.score(mention) == pytest.approx(sum(WEIGHTS[n] * v for n, v in features.items()))


def test_names_are_places_by_their_words(gazetteer: Gazetteer, parse: Parse) -> None:
    scorer = {
        text: ToponymScorer(parse(text), gazetteer, ENGLISH)
        for text in ("Graves were smashed in Lincoln, Nebraska.", "They saw President Lincoln.")
    }
    for text, is_place in zip(scorer, (True, False), strict=True):
        start = text.index("Lincoln")
        mention = ToponymMention(start, start + 7, "Lincoln", gazetteer.exact("Lincoln"))
        assert (scorer[text].score(mention) >= ENOUGH) == is_place


def test_case_is_restored_letter_for_letter(gazetteer: Gazetteer, extract_mentions: Extract) -> None:
    text = "isis blew up tombs in the town of tabqa near raqqa, syria. residents fled to aleppo."
    restored = Truecaser(gazetteer, ENGLISH).restore(text)
    assert restored.lower() == text
    assert restored == "ISIS blew up tombs in the town of Tabqa near Raqqa, Syria. Residents fled to Aleppo."
    assert {"tabqa", "raqqa", "syria"} <= set(extract_mentions(text))  # as the report writes them


WORDS = st.sampled_from(
    [
        "Homs", "Aleppo", "Paris", "Texas", "Syria", "Syrian", "Tripoli", "Al-Wawi", "Washington", "D.C.", "Ky.", "St.",
        "George's", "Qaxxutlan", "Reading", "Lincoln", "Mosque", "President", "MOSUL", "(AP)", "—", ",", ".", "and",
        "in", "near", "25 km", "south of", "the", "the town of", "province", "between", "capital", "graves", "smashed",
        "vandals", "\n", "’s", "é", "حمص", "\x00",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_every_mention_lies_in_the_text_and_overlaps_no_other(gazetteer: Gazetteer, parse: Parse, text: str) -> None:
    assume(text.strip())
    document = parse(text)
    text = document.report.text  # NUL characters are replaced, one for one
    mentions = ToponymExtractor(gazetteer, ENGLISH).extract(document)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.name == text[mention.start : mention.end]
        assert (mention.relation is None) == (mention.relation_start is None)
        assert mention.relation_start is None or 0 <= mention.relation_start < mention.start
        toponym = to_toponym(mention)
        assert (toponym.place is None) == (toponym.reason is not None)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
