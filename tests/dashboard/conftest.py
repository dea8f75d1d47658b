"""Pages under Streamlit's own test runner."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import clear_cache
from geo.settings import PROJECT, STORE


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    clear_cache()
    yield
    clear_cache()


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def run(url: str, view: str = "explore", **params: str | list[str]) -> AppTest:
        monkeypatch.setenv(STORE.name, url)
        at = AppTest.from_file(str(PROJECT / "dashboard" / "views" / f"{view}.py"), default_timeout=60)
        for name, value in params.items():
            at.query_params[name] = value
        return at.run()

    return run


@pytest.fixture
def own_store(seeds_url: str, tmp_path: Path) -> str:
    """A copy of the seeds' store that may be written to."""
    path = tmp_path / "own.sqlite"
    source = sqlite3.connect(seeds_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as copy:
        source.backup(copy)
    return f"sqlite:///{path}"
