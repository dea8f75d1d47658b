"""The ingest service: one report never costs the others, a kill hides nothing, every path stores the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, select

from geo.errors import ReportError
from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.ingest import ingest, isolate, keep, preview, reread
from geo.linking.service import open_store
from geo.model import Count, Extraction, Report
from geo.reports import read, report
from geo.settings import PROJECT
from geo.store import Store, schema
from tests.conftest import SEEDS, Run

HOMS = "Vandals smashed 30 gravestones at a cemetery in Homs, Syria, on 3 May 2019."
MOSUL = "Militants blew up a shrine in Mosul on 9 June 2014."
QUIET = "The mayor of Homs opened a school in Aleppo on Monday."  # names places, and no incident
POISON = "Vandals smashed POISON graves in Hama on 4 May 2019."
REPORTS = PROJECT / "tests" / "eval" / "own_reports.jsonl"


def overflow(depth: int = 0) -> int:
    return overflow(depth + 1) + 1


EMPTY: list[int] = []
FAILURES: dict[str, Callable[[], object]] = {
    "IndexError": lambda: EMPTY[0],
    "RecursionError": overflow,
    "ValueError": lambda: int("1,2,3"),
    "TypeError": lambda: sum(["a", 1]),  # type: ignore[list-item]
}


class FailingExtractor(Extractor):
    """An extractor with a defect: it fails on a report that contains POISON."""

    failure: Callable[[], object] = FAILURES["IndexError"]

    def extract(self, report: Report, ref: date | None = None) -> Extraction:
        if "POISON" in report.text:
            type(self).failure()
        extraction = super().extract(report, ref)
        if "HUGE" in report.text:  # more than JSON can hold
            huge = Count(10**30, 10**30, None)
            extraction = replace(extraction, claims=tuple(replace(c, counts={"a": huge}) for c in extraction.claims))
        if "UNSAVABLE" in report.text:
            broken = tuple(replace(c, evidence=None) for c in extraction.claims)  # type: ignore[arg-type]
            extraction = replace(extraction, claims=broken)
        return extraction


@pytest.fixture(scope="module")
def failing(gazetteer: Gazetteer) -> FailingExtractor:
    return FailingExtractor(gazetteer)


def reports(**texts: str) -> list[Report]:
    return [report(text, f"{name}.txt", {"id": name, "published": "2019-06-01"}) for name, text in texts.items()]


@pytest.mark.parametrize("error", FAILURES)
def test_whatever_goes_wrong_in_a_report_is_an_error_of_that_report(failing: FailingExtractor, error: str) -> None:
    FailingExtractor.failure = staticmethod(FAILURES[error])
    (poison,) = reports(poison=POISON)
    refused = isolate(poison, lambda: failing.extract(poison))
    assert isinstance(refused, ReportError)
    assert refused.source == "poison.txt"
    assert error in str(refused)
    assert "the report was left out" in str(refused)


def test_running_out_of_memory_is_not_the_error_of_a_report(failing: FailingExtractor) -> None:
    def fail() -> None:
        raise MemoryError

    FailingExtractor.failure = staticmethod(fail)
    (poison,) = reports(poison=POISON)
    with pytest.raises(MemoryError):
        isolate(poison, lambda: failing.extract(poison))


def test_a_report_that_cannot_be_saved_costs_only_itself(store_url: str, failing: FailingExtractor) -> None:
    store = open_store(store_url)
    outcome = ingest(reports(a=HOMS, b=f"UNSAVABLE. {MOSUL}", c=MOSUL), store, lambda: failing)
    assert [(e.source, "saving failed" in str(e)) for e in outcome.refused] == [("b.txt", True)]
    assert (outcome.added, set(store.known())) == (2, {"a", "c"})
    assert len(store.incidents()) == 2


@pytest.mark.parametrize("published", ["0001-01-03", "0001-01-01"])
def test_a_report_of_the_first_days_of_the_calendar_is_stored(
    store_url: str, extractor: Extractor, published: str
) -> None:
    store = open_store(store_url)
    early = report("Vandals smashed graves in Homs.", "early.txt", {"id": "early", "published": published})
    outcome = ingest([early, *reports(a=MOSUL)], store, lambda: extractor)
    assert (outcome.added, outcome.refused, len(store.incidents())) == (2, [], 2)


def test_ingest_stores_all_others(store_url: str, failing: FailingExtractor) -> None:
    FailingExtractor.failure = staticmethod(FAILURES["IndexError"])
    store = open_store(store_url)
    outcome = ingest(reports(a=HOMS, b=POISON, c=MOSUL), store, lambda: failing)
    assert [e.source for e in outcome.refused] == ["b.txt"]
    assert (outcome.added, set(store.known())) == (2, {"a", "c"})
    assert len(store.incidents()) == 2


def test_preview_shows_all_others(store_url: str, failing: FailingExtractor) -> None:
    FailingExtractor.failure = staticmethod(FAILURES["ValueError"])
    extractions, outcome = preview(reports(a=HOMS, b=POISON, c=MOSUL), open_store(store_url), lambda: failing)
    assert [e.report.id for e in extractions] == ["a", "c"]
    assert [e.source for e in outcome.refused] == ["b.txt"]
    assert outcome.added == 2


def test_a_report_that_fails_when_read_again_keeps_what_was_stored(
    store_url: str, extractor: Extractor, failing: FailingExtractor
) -> None:
    FailingExtractor.failure = staticmethod(FAILURES["IndexError"])
    store = open_store(store_url)
    ingest(reports(a=HOMS, b=POISON, c=MOSUL), store, lambda: extractor)
    before = store.incidents()
    assert len(before) == 3
    outcome = reread(store, lambda: failing)
    assert [e.source for e in outcome.refused] == ["report b"]
    assert outcome.reread == 2
    assert store.incidents() == before


# The command line with an extractor that has a defect.
FAILING_COMMAND = """
from geo.cli.main import main
from geo.extraction import loading
from tests.test_ingest import FailingExtractor
loading.Extractor = FailingExtractor
main()
"""


def run_failing(*args: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", FAILING_COMMAND, *map(str, args)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_line_names_the_report_and_does_the_others(geo: Run, tmp_path: Path) -> None:
    for name, text in {"a": HOMS, "b": POISON, "c": MOSUL}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    store = f"sqlite:///{tmp_path / 's.sqlite'}"
    for args in (("ingest", tmp_path, "--store", store), ("extract", tmp_path, "-o", tmp_path / "out.json")):
        done = run_failing(*args)
        assert done.returncode == 1, done.stderr
        assert f"refused: {tmp_path / 'b.txt'}: extraction failed (IndexError" in done.stderr
        assert "Traceback" not in done.stderr
    assert len((tmp_path / "out.json").read_text().splitlines()) == 2
    assert len(json.loads(geo("export", "--store", store).stdout)["features"]) == 2
    assert geo("ingest", tmp_path / "b.txt", "--store", store).returncode == 0  # the poison harms only that extractor
    done = run_failing("reread", "--store", store)
    assert done.returncode == 1
    assert "refused: report " in done.stderr
    assert "2 reports read again; incidents: 0 new, 0 changed, 0 gone; 1 refused" in done.stderr


def test_what_cannot_be_written_as_json_is_an_error_of_that_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Vandals smashed HUGE graves in Hama on 4 May 2019.")
    (tmp_path / "b.txt").write_text(HOMS)
    done = run_failing("extract", tmp_path)
    assert done.returncode == 1
    assert f"refused: {tmp_path / 'a.txt'}" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def linked(url: str) -> tuple[set[str], set[str]]:
    """The ids of all claims in a database, and of those that belong to an incident."""
    with create_engine(url).connect() as db:
        claims = set(db.scalars(select(schema.claim.c.id)))
        return claims, set(db.scalars(select(schema.membership.c.claim_id)))


def test_an_ingest_that_is_killed_hides_nothing_of_what_it_saved(
    geo: Run, store_url: str, extractor: Extractor, tmp_path: Path
) -> None:
    Store(store_url).close()
    command = [sys.executable, "-m", "geo", "ingest", str(REPORTS), "--store", store_url]
    process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    known: set[str] = set()
    watching = Store(store_url)
    while not known and process.poll() is None and time.monotonic() < deadline:
        known = set(watching.known())
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    known = set(watching.known())
    assert 25 <= len(known) < 64
    claims, members = linked(store_url)
    assert claims
    assert members == claims
    done = geo("export", "--store", store_url)
    assert done.returncode == 0
    whole = open_store(f"sqlite:///{tmp_path / 'whole.sqlite'}")
    ingest((r for r in read([str(REPORTS)]) if r.id in known), whole, lambda: extractor)  # type: ignore[union-attr]
    assert {f["id"] for f in json.loads(done.stdout)["features"]} == {i.id for i in whole.incidents()}


@pytest.mark.parametrize("lost", ["all", "one"])
def test_claims_without_an_incident_are_linked_before_anything_is_read(
    geo: Run, store_url: str, extractor: Extractor, lost: str
) -> None:
    store = open_store(store_url)
    ingest(read([str(SEEDS)]), store, lambda: extractor)
    before = {i.id: {c.id for c in i.claims} for i in store.incidents()}
    store.close()
    m = schema.membership
    with create_engine(store_url).begin() as db:
        one = db.scalar(select(m.c.claim_id).limit(1))
        db.execute(delete(m) if lost == "all" else delete(m).where(m.c.claim_id == one))
        if lost == "all":
            db.execute(delete(schema.incident))
    features = json.loads(geo("export", "--store", store_url).stdout)["features"]
    assert {f["id"] for f in features} == set(before)
    assert {i.id: {c.id for c in i.claims} for i in open_store(store_url).incidents()} == before


def stored_toponyms(url: str) -> dict[str, list[object]]:
    with create_engine(url).connect() as db:
        t = schema.toponym.c
        rows = db.execute(select(t.report_id, t.detail).order_by(t.report_id, t.number)).all()
    return {r: [row.detail for row in rows if row.report_id == r] for r in {row.report_id for row in rows}}


def test_every_path_gives_the_same_place_names(geo: Run, extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in {"a": HOMS, "b": QUIET}.items())
    )
    urls = [f"sqlite:///{tmp_path / name}" for name in ("ingested", "kept", "command")]
    ingest(read([str(tmp_path / "in.jsonl")]), open_store(urls[0]), lambda: extractor)
    extractions, _ = preview(read([str(tmp_path / "in.jsonl")]), open_store(urls[1]), lambda: extractor)
    keep(extractions, open_store(urls[1]))
    assert geo("ingest", tmp_path / "in.jsonl", "--store", urls[2]).returncode == 0
    lines = [json.loads(line) for line in geo("extract", tmp_path / "in.jsonl").stdout.splitlines()]
    extracted = {line["report"]["id"]: line["toponyms"] for line in lines}
    assert [t["text"] for t in extracted["b"]] == ["Homs", "Aleppo"]
    assert [stored_toponyms(url) for url in urls] == [extracted] * 3
    reread(open_store(urls[0]), lambda: extractor)
    assert stored_toponyms(urls[0]) == extracted
