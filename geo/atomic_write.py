"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import GeoError, OutputError


@contextmanager
def sink(path: Path | None) -> Iterator[Callable[[bytes], object]]:
    """The function that writes: to standard output, or to a file that replaces `path` when all is written.

    Raises OutputError where the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(prefix=path.name, suffix=".part", dir=path.parent, delete=False) as file:
            try:
                yield file.write
                file.close()
                Path(file.name).replace(path)
            finally:
                Path(file.name).unlink(missing_ok=True)
    except GeoError:
        raise
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
