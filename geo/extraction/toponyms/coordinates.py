"""Coordinates in a report as toponyms of their own."""

from __future__ import annotations

from dataclasses import replace

from geo.extraction.document import Document
from geo.extraction.toponyms.context import ReportContext
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.lookup import Entry
from geo.gazetteer.schema import MAIN
from geo.geocoding.coordinates import find_positions
from geo.geocoding.written_position import SOURCE, WrittenPosition
from geo.model import Candidate, Place

# Set by hand. A settlement farther from a position may lie in another country or division.
_SETTLEMENT_KM = 30.0


def positions_in(document: Document) -> list[WrittenPosition]:
    """The coordinates in the parts of a document that are read, in order."""
    positions = find_positions(document.report.text, document.language.coordinates)
    return [p for p in positions if document.paragraph_of(p.start) is not None]


def coordinate_mention(
    position: WrittenPosition, document: Document, context: ReportContext, gazetteer: Gazetteer
) -> ToponymMention:
    """The mention of coordinates: placed where they are, or with the reason why they are impossible."""
    name = document.report.text[position.start : position.end]
    mention = ToponymMention(position.start, position.end, name, reason=position.reason)
    if position.reason:
        return mention
    placed = placed_mention(mention, _place(position, context, gazetteer))
    stated = document.language.relations.relation_beside(document.text, position.start, name)
    if stated is None:
        return placed
    relation, start = stated
    return replace(placed, relation=replace(relation, anchor=position.name), relation_start=start)


def _place(position: WrittenPosition, context: ReportContext, gazetteer: Gazetteer) -> Place:
    """The place of a position, in the country and division of the nearest settlement.

    Far from any it is in the country that the report names, where that is one.
    """
    settlement = gazetteer.nearest_settlement(position.lat, position.lon, _SETTLEMENT_KM)
    country = context.country if len(context.countries) == 1 else None
    return Place(
        name=position.name,
        lat=position.lat,
        lon=position.lon,
        country=settlement.country if settlement else country,
        admin1=settlement.admin1 if settlement else None,
        feature=None,
        source=SOURCE,
        source_id=None,
        uncertainty_km=position.uncertainty_km,
        admin1_code=settlement.admin1_code if settlement else None,
    )


def placed_mention(mention: ToponymMention, place: Place) -> ToponymMention:
    """The mention at one place, which is also its only match, so that it counts as context for the other names."""
    match = Match(Entry(0, place, 0), MAIN, 1.0)
    return replace(mention, matches=(match,), candidates=(Candidate(place, 0.0),))
