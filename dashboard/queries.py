"""What the views show, read from the store. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from geo.catalogue import catalogue
from geo.consensus import Summary
from geo.frame import Frame
from geo.store import Dataset, Decision, Store, Stored

COLUMNS = (
    "id",
    "what",
    "target",
    "actor",
    "start",
    "end",
    "place",
    "country",
    "precision",
    "reports",
    "independent",
)


@dataclass(frozen=True)
class Book:
    """One state of the store: all that can be shown, its reports, names without a place, and what people decided."""

    frame: Frame
    reports: Mapping[str, Stored]
    unresolved: tuple[Mapping[str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()
    datasets: tuple[Dataset, ...] = ()

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """All incidents, by date."""
        return self.frame.summaries

    @cached_property
    def _by_id(self) -> dict[str, Summary]:
        return {s.id: s for s in self.summaries}

    def by_id(self, incident_id: str | None) -> Summary | None:
        """The incident of that id."""
        return self._by_id.get(incident_id or "")


def load(store: Store) -> Book:
    """All that the store holds now."""
    reports = store.reports()
    return Book(
        Frame(catalogue(store, reports)),
        reports,
        tuple(store.unresolved()),
        tuple(store.ledger.decisions()),
        tuple(store.datasets()),
    )


def table(summaries: Sequence[Summary]) -> pd.DataFrame:
    """Incidents as a table, a row each, in the order of COLUMNS."""
    rows = []
    for summary in summaries:
        p = summary.properties
        rows.append(
            {
                "id": summary.id,
                "what": p["incident_type"],
                "target": p["target"],
                "actor": p["actor_name"],
                "start": p["start_date"],
                "end": p["end_date"],
                "place": p["place_name"],
                "country": p["country"],
                "precision": p["where_prec"],
                "reports": p["n_reports"],
                "independent": p["n_independent"],
            }
        )
    held = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("start", "end"):
        held[column] = pd.to_datetime(held[column])
    return held


def paragraph_around(text: str, start: int, end: int, most: int = 1200) -> tuple[str, int, int]:
    """The paragraph that holds a stretch of a report, and where the stretch lies in it; cut to `most` around it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    first, last = max(first, start - most), min(last, end + most)
    return text[first:last], start - first, end - first
