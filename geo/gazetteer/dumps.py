"""Importing GeoNames' own files: country dumps of 19 columns and lists of alternate names, plain or zipped.

Columns as in GeoNames' readme: id, name, ascii name, alternate names, latitude, longitude, feature class, feature
code, country, other countries, admin1 to admin4, population, elevation, dem, timezone, date of change.
"""

from __future__ import annotations

import io
import math
import sqlite3
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from geo.errors import ImportFileError
from geo.gazetteer.schema import Key, Progress, add_keys, insert_places, keys_of_names
from geo.gazetteer.sources import SUPPORTED_SCRIPTS, Record, division_codes, settlement_radius_km

# By GeoNames' readme of its export files.
_PLACE_COLUMNS = 19
_NAME_COLUMNS = range(4, 11)
_KM_PER_DEGREE = 111.2  # of a great circle: the Earth's mean radius of 6,371 km times pi / 180
_NOT_NAMES = frozenset(("link", "post", "iata", "icao", "faac", "wkdt", "unlc", "tcid", "abbr", "phon", "piny"))

# How far from its point a feature may reach, in kilometres, by feature class, set by hand; the radius of settlements
# follows from their population, that of divisions from their settlements.
_RADIUS_KM = {"A": 20.0, "H": 8.0, "L": 12.0, "R": 10.0, "S": 0.5, "T": 3.0, "U": 50.0, "V": 5.0, "P": 1.5}
_OTHER_RADIUS_KM = 5.0  # for any other class; set by hand
_LEAST_DIVISION_KM = 5.0  # a division's smallest radius; set by hand
# Where a row leaves out its division, the nearest neighbours decide it; they are looked for in nine cells around it.
# Set by hand, as is the share below.
_NEIGHBOURS, _CELL_DEGREES = 5, 0.15
_SHARE_WITHIN = 0.95  # of a division's settlements that lie within its radius


@dataclass
class Refusal:
    """A line that could not be imported: `where` it stands and the `reason`."""

    where: str
    reason: str


@dataclass
class Imported:
    """What a file gave: `places` by source, the number of `names` added to known places, and the lines `refused`."""

    places: Counter[str] = field(default_factory=Counter)
    names: int = 0
    refused: list[Refusal] = field(default_factory=list)


def import_file(db: sqlite3.Connection, file: Path, progress: Progress = iter) -> Imported:
    """What a GeoNames file gave to the open gazetteer; a place with the id of a known one replaces it.

    Raises ImportFileError for a file that is neither a dump nor a list of names, or a broken zip.
    """
    imported = Imported()
    with _opened(file) as lines:
        first = lines.readline()
        columns = first.count("\t") + 1
        lines.seek(0)
        if columns == _PLACE_COLUMNS:
            _import_places(db, file.name, lines, progress, imported)
        elif columns in _NAME_COLUMNS and first.split("\t")[0].isdigit():
            _import_names(db, file.name, lines, imported)
        else:
            raise ImportFileError(file, f"has {columns} columns; a GeoNames dump has 19, its names 4 to 10")
    return imported


