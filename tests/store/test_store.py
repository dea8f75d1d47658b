"""The store: nothing is lost and nothing half written, also by several processes at once."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, inspect, select, text, update

from geo.errors import DecisionError, StoreError
from geo.extraction.pipeline import Extractor
from geo.ingest import ingest, reread
from geo.linking.service import relink
from geo.model import Extraction, Report
from geo.reports import read, report
from geo.settings import PROJECT
from geo.store import Briefing, Store
from geo.store.schema import claim as claim_table
from geo.store.schema import metadata
from tests.conftest import SEEDS

WRITER = """
import sys
from geo.linking.service import open_store, relink
from geo.model import Extraction
from geo.reports import report
store = open_store(sys.argv[1])
for i in range(int(sys.argv[3])):
    made = report(f"Text {i} of {sys.argv[2]}.", "x", {"id": f"{sys.argv[2]}-{i}"})
    store.save([Extraction(made, (), ())], relink)
    print(i, flush=True)
"""


def url_of(path: Path) -> str:
    return f"sqlite:///{path / 'store.sqlite'}"


def writer(url: str, name: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, name, str(number)]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def test_sqlite_is_in_wal_mode_and_opens_again(tmp_path: Path) -> None:
    Store(url_of(tmp_path)).close()
    Store(url_of(tmp_path)).close()
    with create_engine(url_of(tmp_path)).connect() as db:
        assert db.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_the_migrations_make_the_tables_that_the_code_reads(store_url: str) -> None:
    Store(store_url).close()
    engine = create_engine(store_url)
    assert {"report", "claim", "toponym", "incident", "membership", "alembic_version"} <= set(
        inspect(engine).get_table_names()
    )
    with engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_a_store_of_the_version_before_is_brought_up_to_date(store_url: str, extractor: Extractor) -> None:
    store = Store(store_url)
    ingest(read([str(SEEDS)]), store, lambda: extractor)
    before = store.incidents()
    store.keep_briefing(Briefing(datetime.now(UTC), "d", {}, {"i": {"year": 2015}}))
    store.close()
    with create_engine(store_url).begin() as db:
        config = Config()
        config.set_main_option("script_location", str(PROJECT / "geo" / "store" / "migrations"))
        config.attributes["connection"] = db
        command.downgrade(config, "0005")
    again = Store(store_url)
    assert again.incidents() == before
    assert [b.incidents for b in again.briefings()] == [{"i": {"year": 2015}}]


def test_any_text_and_bytes_come_back(store_url: str) -> None:
    store = Store(store_url)

    @settings(deadline=None, max_examples=60)
    @given(st.text(st.characters(), min_size=1).filter(lambda t: t.strip() != ""), st.binary(max_size=50))
    @example("A grave \0 in Homs \ud800.", b"\0")
    def check(content: str, raw: bytes) -> None:
        made = report(content, "x", {"publisher": content[:30]}, raw)
        if made.id not in store.known():
            store.save([Extraction(made, (), ())], relink)
            assert store.reports([made.id])[made.id].report == made

    check()


def test_a_batch_is_written_whole_or_not_at_all(store_url: str) -> None:
    store = Store(store_url)
    one, two = (report(f"Text {i}.", "x", {"id": "same"}) for i in (1, 2))
    with pytest.raises(StoreError, match="cannot be written"):
        store.save([Extraction(one, (), ()), Extraction(two, (), ())], relink)
    assert store.is_empty()


def test_a_batch_that_cannot_be_linked_is_not_written(store_url: str, extract: Callable[..., Extraction]) -> None:
    store = Store(store_url)

    def fail(_: Connection) -> None:
        raise DecisionError("link", "fails")

    with pytest.raises(DecisionError):
        store.save([extract("Vandals smashed graves in Homs on 3 May 2019.")], fail)
    assert store.is_empty()


def test_a_file_that_is_not_a_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"no database at all, " * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(url_of(tmp_path))


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Store("postgresql+psycopg://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_four_processes_write_at_once_and_nothing_is_lost(store_url: str) -> None:
    writers = [writer(store_url, name, 25) for name in "abcd"]
    assert [w.wait(timeout=100) for w in writers] == [0] * 4
    assert len(Store(store_url).known()) == 100


INGEST = """
import sys
from geo.extraction.loading import load_extractor
from geo.ingest import ingest
from geo.linking.service import open_store
from geo.reports import read
outcome = ingest(read([sys.argv[2]]), open_store(sys.argv[1]), load_extractor)
print(outcome.added)
"""


def test_five_processes_ingest_at_once_and_link_together(store_url: str, seeds_url: str, tmp_path: Path) -> None:
    """Each has one seed; the copies of one story come from three processes and become one incident."""
    Store(store_url).close()
    for path in SEEDS.glob("*.txt"):
        part = tmp_path / path.name[2]
        part.mkdir()
        shutil.copyfile(path, part / path.name)
        shutil.copyfile(SEEDS / "manifest.csv", part / "manifest.csv")
    command = [sys.executable, "-c", INGEST, store_url]
    running = [
        subprocess.Popen([*command, str(tmp_path / part)], cwd=PROJECT, stdout=subprocess.PIPE) for part in "01234"
    ]
    assert [p.wait(timeout=200) for p in running] == [0] * 5
    at_once = {i.id: {c.id for c in i.claims} for i in Store(store_url).incidents()}
    in_turn = {i.id: {c.id for c in i.claims} for i in Store(seeds_url).incidents()}
    assert sorted(map(sorted, at_once.values())) == sorted(map(sorted, in_turn.values()))


def test_what_was_written_before_a_kill_is_there(store_url: str) -> None:
    Store(store_url).close()
    for turn in range(3):
        process = writer(store_url, str(turn), 100_000)
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(20)]
        time.sleep(0.01 * turn)
        os.kill(process.pid, signal.SIGKILL)
        printed += process.stdout.readlines()
        known = Store(store_url).known()
        assert all(f"{turn}-{line.strip()}" in known for line in printed if line.endswith("\n"))


def test_ids_stay_when_reports_come_later(extractor: Extractor, store_url: str) -> None:
    store = Store(store_url)
    files = sorted(str(p) for p in SEEDS.glob("*.txt"))
    seen: set[str] = set()
    for file in files:
        ingest(read([file]), store, lambda: extractor)
        now = {i.id for i in store.incidents()}
        assert seen <= now
        seen = now
    assert len(seen) == 4


def test_a_known_report_is_not_extracted_again(extractor: Extractor, store_url: str) -> None:
    store = Store(store_url)

    def never() -> Extractor:
        raise AssertionError("extracted again")

    ingest(read([str(SEEDS)]), store, lambda: extractor)
    before = store.fingerprint()
    assert ingest(read([str(SEEDS)]), store, never).known == 5
    assert store.fingerprint() == before


def test_raw_bytes_are_kept(seeds_url: str) -> None:
    stored = Store(seeds_url).reports()
    assert {s.report.raw for s in stored.values()} == {p.read_bytes() for p in SEEDS.glob("*.txt")}
    assert all(isinstance(s.report, Report) for s in stored.values())


def test_both_databases_hold_the_same(extractor: Extractor, store_url: str, seeds_url: str) -> None:
    store = Store(store_url)
    ingest(read([str(SEEDS)]), store, lambda: extractor)
    assert store.incidents() == Store(seeds_url).incidents()
    assert {i: s.text_group for i, s in store.reports().items()} == {
        i: s.text_group for i, s in Store(seeds_url).reports().items()
    }


def test_each_claim_says_which_extractor_made_it(extractor: Extractor, store_url: str) -> None:
    store = Store(store_url)
    ingest(read([str(SEEDS)]), store, lambda: extractor)
    c = claim_table.c
    made_by = select(c.extractor_version, c.extractor_config)
    engine = create_engine(store_url)
    with engine.begin() as db:
        assert set(map(tuple, db.execute(made_by))) == {(extractor.version.version, extractor.version.config)}
        db.execute(update(claim_table).values(extractor_version="0.0.1", extractor_config="f" * 64))
    reread(store, lambda: extractor)
    with engine.begin() as db:
        assert set(map(tuple, db.execute(made_by))) == {(extractor.version.version, extractor.version.config)}


def test_the_program_opens_stores_only_where_missing_links_are_completed() -> None:
    sources = [p for folder in ("geo", "dashboard") for p in (PROJECT / folder).rglob("*.py")]
    opening = [p.relative_to(PROJECT).as_posix() for p in sources if re.search(r"(?<![\w.])Store\(", p.read_text())]
    assert opening == ["geo/linking/service.py"]


def test_a_damaged_store_is_an_error_of_the_store_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite"
    store = Store(f"sqlite:///{path}")
    store.close()
    for file in tmp_path.iterdir():
        file.unlink()
    path.write_bytes(b"not a database " * 1000)
    with pytest.raises(StoreError, match="cannot be read"):
        store.fingerprint()


def test_names_without_a_place_are_listed_and_placed_ones_are_not(tmp_path: Path, extractor: Extractor) -> None:
    store = Store(url_of(tmp_path))
    text = "Vandals smashed graves in Mosul (35.66 N, 38.41 E) and at 95.2 N, 38.1 E on 3 June 2021."
    store.save([extractor.extract(report(text, "x", {"id": "x"}))], relink)
    assert [(row["name"], row["reason"]) for row in store.unresolved()] == [
        ("95.2 N, 38.1 E", "a latitude is never more than 90 degrees")
    ]
    store.close()
