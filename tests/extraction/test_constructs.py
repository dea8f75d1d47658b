"""Sentences of our own, by the construct that they try: incidents and what is none, actors, dates, assertion, places.

Each table holds what a careful reader takes from a sentence, a column per answer; `|` separates answers that are all
right, and an empty cell means that the sentence gives none. Every cell is a test. Where the program is wrong the row
stays as it is, and its column `xfail` says which columns fail and why ("column: reason; column: reason").
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo.model import Claim, DateSpan, Extraction, Relation, Toponym

Row = dict[str, str]
Check = Callable[[Row, Extraction], bool]


def rows(table: str) -> list[Row]:
    with Path(__file__).with_name(f"{table}.tsv").open(newline="", encoding="utf-8") as file:
        read = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(None not in row and None not in row.values() for row in read), (
        f"{table}: a row has too many or few cells"
    )
    return read


def alternatives(cell: str) -> set[str]:
    return {_plain(answer) for answer in cell.split("|")}


def _plain(name: str) -> str:
    """A name without its article, in lower case."""
    return name.lower().removeprefix("the ").removeprefix("a ").strip()


def primary(extraction: Extraction) -> Claim | None:
    return extraction.claims[0] if extraction.claims else None


def incident_type(row: Row, extraction: Extraction) -> bool:
    return any(claim.incident_type == row["incident_type"] for claim in extraction.claims)


def target_type(row: Row, extraction: Extraction) -> bool:
    claims = [c for c in extraction.claims if c.incident_type == row["incident_type"]] or extraction.claims[:1]
    return any(claim.target_type in row["target_type"].split("|") for claim in claims)


def nothing(_: Row, extraction: Extraction) -> bool:
    return not extraction.claims


def actor_name(row: Row, extraction: Extraction) -> bool:
    claim = primary(extraction)
    return claim is not None and _plain(claim.actor_name) in alternatives(row["actor_name"])


def attributed_to(row: Row, extraction: Extraction) -> bool:
    """Whether each source of the claim is an accepted one, and there is one where one is expected."""
    claim = primary(extraction)
    sources = {_plain(source) for source in claim.attributed_to} if claim is not None else set()
    if not row["attributed_to"]:
        return claim is not None and not sources
    return bool(sources) and sources <= alternatives(row["attributed_to"])


def assertion(row: Row, extraction: Extraction) -> bool:
    claim = primary(extraction)
    return claim is not None and claim.assertion == row["assertion"]


def stated_date(extraction: Extraction) -> DateSpan | None:
    """The date of the primary claim where the sentence gives it, not the day of publication."""
    claim = primary(extraction)
    return claim.when if claim is not None and claim.when is not None and claim.when.basis != "published" else None


def start_date(row: Row, extraction: Extraction) -> bool:
    when = stated_date(extraction)
    return bool(extraction.claims) and (str(when.start) if when else "") == row["start_date"]


def end_date(row: Row, extraction: Extraction) -> bool:
    when = stated_date(extraction)
    return bool(extraction.claims) and (str(when.end) if when else "") == row["end_date"]


def date_prec(row: Row, extraction: Extraction) -> bool:
    when = stated_date(extraction)
    return bool(extraction.claims) and (str(when.prec) if when else "") in row["date_prec"].split("|")


def relations(row: Row, extraction: Extraction) -> Iterator[Relation]:
    """The relations to the row's anchor, of any toponym or claim."""
    places = [*extraction.toponyms, *(c.where for c in extraction.claims if c.where is not None)]
    names = [name.lower() for name in row["anchor"].split("|")]
    for place in places:
        if place.relation is not None and any(name in place.relation.anchor.lower() for name in names):
            yield place.relation


def anchor(row: Row, extraction: Extraction) -> bool:
    return any(True for _ in relations(row, extraction))


def distance_km(row: Row, extraction: Extraction) -> bool:
    if row["kind"] == "drive":  # the sentence gives a time, and how far that is depends on the road
        return any(r.distance_km is not None for r in relations(row, extraction))
    return any(_near(r.distance_km, row["distance_km"], 0.15, 0.02) for r in relations(row, extraction))


def bearing_deg(row: Row, extraction: Extraction) -> bool:
    return any(_near(r.bearing_deg, row["bearing_deg"], 1.0, 0.0) for r in relations(row, extraction))


