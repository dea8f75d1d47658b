"""The gazetteer file: one SQLite database, written beside its place and then put there whole."""

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
from geo.gazetteer.dumps import Imported, bring_in
from geo.gazetteer.schema import FORMAT, SCHEMA, UNSAFE_BUT_FAST, Progress, add
from geo.gazetteer.sources import records

_log = logging.getLogger(__name__)


def ensure(path: Path, say: Callable[[str], None] = lambda _: None) -> Path:
    """The gazetteer's path, built first where there is none or one of an older format.

    Raises GazetteerError, with what to do, when it cannot be built there.
    """
    if _format_of(path) != FORMAT:
        say(f"gazetteer not built yet: building {path} once (some 20 seconds)")
        build(path)
    return path


def build(path: Path, progress: Progress = iter) -> Counter[str]:
    """Write the gazetteer from the embedded sources and what was imported; return how many places each source gave."""
    with _replacing(path) as part, closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.executescript(UNSAFE_BUT_FAST + SCHEMA + "BEGIN;")
        held = add(db, progress(records()))
        for dump in sorted(_kept(path).glob("*")):
            held += bring_in(db, dump, progress).held
        db.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
        db.execute("COMMIT")
    return held


def import_files(path: Path, files: Sequence[Path], progress: Progress = iter) -> dict[Path, Imported]:
    """Bring GeoNames files into the gazetteer at `path`; the old one stays whole until all are in.

    The files are kept beside the gazetteer, so that building it anew brings them in again. Raises ImportFileError for
    one that is no such file; nothing is changed then.
    """
    ensure(path)
    done = {}
    with _replacing(path) as part:
        shutil.copyfile(path, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            db.executescript(UNSAFE_BUT_FAST + "BEGIN;")
            for file in files:
                done[file] = bring_in(db, file, progress)
            db.execute("COMMIT")
    for file in files:
        if file.resolve().parent != _kept(path).resolve():
            with _replacing(_kept(path) / file.name) as part:
                shutil.copyfile(file, part)
    return done


def _kept(path: Path) -> Path:
    """Where imported files are kept."""
    return path.parent / f"{path.stem}-dumps"


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place when all went well."""
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
            found = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            return str(found[0]) if found else None
    except sqlite3.Error as error:
        _log.warning("gazetteer %s cannot be read (%s)", path, error)
        return None
