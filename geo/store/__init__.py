"""The store: reports, claims and incidents in SQLite or PostgreSQL."""

from geo.store.store import Stored, Store

__all__ = ["Store", "Stored"]
