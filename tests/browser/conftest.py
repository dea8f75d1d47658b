"""A real dashboard and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from geo.settings import PROJECT

# Software WebGL, and no traffic of the browser's own.
FLAGS = [
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("Chromium is not installed: apt-get install chromium")
        pytest.skip("Chromium is not installed (apt-get install chromium): the page is not tested in a browser")
    expect.set_options(timeout=30_000)  # milliseconds, on a machine that is busy with other tests
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def dashboard(gazetteer: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard whose store was empty and was filled from the seeds."""
    yield from serving(tmp_path_factory.mktemp("dashboard"))


def serving(folder: Path) -> Iterator[str]:
    """The address of a dashboard with a store of its own in a folder, while it runs."""
    port = free_port()
    with (folder / "log").open("w") as log:
        command = [
            sys.executable,
            "-m",
            "dashboard",
            "--store",
            f"sqlite:///{folder / 's.sqlite'}",
            "--port",
            str(port),
        ]
        server = subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/_stcore/health", server, folder / "log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail(f"the dashboard ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the dashboard did not open: {log.read_text()}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()
