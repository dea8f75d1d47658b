"""The place names of a report and the places that they mean: recognised, resolved, and made ready for output."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from geo.extraction.document import Document
from geo.extraction.languages.interface import Language
from geo.extraction.toponyms.context import ReportContext, report_context
from geo.extraction.toponyms.coordinates import coordinate_mention, positions_in
from geo.extraction.toponyms.coordinates_beside_names import (
    CheckedNames,
    certain_positions,
    check_names,
    unrecognised_names,
)
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.toponyms.recognition import ToponymRecognizer
from geo.gazetteer import Gazetteer
from geo.geocoding.precision import where_prec
from geo.geocoding.resolve import resolve
from geo.geocoding.written_position import WrittenPosition
from geo.model import Candidate, DroppedName, Place, Span, Toponym

# The place of a name in a country (ISO 3166-1) where one is given; None where the server does not know it.
OnlineLookup = Callable[[str, str | None], Place | None]


class ToponymExtractor:
    """Recognises and resolves the place names of documents; `online` is asked for names that the gazetteer lacks."""

    def __init__(self, gazetteer: Gazetteer, language: Language, online: OnlineLookup | None = None) -> None:
        self._gazetteer, self._language, self._online = gazetteer, language, online
        self._recognizer = ToponymRecognizer(gazetteer, language)

    def extract(self, document: Document) -> list[ToponymMention]:
        """Every place name of a document in order, with the candidates for its place, likeliest first."""
        return self.read(document)[0]

    def read(self, document: Document) -> tuple[list[ToponymMention], tuple[DroppedName, ...]]:
        """Every place name of a document as `extract` gives it, and the names that were not taken for places."""
        positions = positions_in(document)
        recognised, dropped = self._recognizer.read(document)
        names = _outside(recognised, positions)
        positions = certain_positions(positions, names, document)
        context = report_context(document, names, self._gazetteer, self._language.places)
        coordinates = [coordinate_mention(p, document, context, self._gazetteer) for p in positions]
        placed = [c for c in coordinates if c.candidates]
        names = _in_order([*names, *unrecognised_names(names, placed, document)])
        checked = check_names(names, placed, document, self._gazetteer)
        resolved = resolve(_in_order([*map(checked.apply, names), *placed]), context, self._gazetteer)
        kept = {m.start for m in resolved}
        elsewhere = (_dropped(m) for m in names if m.start not in kept)
        return self._completed(resolved, coordinates, checked, context), (*dropped, *elsewhere)

    def _completed(
        self,
        resolved: Sequence[ToponymMention],
        coordinates: Sequence[ToponymMention],
        checked: CheckedNames,
        context: ReportContext,
    ) -> list[ToponymMention]:
        """The resolved names, those with coordinates beside them placed by these, and the coordinates, in order."""
        starts = {c.start for c in coordinates}
        names = [replace(checked.apply(m), country=context.country) for m in resolved if m.start not in starts]
        described = (replace(c, describes_name=c.start in checked.describing) for c in coordinates)
        return _in_order([*(self._with_online(n, context) for n in names), *described])

    def _with_online(self, mention: ToponymMention, context: ReportContext) -> ToponymMention:
        """The mention, with the online geocoder's place where the gazetteer has none."""
        if mention.candidates or self._online is None:
            return mention
        place = self._online(mention.name, context.country)
        return replace(mention, candidates=(Candidate(place, 0.0),)) if place is not None else mention


def _outside(names: Iterable[ToponymMention], positions: Sequence[WrittenPosition]) -> list[ToponymMention]:
    """The names that share no character with a position; both are in the order of the text."""
    starts = [p.start for p in positions]
    last = ((n, bisect_left(starts, n.end) - 1) for n in names)
    return [n for n, i in last if i < 0 or positions[i].end <= n.start]


def _dropped(mention: ToponymMention) -> DroppedName:
    """A name that resolution left out, with why."""
    facility = "begins the name of a facility that lies elsewhere"
    reason = facility if mention.facility else "only places in countries that the report does not name have it"
    return DroppedName(Span(mention.name, mention.start, mention.end), reason)


def _in_order(mentions: Iterable[ToponymMention]) -> list[ToponymMention]:
    return sorted(mentions, key=lambda m: m.start)


def _missing(mention: ToponymMention) -> str:
    """Why a name has no place: where it is said to lie, the gazetteer does not have it."""
    container = mention.container
    where = f" in {container.name}" if container is not None and container.binding else ""
    return f"not in the gazetteer under this name or one like it{where}"


def to_toponym(mention: ToponymMention) -> Toponym:
    """The output form of a mention: at its likeliest candidate, or with the reason why its place is unknown."""
    span = Span(mention.name, mention.start, mention.end)
    if not mention.candidates:
        reason = mention.reason or _missing(mention)
        return Toponym(span, None, reason=reason, relation_start=mention.relation_start, country=mention.country)
    place = mention.candidates[0].place
    return Toponym(
        span,
        place,
        where_prec(place),
        place.uncertainty_km,
        relation=mention.relation,
        reason=mention.reason,
        relation_start=mention.relation_start,
        candidates=mention.candidates,
    )
