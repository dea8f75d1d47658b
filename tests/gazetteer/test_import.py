"""GeoNames files brought in, from disk and from a server that misbehaves."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import FetchError, ImportFileError
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import import_files
from geo.gazetteer.fetch import fetch
from geo.settings import PROJECT
from tests.conftest import Run
from tests.dump_server import Server


def row(number: int, name: str, lat: float, lon: float, feature: str = "PPL", others: str = "") -> str:
    cells = [
        str(number),
        name,
        name,
        others,
        str(lat),
        str(lon),
        feature[0],
        feature,
        "SY",
        "",
        "04",
        "0401",
        "",
        "",
        "0",
    ]
    return "\t".join([*cells, "", "300", "Asia/Damascus", "2024-01-01"])


DUMP = "\n".join(
    [
        row(900001, "Tall Zurayqat", 35.91, 38.81, others="تل زريقات,Tell Zreikat"),
        row(900002, "Qasr al Hubayta", 35.95, 38.85, "PPLQ"),
        row(900003, "Qasr al Hubayta", 36.25, 38.95),
        row(900004, "Nahiyat Zurayqat", 35.9, 38.8, "ADM2"),
        "900005\tbroken line",
        row(900006, "Beyond", 95.0, 38.8),
    ]
)


@pytest.fixture
def own(gazetteer: Gazetteer, tmp_path: Path) -> Path:
    """A gazetteer of this test's own."""
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(gazetteer.path, path)
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SY.txt", DUMP)
    return path


def test_places_are_imported_and_bad_lines_reported(own: Path, dump: Path) -> None:
    done = import_files(own, [dump])[dump]
    assert sum(done.places.values()) == 4
    assert [(r.where, r.reason) for r in done.refused] == [
        ("SY.zip line 5", "2 columns, not 19"),
        ("SY.zip line 6", "no id, no name, or a position outside the world"),
    ]
    gazetteer = Gazetteer(own)
    for name in ("Tall Zurayqat", "Tell Zreikat", "تل زريقات", "Tal Zuraiqat"):
        assert [m.entry.place.source_id for m in gazetteer.lookup(name, "SY")] == ["900001"], name


def test_abandoned_places_come_after_inhabited_ones(own: Path, dump: Path) -> None:
    import_files(own, [dump])
    assert [m.entry.place.feature for m in Gazetteer(own).lookup("Qasr al Hubayta")] == ["PPL", "PPLQ"]


def test_a_division_reaches_as_far_as_its_settlements(own: Path, dump: Path) -> None:
    import_files(own, [dump])
    (match,) = Gazetteer(own).lookup("Nahiyat Zurayqat")
    assert 5 <= match.entry.place.uncertainty_km < 60
    assert match.entry.place.admin1_code == "SY-RA"


def test_divisions_of_a_dump_add_names_and_do_not_replace_better_ones(own: Path, tmp_path: Path) -> None:
    rows = [
        row(900011, "Days Az Zawr", 35.05, 40.39, "ADM1", others="Deir ez-Zor,Dayr az Zawr Muhafaza,Raqqa").split("\t"),
        row(900012, "United Nations Disengagement Observer Force", 33.15, 35.87, "ADM1", others="UNDOF").split("\t"),
        row(900013, "Eastern", 35.05, 40.39, "ADM1").split("\t"),
        row(900014, "New Governorate", 35.9, 38.8, "ADM1").split("\t"),
        row(900015, "Syria", 35.0, 38.5, "PCLI").split("\t"),
    ]
    file = tmp_path / "SY.txt"
    file.write_text("\n".join("\t".join(cells) for cells in rows))
    assert import_files(own, [file])[file].places.total() == 5
    gazetteer = Gazetteer(own)
    for name, code in (("Days Az Zawr", "SY-DY"), ("Dayr az Zawr Muhafaza", "SY-DY"), ("Quneitra", "SY-QU")):
        places = [m.entry.place for m in gazetteer.exact(name) if m.entry.place.feature == "ADM1"]
        assert [p.admin1_code for p in places] == [code]
        assert [p.name for p in places] == [p.admin1 for p in places]
    assert {m.entry.place.admin1 for m in gazetteer.exact("Mayadin")} == {"Deir ez-Zor"}
    raqqa = [m.entry.place.admin1_code for m in gazetteer.exact("Raqqa") if m.entry.place.feature == "ADM1"]
    assert raqqa == ["SY-RA"]
    eastern = [m.entry.place for m in gazetteer.exact("Eastern") if m.entry.place.country == "SY"]
    assert "ADM1" not in [p.feature for p in eastern]
    (new,) = [m.entry.place for m in gazetteer.exact("New Governorate")]
    assert (new.feature, new.admin1_code) == ("ADM2", "SY-RA")
    assert "GeoNames" not in [m.entry.place.source for m in gazetteer.exact("Syria")]


def test_a_known_town_keeps_what_it_is(own: Path, tmp_path: Path) -> None:
    """A dump that calls the capital a mere settlement of unknown size adds its names to it."""
    before = Gazetteer(own).capital("SY")[0].entry
    line = row(int(before.place.source_id or 0), "Dimashq Town", before.place.lat, before.place.lon)
    file = tmp_path / "SY.txt"
    file.write_text(line)
    import_files(own, [file])
    after = Gazetteer(own).capital("SY")[0].entry
    assert (after.place.name, after.population, after.place.feature) == ("Damascus", before.population, "PPLC")
    assert [m.entry.number for m in Gazetteer(own).exact("Dimashq Town")] == [after.number]


