"""Building the gazetteer file: one SQLite database, written under a temporary name and then moved into place."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from geo.errors import GazetteerError, GeoError
from geo.gazetteer.borders import Borders
from geo.gazetteer.dumps import Imported, import_file
from geo.gazetteer.schema import FORMAT, SCHEMA, UNSAFE_BUT_FAST, Progress, insert_places
from geo.gazetteer.sources import records

_log = logging.getLogger(__name__)


def ensure(path: Path, notify: Callable[[str], None] = lambda _: None) -> Path:
    """The path of the gazetteer, which is built first where it is missing or has an older format.

    `notify` gets a message for the user before a build. Raises GazetteerError when it cannot be built there.
    """
    if _format_of(path) != FORMAT:
        notify(f"gazetteer not built yet: building {path} once (some 20 seconds)")
        build(path)
    return path


def build(path: Path, progress: Progress = iter) -> Counter[str]:
    """How many places each source gave to the gazetteer, which is written from the packages and all imported files."""
    with _replacing(path) as part, closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.executescript(UNSAFE_BUT_FAST + SCHEMA + "BEGIN;")
        borders = Borders()
        counts = insert_places(db, progress(records(borders)))
        for dump in sorted(_imports_folder(path).glob("*")):
            counts += import_file(db, dump, borders, progress).places
        db.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
        db.execute("COMMIT")
    return counts


def import_files(path: Path, files: Sequence[Path], progress: Progress = iter) -> dict[Path, Imported]:
    """What each GeoNames file gave to the gazetteer at `path`, which is replaced once all files are imported.

    Copies of the files stay beside the gazetteer, so that a later build imports them again. Raises ImportFileError for
    a file of another form; nothing is changed then.
    """
    ensure(path)
    imported, borders = {}, Borders()
    with _replacing(path) as part:
        shutil.copyfile(path, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            db.executescript(UNSAFE_BUT_FAST + "BEGIN;")
            for file in files:
                imported[file] = import_file(db, file, borders, progress)
            db.execute("COMMIT")
    for file in files:
        if file.resolve().parent != _imports_folder(path).resolve():
            with _replacing(_imports_folder(path) / file.name) as part:
                shutil.copyfile(file, part)
    return imported


def imported_countries(path: Path) -> set[str]:
    """The ISO codes of the countries whose dump was imported into the gazetteer at `path`."""
    return {file.stem for file in _imports_folder(path).glob("??.*") if file.suffix in (".zip", ".txt")}


def _imports_folder(path: Path) -> Path:
    """The folder with copies of the imported files."""
    return path.parent / f"{path.stem}-dumps"


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary file that replaces `path` at the end; it is deleted where an error stops the work before."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}", suffix=".part", dir=path.parent)
        os.close(handle)
        try:
            yield Path(name)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except GeoError:
        raise
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            path, f"cannot be written ({error}); set DESECRATION_GAZETTEER to a path that can be written"
        ) from error


def _format_of(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            return str(row[0]) if row else None
    except sqlite3.Error as error:
        _log.warning("gazetteer %s cannot be read (%s)", path, error)
        return None
