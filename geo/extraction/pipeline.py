"""From a report to what it says: places, then deeds, then claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from geo.extraction.arguments.actor import ActorFinder
from geo.extraction.arguments.attribution import StanceReader
from geo.extraction.claims import make_claims
from geo.extraction.document import Document, prepare
from geo.extraction.event_mentions import TellingReader
from geo.extraction.languages.en.time_expressions import dateline
from geo.extraction.languages.en.vocabulary import lexicon
from geo.extraction.toponyms.context import common_words, is_dateline
from geo.extraction.toponyms.recognition import Mention, Spotter
from geo.extraction.triggers import ActFinder
from geo.extraction.truecasing import Caser
from geo.extraction.version import extractor_version
from geo.gazetteer import Gazetteer, Match
from geo.geocoding.relative import relation_before
from geo.geocoding.resolve import SIZEABLE, Context, Question, resolve, where_prec
from geo.model import Candidate, Claim, Extraction, Place, Report, Span, Toponym

_READ_LANGUAGES = ("en",)
_NAMES = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")


class Extractor:
    """Reads reports. Costly to make (loads the model), cheap to use; one per process."""

    def __init__(self, gazetteer: Gazetteer, online: Callable[[str, str | None], Place | None] | None = None) -> None:
        self._gazetteer, self._online = gazetteer, online
        self.version = extractor_version(gazetteer)
        self._lexicon = lexicon()
        self._caser = Caser(gazetteer)
        self._spotter = Spotter(gazetteer)
        self._acts = ActFinder(self._lexicon)
        self._actors = ActorFinder(gazetteer)
        self._stances = StanceReader(self._lexicon)

    def extract(self, report: Report, ref: date | None = None) -> Extraction:
        """Every place name and every claim of a report; nothing where its language is not read yet.

        `ref` is the day that "yesterday" is relative to where the report itself gives none.
        """
        if not _is_read(report):
            return Extraction(report, (), (), self.version)
        document = prepare(report, self._caser.cased)
        mentions = self._spotter.spot(document)
        toponyms = self._resolved(document, mentions)
        claims = self._claims(document, mentions, toponyms, ref) if self._triggered(report) else ()
        return Extraction(report, toponyms, claims, self.version)

    def _triggered(self, report: Report) -> bool:
        return self._lexicon.triggered(report.text, self._names_site)

    def _names_site(self, text: str) -> bool:
        """Whether a text names a site of the gazetteer."""
        names = {name for run in _NAMES.findall(text) for name in (run, *run.split())}
        return any(
            m.entry.place.feature in self._lexicon.features for name in names for m in self._gazetteer.exact(name)
        )

    def _claims(
        self, document: Document, mentions: Sequence[Mention], toponyms: Sequence[Toponym], ref: date | None
    ) -> tuple[Claim, ...]:
        deeds = self._acts.find(document, mentions)
        if not deeds:
            return ()
        actors = self._actors.find(document)
        day = document.report.published or dateline(document.report.text) or ref
        reader = TellingReader(document, toponyms, actors, (self._lexicon, self._actors, self._stances), day)
        return make_claims(document, reader, reader.read(deeds))

    def _resolved(self, document: Document, mentions: Sequence[Mention]) -> tuple[Toponym, ...]:
        questions = [Question(m.name, m.kind, m.within, m.matches) for m in mentions]
        context = self._context(document, mentions)
        answers = resolve(questions, context, self._gazetteer)
        found = []
        for mention, candidates in zip(mentions, answers, strict=True):
            span = Span(mention.name, mention.start, mention.end)
            told = relation_before(document.text, mention.start, mention.name)
            known = candidates or self._asked_online(mention, context)
            if not known:
                found.append(Toponym(span, None, reason="not in the gazetteer under this name or one like it"))
                continue
            place = known[0].place
            found.append(
                Toponym(
                    span,
                    place,
                    where_prec(place),
                    place.uncertainty_km,
                    relation=told[0] if told else None,
                    candidates=known,
                )
            )
        return tuple(found)

    def _asked_online(self, mention: Mention, context: Context) -> tuple[Candidate, ...]:
        """What the online geocoder says of a name that the gazetteer has not, in the country most named."""
        if self._online is None:
            return ()
        place = self._online(mention.name, context.country)
        return (Candidate(place, 0.0),) if place is not None else ()

    def _context(self, document: Document, mentions: Sequence[Mention]) -> Context:
        """Countries by how often the text names them or their people; the dateline and the publisher's home count."""
        named: Counter[str] = Counter()
        for mention in mentions:
            countries = [m.entry.place.country for m in mention.matches if m.entry.place.feature == "PCLI"]
            if is_dateline(document.text, mention.start, mention.end):
                countries += [m.entry.place.country for m in mention.matches[:1]]
            named.update(c for c in countries if c)
        named.update(self._countries_of(document.text))
        named.update(self._countries_of(document.report.publisher or "", self._gazetteer.exact))
        return Context(named)

    def _countries_of(self, text: str, exact: Callable[[str], Sequence[Match]] | None = None) -> Iterator[str]:
        """The countries whose people a text names; with `exact` those that its own names lie in too."""
        for word in _CAPITALISED.findall(text):
            country = self._gazetteer.demonym(word)
            if country is None and exact is not None and word.lower() not in common_words():
                known = [m.entry for m in exact(word) if m.entry.population >= SIZEABLE]
                country = known[0].place.country if known else None
            if country:
                yield country


def _is_read(report: Report) -> bool:
    return (report.language or "en").split("-")[0] in _READ_LANGUAGES
