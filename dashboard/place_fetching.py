"""Fetching a country's places while the page stays usable: one at a time, in a thread of this process."""

from __future__ import annotations

import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.cache import current_store, load_extractor
from geo.errors import GeoError
from geo.gazetteer.build import import_files
from geo.gazetteer.fetch import fetch
from geo.missing_places import MissingNames, Rereading, reread_missing
from geo.settings import GAZETTEER

# The steps, in their order; the last two are ends.
DOWNLOADING, IMPORTING, REREADING, DONE, FAILED = "downloading", "importing", "rereading", "done", "failed"
_STOPPED = "stopped by an unexpected error, which is in the server's log"


@dataclass(frozen=True, slots=True)
class Fetching:
    """How far the work on the places of `missing.country` is.

    `number` counts the fetchings of this process. `amount` is in bytes while downloading, in places while importing,
    in reports while rereading. `places` were added; `result` is known at the end. `error` says why it failed.
    """

    number: int
    missing: MissingNames
    step: str = DOWNLOADING
    amount: int = 0
    places: int = 0
    result: Rereading | None = None
    error: str = ""

    @property
    def is_running(self) -> bool:
        """Whether the work goes on."""
        return self.step not in (DONE, FAILED)


class PlaceFetcher:
    """Does the work. `current` can be read from any thread."""

    def __init__(self) -> None:
        self.current: Fetching | None = None
        self._lock = threading.Lock()

    def start(self, missing: MissingNames) -> bool:
        """Begin with the places of a country; False where another fetching still runs."""
        with self._lock:
            if self.current is not None and self.current.is_running:
                return False
            self.current = Fetching(self.current.number + 1 if self.current else 1, missing)
        threading.Thread(target=self._run, args=(missing,), daemon=True).start()
        return True

    def _run(self, missing: MissingNames) -> None:
        error = _STOPPED
        try:
            self._work(missing)
            error = ""
        except GeoError as refused:
            error = str(refused)
        finally:
            self._update(step=FAILED if error else DONE, error=error)

    def _work(self, missing: MissingNames) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = fetch(missing.country, Path(folder), self._advance)
            self._update(step=IMPORTING, amount=0)
            imported = import_files(Path(GAZETTEER.get()), [file])[file]
        self._update(step=REREADING, amount=0, places=sum(imported.places.values()))
        self._update(result=reread_missing(current_store(), missing, load_extractor, lambda: self._advance(1)))

    def _advance(self, number: int) -> None:
        if self.current is not None:
            self._update(amount=self.current.amount + number)

    def _update(self, **changes: object) -> None:
        """Only the thread of the work calls this."""
        if self.current is not None:
            self.current = replace(self.current, **changes)  # type: ignore[arg-type]


FETCHER = PlaceFetcher()  # of this process, which has one gazetteer
