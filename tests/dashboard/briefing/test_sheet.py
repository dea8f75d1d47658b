"""The briefing sheet: the same bytes for the same data, whatever is in it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dashboard import labels
from dashboard.briefing.sheet import Sheet, draw_picture
from dashboard.snapshot import load_snapshot
from geo.incidents.filters import FILTERS, Selection
from geo.incidents.record import IncidentRecord, SourceRecord
from geo.model import Place
from geo.settings import PROJECT
from geo.store import Store


def run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dashboard", "briefing", *args]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)


def test_the_command_line_draws_the_same_bytes_twice(seeds_url: str, tmp_path: Path) -> None:
    hashes = []
    for name in ("a.png", "b.png"):
        done = run("--store", seeds_url, "--actor", "Islamic State", "-o", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        hashes.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert hashes[0] == hashes[1]
    shot = Image.open(tmp_path / "a.png").convert("RGB")
    assert shot.width > 1500
    colours = {colour for _, colour in shot.getcolors(maxcolors=1 << 24) or []}  # type: ignore[misc]
    assert (213, 94, 0) in colours  # the actor's own


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [(["-o", "x.doc"], 2, "is not a picture"), (["--type", "murder", "-o", "x.png"], 2, "is not one of")],
)
def test_what_cannot_be_drawn_is_an_error(seeds_url: str, args: list[str], status: int, message: str) -> None:
    done = run("--store", seeds_url, *args)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert message in done.stderr


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_any_text_is_drawn_as_text(form: str) -> None:
    hostile = r"$\frac{1}{0}$ <script> خان السبل \\input{x} " + "x" * 300
    place = Place(hostile, 35.7, 36.7, "SY", "Idlib", None, "d", None, 1.0)
    record = IncidentRecord(
        incident_id="a", dataset="d", target=hostile, actor_name=hostile, place_name=hostile, where_prec=1, place=place,
        start_date=date(2015, 1, 1), end_date=date(2015, 1, 2), sources=(SourceRecord(publisher=hostile),),
    )  # fmt: skip
    sheet = Sheet([record], [record], Selection(), 1, "http://127.0.0.1/")
    made = draw_picture(sheet, form)
    assert made == draw_picture(sheet, form)
    assert b"<script>" not in made


def test_a_sheet_without_incidents_is_drawn(seeds_url: str) -> None:
    snapshot = load_snapshot(Store(seeds_url))
    chosen = Selection(actor=("Nobody",), year=(1999,))
    sheet = Sheet(snapshot.columns.select(chosen), snapshot.records, chosen, 5)
    assert labels.describe_selection(chosen) == "actor: Nobody; year: 1999"
    assert draw_picture(sheet, "png")[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("args", "words"), [(["--country", "sy", "--assertion", "alleged"], "country: Syria; assertion: alleged")]
)
def test_every_filter_is_an_option_and_in_the_title(
    seeds_url: str, tmp_path: Path, args: list[str], words: str
) -> None:
    done = run("--help")
    assert all(each.option in done.stdout for each in FILTERS)
    store = Store(seeds_url)
    done = run("--store", seeds_url, *args, "-o", str(tmp_path / "a.svg"))
    assert done.returncode == 0, done.stderr
    latest = store.briefings()[0]
    assert labels.describe_selection(Selection.from_json(latest.query)) == words


@given(st.sets(st.integers(1, 60), min_size=1))
def test_numbers_in_a_row_are_written_as_one(numbers: set[int]) -> None:
    written = labels.number_ranges(sorted(numbers, reverse=True))
    ends = [[int(n) for n in part.split("–")] for part in written.split(", ")]
    assert [n for part in ends for n in range(part[0], part[-1] + 1)] == sorted(numbers)
    assert all(len(part) == 1 or part[1] - part[0] >= 2 for part in ends)
