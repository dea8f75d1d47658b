"""What the views show, read from the store. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from geopy.distance import great_circle

from dashboard import words
from dashboard.layers import MOST_SINGLE, apart
from dashboard.palette import Ground, Rgb, colours, on
from dashboard.singly import AREA_FROM, drawn
from dashboard.tiles import Clusters, Feature
from geo.incidents.aggregation import Summary
from geo.incidents.catalogue import catalogue
from geo.incidents.columns import Frame
from geo.incidents.filters import Selection
from geo.model import UNKNOWN_ACTOR
from geo.store import Dataset, Decision, Store, Stored

_SITE_KM = 1.0  # within which two positions are one site
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
    version: str = ""  # the store's fingerprint before it was read

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """All incidents, by date."""
        return self.frame.summaries

    @cached_property
    def colours(self) -> dict[str, Rgb]:
        """The colour of each actor."""
        return colours(self.summaries)

    @cached_property
    def _clusters(self) -> Clusters:
        return Clusters(self.frame)

    def counted(self, selection: Selection, ground: Ground, z: int, x: int, y: int) -> list[Feature]:
        """A tile of the incidents that pass and are not drawn one by one at its zoom."""
        mask = self.frame.mask(selection)
        if z >= self.apart and np.count_nonzero(mask & self.frame.own) <= MOST_SINGLE:
            mask = mask & ~self.frame.own
        return self._clusters.tile(mask, on(ground, self.colours), z, x, y)

    def singly(self, selection: Selection, ground: Ground) -> list[Feature]:
        """The incidents of reports that pass, drawn one by one; none where they are too many."""
        own = [s for s in self.frame.of(selection) if s.incident is not None]
        return drawn(own, on(ground, self.colours), ground) if len(own) <= MOST_SINGLE else []

    @cached_property
    def apart(self) -> int:
        """The zoom of tiles from which incidents of reports are drawn one by one."""
        return apart(self.summaries)

    @cached_property
    def _by_id(self) -> dict[str, Summary]:
        return {s.id: s for s in self.summaries}

    def by_id(self, incident_id: str | None) -> Summary | None:
        """The incident of that id."""
        return self._by_id.get(incident_id or "")


def load(store: Store) -> Book:
    """All that the store holds now."""
    version, reports = store.fingerprint(), store.reports()
    return Book(
        Frame(catalogue(store, reports)),
        reports,
        tuple(store.unresolved()),
        tuple(store.ledger.decisions()),
        tuple(store.datasets()),
        version,
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


def coverage(book: Book, by: str) -> pd.DataFrame:
    """Reports beside the incidents they tell of, by `publisher`, `language`, `month` of publication or `country`.

    Columns: the group, `reports`, `silent` (reports that tell of no incident), `incidents`. By country a report counts
    where its incidents are, and those that tell of none are in a group of their own.
    """
    own = [s for s in book.summaries if s.incident is not None]
    rows = []
    for identity, stored in book.reports.items():
        told = [s for s in own if any(c.report_id == identity for c in s.claims)] if by == "country" else []
        groups = _groups(stored, by) if by != "country" else {s.properties["country"] or "" for s in told} or {"none"}
        rows += [(group, identity) for group in groups]
    held = pd.DataFrame(rows, columns=["group", "report"])
    told_in = pd.DataFrame(
        [(c.report_id, s.id, s.properties["country"] or "") for s in own for c in s.claims],
        columns=["report", "incident", "country"],
    )
    joined = held.merge(told_in, on="report", how="left")
    if by == "country":
        joined = joined[(joined["country"] == joined["group"]) | joined["incident"].isna()]
    grouped = joined.groupby("group")
    made = pd.DataFrame({"reports": grouped["report"].nunique(), "incidents": grouped["incident"].nunique()})
    made["silent"] = joined[joined["incident"].isna()].groupby("group")["report"].nunique()
    made["silent"] = made["silent"].fillna(0).astype(int)
    return made.reset_index().sort_values(["reports", "group"], ascending=[False, True])[
        ["group", "reports", "silent", "incidents"]
    ]


def _groups(stored: Stored, by: str) -> set[str]:
    report = stored.report
    if by == "month":
        return {report.published.isoformat()[:7] if report.published else "no date"}
    return {str(getattr(report, by) or "not given")}


def side_by_side(summary: Summary, book: Book) -> pd.DataFrame:
    """What each source says, a row each; "≠" before what differs from the first word on it, blanks do not differ."""
    rows = []
    for claim in summary.claims:
        report = book.reports[claim.report_id].report
        place = claim.where.place.name if claim.where and claim.where.place else ""
        when = words.dates(claim.when.start.isoformat(), claim.when.end.isoformat()) if claim.when else ""
        actor = "" if claim.actor_name == UNKNOWN_ACTOR else claim.actor_name
        counted = ", ".join(f"{words.count(n)} {name}" for name, n in sorted(claim.counts.items()))
        rows.append(
            {
                "source": report.publisher or "no publisher",
                "actor": actor,
                "place": place,
                "date": when,
                "told as": words.ASSERTIONS[claim.assertion],
                "on the word of": ", ".join(claim.attributed_to),
                "counted": counted,
            }
        )
    told = pd.DataFrame(rows, dtype=str)
    for name in ("actor", "place", "date", "told as", "counted"):
        said = [value for value in told[name] if value] if len(told) else []
        if len(set(said)) > 1:
            told[name] = [f"≠ {v}" if v and v != said[0] else v for v in told[name]]
    return told


def weighed(summary: Summary) -> list[dict[str, Any]]:
    """The places that the geocoder chose and those it turned down, a row each, for every name."""
    rows: list[dict[str, Any]] = []
    for claim in summary.claims:
        where = claim.where
        if where is None or where.place is None:
            continue
        first = {"name in the text": where.span.text, "place": where.place.name, "chosen": "yes"}
        rows.append({**first, "province": where.place.admin1, "country": where.place.country, "likelihood": None})
        for candidate in where.candidates:
            place = candidate.place
            if (place.lat, place.lon) != (where.place.lat, where.place.lon):
                row = {"name in the text": where.span.text, "place": place.name, "chosen": "no"}
                rows.append({**row, "province": place.admin1, "country": place.country, "likelihood": candidate.score})
    unique = {(r["name in the text"], r["place"], r["province"], r["country"]): r for r in rows}
    return list(unique.values())


def at_site(summary: Summary, book: Book) -> list[Summary]:
    """Other incidents of reports at the same place, in whatever spelling, by date; none for a province or wider."""
    place = summary.place
    if place is None or (summary.properties["where_prec"] or AREA_FROM) >= AREA_FROM:
        return []
    return [
        s
        for s in book.summaries
        if s.incident is not None
        and s.id != summary.id
        and s.place is not None
        and (s.properties["where_prec"] or AREA_FROM) < AREA_FROM
        and great_circle((place.lat, place.lon), (s.place.lat, s.place.lon)).km <= _SITE_KM
    ]


def candidates(summary: Summary) -> list[dict[str, Any]]:
    """Places that the geocoder weighed for the incident's names, the chosen ones first, none twice."""
    found: dict[tuple[float, float], dict[str, Any]] = {}
    chosen = [c.where.place for c in summary.claims if c.where and c.where.place]
    weighed = [x.place for c in summary.claims if c.where for x in c.where.candidates]
    for place in (*chosen, *weighed):
        told = {"country": place.country, "admin1": place.admin1, "uncertainty_km": place.uncertainty_km}
        spot = {"place_name": place.name, "lat": place.lat, "lon": place.lon}
        found.setdefault((round(place.lat, 4), round(place.lon, 4)), spot | told)
    return list(found.values())


def neighbours(summary: Summary, book: Book, most: int = 50) -> list[Summary]:
    """Other incidents of reports, the nearest in place and time first."""

    def away(other: Summary) -> tuple[float, float]:
        days = _days_between(summary.properties["start_date"], other.properties["start_date"])
        if summary.place is None or other.place is None:
            return 1e6, days
        km = great_circle((summary.place.lat, summary.place.lon), (other.place.lat, other.place.lon)).km
        return km + days / 3, days

    others = [s for s in book.summaries if s.incident is not None and s.id != summary.id]
    return sorted(others, key=away)[:most]


def _days_between(a: str | None, b: str | None) -> float:
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) if a and b else 1e4


def paragraph_around(text: str, start: int, end: int, most: int = 1200) -> tuple[str, int, int]:
    """The paragraph that holds a stretch of a report, and where the stretch lies in it; cut to `most` around it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    first, last = max(first, start - most), min(last, end + most)
    return text[first:last], start - first, end - first
