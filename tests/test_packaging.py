"""The wheel, the installed commands, the pinned versions and the licences."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from geo.gazetteer.sources import CREDITS
from geo.settings import ALL, GAZETTEER, PROJECT
from tests.licences import LICENCES, pinned_names

# For readers and developers.
NOT_INSTALLED = {
    "dashboard/static/screenshot.png",
    "dashboard/static/build_basemap.py",
    "dashboard/static/build_regions.py",
    "dashboard/static/regions.toml",
}
STARTED_AFTER = 90.0  # seconds that a dashboard may take on a machine that is busy with other tests


def project() -> dict[str, Any]:
    return dict(tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8")))


def pins(name: str) -> dict[str, str]:
    """The exact version of each package in a requirements file."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", (PROJECT / name).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installed copy, far from the checkout; its dependencies are those of this environment."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return target


@pytest.fixture
def environment(installed: Path, gazetteer: object, tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has installed the program and set nothing but the gazetteer's file."""
    settings = {setting.name for setting in ALL}
    kept = {name: value for name, value in os.environ.items() if name not in settings}
    folders = {"PYTHONPATH": str(installed), "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    return kept | folders | {GAZETTEER.name: GAZETTEER.get()}


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    listing = subprocess.run(
        ["git", "ls-files", "geo", "dashboard", "seeds"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    tracked = {name for name in listing.stdout.splitlines() if (PROJECT / name).is_file()} - NOT_INSTALLED
    expected = {f"dashboard/{name}" if name.startswith("seeds/") else name for name in tracked}
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert len(expected) > 100
    assert expected - packed == set()
    assert {name.split("/")[0] for name in packed if ".dist-info/" not in name} == {"geo", "dashboard"}
    assert any(name.endswith("licenses/LICENSE") for name in packed)


@pytest.mark.parametrize("command", ["geo", "desecration-map"])
def test_the_installed_commands_explain_themselves(
    command: str, installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    run = [sys.executable, str(installed / "bin" / command), "--help"]
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--help" in done.stdout


def test_an_installed_copy_stores_in_the_users_folder(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    run = [sys.executable, str(installed / "bin" / "geo"), "ingest", "-"]
    text = "Militants destroyed twelve graves in Raqqa on 3 May 2015."
    done = subprocess.run(
        run, cwd=tmp_path, env=environment, input=text, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "desecration-map" / "incidents.sqlite").stat().st_size > 0
    assert not (installed / ".data").exists()


def test_an_installed_dashboard_fills_an_empty_store_and_serves_its_files(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    with serving(installed, environment, tmp_path) as address:
        assert read(f"{address}/_stcore/health") == b"ok"
        # Served only with the enableStaticServing of dashboard/.streamlit/config.toml.
        assert read(f"{address}/app/static/style.json").startswith(b"{")
        incidents = read(f"{address}/api/incidents.geojson")
    assert b"Khan as Subul" in incidents
    assert (tmp_path / "own.sqlite").is_file()


@contextmanager
def serving(installed: Path, environment: dict[str, str], folder: Path) -> Iterator[str]:
    """The address of an installed dashboard whose store is named relative to the folder it was started in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, str(installed / "bin" / "desecration-map"), "--store", "sqlite:///own.sqlite"]
    log = folder / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "--port", port], cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        address = f"http://127.0.0.1:{port}"
        try:
            end = time.monotonic() + STARTED_AFTER
            while not answers(f"{address}/_stcore/health"):
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.2)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def answers(url: str) -> bool:
    try:
        return bool(read(url))
    except urllib.error.URLError:
        return False


def read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server on 127.0.0.1
        return bytes(answer.read())


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    wanted = [Requirement(text) for text in project()["project"]["dependencies"]]
    tools = [Requirement(text) for text in project()["dependency-groups"]["test"]]
    for requirements, name in ((wanted, "requirements.txt"), (tools, "tests/requirements.txt")):
        pinned = pins(name)
        for requirement in requirements:
            version = pinned.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is not in {name}: run make lock"
            assert requirement.specifier.contains(version), f"{requirement} is not met by {version}: run make lock"


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_pinned_packages_have_hashes_and_name_no_index(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^[\w.-]+==.*(?:\n {4}--hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
    assert len(blocks) == len(pins(name)) > 0
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


def test_the_two_lists_pin_the_same_versions() -> None:
    ours, tools = pins("requirements.txt"), pins("tests/requirements.txt")
    assert {name for name in ours.keys() & tools.keys() if ours[name] != tools[name]} == set()


def test_the_licence_of_every_pinned_package_is_listed() -> None:
    text = LICENCES.read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z0-9._-]+) \| [^|\n]+ \|$", text.split("dependencies: start")[1], re.MULTILINE)
    assert [name for name in listed if name != "package"] == pinned_names(), "run make licences"


def test_the_licence_of_every_data_source_and_extra_is_listed() -> None:
    text = LICENCES.read_text(encoding="utf-8")
    for credit in CREDITS:
        row = next((line for line in text.splitlines() if line.startswith(f"| {credit.source}")), "")
        assert credit.licence in row, credit.source
    for extra, requirements in project()["project"]["optional-dependencies"].items():
        for requirement in requirements:
            assert f"| {extra} | {Requirement(requirement).name} | " in text


def test_the_dockerfile_sets_only_settings_that_exist() -> None:
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    names = set(re.findall(r"DESECRATION_\w+", text))
    assert names
    assert names <= {setting.name for setting in ALL}
