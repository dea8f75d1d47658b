"""Real files, a real database, real processes; what several tests need of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from geo.extraction.loading import load_extractor
from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.ingest import ingest
from geo.linking.service import open_store
from geo.model import Extraction
from geo.reports import read, report
from geo.settings import GAZETTEER, PROJECT
from tests import postgresql

SEEDS = PROJECT / "seeds"
SHARED = PROJECT.parent / "shared"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer of the project, built where it is missing."""
    return Gazetteer(ensure(Path(GAZETTEER.get())))


@pytest.fixture(scope="session")
def extractor(gazetteer: Gazetteer) -> Extractor:
    return load_extractor()


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Callable[..., Extraction]:
    """What a text says, read as a report of the fields given."""

    def run(text: str, **fields: str) -> Extraction:
        return extractor.extract(report(text, "test", fields))

    return run


@pytest.fixture(scope="session")
def seeds_url(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that holds the seeds. Read only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('seeds') / 'store.sqlite'}"
    store = open_store(url)
    ingest(read([str(SEEDS)]), store, lambda: extractor)
    store.close()
    return url


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[str]:
    """The URL of a PostgreSQL cluster; skipped where none can be started, unless REQUIRE_DATABASE is set."""
    reason = postgresql.missing()
    if reason:
        if os.environ.get("REQUIRE_DATABASE"):
            pytest.fail(reason)
        pytest.skip(f"not tested with PostgreSQL: {reason}")
    with postgresql.cluster() as url:
        yield url


_numbers = count()


def new_store_url(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a new, empty database of that kind."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'store.sqlite'}"
    return postgresql.new_database(request.getfixturevalue("postgresql_cluster"), f"store_{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database: the test runs once with SQLite and once with PostgreSQL."""
    return new_store_url(request.param, tmp_path, request)


@pytest.fixture
def geo(gazetteer: Gazetteer) -> Run:
    """Run `python -m geo` as a process."""

    def run(*args: str | Path, stdin: bytes | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "geo", *map(str, args)],
            cwd=PROJECT,
            env={**os.environ, **env},
            input=stdin,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold annotations beside the project."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: figures against its gold annotations are not measured")
    return SHARED