@contextmanager
def _opened(file: Path) -> Iterator[IO[str]]:
    """The lines of a file, which may be inside a zip archive."""
    try:
        if not zipfile.is_zipfile(file):
            if file.suffix == ".zip":
                raise ImportFileError(file, "is not a complete zip archive; fetch it again")
            with file.open(encoding="utf-8", newline="\n") as lines:
                yield lines
            return
        with zipfile.ZipFile(file) as archive:
            names = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n and "iso-" not in n]
            if len(names) != 1:
                raise ImportFileError(file, f"contains {len(names)} tables; one is expected")
            with archive.open(names[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as lines:
                yield lines
    except ImportFileError:
        raise
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError, EOFError) as error:
        raise ImportFileError(file, f"cannot be read ({error})") from error


def _import_places(db: sqlite3.Connection, name: str, lines: IO[str], progress: Progress, imported: Imported) -> None:
    rows = _with_divisions(list(_records(name, lines, imported)))
    ids = [(r.source_id,) for r, _ in rows]
    db.execute("CREATE INDEX IF NOT EXISTS place_source ON place (source_id)")
    db.execute("CREATE TEMP TABLE gone (source_id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.executemany("INSERT OR IGNORE INTO gone VALUES (?)", ids)
    replaced = "SELECT id FROM place WHERE source = 'GeoNames' AND source_id IN (SELECT source_id FROM gone)"
    old = {number for (number,) in db.execute(replaced)}
    if old:
        db.execute(f"DELETE FROM name WHERE place IN ({replaced})")
        db.execute(f"DELETE FROM place WHERE id IN ({replaced})")
    db.execute("DROP TABLE gone")
    extents = _extents(rows)
    imported.places += insert_places(db, progress(_with_extent(r, areas, extents) for r, areas in rows))


def _records(name: str, lines: IO[str], imported: Imported) -> Iterator[Row]:
    """Places with the codes of the divisions that hold them, first to fourth."""
    codes = division_codes()
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        try:
            yield _record(cells, codes), tuple(cells[10:14])
        except ValueError as error:
            imported.refused.append(Refusal(f"{name} line {number}", str(error)))


def _record(cells: list[str], codes: dict[str, str]) -> Record:
    if len(cells) != _PLACE_COLUMNS:
        raise ValueError(f"{len(cells)} columns, not {_PLACE_COLUMNS}")
    identity, name, ascii_name, others, lat, lon, feature_class, feature, country = cells[:9]
    position = float(lat), float(lon)
    if not (identity.isdigit() and name and abs(position[0]) <= 90 and abs(position[1]) <= 180):
        raise ValueError("no id, no name, or a position outside the world")
    population = int(cells[14] or 0)
    radius = (
        settlement_radius_km(population) if feature_class == "P" else _RADIUS_KM.get(feature_class, _OTHER_RADIUS_KM)
    )
    return Record(
        name=name,
        lat=position[0],
        lon=position[1],
        feature=feature or feature_class,
        country=country,
        admin1=codes.get(f"{country}.{cells[10]}", ""),
        population=population,
        uncertainty_km=radius,
        source="GeoNames",
        source_id=identity,
        aliases=(ascii_name, *(n for n in others.split(",") if SUPPORTED_SCRIPTS.match(n))),
    )


Areas = tuple[str, ...]
Row = tuple[Record, Areas]


def _with_divisions(rows: list[Row]) -> list[Row]:
    """The rows; one without a first-order division gets that of most of its nearest neighbours in the country."""
    cells: dict[tuple[str, int, int], list[Record]] = defaultdict(list)
    for row, _ in rows:
        if row.admin1:
            cells[_cell(row)].append(row)
    return [(row if row.admin1 else replace(row, admin1=_admin1_around(row, cells)), areas) for row, areas in rows]


def _admin1_around(row: Record, cells: dict[tuple[str, int, int], list[Record]]) -> str:
    country, y, x = _cell(row)
    around = [r for i in (-1, 0, 1) for j in (-1, 0, 1) for r in cells.get((country, y + i, x + j), ())]
    nearest = sorted(around, key=lambda r: _km(r, row))[:_NEIGHBOURS]
    return Counter(r.admin1 for r in nearest).most_common(1)[0][0] if nearest else ""


def _cell(row: Record) -> tuple[str, int, int]:
    return row.country, int(row.lat // _CELL_DEGREES), int(row.lon // _CELL_DEGREES)


def _extents(rows: list[Row]) -> dict[tuple[str, Areas], float]:
    """For each division below the first order the radius around its point within which its settlements lie."""
    members: dict[tuple[str, Areas], list[Record]] = defaultdict(list)
    for row, areas in rows:
        if row.feature.startswith("PPL"):
            for order in (2, 3, 4):
                if areas[order - 1]:
                    members[row.country, areas[:order]].append(row)
    radii = {}
    for row, areas in rows:
        order = int(row.feature[3]) if row.feature in ("ADM2", "ADM3", "ADM4") else 0
        inside = members.get((row.country, areas[:order])) if order else None
        if inside:
            distances = sorted(_km(row, m) for m in inside)
            radius = distances[int(len(distances) * _SHARE_WITHIN) - 1]
            radii[row.country, areas[:order]] = max(_LEAST_DIVISION_KM, radius)
    return radii


def _with_extent(row: Record, areas: Areas, extents: dict[tuple[str, Areas], float]) -> Record:
    if row.feature not in ("ADM2", "ADM3", "ADM4"):
        return row
    radius = extents.get((row.country, areas[: int(row.feature[3])]))
    return replace(row, uncertainty_km=round(radius, 1)) if radius else row


def _km(a: Record, b: Record) -> float:
    """Distance in kilometres of two places that lie near each other, as on a plane."""
    wide = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return _KM_PER_DEGREE * math.hypot(a.lat - b.lat, wide)


def _import_names(db: sqlite3.Connection, name: str, lines: IO[str], imported: Imported) -> None:
    """Add names to the places that the gazetteer has; names of other places are skipped."""
    numbers = dict(db.execute("SELECT source_id, id FROM place WHERE source = 'GeoNames'"))
    keys: list[Key] = []
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) not in _NAME_COLUMNS or not cells[1].isdigit():
            imported.refused.append(Refusal(f"{name} line {number}", "not a line of alternate names"))
        elif cells[1] in numbers and cells[2] not in _NOT_NAMES and SUPPORTED_SCRIPTS.match(cells[3]):
            imported.names += 1
            place = int(numbers[cells[1]])
            keys.extend((key, kind, place, spelled) for key, kind, spelled in keys_of_names("", (cells[3],)))
    add_keys(db, keys)
