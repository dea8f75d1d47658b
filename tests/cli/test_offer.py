"""The offer to fetch a country's places: on a terminal, on a pipe, and with a server that fails."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from geo.settings import PROJECT
from geo.store import Store
from tests.conftest import Run
from tests.dump_server import Server
from tests.gazetteer.test_import import row

VILLAGE = "Grzqwabat al Gharbiyah"  # no place has this name or one like it
REPORT = f"Gunmen in Syria blew up a shrine in the village of {VILLAGE} on 3 May 2019, Syrian officials said."
DUMP = "\n".join([row(9_400_001, VILLAGE, 35.5, 36.8), row(9_400_002, "Kafr Qzwgra", 35.6, 36.9)])
OFFER = "1 name in Syria is not in the gazetteer (Grzqwabat al Gharbiyah)"
SECONDS = 120  # that a process may take on a busy machine


def dump_of(text: str, path: Path) -> bytes:
    """A dump of Syria with these lines."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", text)
    return path.read_bytes()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server.started({"SY.zip": dump_of(DUMP, tmp_path / "SY-dump.zip")})
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def settings(gazetteer: Gazetteer, server: Server, tmp_path: Path) -> dict[str, str]:
    """A gazetteer of the test's own, a store of its own, and the server."""
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(gazetteer.path, path)
    (tmp_path / "report.txt").write_text(REPORT)
    return {
        "DESECRATION_GAZETTEER": str(path),
        "DESECRATION_STORE": f"sqlite:///{tmp_path / 's.sqlite'}",
        "DESECRATION_GEONAMES": server.address,
    }