def kind(row: Row, extraction: Extraction) -> bool:
    """Whether the relation has the parts that its kind gives it."""
    return any(_is_of_kind(r, row["kind"]) for r in relations(row, extraction))


def _is_of_kind(relation: Relation, wanted: str) -> bool:
    if wanted in ("distance", "drive"):
        return relation.distance_km is not None
    if wanted in ("between", "halfway"):
        return " and " in relation.anchor and relation.spread_km > 0
    if wanted == "direction":
        return relation.distance_km is None and relation.bearing_deg is not None
    return relation.distance_km is None and (relation.spread_km > 0 or relation.bearing_deg is not None)


def _claimed(extraction: Extraction) -> list[Toponym]:
    """The resolved places of the claims."""
    return [c.where for c in extraction.claims if c.where is not None and c.where.place is not None]


def places(row: Row, extraction: Extraction) -> bool:
    """Whether the claims are at these places and no others, however the gazetteer writes their names."""
    wanted = [[_letters(name) for name in cell.split("|")] for cell in row["places"].split(" & ")]
    given = [_letters(t.place.name) for t in _claimed(extraction) if t.place is not None]
    at_each = all(any(name in place for name in names for place in given) for names in wanted)
    return len(given) == len(extraction.claims) == len(wanted) and at_each


def where_prec(row: Row, extraction: Extraction) -> bool:
    precisions = [str(t.where_prec) for t in _claimed(extraction)]
    return bool(precisions) and all(prec in row["where_prec"].split("|") for prec in precisions)


def _letters(name: str) -> str:
    """A name in lower case without diacritics and without signs for sounds that English does not write."""
    folded = unicodedata.normalize("NFKD", name)
    return "".join(c for c in folded if c.isalnum() or c == " ").lower()


def _near(value: float | None, wanted: str, slack: float, share: float) -> bool:
    if value is None or not wanted:
        return value is None and not wanted
    return abs(value - float(wanted)) <= slack + share * float(wanted)


CHECKS: dict[str, dict[str, Check]] = {
    "acts": {"incident_type": incident_type, "target_type": target_type},
    "nonacts": {"why": nothing},
    "actors": {"actor_name": actor_name, "attributed_to": attributed_to},
    "dates": {"start_date": start_date, "end_date": end_date, "date_prec": date_prec},
    "assertion": {"assertion": assertion, "attributed_to": attributed_to},
    "places": {"places": places, "where_prec": where_prec},
    "relative": {"anchor": anchor, "distance_km": distance_km, "bearing_deg": bearing_deg, "kind": kind},
}
INPUT = {"sentence", "published", "xfail"}


def expected_failures(row: Row) -> dict[str, str]:
    """The reasons of the columns that are known to fail."""
    parts = [part.partition(":") for part in row["xfail"].split(";") if part.strip()]
    return {column.strip(): reason.strip() for column, _, reason in parts}


def cells() -> Iterator[object]:
    for table, checks in CHECKS.items():
        for number, row in enumerate(rows(table), start=2):
            failures = expected_failures(row)
            for column in checks:
                reason = failures.get(column)
                marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
                yield pytest.param(table, column, row, id=f"{table}:{number}:{column}", marks=marks)


@pytest.fixture(scope="module")
def read_row(extract: Callable[..., Extraction]) -> Callable[[Row], Extraction]:
    """What a row's sentence says; each sentence is read once."""
    kept: dict[tuple[str, str], Extraction] = {}

    def read(row: Row) -> Extraction:
        key = (row["sentence"], row.get("published", ""))
        if key not in kept:
            kept[key] = extract(key[0], **({"published": key[1]} if key[1] else {}))
        return kept[key]

    return read


@pytest.mark.parametrize(("table", "column", "row"), list(cells()))
def test_a_sentence_is_read_as_a_careful_reader_does(
    read_row: Callable[[Row], Extraction], table: str, column: str, row: Row
) -> None:
    extraction = read_row(row)
    assert CHECKS[table][column](row, extraction), f"{row} but read as {extraction.claims}"


@pytest.mark.parametrize("table", sorted(CHECKS))
def test_every_column_of_a_table_is_checked(table: str) -> None:
    read = rows(table)
    assert len(read) >= 40
    assert set(read[0]) - INPUT == set(CHECKS[table])
    for row in read:
        failures = expected_failures(row)
        assert failures.keys() <= CHECKS[table].keys(), row
        assert all(failures.values()), f"a reason is missing: {row}"
