"""Names that the gazetteer lacks: counted by country, and their reports read again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.loading import load_extractor
from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import import_files, imported_countries
from geo.geocoding.online import Answer
from geo.ingest import ingest
from geo.linking.service import relink
from geo.missing_places import MissingNames, missing_names, reread_missing
from geo.model import Place
from geo.reports import report
from geo.serialization import toponym_from, toponym_json
from geo.store import Store, schema
from tests.cli.test_offer import DUMP, REPORT, VILLAGE, dump_of

OTHER = "Vandals toppled thirty headstones at a cemetery in Zahle, Lebanon, on 3 May 2019, police said."
LOOKED_UP = "Xqvwabrut"
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "report_id": st.sampled_from("abc"),
            "name": st.text(min_size=1, max_size=6),
            "country": st.sampled_from(["SY", "IQ", None]),
        }
    )
)


@given(ROWS)
def test_every_name_of_a_country_is_counted_once(rows: list[dict[str, str | None]]) -> None:
    missing = {m.country: m for m in missing_names(rows)}
    for country in ("SY", "IQ"):
        named = [(str(r["name"]).casefold(), r["report_id"]) for r in rows if r["country"] == country]
        of_country = missing.get(country, MissingNames(country, (), frozenset()))
        assert sorted(n.casefold() for n in of_country.names) == sorted({name for name, _ in named})
        assert of_country.reports == {report_id for _, report_id in named}
    assert None not in missing
    assert [len(m.names) for m in missing.values()] == sorted((len(m.names) for m in missing.values()), reverse=True)


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=9))
def test_the_sentence_is_one_printable_line(names: list[str]) -> None:
    sentence = MissingNames("SY", tuple(names), frozenset("a")).describe("Syria")
    assert sentence.isprintable()
    assert sentence.startswith(f"{len(names)} name")
    assert ("more)" in sentence) == (len(names) > 5) or "more)" in "".join(names)


def test_a_country_that_was_imported_is_left_out() -> None:
    rows = [{"report_id": "a", "name": "X", "country": country} for country in ("SY", "IQ")]
    assert [m.country for m in missing_names(rows, {"SY"})] == ["IQ"]


def test_the_country_of_a_missing_name_is_stored_without_loss(store_url: str, extractor: Extractor) -> None:
    store = Store(store_url)
    extraction = extractor.extract(report(REPORT, "test", {"id": "one"}))
    (missing,) = [t for t in extraction.toponyms if t.place is None]
    assert (missing.span.text, missing.country) == (VILLAGE, "SY")
    assert toponym_from(toponym_json(missing)) == missing
    older = toponym_json(missing)
    older.pop("country")  # as rows of earlier versions
    assert toponym_from(older) == replace(missing, country=None)
    store.save([extraction], relink)
    assert [(r["name"], r["country"]) for r in store.unresolved()] == [(VILLAGE, "SY")]


@pytest.fixture
def own(gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gazetteer of this test's own, in force."""
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(gazetteer.path, path)
    monkeypatch.setenv("DESECRATION_GAZETTEER", str(path))
    return path


def test_only_reports_with_the_names_are_read_again(store_url: str, own: Path, tmp_path: Path) -> None:
    store = Store(store_url)
    texts = {"one": REPORT, "two": OTHER}
    ingest([report(t, n, {"id": n, "published": "2019-05-04"}) for n, t in texts.items()], store, load_extractor)
    dump = tmp_path / "SY.zip"
    dump_of(DUMP, dump)
    import_files(own, [dump])
    assert imported_countries(own) == {"SY"}
    (missing,) = missing_names(store.unresolved())
    calls: list[int] = []
    result = reread_missing(store, missing, load_extractor, lambda: calls.append(1))
    assert (result.known, result.placed, result.moved, result.reread) == (1, 1, 0, 1)
    assert calls == [1]
    assert store.unresolved() == []
    with store.transaction() as db:
        read = {row.id for row in db.execute(schema.report.select().where(schema.report.c.read.is_not(None)))}
    assert read == {"one"}


def test_what_was_looked_up_online_keeps_its_place(store_url: str, own: Path) -> None:
    store = Store(store_url)
    text = f"{REPORT} Another shrine stood in the village of {LOOKED_UP}."
    place = Place(LOOKED_UP, 35.1, 36.7, "SY", None, None, "Nominatim", "node 1", 0.5)
    store.keep_answer("nominatim.openstreetmap.org", f"{LOOKED_UP}|SY", Answer(place))
    ingest([report(text, "one", {"id": "one"})], store, lambda: load_extractor(stored_answers=store))
    assert store.resolved_names(["one"]) >= {LOOKED_UP}
    (missing,) = missing_names(store.unresolved())
    assert missing.names == (VILLAGE,)
    reread_missing(store, missing, lambda: load_extractor(stored_answers=store))
    assert store.resolved_names(["one"]) >= {LOOKED_UP}
    assert store.resolved_names(["two"]) == set()
