"""Playing the timeline: windows of time, one after the other. No Streamlit here."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

STEPS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Playback:
    """A window that is a `step` wide and moves by one, or `grows` from the first day on, up to `last`."""

    first: date
    last: date
    step: str
    grows: bool
    at: date

    @classmethod
    def begin(cls, first: date, last: date, step: str, grows: bool) -> Playback:
        """The first window of a span of time."""
        return cls(first, last, step, grows, _start(first, step))

    @property
    def window(self) -> tuple[date, date]:
        """First and last day shown now."""
        return (self.first if self.grows else self.at), _end(self.at, self.step)

    def following(self) -> Playback | None:
        """One step on; None at the end."""
        after = _end(self.at, self.step) + timedelta(days=1)
        return None if after > self.last else Playback(self.first, self.last, self.step, self.grows, after)


def _start(day: date, step: str) -> date:
    return day if step == "day" else day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _end(day: date, step: str) -> date:
    if step == "day":
        return day
    if step == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.replace(month=12, day=31)
