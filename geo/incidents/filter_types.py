"""What a filter consists of, and the parsers of its values as a URL or a command line gives them.

Each parser raises ValueError with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from geo.errors import FilterError
from geo.incidents.record import IncidentRecord

Widget = Literal["values", "date", "area", "choice", "text", "clock"]
Box = tuple[float, float, float, float]
_MOST_DIGITS = 9  # of a number of sources: the most that always fit a database's 32-bit whole number


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: what it is called, how its value is read from text, and what it selects.

    `parse` raises ValueError with the reason. `codes` are the only values accepted, where there are such; `choices`
    are the values that a widget offers. `values` gives the values of a record for a filter by values (`many`);
    the other filters are applied in `geo.incidents.columns`. `phrase` says a value in words.
    """

    label: str
    help: str
    widget: Widget
    parse: Callable[[str], Any] = str
    phrase: str = "{}"
    metavar: str = "TEXT"
    many: bool = False
    codes: tuple[str, ...] = ()
    choices: tuple[float, ...] = ()
    values: Callable[[IncidentRecord], Iterable[Any]] | None = None
    name: str = ""
    default: Any = None

    @property
    def option(self) -> str:
        """Its option on the command line."""
        return f"--{self.name.replace('_', '-')}"

    def read(self, text: str) -> Any:
        """The value that a text means. Raises FilterError."""
        try:
            return self.parse(text)
        except (ValueError, OverflowError) as error:
            raise FilterError(self.option, text, str(error)) from error

    def check(self, value: Any) -> None:
        """Raises FilterError for a value that no incident can have."""
        if self.codes and value not in self.codes:
            raise FilterError(self.option, str(value), f"is not one of {', '.join(self.codes)}")

    def texts(self, value: Any) -> list[str]:
        """The texts that `read` turns into a value of a selection; none where the filter is not in force."""
        if value == self.default:
            return []
        return [value_text(v) for v in value] if self.many else [value_text(value)]

    def describe(self, value: Any, label_of: Callable[[Any], str] = str) -> str:
        """A value of a selection in words; `label_of` gives the words for a code."""
        if self.many:
            return f"{self.label.lower()}: {', '.join(label_of(v) for v in value)}"
        return self.phrase.format(*value) if isinstance(value, tuple) else self.phrase.format(value)


def parse_year(text: str) -> int:
    """A year."""
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text)):
        raise ValueError("is not a year; write it as 2015")
    return int(text)


def parse_day(text: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("is not a date; write it as 2015-01-31") from error


def parse_box(text: str) -> Box:
    """The box that "W,S,E,N" means, in degrees."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError("is not W,S,E,N in degrees, as 35.5,32.3,42.4,37.3") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("lies outside the world; give W,S,E,N in degrees")
    return west, south, east, north


def parse_km(text: str) -> float:
    """A distance in kilometres."""
    try:
        km = float(text)
    except ValueError:
        km = math.nan
    if not (math.isfinite(km) and km >= 0):
        raise ValueError("is not a distance; give kilometres, as 5")
    return km


def parse_number(text: str) -> int:
    """A number of sources."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text)):
        raise ValueError("is not a number of sources; write it as 2")
    return int(text)


def parse_country(text: str) -> str:
    """A country as records have it: two letters are an ISO code, in capitals."""
    return text.upper() if len(text) == 2 else text


def value_text(value: Any) -> str:
    """The text of a value, which its parser reads back."""
    if isinstance(value, tuple):
        return ",".join(str(v) for v in value)
    return value.isoformat() if isinstance(value, date) else str(value)
