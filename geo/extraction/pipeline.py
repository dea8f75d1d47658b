"""From a report to what it says: place names, then triggers, their arguments and claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from geo.extraction.arguments.actor import ActorFinder
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.claims import make_claims
from geo.extraction.document import Document, prepare
from geo.extraction.event_mentions import event_mentions
from geo.extraction.languages.interface import Language
from geo.extraction.languages.registry import language_of
from geo.extraction.toponyms.extraction import OnlineLookup, ToponymExtractor, to_toponym
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.triggers import find_triggers
from geo.extraction.truecasing import Truecaser
from geo.extraction.version import extractor_version
from geo.gazetteer import Gazetteer
from geo.model import Claim, Extraction, Report, Toponym

_NAMES = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}")  # runs of up to three words with a capital
_DEFAULT_LANGUAGE = "en"


class Extractor:
    """Reads reports. Costly to make (loads the model), cheap to use; one per process. `version` identifies it."""

    def __init__(self, gazetteer: Gazetteer, online: OnlineLookup | None = None) -> None:
        self._gazetteer, self._online = gazetteer, online
        self.version = extractor_version(gazetteer)
        self._actors = ActorFinder(gazetteer)
        self._readers: dict[str, _Reader] = {}

    def extract(self, report: Report, ref: date | None = None) -> Extraction:
        """Every place name and every claim of a report; nothing where its language is not read.

        `ref` is the day that "yesterday" is read against where the report gives none itself.
        """
        language = language_of(report.language or _DEFAULT_LANGUAGE)
        if language is None:
            return Extraction(report, (), (), self.version)
        reader = self._readers.get(language.code)
        if reader is None:
            reader = self._readers[language.code] = _Reader(language, self._gazetteer, self._actors, self._online)
        return replace(reader.extract(report, ref), extractor=self.version)


class _Reader:
    """Reads the reports of one language."""

    def __init__(
        self, language: Language, gazetteer: Gazetteer, actors: ActorFinder, online: OnlineLookup | None
    ) -> None:
        self._language, self._gazetteer, self._actors = language, gazetteer, actors
        self._model = language.load_model()
        self._truecaser = Truecaser(gazetteer, language)
        self._toponyms = ToponymExtractor(gazetteer, language, online)

    def extract(self, report: Report, ref: date | None) -> Extraction:
        document = prepare(report, self._language, self._model, self._truecaser.restore)
        mentions, dropped = self._toponyms.read(document)
        toponyms = tuple(to_toponym(m) for m in mentions)
        may_hold = self._language.lexicon.may_hold_incident(report.text, self._names_site)
        claims = self._claims(document, mentions, toponyms, ref) if may_hold else ()
        return Extraction(report, toponyms, claims, dropped=dropped)

    def _names_site(self, text: str) -> bool:
        """Whether a text names a site of the gazetteer."""
        names = {name for run in _NAMES.findall(text) for name in (run, *run.split())}
        features = self._language.lexicon.features
        return any(m.entry.place.feature in features for name in names for m in self._gazetteer.exact(name))

    def _claims(
        self, document: Document, mentions: Sequence[ToponymMention], toponyms: Sequence[Toponym], ref: date | None
    ) -> tuple[Claim, ...]:
        triggers = find_triggers(document, mentions)
        if not triggers:
            return ()
        report = document.report
        day = report.published or self._language.times.dateline(report.text) or ref
        # Coordinates beside a name say where its place is; the name stands for both.
        places = [t for m, t in zip(mentions, toponyms, strict=True) if not m.describes_name]
        context = ArgumentContext(document, places, self._actors.mentions(document), self._actors, day)
        return make_claims(context, event_mentions(context, triggers))
