"""One deed with all its own sentence says of it: where, when, by whom, how firmly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.actors import Actor
from geo.extraction.arguments.actor import ActorFinder, ActorMention
from geo.extraction.arguments.attribution import Stance, StanceReader
from geo.extraction.arguments.surroundings import Surroundings, within_actor
from geo.extraction.document import Document
from geo.extraction.languages.en.syntax import ACCUSING, accused_by
from geo.extraction.languages.en.time_expressions import by_default, find_dates, from_there
from geo.extraction.languages.en.vocabulary import Lexicon
from geo.extraction.targets import SMALL
from geo.extraction.toponyms.context import cue_before, is_attacker
from geo.extraction.triggers import Deed
from geo.geocoding.containment import agree, coarseness
from geo.geocoding.relative import place_at, place_between, relation_before
from geo.model import DateSpan, Span, Toponym

_LIST = re.compile(r",? and (?:in |at )?(?:the )?|, (?:in |at )?(?:the )?")
_LIES = re.compile(
    r",? \(?(?:(?:which|a|an|is|lies|lying|located|situated|town|city|village|some|about|around|just) )*"
)
_NOUN_CHARS = 14  # before a date, within which a killing is dated by it: "a massacre in August 2014"
_NEAR_CHARS = 80  # around a deed, within which "a week earlier" is of it
_OF_TARGET = 2.0
_WHERE_CLAUSE, _WHERE_WORDS = 3.0, 12
_TIED = 1.5  # and of one that stands in its clause
_FIRM = 2.0  # the bond of a name that a preposition ties to the deed
_SURE = 9.0  # more than any bond of a single name


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention of an incident: a deed, or a sentence that places what pictures show (`deed` is None)."""

    sentence: SpacySpan
    deed: Deed | None
    where: Toponym | None
    when: DateSpan | None
    doer: tuple[Span, Actor] | None
    stance: Stance


