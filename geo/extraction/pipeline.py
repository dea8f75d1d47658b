"""From a report to what it says: places, then deeds, then claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from geo.extraction.arguments.actor import ActorFinder
from geo.extraction.arguments.attribution import StanceReader
from geo.extraction.claims import make_claims
from geo.extraction.document import Document, prepare
from geo.extraction.event_mentions import TellingReader
from geo.extraction.languages.en import ENGLISH
from geo.extraction.languages.en.time_expressions import dateline
from geo.extraction.languages.en.vocabulary import lexicon
from geo.extraction.toponyms.extraction import OnlineLookup, ToponymExtractor, to_toponym
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.triggers import ActFinder
from geo.extraction.truecasing import Truecaser
from geo.gazetteer import Gazetteer
from geo.model import Claim, Extraction, Report, Toponym

_READ_LANGUAGES = ("en",)
_NAMES = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}")


class Extractor:
    """Reads reports. Costly to make (loads the model), cheap to use; one per process."""

    def __init__(self, gazetteer: Gazetteer, online: OnlineLookup | None = None) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon()
        self._truecaser = Truecaser(gazetteer, ENGLISH)
        self._toponyms = ToponymExtractor(gazetteer, ENGLISH, online)
        self._acts = ActFinder(self._lexicon)
        self._actors = ActorFinder(gazetteer)
        self._stances = StanceReader(self._lexicon)

    def extract(self, report: Report, ref: date | None = None) -> Extraction:
        """Every place name and every claim of a report; nothing where its language is not read yet.

        `ref` is the day that "yesterday" is read against where the report gives none itself.
        """
        return self._extract(report, ref, self._triggered(report)) if _is_read(report) else Extraction(report, (), ())

    def claims(self, report: Report, ref: date | None = None) -> Extraction:
        """`extract` for those who want claims alone: a report without any word for a deed is not even parsed."""
        told = _is_read(report) and self._triggered(report)
        return self._extract(report, ref, told) if told else Extraction(report, (), ())

    def _extract(self, report: Report, ref: date | None, triggered: bool) -> Extraction:
        document = prepare(report, self._truecaser.restore)
        mentions = self._toponyms.extract(document)
        toponyms = tuple(to_toponym(m) for m in mentions)
        claims = self._claims(document, mentions, toponyms, ref) if triggered else ()
        return Extraction(report, toponyms, claims)

    def _triggered(self, report: Report) -> bool:
        return self._lexicon.triggered(report.text, self._names_site)

    def _names_site(self, text: str) -> bool:
        """Whether a text names a site of the gazetteer."""
        names = {name for run in _NAMES.findall(text) for name in (run, *run.split())}
        return any(
            m.entry.place.feature in self._lexicon.features for name in names for m in self._gazetteer.exact(name)
        )

    def _claims(
        self, document: Document, mentions: Sequence[ToponymMention], toponyms: Sequence[Toponym], ref: date | None
    ) -> tuple[Claim, ...]:
        deeds = self._acts.find(document, mentions)
        if not deeds:
            return ()
        actors = self._actors.find(document)
        day = document.report.published or dateline(document.report.text) or ref
        reader = TellingReader(document, toponyms, actors, (self._lexicon, self._actors, self._stances), day)
        return make_claims(document, reader, reader.read(deeds))


def _is_read(report: Report) -> bool:
    return (report.language or "en").split("-")[0] in _READ_LANGUAGES
