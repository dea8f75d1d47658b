"""Figures against gold annotations: each has a floor, which may be raised and never lowered.

The annotations stand beside the project, not in it; where they are missing the tests say that they were skipped. A
floor holds for one state of the annotations, known by their hash.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

OWN = Path(__file__).with_name("own_reports.jsonl")
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text())


def pinned(gold: Path, name: str) -> Path:
    """The annotations, if they are those that the floors were measured on."""
    found = hashlib.sha256(gold.read_bytes()).hexdigest()
    assert found == FLOORS[name]["sha256"], "other annotations: measure anew and pin the floors with the new hash"
    return gold


def corpus(shared: Path, name: str, where: Path) -> tuple[Path, Path]:
    """The gold annotations and their reports as JSON lines; those of our own hold their texts themselves."""
    gold = pinned(OWN if name == "own" else shared / "eval" / f"{name}_gold.jsonl", name)
    reports = where / f"{name}.jsonl"
    with reports.open("w") as lines:
        for line in gold.read_text().splitlines():
            row = json.loads(line)
            folder = shared / "seeds" if name == "seeds" else shared / "eval" / "reports"
            text = row.get("text") or (folder / (row["doc"].removesuffix(".txt") + ".txt")).read_bytes().decode()
            fields = {"id": row["doc"], "text": text, "publisher": row["publisher"], "published": row["published"]}
            lines.write(json.dumps(fields | {"language": row["lang"]}) + "\n")
    return gold, reports


_read: dict[str, Path] = {}


def extracted(geo: Run, reports: Path, name: str) -> Path:
    """What `extract` gives for a corpus, made once a process."""
    if name not in _read:
        out = reports.with_name(f"{name}.out.jsonl")
        assert geo("extract", reports, "-o", out).returncode == 0
        _read[name] = out
    return _read[name]


def scored(shared: Path, what: str, gold: Path, output: Path) -> dict[str, Any]:
    command = [sys.executable, shared / "eval" / "score.py", what, gold, output, "--json"]
    figures: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return figures


def flat(figures: dict[str, Any], before: str = "") -> dict[str, float]:
    found: dict[str, float] = {}
    for key, value in figures.items():
        found |= flat(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return found


@pytest.mark.parametrize("name", sorted(n for n in FLOORS if "toponyms" in FLOORS[n]))
def test_no_figure_of_the_place_names_falls_under_its_floor(shared: Path, geo: Run, tmp_path: Path, name: str) -> None:
    gold = pinned(shared / "geoparsing" / f"{name}.jsonl", name)
    reports, out = tmp_path / "reports.jsonl", tmp_path / "out.jsonl"
    rows = [json.loads(line) for line in gold.read_text().splitlines()]
    reports.write_text("\n".join(json.dumps({"id": row["doc"], "text": row["text"]}) for row in rows))
    assert geo("extract", reports, "-o", out).returncode == 0
    figures = flat(scored(shared, "toponyms", gold, out))
    assert {k: (figures[k], floor) for k, floor in FLOORS[name]["toponyms"].items() if figures[k] < floor} == {}


@pytest.mark.xdist_group("claims")
@pytest.mark.parametrize("name", sorted(n for n in FLOORS if "floors" in FLOORS[n]))
def test_no_figure_falls_under_its_floor(shared: Path, geo: Run, tmp_path: Path, name: str) -> None:
    gold, reports = corpus(shared, name, tmp_path)
    out, export, store = extracted(geo, reports, name), tmp_path / "e.geojson", f"sqlite:///{tmp_path / 's.sqlite'}"
    assert geo("ingest", reports, "--store", store).returncode == 0
    assert geo("export", "--store", store, "-o", export).returncode == 0
    figures = flat(scored(shared, "claims", gold, out)) | flat(scored(shared, "linking", gold, export))
    under = {k: (figures[k], floor) for k, floor in FLOORS[name]["floors"].items() if figures[k] < floor}
    assert not under
