"""The record of one place name in a report, from its recognition to its resolution."""

from __future__ import annotations

from dataclasses import dataclass

from geo.extraction.toponyms.containers import Container
from geo.gazetteer import Match
from geo.model import Candidate, Relation


@dataclass(frozen=True, slots=True)
class ToponymMention:
    """A place name where it stands in a report. Each step fills its fields by `dataclasses.replace`.

    Recognition gives the span: `start` and `end` in the report's text, `end` exclusive, and `name`, the words as the
    report writes them; the gazetteer's `matches` of the name, empty where it has none; and what the words around the
    name say: `kind`, the GeoNames feature code that they ask for, `container`, the place that contains it ("X, Y"), and
    the `relation` by which something is placed relative to it, whose words begin at `relation_start`. `facility` says
    that the name begins that of a facility: "Evergreen Cemetery"; `abbreviated` that it is a short form: "Ky.";
    `marked` that words beside it, or the model, take it for a place whatever the gazetteer has.

    Resolution gives `candidates`, the places that it can mean, likeliest first; empty where nothing has the name.

    Coordinates in the text are mentions too, with the position that they give as their one candidate. `reason` says why
    coordinates are impossible, or that a name with coordinates beside it lies elsewhere in the gazetteer.
    `describes_name` is for coordinates that stand beside the name of the place that they are of.

    `country` is the country that the report names most (ISO 3166-1).
    """

    start: int
    end: int
    name: str
    matches: tuple[Match, ...] = ()
    kind: str | None = None
    container: Container | None = None
    relation: Relation | None = None
    relation_start: int | None = None
    facility: bool = False
    abbreviated: bool = False
    marked: bool = True
    candidates: tuple[Candidate, ...] = ()
    reason: str | None = None
    describes_name: bool = False
    country: str | None = None

    def overlaps(self, other: ToponymMention) -> bool:
        """Whether the two share a character of the text."""
        return self.start < other.end and other.start < self.end
