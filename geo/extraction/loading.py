"""The one place where an extractor is set up, from the settings in force."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.extraction.pipeline import Extractor
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.geocoding.online import Limiter, OnlineGeocoder, StoredAnswers
from geo.settings import CONTACT, GAZETTEER, LIMITER, ONLINE

if TYPE_CHECKING:
    from geo.store import Store

_log = logging.getLogger(__name__)
_loading = threading.Lock()


def load_extractor(
    online_answers: Store | None = None,
    notify: Callable[[str], None] = _log.warning,
    stored_answers: Store | None = None,
) -> Extractor:
    """The extractor of this process, loaded on the first call; the gazetteer is built first where it is missing.

    It is loaded again once the gazetteer was replaced, as by an import.
    With `online_answers`, a store that keeps the answers, names that the gazetteer does not have are looked up online.
    With `stored_answers`, a store, what was looked up before is used and nothing is asked.
    `notify` is called with a message before the gazetteer is built. Raises GazetteerError where that fails,
    OnlineError where the online geocoder is not set up.
    """
    path = ensure(Path(GAZETTEER.get()), notify)
    with _loading:  # of two readers who come first, the second waits for the extractor of the first
        changed, answers = path.stat().st_mtime_ns, online_answers or stored_answers
        return _load(path, changed, answers, online_answers is not None)


@lru_cache(maxsize=1)
def _load(path: Path, _changed: int, answers: Store | None, is_online: bool) -> Extractor:
    gazetteer, server = Gazetteer(path), ONLINE.get()
    if answers is None:
        return Extractor(gazetteer)
    if not is_online:
        return Extractor(gazetteer, StoredAnswers(server, answers))
    return Extractor(gazetteer, OnlineGeocoder(server, CONTACT.get(), answers, Limiter(Path(LIMITER.get()))))
