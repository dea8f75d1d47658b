"""The store: nothing lost, nothing half done, by many at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from geo.errors import StoreError
from geo.extraction.pipeline import Extractor
from geo.ingest import ingest
from geo.model import Extraction, Report
from geo.reports import read, report
from geo.settings import PROJECT
from geo.store import Store
from tests.conftest import SEEDS

WRITER = """
import sys
from geo.model import Extraction
from geo.reports import report
from geo.store import Store
store = Store(sys.argv[1])
for i in range(int(sys.argv[3])):
    store.save([Extraction(report(f"Text {i} of {sys.argv[2]}.", "x", {"id": f"{sys.argv[2]}-{i}"}), (), ())])
    print(i, flush=True)
"""


def url_of(path: Path) -> str:
    return f"sqlite:///{path / 'store.sqlite'}"


def test_it_is_migrated_in_wal_mode_and_opens_again(tmp_path: Path) -> None:
    Store(url_of(tmp_path)).close()
    Store(url_of(tmp_path)).close()
    engine = create_engine(url_of(tmp_path))
    assert {"report", "claim", "toponym", "incident", "membership", "alembic_version"} <= set(
        inspect(engine).get_table_names()
    )
    with engine.connect() as db:
        assert db.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_the_migrations_make_the_tables_that_the_code_reads(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from geo.store.schema import metadata

    Store(url_of(tmp_path)).close()
    with create_engine(url_of(tmp_path)).connect() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(min_size=1).filter(lambda t: t.strip() and "\0" not in t and t.isprintable()), st.binary(max_size=50))
def test_any_text_and_bytes_come_back(tmp_path: Path, content: str, raw: bytes) -> None:
    store = Store(url_of(tmp_path))
    made = report(content, "x", {"publisher": content[:30]}, raw)
    if made.id not in store.known():
        store.save([Extraction(made, (), ())])
        assert store.reports([made.id])[made.id].report == made


def test_a_batch_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    store = Store(url_of(tmp_path))
    one, two = (report(f"Text {i}.", "x", {"id": "same"}) for i in (1, 2))
    with pytest.raises(StoreError, match="cannot be written"):
        store.save([Extraction(one, (), ()), Extraction(two, (), ())])
    assert store.is_empty()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"no database at all, " * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(url_of(tmp_path))


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Store("postgresql+psycopg://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_four_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    Store(url_of(tmp_path)).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, url_of(tmp_path), name, "25"], cwd=PROJECT, stdout=subprocess.PIPE
        )
        for name in "abcd"
    ]
    assert [w.wait(timeout=100) for w in writers] == [0] * 4
    assert len(Store(url_of(tmp_path)).known()) == 100


def test_what_was_written_before_a_kill_is_there(tmp_path: Path) -> None:
    Store(url_of(tmp_path)).close()
    for turn in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, url_of(tmp_path), str(turn), "100000"],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(20)]
        time.sleep(0.01 * turn)
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.stdout.readlines()
        known = Store(url_of(tmp_path)).known()
        assert all(f"{turn}-{line.strip()}" in known for line in told if line.endswith("\n"))


def test_ids_stay_when_reports_come_later(extractor: Extractor, tmp_path: Path) -> None:
    store = Store(url_of(tmp_path))
    files = sorted(str(p) for p in SEEDS.glob("*.txt"))
    seen: set[str] = set()
    for file in files:
        ingest(read([file]), store, lambda: extractor)
        now = {i.id for i in store.incidents()}
        assert seen <= now
        seen = now
    assert len(seen) == 4


def test_a_known_report_is_read_no_second_time(extractor: Extractor, tmp_path: Path) -> None:
    store = Store(url_of(tmp_path))

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


def test_postgresql_holds_the_same(extractor: Extractor) -> None:
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        pytest.skip("TEST_POSTGRES_URL is not set: PostgreSQL is not tested")
    assert make_url(url).get_backend_name() == "postgresql"
    store = Store(url)
    ingest(read([str(SEEDS)]), store, lambda: extractor)
    assert len(store.incidents()) == 4