def _take_terminal() -> None:
    """Make the terminal on standard input the one whose keys interrupt this process, and let them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(settings: dict[str, str]) -> Callable[..., tuple[int, str]]:
    """Run `python -m geo` on a terminal and answer its question; its exit status and all that it wrote."""

    def run(answer: bytes, *args: str | Path, **env: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "geo", *map(str, args)]
        environment = {**os.environ, **settings, **env, "TERM": "dumb", "COLUMNS": "400"}
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - only a system call
        )
        os.close(theirs)
        written, answered, end = b"", False, time.monotonic() + SECONDS
        while time.monotonic() < end:
            if not select.select([ours], [], [], 0.5)[0]:
                continue
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other side was closed: the process ended
                break
            written += part
            if b"[y/N]" in written and not answered:
                os.write(ours, answer)
                answered = True
        os.close(ours)
        return process.wait(timeout=SECONDS), written.decode()

    return run


def places(settings: dict[str, str]) -> list[str | None]:
    store = Store(settings["DESECRATION_STORE"])
    named = [c.where.place.name if c.where and c.where.place else None for i in store.incidents() for c in i.claims]
    store.close()
    return named


def test_on_a_pipe_only_the_command_is_printed(
    geo: Run, settings: dict[str, str], server: Server, tmp_path: Path
) -> None:
    done = geo("ingest", tmp_path / "report.txt", **settings)
    assert done.returncode == 0
    assert OFFER in done.stderr
    assert "python -m geo gazetteer fetch SY --reread\n" in done.stderr
    assert server.ranges == []
    again = geo("ingest", tmp_path / "report.txt", **settings)
    assert "not in the gazetteer" not in again.stderr  # nothing was added


def test_the_printed_command_does_what_it_says(geo: Run, settings: dict[str, str], tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'other store.sqlite'}"
    first = geo("ingest", tmp_path / "report.txt", "--store", store, **settings)
    assert f"fetch SY --reread --store '{store}'" in first.stderr
    assert places(settings | {"DESECRATION_STORE": store}) == ["Syria"]
    done = geo("gazetteer", "fetch", "sy", "--reread", "--store", store, **settings)
    assert done.returncode == 0, done.stderr
    assert "2 places, 0 lines refused" in done.stdout
    assert "Syria: names now in the gazetteer: 1 of 1; reports read again: 1; 1 incident gained a place" in done.stderr
    assert places(settings | {"DESECRATION_STORE": store}) == [VILLAGE]


def test_extract_prints_the_command_and_stores_nothing(geo: Run, settings: dict[str, str], tmp_path: Path) -> None:
    done = geo("extract", tmp_path / "report.txt", **settings)
    assert done.returncode == 0
    assert OFFER in done.stderr
    assert "fetch SY (then extract again)" in done.stderr
    assert '"country":"SY"' in done.stdout
    assert not (tmp_path / "s.sqlite").exists()


def test_a_country_that_was_fetched_is_not_offered_again(geo: Run, settings: dict[str, str], tmp_path: Path) -> None:
    assert geo("gazetteer", "fetch", "SY", **settings).returncode == 0
    (tmp_path / "report.txt").write_text(REPORT.replace(VILLAGE, "Xqvwabrut ash Shamaliyah"))
    done = geo("ingest", tmp_path / "report.txt", **settings)
    assert done.returncode == 0
    assert "not in the gazetteer" not in done.stderr


def test_yes_on_a_terminal_fetches_and_reads_again(
    terminal: Callable[..., tuple[int, str]], settings: dict[str, str], server: Server, tmp_path: Path
) -> None:
    status, written = terminal(b"y\n", "ingest", tmp_path / "report.txt")
    assert status == 0, written
    assert f"{OFFER}. Fetch the places of Syria from GeoNames? [y/N]" in written
    assert "1 incident gained a place" in written
    assert places(settings) == [VILLAGE]
    assert server.ranges == [None]


@pytest.mark.parametrize("answer", [b"n\n", b"\n", b"\x04", b"\x03"])
def test_any_other_answer_asks_nothing_of_the_network(
    terminal: Callable[..., tuple[int, str]], settings: dict[str, str], server: Server, tmp_path: Path, answer: bytes
) -> None:
    status, written = terminal(answer, "ingest", tmp_path / "report.txt")
    assert status == 0, written
    assert "1 added" in written
    assert "Traceback" not in written
    assert places(settings) == ["Syria"]
    assert server.ranges == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [("no network", "cannot be reached"), ("404", "404"), ("cut", "cannot be reached or ends early")],
)
def test_a_download_that_fails_loses_nothing(
    terminal: Callable[..., tuple[int, str]],
    settings: dict[str, str],
    server: Server,
    tmp_path: Path,
    wrong: str,
    says: str,
) -> None:
    env = {"DESECRATION_GEONAMES": "http://127.0.0.1:1"} if wrong == "no network" else {}
    if wrong == "404":
        server.files.clear()
    if wrong == "cut":
        server.script = ["garbage"] * 9
    before = Path(settings["DESECRATION_GAZETTEER"]).read_bytes()
    status, written = terminal(b"y\n", "ingest", tmp_path / "report.txt", **env)
    assert status == 1
    assert says in written
    assert "gazetteer import" in written  # how to do it by hand
    assert "Traceback" not in written
    assert places(settings) == ["Syria"]
    assert Path(settings["DESECRATION_GAZETTEER"]).read_bytes() == before


def test_a_name_cannot_command_the_terminal(geo: Run, settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT.replace("al Gharbiyah", "al \x1b[31m\x07Gharbiyah"))
    done = geo("ingest", tmp_path / "report.txt", **settings)
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr


def test_a_real_dump_names_villages(
    geo: Run, settings: dict[str, str], server: Server, shared: Path, tmp_path: Path
) -> None:
    server.files["SY.zip"] = (shared / "gazetteer" / "SY.zip").read_bytes()
    (tmp_path / "report.txt").write_text(REPORT.replace(VILLAGE, "Bayt Hajj Kanu"))
    assert "(Bayt Hajj Kanu)" in geo("ingest", tmp_path / "report.txt", **settings).stderr
    done = geo("gazetteer", "fetch", "SY", "--reread", **settings)
    assert "Syria: names now in the gazetteer: 1 of 1" in done.stderr
    assert places(settings) == ["Bayt Hajj Kanu"]
