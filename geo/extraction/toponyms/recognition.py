"""Place names in a text: from the gazetteer and from spaCy's entities, sifted by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.extraction.document import Document
from geo.extraction.toponyms import context as cues
from geo.extraction.toponyms.scoring import DOUBTFUL, ENOUGH, Candidate, Signs
from geo.gazetteer import Gazetteer, Match
from geo.gazetteer.names import fold

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*")
_GAP = re.compile(r" |-| - |\. (?=[A-Z])")
_LIST = re.compile(r", (?:and |or )?| and | or | & |/|-")
_LONGEST = 6
_CAPITAL = re.compile(r"\b([A-Z][a-z]+) capital\b(?! [A-Z])")  # "the Yemeni capital Sana'a" is named itself
_NEVER = -3.0  # the sum of signs under which a name is no place, whatever the model or a word beside it says
_LEAST_GUESSED = 4  # letters of a name that is held against others' spelling


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name as it stands: offsets, what it looks up as, and what its words say about it.

    `kind` is the feature code that words beside the name ask for; `within` the name that contains it ("X, Y").
    """

    start: int
    end: int
    name: str
    kind: str | None
    within: str | None
    matches: tuple[Match, ...]


class Spotter:
    """Finds the place names of a document."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def spot(self, document: Document) -> list[Mention]:
        """Every place name, in order; `matches` is empty where the gazetteer has none of the name."""
        signs = Signs(document, self._gazetteer)
        accepted: list[Candidate] = []
        doubtful: list[Candidate] = []
        for options in self._scan(document):
            weighed = [(c, signs.weigh(c)) for c in options]
            best = next((c for c, score in weighed if score >= ENOUGH), None)
            if best is not None:
                accepted.append(best)
            else:
                doubtful += [c for c, score in weighed[:1] if score >= DOUBTFUL]
        accepted += self._capitals(document)
        accepted += _drawn_in(document.text, accepted, doubtful)
        taken = _apart(accepted)
        for candidate in (*self._called_a_place(document), *self._named_by_model(document)):
            if not any(_meet(candidate, t) for t in taken) and signs.weigh(candidate) > _NEVER:
                taken.append(candidate)
        return [self._mention(document, c) for c in sorted(taken, key=lambda c: c.start)]

    def _scan(self, document: Document) -> Iterator[list[Candidate]]:
        """For each capital the runs of words from there on that the gazetteer has as a name, longest first."""
        text = document.text
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        for i, (start, _) in enumerate(words):
            opens = text[start].isupper() or not text[start].isascii()
            if opens and document.paragraph_of(start) is not None:
                options = list(self._runs(text, words, i))
                if options:
                    yield options

    def _runs(self, text: str, words: list[tuple[int, int]], i: int) -> Iterator[Candidate]:
        start = words[i][0]
        last = i
        for j in range(i + 1, min(len(words), i + _LONGEST)):
            word = text[words[j][0] : words[j][1]]
            if not _GAP.fullmatch(text[words[j - 1][1] : words[j][0]]) or not _may_be_inside(word):
                break
            last = j
        for j in range(last, i - 1, -1):
            end = words[j][1]
            if text[words[j][0] : end] in cues.particles():
                continue
            name = text[start:end]
            dotted = text[start : end + 1]
            short = self._gazetteer.abbreviation(dotted) if dotted.endswith(".") else ()
            matches = short or self._gazetteer.abbreviation(name) or self._gazetteer.exact(name)
            if not matches and j > i and text[start : words[i][1]].lower() != "the":
                matches = self._gazetteer.exact_spelling(name)
            if matches:
                yield Candidate(start, end + bool(short), matches)

    def _capitals(self, document: Document) -> Iterator[Candidate]:
        """Capitals told by their people: "the Yemeni capital"."""
        for match in _CAPITAL.finditer(document.text):
            country = self._gazetteer.demonym(match[1])
            if country is not None and document.paragraph_of(match.start()) is not None:
                yield Candidate(match.start(), match.end(), self._gazetteer.capital(country))

    def _called_a_place(self, document: Document) -> Iterator[Candidate]:
        """Names that the words call a place, though none has them: "the village of X"."""
        text = document.text
        for match in cues.called_a_place().finditer(text):
            name = match["name"]
            if document.paragraph_of(match.start("name")) is not None and name.lower() not in cues.common_words():
                yield Candidate(
                    *match.span("name"), self._gazetteer.exact(name) or self._gazetteer.exact_spelling(name)
                )

    def _named_by_model(self, document: Document) -> Iterator[Candidate]:
        """Entities that spaCy takes for places, where a preposition does too, though no place has the name."""
        text = document.text
        for ent in document.doc.ents:
            if ent.label_ not in ("GPE", "LOC") or document.paragraph_of(ent.start_char) is None:
                continue
            start = document.doc[min(ent.start + (ent[0].lower_ in ("the", "a")), ent.end - 1)].idx
            end = ent.end_char - 2 if text[: ent.end_char].endswith("'s") else ent.end_char
            name = text[start:end]
            sure = cues.cue_before(text, start) == "strong" and name[:1].isupper() and not re.search(r"\d", name)
            if sure and len(name) >= _LEAST_GUESSED and name.lower() not in cues.common_words():
                yield self._guessed(start, end, name)

    def _guessed(self, start: int, end: int, name: str) -> Candidate:
        return Candidate(start, end, self._gazetteer.exact(name) or self._gazetteer.exact_spelling(name))

    def _mention(self, document: Document, candidate: Candidate) -> Mention:
        text, start, end = document.text, candidate.start, candidate.end
        return Mention(
            start,
            end,
            document.report.text[start:end],
            cues.kind_beside(text, start, end),
            cues.within(text, end),
            candidate.matches,
        )


def _may_be_inside(word: str) -> bool:
    return word[0].isupper() or not word.isascii() or word in cues.particles() or word in cues.kind_words()


def _drawn_in(text: str, accepted: list[Candidate], doubtful: list[Candidate]) -> list[Candidate]:
    """Doubtful names that stand in a list beside a place, or are named as one elsewhere."""
    known = {fold(text[c.start : c.end]) for c in accepted}
    places, drawn, changed = list(accepted), [], True
    while changed:
        changed = False
        for candidate in [c for c in doubtful if c not in drawn]:
            beside = any(
                _LIST.fullmatch(text[min(c.end, candidate.end) : max(c.start, candidate.start)]) for c in places
            )
            if beside or fold(text[candidate.start : candidate.end]) in known:
                drawn.append(candidate)
                places.append(candidate)
                changed = True
    return drawn


def _apart(candidates: list[Candidate]) -> list[Candidate]:
    """Candidates of which none overlaps another: the longer first."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, c.start)):
        if not any(_meet(candidate, k) for k in kept):
            kept.append(candidate)
    return kept


def _meet(a: Candidate, b: Candidate) -> bool:
    return a.start < b.end and b.start < a.end
