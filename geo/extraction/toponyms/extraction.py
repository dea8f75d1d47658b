"""The place names of a report and the places that they mean: recognised, resolved, and made ready for output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from geo.extraction.document import Document
from geo.extraction.languages.interface import Language
from geo.extraction.toponyms.context import ReportContext, report_context
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.toponyms.recognition import ToponymRecognizer
from geo.gazetteer import Gazetteer
from geo.geocoding.precision import where_prec
from geo.geocoding.resolve import resolve
from geo.model import Candidate, Place, Span, Toponym

# The place of a name in a country (ISO 3166-1) where one is given; None where the server does not know it.
OnlineLookup = Callable[[str, str | None], Place | None]


class ToponymExtractor:
    """Recognises and resolves the place names of documents; `online` is asked for names that the gazetteer lacks."""

    def __init__(self, gazetteer: Gazetteer, language: Language, online: OnlineLookup | None = None) -> None:
        self._gazetteer, self._language, self._online = gazetteer, language, online
        self._recognizer = ToponymRecognizer(gazetteer, language)

    def extract(self, document: Document) -> list[ToponymMention]:
        """Every place name of a document in order, with the candidates for its place, likeliest first."""
        mentions = self._recognizer.recognize(document)
        context = report_context(document, mentions, self._gazetteer, self._language.places)
        resolved = resolve(mentions, context, self._gazetteer)
        return [self._with_online(replace(m, country=context.country), context) for m in resolved]

    def _with_online(self, mention: ToponymMention, context: ReportContext) -> ToponymMention:
        """The mention, with the online geocoder's place where the gazetteer has none."""
        if mention.candidates or self._online is None:
            return mention
        place = self._online(mention.name, context.country)
        return replace(mention, candidates=(Candidate(place, 0.0),)) if place is not None else mention


def to_toponym(mention: ToponymMention) -> Toponym:
    """The output form of a mention: at its likeliest candidate, or with the reason why its place is unknown."""
    span = Span(mention.name, mention.start, mention.end)
    if not mention.candidates:
        reason = "not in the gazetteer under this name or one like it"
        return Toponym(span, None, reason=reason, relation_start=mention.relation_start, country=mention.country)
    place = mention.candidates[0].place
    return Toponym(
        span,
        place,
        where_prec(place),
        place.uncertainty_km,
        relation=mention.relation,
        relation_start=mention.relation_start,
        candidates=mention.candidates,
    )
