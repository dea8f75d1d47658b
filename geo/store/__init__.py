"""The store: reports, claims and incidents in SQLite or PostgreSQL."""

from geo.store.store import Store, Stored

__all__ = ["Store", "Stored"]
