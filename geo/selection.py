"""Filters over incidents: the same for the exports of the command line and of the dashboard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from geo.consensus import Summary
from geo.errors import FilterError
from geo.model import INCIDENT_TYPES, STATUSES


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show: each field empty or None lets everything pass. `bbox` is W, S, E, N in degrees."""

    actor: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    status: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises FilterError for values that no incident can have."""
        for name, values, known in (
            ("--type", self.type, INCIDENT_TYPES),
            ("--status", self.status, STATUSES),
        ):
            for value in values:
                if value not in known:
                    raise FilterError(name, value, f"is none of {', '.join(known)}")

    def passes(self, summary: Summary) -> bool:
        """Whether an incident is to be shown. One without a date or place fails a filter on it."""
        p = summary.properties
        return (
            (not self.actor or p["actor_name"] in self.actor)
            and (not self.type or p["incident_type"] in self.type)
            and (not self.country or p["country"] in self.country)
            and (not self.status or p["status"] in self.status)
            and (not self.year or any(y in self.year for y in years(p)))
            and (self.since is None or (p["end_date"] is not None and p["end_date"] >= self.since.isoformat()))
            and (self.until is None or (p["start_date"] is not None and p["start_date"] <= self.until.isoformat()))
            and (self.bbox is None or _inside(summary, self.bbox))
        )

    def of(self, summaries: Iterable[Summary]) -> list[Summary]:
        """Those that pass, in their order."""
        return [s for s in summaries if self.passes(s)]

    def stated(self) -> dict[str, Any]:
        """The filters in force, fit for JSON."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value not in ((), None)
        }


def bbox(text: str) -> tuple[float, float, float, float]:
    """The box that "W,S,E,N" means. Raises FilterError."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise FilterError("--bbox", text, "is not W,S,E,N in degrees, as 35.5,32.3,42.4,37.3") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise FilterError("--bbox", text, "lies outside the world; give W,S,E,N in degrees")
    return west, south, east, north


def years(properties: Mapping[str, Any]) -> range:
    """Every year that an incident's interval touches."""
    if properties["start_date"] is None:
        return range(0)
    return range(int(properties["start_date"][:4]), int(properties["end_date"][:4]) + 1)


def _inside(summary: Summary, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    place = summary.place
    if place is None or not south <= place.lat <= north:
        return False
    # A box whose west lies east of its east spans the antimeridian (RFC 7946, 5.2).
    return west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
