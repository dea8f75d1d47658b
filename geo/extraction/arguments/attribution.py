"""Who is the source for an act, and how certain a report is of it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.scoring import choose_assertion


@dataclass(frozen=True, slots=True)
class Attribution:
    """`assertion` of FORMATS.md, and the sources that are quoted for it."""

    assertion: str
    attributed_to: tuple[str, ...]


def attribution_of(document: Document, token: Token, blamed: bool) -> Attribution:
    """The attribution of an act by its own clause and sentence; what somebody is `blamed` for is a claim."""
    sources = document.language.attribution.sources(token.sent)
    return Attribution(choose_assertion(features(document, token, sources, blamed)), sources)


def attribution_of_pictures(document: Document, sentence: SpacySpan) -> Attribution:
    """The attribution of a sentence that says where pictures were taken."""
    patterns = document.language.attribution
    signs = {"hedged": float(patterns.is_hedged_sentence(sentence))}
    return Attribution(choose_assertion(signs), patterns.sources(sentence))


def features(document: Document, token: Token, sources: tuple[str, ...], blamed: bool) -> dict[str, float]:
    """What speaks for an act being denied or a claim, each 0 or 1."""
    patterns = document.language.attribution
    parties = patterns.parties(token.sent)
    return {
        "denied": float(patterns.is_denied(token)),
        "blamed": float(blamed),
        "hedged": float(patterns.is_hedged(token)),
        "quoted": float(patterns.is_in_scare_quotes(token)),
        "hearsay": float(any(patterns.is_hearsay(source) or source in parties for source in sources)),
    }
