"""Sentences of our own, by the construct that they try: deeds and no deeds, actors, dates, assertion, places.

Each file holds what a careful reader takes from a sentence; `|` parts answers that will do. A construct's share of
right answers has a floor, which may be raised and never lowered.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.model import FAMILIES, Claim, Extraction

Row = dict[str, str]
FLOORS = {"acts": 0.9, "nonacts": 0.97, "actors": 0.9, "dates": 0.95, "assertion": 0.83, "relative": 0.95}


def rows(name: str) -> list[Row]:
    with Path(__file__).with_name(f"{name}.tsv").open(newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def act(row: Row, found: Extraction) -> bool:
    return FAMILIES[row["incident_type"]] in {FAMILIES[c.incident_type] for c in found.claims}


def nonact(_: Row, found: Extraction) -> bool:
    return not found.claims


def actor(row: Row, found: Extraction) -> bool:
    wanted = {name.lower() for name in row["actor_name"].split("|")}
    return any(_like(claim, wanted) for claim in found.claims[:1])


def _like(claim: Claim, wanted: set[str]) -> bool:
    name = claim.actor_name.lower()
    return any(name == w or (w != "unknown" and (w in name or name in w)) for w in wanted)


def dated(row: Row, found: Extraction) -> bool:
    claims = [c for c in found.claims[:1] if c.when is not None and c.when.basis != "published"]
    told = (str(claims[0].when.start), str(claims[0].when.end)) if claims and claims[0].when else ("", "")
    return bool(found.claims) and told == (row["start_date"], row["end_date"])


def asserted(row: Row, found: Extraction) -> bool:
    return [c.assertion for c in found.claims[:1]] == [row["assertion"]]


def placed(row: Row, found: Extraction) -> bool:
    told = [*found.toponyms, *(c.where for c in found.claims if c.where is not None)]
    for relation in (t.relation for t in told if t.relation is not None):
        named = any(name.lower() in relation.anchor.lower() for name in row["anchor"].split("|"))
        far = row["kind"] == "drive" or _near(relation.distance_km, row["distance_km"], 0.15)
        if named and far and _near(relation.bearing_deg, row["bearing_deg"], 1.0):
            return True
    return False


def _near(found: float | None, wanted: str, slack: float) -> bool:
    if found is None or not wanted:
        return found is None and not wanted
    return abs(found - float(wanted)) <= slack + 0.02 * float(wanted)


RIGHT = {"acts": act, "nonacts": nonact, "actors": actor, "dates": dated, "assertion": asserted, "relative": placed}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_sentences_of_a_construct(name: str, extract: Callable[..., Extraction]) -> None:
    asked = rows(name)
    assert len(asked) >= 40
    wrong = []
    for row in asked:
        published = {"published": row["published"]} if row.get("published") else {}
        if not RIGHT[name](row, extract(row.get("sentence", ""), **published)):
            wrong.append(row)
    for row in wrong:
        print(name, row)
    assert 1 - len(wrong) / len(asked) >= FLOORS[name]
