"""The command line, as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.extraction.pipeline import Extractor
from geo.ingest import ingest
from geo.linking.service import open_store
from geo.reports import read
from geo.settings import PROJECT
from tests.conftest import SEEDS, Run


def features(geo: Run, store: str, *filters: str) -> list[dict[str, Any]]:
    done = geo("export", "--store", store, *filters)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["features"]
    return found


def test_extract_writes_one_line_per_report_in_the_form_of_the_contract(geo: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = geo("extract", SEEDS, "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(lines) == 5
    for line in lines:
        assert set(line["report"]) == {"id", "sha256", "url", "publisher", "published", "language", "title"}
        for toponym in line["toponyms"]:
            assert {"text", "start", "end", "place", "where_prec", "uncertainty_km", "relation", "reason"} <= set(
                toponym
            )
            assert (toponym["place"] is None) == (toponym["reason"] is not None)
        for claim in line["claims"]:
            assert claim["evidence"]["text"]
            assert claim["assertion"] in ("stated", "alleged", "denied")
            assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_reading_again_changes_nothing(geo: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 's.sqlite'}"
    assert geo("ingest", SEEDS, "--store", store).returncode == 0
    first = features(geo, store)
    again = geo("ingest", SEEDS, "--store", store)
    assert "0 added, 5 known" in again.stderr
    assert features(geo, store) == first
    assert len(first) == 4


def test_stored_reports_are_read_again_and_what_changed_is_said(geo: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    assert geo("ingest", SEEDS, "--store", url).returncode == 0
    done = geo("reread", "--store", url)
    assert done.returncode == 0
    assert "5 reports read again; incidents: 0 new, 0 changed, 0 gone" in done.stderr


def test_ids_do_not_depend_on_order_or_batch(extractor: Extractor, tmp_path: Path) -> None:
    files = [str(f) for f in sorted(SEEDS.glob("*.txt"))]
    orders = {"together": [files], "reversed": [files[::-1]], "one_by_one": [[f] for f in reversed(files)]}
    ids = []
    for name, batches in orders.items():
        store = open_store(f"sqlite:///{tmp_path / name}")
        for batch in batches:
            ingest(read(batch), store, lambda: extractor)
        ids.append({incident.id for incident in store.incidents()})
    assert len(ids[0]) == 4
    assert ids[0] == ids[1] == ids[2]


def test_filters_select_and_are_named_in_the_file(geo: Run, seeds_url: str) -> None:
    assert {f["properties"]["actor_name"] for f in features(geo, seeds_url, "--actor", "Islamic State")} == {
        "Islamic State"
    }
    assert len(features(geo, seeds_url, "--year", "2015")) == 2
    assert len(features(geo, seeds_url, "--year", "2015", "--year", "2020")) == 3
    assert len(features(geo, seeds_url, "--since", "2016-01-01", "--until", "2018-01-01")) == 1
    assert len(features(geo, seeds_url, "--bbox", "36.5,34.5,37.0,35.0")) == 1
    assert len(features(geo, seeds_url, "--country", "sy", "--type", "exhumation")) == 1
    assert features(geo, seeds_url, "--country", "FR") == []
    filters = json.loads(geo("export", "--store", seeds_url, "--year", "2015").stdout)["filters"]
    assert filters == {"year": [2015]}


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["export", "--type", "murder"], 2, "--type"),
        (["export", "--status", "maybe"], 2, "--status"),
        (["export", "--bbox", "1,2,3"], 2, "--bbox"),
        (["export", "--bbox", "1,2,3,400"], 2, "--bbox"),
        (["export", "--year", "soon"], 2, "--year"),
        (["export", "--format", "shapefile"], 2, "--format"),
        (["nonsense"], 2, "nonsense"),
        (["ingest"], 2, "PATH"),
        (["ingest", "seeds", "--store", "nonsense"], 1, "sqlite:///path"),
        (["ingest", "seeds", "--store", "sqlite:////proc/none/s.sqlite"], 1, "can be written"),
        (["ingest", "seeds", "--store", "oracle://x/y"], 1, "driver"),
        (["extract", "seeds", "-o", "/proc/none/out.jsonl"], 1, "cannot be written"),
        (["gazetteer", "lookup", "Grzqwbltrexnov"], 1, "not in the gazetteer"),
    ],
)
def test_errors_name_what_is_wrong_without_a_traceback(
    geo: Run, seeds_url: str, args: list[str], status: int, says: str
) -> None:
    done = geo(*args, DESECRATION_STORE=seeds_url)
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_refused_inputs_are_named_and_the_others_done(geo: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(b"")
    (folder / "good.txt").write_text("Vandals smashed 30 gravestones at a cemetery in Homs, Syria, on 3 May 2019.")
    store = f"sqlite:///{tmp_path / 's.sqlite'}"
    done = geo("ingest", folder, "--store", store)
    assert done.returncode == 1
    assert "bad.txt" in done.stderr
    assert [f["properties"]["place_name"] for f in features(geo, store)] == ["Homs"]


def test_a_report_without_an_incident_is_stored_and_counted(geo: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 's.sqlite'}"
    done = geo("ingest", "-", "--store", store, stdin=b"The mayor of Homs opened a school on Monday.")
    assert done.returncode == 0
    assert "1 of the added report no incident" in done.stderr


def test_an_id_that_belongs_to_another_text_is_refused(geo: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 's.sqlite'}"
    lines = b'{"id": "a", "text": "Graves were smashed in Homs."}\n{"id": "a", "text": "Graves were dug up in Hama."}\n'
    done = geo("ingest", "-", "--store", store, stdin=lines)
    assert done.returncode == 1
    assert "another text" in done.stderr


def test_a_gazetteer_that_cannot_be_built_says_what_to_do(geo: Run) -> None:
    done = geo("gazetteer", "lookup", "Raqqa", DESECRATION_GAZETTEER="/proc/none/g.sqlite")
    assert done.returncode == 1
    assert "not built yet" in done.stderr
    assert "DESECRATION_GAZETTEER" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_gazetteer_that_is_not_a_database_is_rebuilt(geo: Run, tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite"
    path.write_bytes(b"not a database, " * 100)
    done = geo("gazetteer", "lookup", "Raqqa", DESECRATION_GAZETTEER=str(path))
    assert done.returncode == 0
    assert "cannot be read" in done.stderr
    assert "35.95" in done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["g.sqlite"]


def test_a_closed_pipe_is_not_a_crash(gazetteer: object) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m geo extract seeds | head -c 10 >/dev/null"],
        cwd=PROJECT,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr


def test_help_does_not_load_what_only_commands_need() -> None:
    script = "import sys; sys.argv = ['geo', '--help']\ntry:\n    from geo.cli.main import main; main()\nexcept SystemExit: pass\n"
    script += "print([m for m in ('spacy', 'sqlalchemy', 'trafilatura', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for command in ("ingest", "extract", "reread", "export", "import", "gazetteer"):
        assert command in done.stdout
