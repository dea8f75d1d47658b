"""The record of one place name in a report, from its recognition to its resolution."""

from __future__ import annotations

from dataclasses import dataclass

from geo.gazetteer import Match
from geo.model import Candidate, Relation


@dataclass(frozen=True, slots=True)
class ToponymMention:
    """A place name where it stands in a report. Each step fills its fields by `dataclasses.replace`.

    Recognition gives the span: `start` and `end` in the report's text, `end` exclusive, and `name`, the words as the
    report writes them; the gazetteer's `matches` of the name, empty where it has none; and what the words around the
    name say: `kind`, the GeoNames feature code that they ask for, `container`, the name that contains it ("X, Y"), and
    the `relation` by which something is placed relative to it, whose words begin at `relation_start`.

    Resolution gives `candidates`, the places that it can mean, likeliest first; empty where nothing has the name.
    `country` is the country that the report names most (ISO 3166-1).
    """

    start: int
    end: int
    name: str
    matches: tuple[Match, ...] = ()
    kind: str | None = None
    container: str | None = None
    relation: Relation | None = None
    relation_start: int | None = None
    candidates: tuple[Candidate, ...] = ()
    country: str | None = None

    def overlaps(self, other: ToponymMention) -> bool:
        """Whether the two share a character of the text."""
        return self.start < other.end and other.start < self.end
