"""Filters over incidents: the same for the exports of the command line and of the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from geo.errors import FilterError
from geo.model import ACTOR_CATEGORIES, ASSERTIONS, INCIDENT_TYPES, STATUSES, TARGET_TYPES

CLOCKS = ("occurred", "reported", "added")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show: each field empty or None lets everything pass; `Frame.of` applies it.

    `bbox` is W, S, E, N in degrees. `within_km` asks for places known at least that exactly, `independent` for so
    many independent sources, `text` for words in evidence and names. `clock` says which of an incident's dates `year`,
    `since` and `until` are about. One without a date or place fails a filter on it.
    """

    actor: tuple[str, ...] = ()
    actor_category: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    target_type: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    assertion: tuple[str, ...] = ()
    within_km: float | None = None
    status: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    independent: int | None = None
    dataset: tuple[str, ...] = ()
    text: str = ""
    clock: str = CLOCKS[0]

    def __post_init__(self) -> None:
        """Raises FilterError for values that no incident can have."""
        for name, values, known in (
            ("--type", self.type, INCIDENT_TYPES),
            ("--status", self.status, STATUSES),
            ("--target-type", self.target_type, TARGET_TYPES),
            ("--actor-category", self.actor_category, ACTOR_CATEGORIES),
            ("--assertion", self.assertion, ASSERTIONS),
            ("--clock", (self.clock,), CLOCKS),
        ):
            for value in values:
                if value not in known:
                    raise FilterError(name, value, f"is none of {', '.join(known)}")

    @classmethod
    def read(cls, stated: Mapping[str, Any]) -> Selection:
        """The filters that `stated` wrote. Raises FilterError."""
        days = {name: date.fromisoformat(stated[name]) for name in ("since", "until") if name in stated}
        many = {name: tuple(value) for name, value in stated.items() if isinstance(value, list | tuple)}
        return cls(**{**stated, **many, **days})

    def stated(self) -> dict[str, Any]:
        """The filters in force, fit for JSON."""
        held = {f.name: getattr(self, f.name) for f in fields(self)}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in held.items()
            if value not in ((), None, "", CLOCKS[0])
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
