"""A parsed report: page furniture removed, case restored, sentences parsed; offsets stay those of the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language as Model
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from geo.extraction.languages.interface import Language
from geo.model import Report, Span

# One character for one, so that no offset moves: typographic spaces, quotation marks and tabs.
_PLAIN = str.maketrans(
    "\u00a0\u202f\u2007\u2009\u2018\u2019\u201b\u2032\u201c\u201d\u201e\u00ab\u00bb\t", '    \'\'\'\'""""" '
)
_SENTENCE_END = re.compile(r"[.!?:;\"')\]…][\"')\]]*\s*$")
# Shares of capitals among letters; the development reports of 2026 have .03 to .06. Below the first a text has lost its
# capitals, above the second it is written in capitals. Set by hand on these reports, as are the numbers below.
_LEAST_UPPER, _MOST_UPPER = 0.002, 0.6
_HEADLINE = re.compile(r"[^\r\n]+")
# A line is a headline in capitals from so many words of so many letters and such a share of capitals; a dateline in
# capitals ("TROY, N.C. (AP) --") is shorter or goes on in running text. Set by hand on the same reports.
_LEAST_HEADLINE_WORDS, _LEAST_HEADLINE_WORD, _HEADLINE_UPPER = 3, 3, 0.9
_LEAD_PARAGRAPHS = 3  # the first ones, which give the news
_WRAPPED = 40  # characters: a shorter line is a line of its own, not a wrapped one


@dataclass(frozen=True)
class Document:
    """A parsed report. `doc` has the report's own offsets; `paragraphs` are (start, end) of what is read."""

    report: Report
    doc: Doc
    paragraphs: tuple[tuple[int, int], ...]
    lower_cased: bool
    language: Language

    @cached_property
    def text(self) -> str:
        """What was parsed, kept here because spaCy puts it together anew at each access."""
        return str(self.doc.text)

    @cached_property
    def sentences(self) -> list[SpacySpan]:
        """The sentences outside page furniture, in order."""
        return [s for s in self.doc.sents if self.paragraph_of(s.start_char) is not None]

    @property
    def lead_paragraphs(self) -> set[int]:
        """The numbers of the paragraphs that give the news."""
        return set(range(_LEAD_PARAGRAPHS))

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
        """Words of the report by offsets, verbatim, without white space at the ends."""
        text = self.report.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        return Span(text, start, start + len(text))

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap a stretch of the text."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return list(span) if span is not None else []


def prepare(report: Report, language: Language, model: Model, restore_case: Callable[[str], str]) -> Document:
    """Parse a report. `restore_case` gives capitals back to a text that has none, letter for letter."""
    text = report.text.translate(_PLAIN)
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters) / max(1, len(letters))
    lower_cased = upper < _LEAST_UPPER or (upper > _MOST_UPPER and text.isascii())
    if lower_cased:
        text = restore_case(text.lower())
    else:
        text = _HEADLINE.sub(lambda line: _restored_headline(line.group(), restore_case), text)
    paragraphs = tuple(_paragraphs(text, language, wrapped=not lower_cased))
    starts = {start for start, _ in paragraphs}
    doc = model.make_doc(_without_furniture(text, paragraphs))
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
        norm = language.norms.get(token.text)
        if norm is not None:
            token.norm_ = norm
    for _, pipe in model.pipeline:
        doc = pipe(doc)
    return Document(report, doc, paragraphs, lower_cased, language)


def _restored_headline(line: str, restore_case: Callable[[str], str]) -> str:
    """A line in capitals, as headlines are set, with the case of running text; other lines as they are."""
    letters = [c for c in line if c.isalpha()]
    words = [w for w in line.split() if sum(c.isalpha() for c in w) >= _LEAST_HEADLINE_WORD]
    in_capitals = len(words) >= _LEAST_HEADLINE_WORDS and sum(c.isupper() for c in letters) >= _HEADLINE_UPPER * len(
        letters
    )
    return restore_case(line.lower()) if in_capitals and len(line.lower()) == len(line) else line


def _without_furniture(text: str, paragraphs: tuple[tuple[int, int], ...]) -> str:
    """The text with page furniture blanked, and line ends inside a paragraph turned into spaces."""
    parts, at = [], 0
    for start, end in paragraphs:
        parts.append(re.sub(r"[^\r\n]", " ", text[at:start]))
        parts.append(re.sub(r"[\r\n]", " ", text[start:end]))
        at = end
    return "".join(parts) + " " * (len(text) - at)


def _paragraphs(text: str, language: Language, wrapped: bool) -> list[tuple[int, int]]:
    """Paragraphs: lines, joined where one was only wrapped; without page furniture and repeated lines."""
    paragraphs: list[tuple[int, int]] = []
    seen: set[str] = set()
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group().strip()
        if not line or language.is_furniture(line) or line in seen:
            continue
        if len(line) > _WRAPPED:
            seen.add(line)
        previous = paragraphs[-1] if paragraphs else None
        if previous and wrapped and _continues(text[slice(*previous)], line, text[previous[1] : match.start()]):
            paragraphs[-1] = (previous[0], match.end())
        else:
            paragraphs.append((match.start(), match.end()))
    return paragraphs


def _continues(paragraph: str, line: str, between: str) -> bool:
    """Whether a line continues the paragraph before it, which was only wrapped."""
    last = paragraph.rsplit("\n", maxsplit=1)[-1]
    wrapped = len(last) >= _WRAPPED and between.count("\n") == 1
    return wrapped and line[0].islower() and not _SENTENCE_END.search(paragraph)
