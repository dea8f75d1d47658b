"""No report, however odd, stops the reading of the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.extraction.languages.en import numbers
from geo.extraction.pipeline import Extractor
from geo.model import Extraction
from geo.reports import report
from geo.serialization import extraction_json

Extract = Callable[..., Extraction]

ENGLISH = {"language": "en"}


def test_a_clause_on_a_place_named_before_the_town(extract: Extract) -> None:
    text = "Residents fled the village where militants smashed graves near Homs on Monday."
    (claim,) = extract(text, published="2016-06-15").claims
    assert claim.when is not None
    assert claim.when.start == date(2016, 6, 13)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1,234", 1234), ("1.000.000", 1_000_000), ("12,34,567", 1_234_567), ("2.5", 2.5), ("2,5", 2.5), ("0,125", 0.125),
        ("twelve", 12), ("1.234.567,8", 1_234_567.8),
        ("1,2,3", None), ("1,234,56", None), ("1.2.3", None), ("9" * 20, None), ("9" * 309, None), ("", None),
    ],
)  # fmt: skip
def test_a_figure_is_a_number_or_none(words: str, number: float | None) -> None:
    assert numbers.value(words) == number


@pytest.mark.parametrize(
    ("figure", "count"),
    [
        ("1,234", 1234), ("1.234", 1234), ("1.000.000", 1_000_000),
        ("1,2,3", None), ("1,234,56", None), ("2.5", None), ("20000000", None), ("9" * 20, None), ("9" * 309, None),
    ],
)  # fmt: skip
def test_a_count_is_whole_and_plausible(extract: Extract, figure: str, count: int | None) -> None:
    found = extract(f"Militants destroyed {figure} graves in Homs on 3 May 2015.")
    (claim,) = found.claims
    assert (claim.counts["graves"].number if "graves" in claim.counts else None) == count
    assert orjson.loads(orjson.dumps(extraction_json(found)))


def test_a_distance_lies_on_earth(extract: Extract) -> None:
    for amount in ("9" * 40, "90000000"):
        (claim,) = extract(f"Militants smashed graves {amount} km north of Homs.").claims
        assert claim.where is not None
        assert claim.where.relation is None or claim.where.relation.distance_km is None


@pytest.mark.parametrize("day", [date.min, date(1, 1, 5), date(500, 2, 28), date.max])
@pytest.mark.parametrize(
    "when",
    ["999 years ago", "900 months ago", "over the past 999 years", "last month", "last year", "on Monday", "overnight",
     "last week", "over the weekend", "on 3 May", "in December", "last winter", "since May", "a year later",
     "two weeks earlier", "on New Year's Eve", "winter 2099"],
)  # fmt: skip
def test_a_date_outside_the_calendar_is_none(extractor: Extractor, when: str, day: date) -> None:
    for claim in extractor.extract(
        report(f"The shrine in Homs was destroyed {when}.", "test", ENGLISH), ref=day
    ).claims:
        assert claim.when is None or claim.when.start <= claim.when.end


def test_a_long_list_of_places(extract: Extract) -> None:
    towns = ["Aleppo", "Homs", "Raqqa", "Hama", "Idlib", "Mosul", "Kirkuk", "Basra"]
    text = "A tomb was destroyed in " + ", ".join(towns * 190) + " on Monday."
    assert len(text) > 10_000
    assert extract(text, published="2016-06-15").claims


FRAGMENTS = [
    "Vandals smashed graves", "Militants blew up a Sufi shrine", "a mass grave was found", "The cemetery was bulldozed",
    "Thieves stole icons from the church", "destroyed", "smashed", "where", "which", "who", "and", "or", "the tombs of",
    "graves", "headstones", "bodies", "dozens of corpses", "the mosque", "it", "they", "the site", "the village",
    "in", "near", "km north of", "south of", "between", "on the outskirts of", "an hour's drive from", "more than", "up to",
    "Homs", "Aleppo", "Timbuktu", "St. Louis", "al-Awamiyah", "Syria", "Qaxxutlan", "US-backed", "the Islamic State",
    "on Monday", "on Thursday, 3 May 2014", "from 28 May 2014 to 2 June 2014", "JAN. 27, 2017", "in December 2005",
    "12 Ramadan 1436", "in the 13th century", "over the past decade", "999 years ago", "a week earlier", "four years after",
    "last month", "overnight", "29 February", "31/12/9999", "the 15th anniversary of", "since Syria's civil war began",
    "police said", "according to", "allegedly", "was condemned by", "denied", "if", "will", "not",
    ".", ",", ";", ":", "\n", "\n\n", "\r\n", " - ", "...", "\"", "“", "’s", "(", ")", "\t", "\u00a0", "\u200b", "\ufeff",
    "قبور في حمص", "墓地が破壊された", "могилы", "🪦", "e\u0301", "\u202e", "²", "٣", "½",
]  # fmt: skip
SEPARATED = st.integers(0, 10**25).map(lambda n: f"{n:,}")
NUMBERS = st.one_of(
    st.integers(0, 10**320).map(str),
    SEPARATED,
    SEPARATED.map(lambda figure: figure.replace(",", ".")),
    st.floats(0, 1e6).map(str),
    st.from_regex(r"\A\d{1,4}([.,]\d{1,4}){0,4}\Z"),
)
DATES = st.dates().map(lambda day: f"{day.day} {day:%B} {day.year}")
TEXTS = (
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), NUMBERS, DATES), min_size=1, max_size=40)
    .map(" ".join)
    .filter(str.strip)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_any_report_is_read_and_can_be_written(extractor: Extractor, text: str, day: date | None) -> None:
    found = extractor.extract(report(text, "test", ENGLISH), ref=day)
    spans = [t.span for t in found.toponyms]
    for claim in found.claims:
        spans += [claim.evidence, *claim.spans.values()]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
        assert found.report.text[span.start : span.end] == span.text
    assert orjson.dumps(extraction_json(found))