class TellingReader:
    """Reads the circumstances of deeds in one document."""

    def __init__(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        actors: Sequence[ActorMention],
        tools: tuple[Lexicon, ActorFinder, StanceReader],
        ref: date | None,
    ) -> None:
        self._document, self._toponyms, self._actors, self.ref = document, toponyms, actors, ref
        self._lexicon, self._finder, self._stances = tools
        self.around = Surroundings(document, toponyms, actors, (self._lexicon, ref))

    def read(self, deeds: Sequence[Deed]) -> list[Telling]:
        """A telling for each deed, and one for each sentence on where pictures were taken, in order."""
        found: list[Telling] = []
        before: Actor | None = None
        last: DateSpan | None = by_default(self.ref)
        for deed in deeds:
            doer = accused = None
            if deed.incident_type != "mass_grave_found":
                doer = self._finder.doer(deed.agents, self._actors, self._document, before)
                if doer is None or doer[1].unknown:
                    accused = next((d for d in self._accused_in(deed.token.sent) if not d[1].unknown), None)
                doer = accused or doer
                before = doer[1] if doer and not doer[1].generic else before
            sentence = deed.token.sent
            where = self._where(sentence, deed) or self._where_before(deed)
            if where is None and deed.target.is_plural and deed.target.target_type not in SMALL:
                where = self.around.country(sentence)  # "Syria ... 290 monuments have been destroyed"
            finding = deed.incident_type == "mass_grave_found"
            when = self._when(sentence, deed.token, finding) or self._when_from(sentence, deed.token, last)
            last = when or last
            stance = self._stances.read(deed, self._document, blamed=accused is not None)
            found += [Telling(sentence, deed, place, when, doer, stance) for place in self._listed(where, deed)]
        return sorted([*found, *self._pictures()], key=lambda t: (t.sentence.start, t.deed.token.i if t.deed else 0))

    def killed(self, tellings: Sequence[Telling]) -> DateSpan | None:
        """When those in a mass grave were killed or buried: the date in a sentence of it that hangs on such a deed."""
        dates = (d for t in tellings for d in self._dates(t.sentence))
        return next((when for when, verb in dates if self._is_of_killing(when, verb)), None)

    def _is_of_killing(self, when: DateSpan, verb: Token | None) -> bool:
        killing = self._lexicon.modality["killing"]
        start = when.span.start if when.span else 0
        before = self._document.text[max(0, start - _NOUN_CHARS) : start].lower()
        after = self._document.text[start : start + 2 * _NOUN_CHARS].lower()
        named = any(noun in before or noun in after for noun in killing["nouns"] if noun != "victim")
        return named or (verb is not None and verb.lemma_ in killing["verbs"])

    def _listed(self, where: Toponym | None, deed: Deed) -> Sequence[Toponym | None]:
        """The place, with those that stand in a list with it where several things were harmed: "in X, Y and Z"."""
        several = deed.target.is_plural and deed.target.site is None
        if where is None or where.relation is not None or not several:
            return (where,)
        text, after = self._document.text, sorted(self._toponyms, key=lambda t: t.span.start)
        listed = [where]
        for toponym in after:
            between = text[listed[-1].span.end : toponym.span.start]
            if toponym.place is not None and _LIST.fullmatch(between) and coarseness(toponym) == coarseness(where):
                listed.append(toponym)
        return listed

    def _pictures(self) -> Iterator[Telling]:
        images = self._lexicon.modality["images"]
        for sentence in self._document.sentences:
            taken = [
                t
                for t in sentence
                if t.lemma_ in images["verbs"]
                and t.tag_ == "VBN"
                and not any(c.lower_ in ("away", "out", "off", "over") for c in t.children)
                and any(s.lemma_ in images["nouns"] for s in _subjects(t))
            ]
            where = self._where(sentence, None) if taken else None
            if where is not None:
                stance = "alleged" if self._stances.hedges(sentence) else "stated"
                yield Telling(sentence, None, where, None, None, Stance(stance, self._stances.sources(sentence)))

    def killers(self, near: Sequence[SpacySpan]) -> tuple[Span, Actor] | None:
        """Who killed those in a mass grave: the named doer of a killing, nearest to these sentences first."""
        verbs = set(self._lexicon.modality["killing"]["verbs"])
        spots = [s.start_char for s in near]
        found = []
        for sentence in self._document.sentences:
            for token in sentence:
                if token.lemma_ in verbs and token.pos_ == "VERB":
                    doer = self._finder.doer(_doers_of(token), self._actors, self._document, None)
                    if doer and not doer[1].unknown:
                        found.append((min(abs(token.idx - s) for s in spots), doer[1].generic, doer))
        return min(found, key=lambda f: (f[1], f[0]))[2] if found else None

    def _where(self, sentence: SpacySpan, deed: Deed | None) -> Toponym | None:
        """The place of a deed by its own sentence: the site itself, or what "in", "near", "25 km south of" name."""
        text = self._document.text
        scored = []
        for toponym in self._named_in(sentence):
            if toponym.place is None:
                continue
            end = toponym.span.end
            if text[end : end + 1] == "-" or is_attacker(text, end) or within_actor(toponym, self._actors):
                continue  # "US-backed", "Russia's invasion", "al-Qaeda in the Arabian Peninsula"
            if self._acts(toponym):
                continue
            if toponym.place.feature in ("SEA", "OCN"):
                continue
            told = relation_before(text, toponym.span.start, toponym.span.text)
            if told is not None and self._is_placed(told[1]):
                continue  # "Zliten, 160 km east of Tripoli" is at Zliten
            score = self._bond(toponym, deed, told is not None)
            if told is not None and told[0].distance_km is None and told[0].bearing_deg is not None:
                score -= 1.5  # "located south of X" tells of a place named already
            if score > 0:
                start = told[1] if told else toponym.span.start
                there = place_at(toponym, told[0], self._document.span(start, toponym.span.end)) if told else toponym
                scored.append((score, there))
        if not any(t.relation is None for score, t in scored if score >= _FIRM):
            scored += self._between(sentence)
        if not scored:
            return self._unknown_name(sentence, deed)
        best = max(scored, key=lambda s: s[0])[1]
        finer = [t for _, t in scored if coarseness(t) < coarseness(best) and agree(best, t)]
        return min(finer, key=coarseness) if finer else best

    def _acts(self, toponym: Toponym) -> bool:
        """Whether a country is told as who does something: "Ukraine and Russia trade blame"."""
        if toponym.place is None or toponym.place.feature != "PCLI":
            return False
        tokens = self._document.tokens(toponym.span.start, toponym.span.end)
        head = next((t for t in tokens if t.dep_ == "conj"), tokens[-1]) if tokens else None
        while head is not None and head.dep_ == "conj":
            head = head.head
        return head is not None and (head.dep_ == "nsubj" or (head.dep_ == "nmod" and head.i < head.head.i))

    def _is_placed(self, start: int) -> bool:
        """Whether a known place stands right before words that say where it lies."""
        text = self._document.text
        return any(t.place is not None and _LIES.fullmatch(text[t.span.end : start]) for t in self._toponyms)

    def _unknown_name(self, sentence: SpacySpan, deed: Deed | None) -> Toponym | None:
        """A name that no gazetteer has, where it is the deed's own place."""
        unknown = (t for t in self._named_in(sentence) if t.place is None) if deed is not None else ()
        for toponym in unknown:
            told = relation_before(self._document.text, toponym.span.start, toponym.span.text)
            if self._bond(toponym, deed, told is not None) >= _TIED:
                return self._holder(toponym) or toponym
        return None

    def _holder(self, unknown: Toponym) -> Toponym | None:
        """The known place that the text puts an unknown name in: "X, Idlib province"."""
        for other in self._toponyms:
            if other.place is not None and self._document.text[unknown.span.end : other.span.start] == ", ":
                return other
        return None

    def _where_before(self, deed: Deed) -> Toponym | None:
        """Where what "it" or "the complex" stands for was said to be."""
        told = deed.target.head.sent
        return self._where(told, deed) if told.start != deed.token.sent.start else None

    def _between(self, sentence: SpacySpan) -> list[tuple[float, Toponym]]:
        """Places told to lie between two others, surer than either of them."""
        inside, text = self._named_in(sentence), self._document.text
        placed = (place_between(text, a, b, self._document.span(a.span.start, b.span.end)) for a, b in pairwise(inside))
        return [(_SURE, there) for there in placed if there is not None]

    def _named_in(self, sentence: SpacySpan) -> list[Toponym]:
        return [t for t in self._toponyms if sentence.start_char <= t.span.start < sentence.end_char]

    def _bond(self, toponym: Toponym, deed: Deed | None, told: bool) -> float:
        """How surely a place in the sentence is the deed's: above 0 where it is.

        `told` says whether the words before it place something by it ("25 km south of").
        """
        text, start = self._document.text, toponym.span.start
        cue = cue_before(text, start)
        score = 2.0 if cue == "strong" or told else 0.5 if cue == "weak" else -1.0
        if text[toponym.span.end : toponym.span.end + 2] == "'s":
            score += 0.5
        if deed is None:
            return score
        if deed.target.start <= start < deed.target.end or (deed.target.site and deed.target.site.start == start):
            return score + 6.0
        tokens = self._document.tokens(start, toponym.span.end)
        if not told and tokens and tokens[0] in deed.target.head.subtree and text[:start].endswith(" of "):
            score += _OF_TARGET  # "the museum of Mosul"
        score += _WHERE_CLAUSE * self._tells_where(start, deed.token)
        bound = bool(tokens) and (tokens[0] in deed.token.subtree or tokens[0] in deed.target.head.subtree)
        # What does not hang on the deed is of another clause the sooner, the farther off it stands.
        return score + 1.5 * bound - abs(start - deed.token.idx) / (200 if bound else 60)

    def _tells_where(self, start: int, token: Token) -> bool:
        """Whether a deed stands in a clause on the place named right before it: "X, where vandals smashed ..."."""
        for verb in (token, *token.ancestors):
            where = next((c for c in verb.children if c.lower_ == "where" and c.i < verb.i), None)
            if where is not None:
                between = self._document.tokens(start, where.idx)
                return 0 < len(between) <= _WHERE_WORDS and not any(t.pos_ in ("VERB", "AUX") for t in between)
            if verb.dep_ not in ("conj", "xcomp", "advcl"):
                break
        return False

    def _when(self, sentence: SpacySpan, token: Token, finding: bool) -> DateSpan | None:
        """The date of a deed by its own sentence: one that hangs on its verb or on one above it."""
        above = {token.i, *(a.i for a in token.ancestors)}
        found = []
        for when, verb in self._dates(sentence):
            if finding and self._is_of_killing(when, verb):
                continue
            own = verb is None or (verb.i in above and (verb.i == token.i or not self._speaks(verb)))
            if own or (verb is not None and _is_since(verb) and verb.head.i in above):
                found.append((abs(when.span.start - token.idx) if when.span else 0, when))
        return min(found, key=lambda f: f[0])[1] if found else None

    def _when_from(self, sentence: SpacySpan, token: Token, last: DateSpan | None) -> DateSpan | None:
        """The date that the words near a deed count from one told before: "a week earlier"."""
        start = max(sentence.start_char, token.idx - _NEAR_CHARS)
        text = self._document.text[start : min(sentence.end_char, token.idx + _NEAR_CHARS)]
        when = from_there(text, last) if last is not None else None
        if when is None or when.span is None or (self.ref is not None and when.start > self.ref):
            return None
        span = self._document.span(start + when.span.start, start + when.span.end)
        return DateSpan(when.start, when.end, when.prec, when.basis, span)

    def dates(self, sentence: SpacySpan) -> list[DateSpan]:
        """The dates that a sentence tells of anything but when it was said."""
        return [when for when, verb in self._dates(sentence) if verb is None or not self._speaks(verb)]

    def _dates(self, sentence: SpacySpan) -> Iterator[tuple[DateSpan, Token | None]]:
        """Each date of a sentence, by the report's offsets, with the verb that it hangs on."""
        for when in find_dates(sentence.text, self.ref):
            if when.span is not None:
                start, end = sentence.start_char + when.span.start, sentence.start_char + when.span.end
                span = self._document.span(start, end)
                verb = _verb_over(self._document.tokens(start, end))
                yield DateSpan(when.start, when.end, when.prec, when.basis, span), verb

    def _speaks(self, verb: Token) -> bool:
        """Whether a verb is of telling or of a court, so that its date is not the deed's."""
        reporting = self._lexicon.modality["reporting"]
        return verb.lemma_ in reporting["verbs"] or verb.lemma_ in reporting["courts"]

    def _accused_in(self, sentence: SpacySpan) -> Iterator[tuple[Span, Actor]]:
        """Whom a sentence says is accused or blamed."""
        for token in sentence:
            if token.lemma_ in ACCUSING and token.pos_ == "VERB":
                doer = self._finder.doer(accused_by(token), self._actors, self._document, None)
                if doer is not None:
                    yield doer

    def accused(self) -> tuple[Span, Actor] | None:
        """The one named actor whom the report says was accused, anywhere in it; None where several are."""
        found = [d for s in self._document.sentences for d in self._accused_in(s) if not d[1].generic]
        return found[0] if len({d[1].name for d in found}) == 1 else None

    def is_lead(self, sentence: SpacySpan) -> bool:
        """Whether a sentence stands in the report's first paragraphs."""
        return self._document.in_lead(sentence.start_char)

    def at_home(self, actor: Actor, where: Toponym | None) -> Actor:
        """The actor, a state's people as those of the state where it was."""
        return self._finder.at_home(actor, where.place.country if where is not None and where.place else None)


def _is_since(verb: Token) -> bool:
    """Whether a verb tells from when on: "since the war broke out in 2011"."""
    return verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children)


def _subjects(verb: Token) -> Iterator[Token]:
    """What a passive verb is said of, also through "is believed to have been"."""
    for token in (verb, verb.head) if verb.dep_ == "xcomp" else (verb,):
        yield from (c for c in token.children if c.dep_ in ("nsubj", "nsubjpass"))


def _doers_of(verb: Token) -> tuple[Token, ...]:
    found = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or verb.tag_ == "VBN"
    return tuple(found or ([] if passive else [c for c in verb.children if c.dep_ == "nsubj"]))


def _verb_over(tokens: Sequence[Token]) -> Token | None:
    for token in tokens[:1]:
        for above in token.ancestors:
            if above.pos_ == "VERB":
                return above
    return None
