"""What this process keeps open: the store, one snapshot of its content, and the extractor.

Streamlit's pages and the plain addresses under /api share them.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.snapshot import Snapshot, load_snapshot
from geo.linking import service
from geo.settings import STORE
from geo.store import Store

if TYPE_CHECKING:
    from geo.extraction.pipeline import Extractor

_lock = threading.Lock()
_snapshots: dict[str, Snapshot] = {}  # by the URL of the store; never more than one


def current_store() -> Store:
    """The store that the settings name."""
    return open_store(STORE.get())


@lru_cache(maxsize=4)  # a process serves one store; tests open a few
def open_store(url: str) -> Store:
    """The store at a URL, opened once. Raises StoreError."""
    return service.open_store(url)


def current_snapshot() -> Snapshot:
    """The content of the store now. It is read again only when the store's fingerprint changed. Raises StoreError."""
    url = STORE.get()
    version = open_store(url).fingerprint()
    with _lock:
        if url not in _snapshots or _snapshots[url].version != version:
            _snapshots.clear()
            _snapshots[url] = load_snapshot(open_store(url))
        return _snapshots[url]


def load_extractor() -> Extractor:
    """The extractor, loaded when the first report is read; it uses what was looked up online before."""
    from geo.extraction import loading

    return loading.load_extractor(stored_answers=current_store())


def clear_cache() -> None:
    """Open the store and read it again at the next request."""
    open_store.cache_clear()
    _snapshots.clear()
