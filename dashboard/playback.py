"""Playback of the timeline: time windows, one after the other. No Streamlit here."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

STEPS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Playback:
    """A time window that is one `step` wide and moves by a step, or that `grows` from the first day, until `last`."""

    first: date
    last: date
    step: str
    grows: bool
    at: date

    @classmethod
    def begin(cls, first: date, last: date, step: str, grows: bool) -> Playback:
        """The first window of a time span."""
        return cls(first, last, step, grows, _start(first, step))

    @property
    def window(self) -> tuple[date, date]:
        """First and last day of the window."""
        return (self.first if self.grows else self.at), _end(self.at, self.step)

    def following(self) -> Playback | None:
        """The next window; None at the end."""
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
