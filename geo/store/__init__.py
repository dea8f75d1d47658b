"""The store: reports, claims and incidents in SQLite or PostgreSQL."""

from geo.store.ledger import Decision, Ledger
from geo.store.store import Briefing, Dataset, Store, Stored

__all__ = ["Briefing", "Dataset", "Decision", "Ledger", "Store", "Stored"]
