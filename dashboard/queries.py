"""What the views show, read from the store. No Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.consensus import Summary, summarise
from geo.selection import Selection, years
from geo.store import Store, Stored

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
    """One state of the store: its incidents, its reports, and the names that could not be placed."""

    summaries: tuple[Summary, ...]
    reports: Mapping[str, Stored]
    unresolved: tuple[Mapping[str, str], ...]

    def by_id(self, incident_id: str | None) -> Summary | None:
        """The incident of that id."""
        return next((s for s in self.summaries if s.id == incident_id), None)


def load(store: Store) -> Book:
    """All that the store holds now, incidents by date."""
    reports = store.reports()
    summaries = sorted((summarise(i, reports) for i in store.incidents()), key=_by_date)
    return Book(tuple(summaries), reports, tuple(store.unresolved()))


def _by_date(summary: Summary) -> tuple[str, str]:
    return summary.properties["start_date"] or "9999", summary.id


def options(summaries: Sequence[Summary], selection: Selection) -> dict[str, Counter[Any]]:
    """For each filter its values over all incidents, counted under the other filters now in force."""
    return {name: _counted(name, summaries, selection, read) for name, read in _FACETS.items()}


_FACETS: dict[str, Callable[[Mapping[str, Any]], Iterable[Any]]] = {
    "actor": lambda p: (p["actor_name"],),
    "year": years,
    "type": lambda p: (p["incident_type"],),
    "country": lambda p: (p["country"],) if p["country"] else (),
}


def _counted(
    name: str,
    summaries: Sequence[Summary],
    selection: Selection,
    read: Callable[[Mapping[str, Any]], Iterable[Any]],
) -> Counter[Any]:
    others = Selection(**{f: getattr(selection, f) for f in _FACETS if f != name})
    counts: Counter[Any] = Counter()
    for summary in summaries:
        passes = others.passes(summary)
        for value in read(summary.properties):
            counts[value] += passes
    return counts


def frame(summaries: Sequence[Summary]) -> pd.DataFrame:
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
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("start", "end"):
        table[column] = pd.to_datetime(table[column])
    return table


def paragraph_around(text: str, start: int, end: int, most: int = 1200) -> tuple[str, int, int]:
    """The paragraph that holds a stretch of a report, and where the stretch lies in it; cut to `most` around it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    first, last = max(first, start - most), min(last, end + most)
    return text[first:last], start - first, end - first