def test_importing_twice_is_importing_once(own: Path, dump: Path) -> None:
    import_files(own, [dump])
    first = Gazetteer(own).counts()
    import_files(own, [dump])
    assert Gazetteer(own).counts() == first


def test_alternate_names_are_added_to_known_places(own: Path, dump: Path, tmp_path: Path) -> None:
    names = tmp_path / "alternateNames.txt"
    names.write_text(
        "1\t900001\ten\tZurayqat Hill Village\t\t\t\t\n2\t900001\tlink\thttp://x.example\t\t\t\t\n3\tx\ten\tBad\t\t\t\t\n"
    )
    import_files(own, [dump])
    done = import_files(own, [names])[names]
    assert (done.names, len(done.refused)) == (1, 1)
    assert [m.entry.place.source_id for m in Gazetteer(own).lookup("Zurayqat Hill Village")] == ["900001"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("SY.txt", b"a\tb\n"), ("SY.zip", b"PK\x03\x04 broken"), ("none.zip", None), ("SY.txt", b"\xff\xfe\x00bad\n")],
)
def test_a_file_that_is_not_a_dump_changes_nothing(own: Path, tmp_path: Path, name: str, content: bytes | None) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    before = hashlib.sha256(own.read_bytes()).digest()
    with pytest.raises(ImportFileError):
        import_files(own, [file])
    assert hashlib.sha256(own.read_bytes()).digest() == before


HALTING = """
import sys, time
from pathlib import Path
from geo.gazetteer.build import import_files

def halting(rows):
    for number, row in enumerate(rows):
        if number == int(sys.argv[3]):
            print("halted", flush=True)
            time.sleep(600)
        yield row

import_files(Path(sys.argv[1]), [Path(sys.argv[2])], halting)
"""


@pytest.mark.parametrize("at", [0, 1, 2_999])
def test_a_killed_import_leaves_the_old_gazetteer_whole(own: Path, tmp_path: Path, at: int) -> None:
    dump = tmp_path / "SY.txt"
    dump.write_text("\n".join(row(1_000_000 + i, f"Village {i}", 35 + i / 1e5, 38.0) for i in range(3_000)))
    before = hashlib.sha256(own.read_bytes()).digest()
    command = [sys.executable, "-c", HALTING, str(own), str(dump), str(at)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"halted\n"
        process.kill()
    assert hashlib.sha256(own.read_bytes()).digest() == before
    assert Gazetteer(own).lookup("Raqqa")


@pytest.fixture
def server(dump: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    running = Server.started({"SY.zip": dump.read_bytes()})
    monkeypatch.setenv("DESECRATION_GEONAMES", running.address)
    yield running
    running.shutdown()


@pytest.mark.parametrize(
    "script", [[], ["503"], ["503", "503"], ["cut"], ["cut", "cut"], ["garbage"], ["cut", "503", "cut"]]
)
def test_a_dump_is_fetched_whatever_goes_wrong_first(server: Server, tmp_path: Path, script: list[str]) -> None:
    server.script = list(script)
    sizes: list[int] = []
    file = fetch("sy", tmp_path / "out", sizes.append)
    assert file.read_bytes() == server.files["SY.zip"]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["SY.zip"]
    assert sum(sizes) >= len(server.files["SY.zip"])


def test_a_cut_download_continues_where_it_ended(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.gazetteer.fetch._PIECE", 16)  # the dump is smaller than a real piece
    server.script = ["cut"]
    fetch("SY", tmp_path)
    assert server.ranges[0] is None
    assert server.ranges[1] is not None
    assert int(server.ranges[1].removeprefix("bytes=").removesuffix("-")) > 100


def test_a_wrong_length_is_not_a_complete_file(server: Server, tmp_path: Path) -> None:
    server.script = ["length"] * 9
    with pytest.raises(FetchError, match="By hand"):
        fetch("SY", tmp_path)


@pytest.mark.parametrize(("country", "message"), [("XX", "404"), ("Syria", "two letters"), ("../", "two letters")])
def test_what_cannot_be_fetched_says_what_to_do(server: Server, tmp_path: Path, country: str, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch(country, tmp_path)


def test_no_network_says_what_to_do_by_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DESECRATION_GEONAMES", "http://127.0.0.1:1")
    monkeypatch.setattr("geo.gazetteer.fetch._TRIES", 1)
    with pytest.raises(FetchError, match=r"gazetteer import"):
        fetch("SY", tmp_path)


def test_the_command_line_fetches_and_imports(geo: Run, server: Server, own: Path) -> None:
    done = geo("gazetteer", "fetch", "SY", "XX", DESECRATION_GAZETTEER=str(own))
    assert done.returncode == 1
    assert "4 places, 2 lines refused" in done.stdout
    assert "404" in done.stderr
    looked = geo("gazetteer", "lookup", "Tell Zreikat", DESECRATION_GAZETTEER=str(own))
    assert "900001" in looked.stdout


def test_real_dumps_are_imported_from_a_server(server: Server, own: Path, shared: Path, geo: Run) -> None:
    server.files["LB.zip"] = (shared / "gazetteer" / "LB.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(server.files["LB.zip"])) as archive:
        lines = archive.read("LB.txt").decode().count("\n")
    server.script = ["cut", "503"]
    done = geo("gazetteer", "fetch", "LB", DESECRATION_GAZETTEER=str(own))
    assert done.returncode == 0, done.stderr
    assert f"{lines:,} places" in done.stdout
