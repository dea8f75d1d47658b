"""Claims and toponyms as JSON: in the form of the contract, and restored without loss."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import Claim, Count, DateSpan, Extraction, Place, Relation, Report, Span, Toponym
from geo.serialization import claim_from, claim_json, extraction_json, toponym_from, toponym_json

SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(-(2**63), 2**63 - 1),  # what JSON of 64-bit readers holds
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Every value of a type as the dataclasses write it."""
    if hint in SCALARS:
        return SCALARS[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        parts = {field.name: values(hints[field.name]) for field in fields(hint)}
        return st.builds(hint, **parts)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([st.none() if a is type(None) else values(a) for a in arguments])
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    assert origin is Mapping, f"no strategy for {hint}"
    return st.dictionaries(SCALARS[str], values(arguments[1]), max_size=2)


ANY = settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@ANY
@given(values(Claim))
def test_a_claim_is_restored_with_every_field(claim: Claim) -> None:
    for row in (json.loads(json.dumps(claim_json(claim))), orjson.loads(orjson.dumps(claim_json(claim)))):
        assert claim_from(row, claim.report_id) == claim


@ANY
@given(values(Toponym))
def test_a_toponym_is_restored_with_every_field(toponym: Toponym) -> None:
    for row in (json.loads(json.dumps(toponym_json(toponym))), orjson.loads(orjson.dumps(toponym_json(toponym)))):
        assert toponym_from(row) == toponym


AL_WAWI = Place("Al-Wawi", 35.66, 38.41, "SY", "Raqqa", "PPL", "GeoNames", "163", 10.0, "SY-RA")
SOUTH = Place("25 km S of Al-Wawi", 35.435, 38.41, "SY", "Raqqa", None, "computed", None, 12.5, "SY-RA")
DAYS = (date(2017, 12, 29), date(2017, 12, 30))
RELATION = Relation("Al-Wawi", 25.0, 180.0)
# The example of the contract, by hand.
CONTRACT = {
    "report": {
        "id": "r1",
        "sha256": "0" * 64,
        "url": None,
        "publisher": None,
        "published": "2017-12-30",
        "language": "en",
        "title": None,
    },
    "toponyms": [
        {
            "text": "Al-Wawi",
            "start": 311,
            "end": 318,
            "place": {
                "name": "Al-Wawi",
                "lat": 35.66,
                "lon": 38.41,
                "country": "SY",
                "admin1": "Raqqa",
                "feature": "PPL",
                "source": "GeoNames",
                "source_id": "163",
            },
            "where_prec": 1,
            "uncertainty_km": 10.0,
            "relation": None,
            "reason": None,
        },
        {
            "text": "Wawa",
            "start": 400,
            "end": 404,
            "place": None,
            "where_prec": None,
            "uncertainty_km": None,
            "relation": None,
            "reason": "not in the gazetteer",
        },
    ],
    "claims": [
        {
            "incident_type": "mass_grave_found",
            "primary": True,
            "target": "two mass graves",
            "target_type": "mass_grave",
            "actor": "IS militants",
            "actor_name": "Islamic State",
            "actor_category": "rebel_group",
            "assertion": "alleged",
            "attributed_to": ["SANA"],
            "start_date": "2017-12-29",
            "end_date": "2017-12-30",
            "date_prec": 2,
            "place": {
                "name": "25 km S of Al-Wawi",
                "lat": 35.435,
                "lon": 38.41,
                "country": "SY",
                "admin1": "Raqqa",
                "feature": None,
                "source": "computed",
                "source_id": None,
            },
            "where_prec": 2,
            "uncertainty_km": 12.5,
            "relation": {"distance_km": 25.0, "bearing_deg": 180.0, "anchor": "Al-Wawi"},
            "counts": {"bodies": 115},
            "evidence": {"text": "So far, some 115 bodies", "start": 870, "end": 893},
        }
    ],
}


def example() -> Extraction:
    report = Report("r1", "", "0" * 64, b"", published=date(2017, 12, 30), language="en")
    name = Span("Al-Wawi", 311, 318)
    claim = Claim(
        id="c1",
        report_id="r1",
        incident_type="mass_grave_found",
        primary=True,
        target="two mass graves",
        target_type="mass_grave",
        actor="IS militants",
        actor_name="Islamic State",
        actor_category="rebel_group",
        assertion="alleged",
        attributed_to=("SANA",),
        when=DateSpan(*DAYS, 2, "relative"),
        where=Toponym(name, SOUTH, 2, 12.5, RELATION),
        counts={"bodies": Count(115, 115, 115)},
        evidence=Span("So far, some 115 bodies", 870, 893),
    )
    toponyms = (Toponym(name, AL_WAWI, 1, 10.0), Toponym(Span("Wawa", 400, 404), None, reason="not in the gazetteer"))
    return Extraction(report, toponyms, (claim,))


def without_additions(actual: Any, expected: Any) -> Any:
    """`actual` with those fields only that `expected` has."""
    if isinstance(expected, dict):
        return {key: without_additions(actual[key], value) for key, value in expected.items()}
    if isinstance(expected, list):
        assert len(actual) == len(expected)
        return [without_additions(a, e) for a, e in zip(actual, expected, strict=True)]
    return actual


def test_a_line_of_extract_has_the_form_of_the_contract() -> None:
    line = orjson.loads(orjson.dumps(extraction_json(example())))
    assert without_additions(line, CONTRACT) == CONTRACT
    assert list(line) == ["report", "toponyms", "claims", "dropped_names"]


@pytest.mark.parametrize("missing", ["place_span", "date_span", "place_reason"])
def test_rows_of_older_versions_are_still_read(missing: str) -> None:
    claim = example().claims[0]
    row = claim_json(claim) | {"spans": {"place": {"text": "Al-Wawi", "start": 311, "end": 318}}}
    del row[missing]
    restored = claim_from(row, "r1")
    assert (restored.where, restored.when) == (claim.where, claim.when)
