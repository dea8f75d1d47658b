"""A PostgreSQL cluster for the tests: made in a temporary folder, on a free port, from the binaries of this machine."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_FOLDERS = Path("/usr/lib/postgresql")  # where Debian installs each version
_SERVER_USER = "postgres"  # who runs the cluster where the tests run as root; Debian's package makes it
_SETTINGS = {"fsync": "off", "listen_addresses": "127.0.0.1", "max_connections": "50"}


def missing() -> str | None:
    """Why no cluster can be started on this machine; None where it can."""
    if _binaries() is None:
        return "PostgreSQL is not installed (on Debian: apt-get install postgresql)"
    if find_spec("psycopg") is None:
        return "the driver psycopg is not installed (it is in tests/requirements.txt)"
    if os.geteuid() == 0 and _SERVER_USER not in (user.pw_name for user in pwd.getpwall()):
        return f"PostgreSQL refuses to run as root, and there is no user {_SERVER_USER}"
    return None


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a running cluster, without a database; it is stopped and deleted at the end."""
    binaries = _binaries()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="test-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _SERVER_USER)
    data, port = folder / "data", _free_port()
    try:
        _run(folder, binaries / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
        started = " ".join(f"-c {name}={value}" for name, value in options.items())
        _run(folder, binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", started, "start")
        try:
            yield f"postgresql+psycopg://tests@127.0.0.1:{port}"
        finally:
            _run(folder, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(cluster_url: str, name: str) -> str:
    """The URL of a new, empty database in a cluster."""
    import psycopg

    address = cluster_url.replace("+psycopg", "")
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{re.sub("[^a-z0-9_]", "_", name)}"')
    return f"{cluster_url}/{name}"


@lru_cache(maxsize=1)
def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    installed = [p for p in _FOLDERS.glob("*/bin") if (p / "initdb").exists()]
    return max(installed, key=lambda p: int(p.parent.name), default=None)


def _run(folder: Path, *command: str | Path) -> None:
    """Run a command of PostgreSQL, as its own user where we are root. Output goes to a file that the server may keep."""
    line = [str(part) for part in command]
    if os.geteuid() == 0:
        line = ["runuser", "-u", _SERVER_USER, "--", *line]
    with (folder / "commands").open("ab") as log:
        done = subprocess.run(line, cwd=folder, stdout=log, stderr=log, check=False)
    assert done.returncode == 0, (folder / "commands").read_text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
