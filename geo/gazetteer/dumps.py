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
from geo.gazetteer.borders import Borders
from geo.gazetteer.merging import merge_divisions, merge_places
from geo.gazetteer.schema import Key, Progress, add_keys, keys_of_names
from geo.gazetteer.sources import SUPPORTED_SCRIPTS, Record, settlement_radius_km

# By GeoNames' readme of its export files.
_PLACE_COLUMNS = 19
_NAME_COLUMNS = range(4, 11)
_KM_PER_DEGREE = 111.2  # of a great circle: the Earth's mean radius of 6,371 km times pi / 180
_NOT_NAMES = frozenset(("link", "post", "iata", "icao", "faac", "wkdt", "unlc", "tcid", "abbr", "phon", "piny"))

# How far from its point a feature may reach, in kilometres, by feature class, set by hand; the radius of settlements
# follows from their population, that of divisions from their settlements.
_RADIUS_KM = {"A": 20.0, "H": 8.0, "L": 12.0, "R": 10.0, "S": 0.5, "T": 3.0, "U": 50.0, "V": 5.0, "P": 1.5}
_OTHER_RADIUS_KM = 5.0  # for any other class; set by hand
_DIVISIONS = ("ADM1", "ADM2", "ADM3", "ADM4")
_LEAST_DIVISION_KM = 5.0  # a division's smallest radius; set by hand
_SHARE_WITHIN = 0.95  # of a division's settlements that lie within its radius; set by hand


@dataclass
class Refusal:
    """A line that could not be imported: `where` it stands and the `reason`."""

    where: str
    reason: str


@dataclass
class Imported:
    """What a file gave: `places` by source, the number of `names` added to known places, the lines `refused`."""

    places: Counter[str] = field(default_factory=Counter)
    names: int = 0
    refused: list[Refusal] = field(default_factory=list)


def import_file(db: sqlite3.Connection, file: Path, borders: Borders, progress: Progress = iter) -> Imported:
    """What a GeoNames file gave to the open gazetteer; a place with the id of a known one adds to it.

    Divisions of the first order add names to those that the gazetteer has. One that it lacks (a governorate of recent
    years) is imported as a part of the division around it.

    Raises ImportFileError for a file that is neither a dump nor a list of names, or a broken zip.
    """
    imported = Imported()
    with _opened(file) as lines:
        first = lines.readline()
        columns = first.count("\t") + 1
        lines.seek(0)
        if columns == _PLACE_COLUMNS:
            _import_places(db, file.name, lines, borders, progress, imported)
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


def _import_places(
    db: sqlite3.Connection, name: str, lines: IO[str], borders: Borders, progress: Progress, imported: Imported
) -> None:
    """Add the places of a dump to the gazetteer, which has every country already and most first-order divisions."""
    read = list(_records(name, lines, imported))
    imported.places["GeoNames"] += len(read)
    rows = _in_divisions([(r, areas) for r, areas in read if not r.feature.startswith("PCL")], borders)
    extents = _extents(rows)
    new = merge_divisions(db, [_with_extent(record, areas, extents) for record, areas in rows])
    merge_places(db, progress(new))


def _records(name: str, lines: IO[str], imported: Imported) -> Iterator[Row]:
    """Places with the codes of the divisions that hold them, first to fourth."""
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        try:
            yield _record(cells), tuple(cells[10:14])
        except ValueError as error:
            imported.refused.append(Refusal(f"{name} line {number}", str(error)))


def _record(cells: list[str]) -> Record:
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
        admin1="",
        population=population,
        uncertainty_km=radius,
        source="GeoNames",
        source_id=identity,
        aliases=(ascii_name, *(n for n in others.split(",") if SUPPORTED_SCRIPTS.match(n))),
    )


Areas = tuple[str, ...]
Row = tuple[Record, Areas]


def _in_divisions(rows: list[Row], borders: Borders) -> list[Row]:
    """The rows with the first-order division in which they lie."""
    records = [record for record, _ in rows]
    codes = borders.towns(
        [r.lon for r in records],
        [r.lat for r in records],
        [r.country for r in records],
        [f"{r.country}.{areas[0]}" if areas[0] else "" for r, areas in rows],
    )
    return [(replace(record, admin1=code), areas) for (record, areas), code in zip(rows, codes, strict=True)]


def _extents(rows: list[Row]) -> dict[tuple[str, Areas], float]:
    """For each division the radius around its point within which its settlements lie."""
    members: dict[tuple[str, Areas], list[Record]] = defaultdict(list)
    for row, areas in rows:
        if row.feature.startswith("PPL"):
            for order in (1, 2, 3, 4):
                if areas[order - 1]:
                    members[row.country, areas[:order]].append(row)
    radii = {}
    for row, areas in rows:
        order = int(row.feature[3]) if row.feature in _DIVISIONS else 0
        inside = members.get((row.country, areas[:order])) if order else None
        if inside:
            distances = sorted(_km(row, m) for m in inside)
            radius = distances[int(len(distances) * _SHARE_WITHIN) - 1]
            radii[row.country, areas[:order]] = max(_LEAST_DIVISION_KM, radius)
    return radii


def _with_extent(row: Record, areas: Areas, extents: dict[tuple[str, Areas], float]) -> Record:
    if row.feature not in _DIVISIONS:
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
