"""Whether a name of the gazetteer is meant as a place where it stands: named features and a weight for each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.languages.interface import Cue, Language, Offsets
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import fold
from geo.gazetteer.schema import SPELLING
from geo.geocoding.containment import lies_in

# The score is the sum of weight times feature. All were set by hand on the development reports of 2026; a learned
# scorer can replace the table. Entities of spaCy's small model weigh less than prepositions: it errs in this field.
WEIGHTS = {
    # Entities of the model: the share of the name's entities that are ...
    "entity_is_place": 2.0,  # a place, and no longer than the name
    "entity_is_longer_place": 1.5,  # a place of which the name is a part
    "entity_is_person": -1.5,  # a person, where no strong cue stands before the name
    "entity_is_people": -3.0,  # a people or language, where no strong cue stands before the name
    "entity_is_people_behind_cue": -0.5,  # a people or language behind a strong cue: "in Aleppo"
    "entity_is_time": -3.0,  # a date, an amount, a number
    "entity_is_other": -1.5,  # something else of which the name is a part
    # Words beside the name
    "other_meaning": -5.0,  # an era, a street, a church named after a saint, a people: "AD", "St. Edward's", "Honduran"
    "news_source": -4.0,  # a news agency, newspaper or broadcaster: "(AP)", "Xinhua reported", "the Boston Globe"
    "part_of_person": -4.0,  # a part of a person's name that the report gives in full elsewhere
    "abbreviated": 2.0,  # "Ky." behind a place and a comma
    "unsupported_acronym": -3.0,  # capitals only, where nothing around them marks a place: "FAO said"
    "strong_cue": 1.5,  # "in", "near", "the city of"
    "weak_cue": 0.5,  # "from", "to"
    "measured": 2.5,  # "25 km south of"
    "kind_word": 2.0,  # "province", "the village of"
    "owns_part": 2.0,  # "Mosul's old city"
    "in_container": 2.5,  # "X, Y", where Y contains a place named X
    "dateline": 2.5,
    "definite_article": -2.0,  # "the" before the name of a place that does not take it
    "title": -2.5,  # "President", "Dr."
    "longer_name_before": -1.5,  # a capitalised word before it: "John Homs"
    "longer_name_after": -1.5,  # or behind it: "Homs Smith"
    "site_name": -3.0,  # "Al-Gharbi Mosque" is the name of a mosque; "Mosul Museum" is in Mosul
    "common_noun": -3.0,  # a noun that opens a sentence, without a word beside it that marks a place
    "not_a_noun": -1.0,  # neither a noun nor an adjective by its first word, nor a proper noun by its last
    # Places of the name in the gazetteer
    "large_place": 1.5,  # a country, a division, a capital or a large city
    "town": 0.5,
    "listed_site": 1.5,  # a site, base, region or second-order division
    "listed_site_of_several_words": 1.5,
    "several_words": 0.5,
    "common_word": -3.0,  # in the list of names that are also common words
    "short_name": -2.0,
    "other_spelling": -0.5,  # the gazetteer has the name in another romanisation only
}
# What each feature that speaks against a place says of a name that was dropped.
_REASONS = {
    "entity_is_person": "a person's name",
    "entity_is_people": "a people or a language",
    "entity_is_people_behind_cue": "a people or a language",
    "entity_is_time": "part of a date or an amount",
    "entity_is_other": "part of another name",
    "news_source": "a news agency, a newspaper or a broadcaster",
    "part_of_person": "part of the name of a person in the report",
    "unsupported_acronym": "an abbreviation that nothing around it marks as a place",
    "definite_article": "stands behind an article that the place does not take",
    "title": "a person's name behind a title",
    "longer_name_before": "part of a longer name",
    "longer_name_after": "part of a longer name",
    "site_name": "the name of a site, not of a town",
    "common_noun": "a common noun",
    "not_a_noun": "not a noun here",
    "short_name": "too short to be a place without a word that marks it as one",
}
# The features of words and of the model that mark a name as a place.
_MARKS = frozenset(
    ("entity_is_place", "strong_cue", "measured", "kind_word", "owns_part", "in_container", "dateline", "abbreviated")
)
_NO_SUPPORT = "nothing around it marks it as a place"
# The other numbers here were set by hand on the same reports.
ENOUGH = 1.5  # the score from which a name is a place
DOUBTFUL = -1.0  # the score down to which it is one where a place stands beside it in a list, or has the same name

# Population from which a city's name is likelier meant than any other word, and from which a place is a town.
_LARGE_PEOPLE, _TOWN_PEOPLE = 100_000, 10_000
_SITES_PEOPLE = 5_000  # population from which a capitalised site behind a town's name is in the town
_WIDE = ("PCLI", "ADM1", "PPLC", "CONT", "OCN", "SEA")
# Kinds beside a name that make even a people's name that of a place: "Amhara region", but not "the Armenian cemetery".
_KINDS_OF_AREAS = ("PCLI", "ADM1", "ADM2", "PPL")
_AREAS = ("PCLI", "ADM1", "RGN", "CONT")
_COMMON_FEATURES = ("PPL", "PPLC", "ADM1", "PCLI")
_SHORT, _LONGEST_ACRONYM = 3, 4  # letters
_ENTITY_MARGIN = 3  # characters by which an entity may be longer without being more than the name: "the", "'s"
_WORD_BEFORE = re.compile(r"([\w.'-]+) $")
_WORD_CHARS = 25  # characters before a name in which the word before it is looked for

Features = dict[str, float]


class ToponymScorer:
    """Scores the names of one document."""

    def __init__(self, document: Document, gazetteer: Gazetteer, language: Language) -> None:
        self._document, self._gazetteer = document, gazetteer
        self._places, self._relations = language.places, language.relations
        self._text = document.text
        self._entities = {token.i: ent for ent in document.doc.ents for token in ent}
        self._parts_of_persons = self._names_of_persons()
        self._features: dict[Offsets, Features] = {}

    def _names_of_persons(self) -> frozenset[str]:
        """The first and last names of the persons whom the report names in full, where none is a place elsewhere."""
        persons = (e for e in self._document.doc.ents if self._places.entity_kind(e.label_) == "person" and len(e) > 1)
        whole = (person for person in persons if all(word.text[0].isupper() for word in person))
        words = {word.text for person in whole for word in (person[0], person[-1])}
        if not words:
            return frozenset()
        names = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b")
        cued = {m.group() for m in names.finditer(self._text) if self._is_cued(m.start())}
        return frozenset(fold(word) for word in words - cued)

    def _is_cued(self, start: int) -> bool:
        return self._places.cue_before(self._text, start) == "strong"

    def is_part_of_person(self, mention: ToponymMention) -> bool:
        """Whether a name is part of the full name of a person in the report, and nowhere marked as a place."""
        return fold(mention.name) in self._parts_of_persons

    def score(self, mention: ToponymMention) -> float:
        """How likely the name is meant as a place: `ENOUGH` or more where it is."""
        return _weighted(self.features(mention))

    def is_marked(self, mention: ToponymMention) -> bool:
        """Whether the words beside a name, or the model, take it for a place whatever the gazetteer has."""
        return not _MARKS.isdisjoint(self.features(mention))

    def reason(self, mention: ToponymMention) -> str:
        """Why a name was not taken for a place, in words: what speaks most against it."""
        beside = self._places.kind_beside(self._text, mention.start, mention.end)
        if meaning := self._other_meaning(mention.start, mention.end, beside in _KINDS_OF_AREAS):
            return meaning
        against = {n: WEIGHTS[n] * value for n, value in self.features(mention).items() if WEIGHTS[n] < 0}
        return _REASONS.get(min(against, key=lambda n: against[n], default=""), _NO_SUPPORT)

    def features(self, mention: ToponymMention) -> Features:
        """What speaks for and against a place, by the names of `WEIGHTS`; a feature that is 0 is left out."""
        key = mention.start, mention.end
        if key not in self._features:
            self._features[key] = self._of_mention(mention)
        return self._features[key]

    def _of_mention(self, mention: ToponymMention) -> Features:
        tokens = self._document.tokens(mention.start, mention.end)
        if not tokens:
            return {"other_meaning": 1.0}
        cue = self._places.cue_before(self._text, mention.start)
        words = self._of_words(mention, tokens, cue)
        return self._of_entities(mention, tokens, cue) | words | self._of_places(mention, cue == "strong")

    def _of_entities(self, mention: ToponymMention, tokens: Sequence[Token], cue: Cue | None) -> Features:
        entities = {e.start: e for t in tokens if (e := self._entities.get(t.i)) is not None}
        features: Features = {}
        for entity in entities.values():
            if name := self._of_entity(mention, entity, cue):
                features[name] = features.get(name, 0.0) + 1 / len(entities)
        return features

    def _of_entity(self, mention: ToponymMention, entity: SpacySpan, cue: Cue | None) -> str | None:
        longer = (
            entity.start_char < mention.start - _ENTITY_MARGIN - 1 or entity.end_char > mention.end + _ENTITY_MARGIN
        )
        kind = self._places.entity_kind(entity.label_)
        if kind in ("place", "site"):
            return "entity_is_longer_place" if longer else "entity_is_place"
        if kind == "person":
            return "entity_is_person" if cue != "strong" else None
        if kind == "people":
            return "entity_is_people" if cue != "strong" else "entity_is_people_behind_cue"
        if kind == "time":
            return "entity_is_time"
        opens = mention.start - entity.start_char <= _ENTITY_MARGIN + 1
        names_area = opens and _is_wide(mention)  # "the U.S. Army" names the U.S.
        return "entity_is_other" if longer and not names_area else None

    def _of_words(self, mention: ToponymMention, tokens: Sequence[Token], cue: Cue | None) -> Features:
        text, start, end = self._text, mention.start, mention.end
        beside = self._places.kind_beside(text, start, end)
        kind = beside is not None
        if self._other_meaning(start, end, beside in _KINDS_OF_AREAS) is not None:
            return {"other_meaning": 1.0}
        features = {
            "strong_cue": cue == "strong",
            "weak_cue": cue == "weak",
            "measured": self._relations.is_measured(text, start),
            "kind_word": kind,
            "owns_part": self._places.owns_part(text, end),
            "in_container": self._is_in_container(mention),
            "dateline": self._places.is_dateline(text, start, end),
            "abbreviated": mention.abbreviated,
            "news_source": self._places.is_news_source(text, start, end),
            **self._of_name_before(mention, kind),
            **self._of_name_after(mention),
        }
        supported = _weighted(_present(features)) > 0
        name = text[start:end]
        acronym = name.isupper() and name.isalpha() and len(name) <= _LONGEST_ACRONYM
        opens = bool(tokens[0].is_sent_start) and tokens[-1].pos_ == "NOUN"
        noun = tokens[0].pos_ in ("PROPN", "NOUN", "ADJ") or tokens[-1].pos_ == "PROPN"
        alone = acronym and not supported and not any(m.entry.place.feature in _AREAS for m in mention.matches)
        marked = features["dateline"] or features["in_container"] or features["kind_word"] or features["owns_part"]
        return _present(
            {
                **features,
                "common_noun": opens and not supported,
                "not_a_noun": not noun,
                "unsupported_acronym": alone,
                "part_of_person": not marked and self.is_part_of_person(mention),
            }
        )

    def _other_meaning(self, start: int, end: int, is_area: bool) -> str | None:
        """What the words around a name make it that is not a place; `is_area` says that they call it an area."""
        cues, text = self._places, self._text
        name = text[start:end]
        meanings = (
            ("part of an era", cues.is_era(text, start, end)),
            ("a church or cemetery named after a saint", cues.is_dedication(text, start, end)),
            ("a street", cues.is_street(text, start, end)),
            ("a person's name", cues.is_person_by_role(text, start, end)),
            ("a university", cues.is_university(text, start)),
            ("a people or a language", not is_area and (self._is_demonym(name) or cues.is_people(name.lower()))),
        )
        return next((meaning for meaning, applies in meanings if applies), None)

    def _is_demonym(self, name: str) -> bool:
        return self._gazetteer.demonym(name) is not None

    def _of_name_before(self, mention: ToponymMention, kind: bool) -> dict[str, bool]:
        start = mention.start
        match = _WORD_BEFORE.search(self._text[max(0, start - _WORD_CHARS) : start])
        if match is None:
            return {}
        word, wide = match.group(1), _is_wide(mention)
        lower = word.lower().rstrip(".")
        title = self._places.is_title(lower)
        return {
            "definite_article": self._places.is_definite_article(lower)
            and not (wide or kind or _is_listed_site(mention)),
            "title": title,
            "longer_name_before": not title and word[0].isupper() and not wide and self._is_name_word(word, start - 1),
        }

    def _of_name_after(self, mention: ToponymMention) -> dict[str, bool]:
        word = self._places.capitalised_after(self._text, mention.end)
        if word is None:
            return {}
        small = _has_other_spelling(mention) or _people(mention) < _SITES_PEOPLE
        return {
            "longer_name_after": not _is_wide(mention) and not self._places.is_kind_word(word.lower()),
            "site_name": small and self._places.is_site_word(word.lower()),
        }

    def _is_name_word(self, word: str, end: int) -> bool:
        """Whether a word that ends at `end` is part of a name, and not of a place's or people's."""
        if self._places.is_place_word(word.lower()):
            return False
        tokens = self._document.tokens(end - len(word), end)
        if not tokens or tokens[0].pos_ != "PROPN":
            return False
        return self._places.entity_kind(tokens[0].ent_type_) not in ("people", "place", "time")

    def _is_in_container(self, mention: ToponymMention) -> bool:
        """Whether the place that contains the name, as the words around it say, contains one of its places."""
        container = mention.container
        if container is None or not container.binding:
            return False
        return any(lies_in(m.entry.place, outer) for m in mention.matches for outer in container.places)

    def _of_places(self, mention: ToponymMention, cued: bool) -> Features:
        """A large place is likelier meant than a hamlet that shares its name with a common word."""
        name = self._text[mention.start : mention.end]
        people, listed = _people(mention), _is_listed_site(mention)
        large = _is_wide(mention) or people >= _LARGE_PEOPLE
        acronym = name.isupper() and len(name) <= _LONGEST_ACRONYM
        return _present(
            {
                "large_place": large,
                "town": people >= _TOWN_PEOPLE and not large and not listed,
                "listed_site": listed and not large,
                "listed_site_of_several_words": listed and " " in name,
                "several_words": " " in name,
                "common_word": self._places.is_common_word(name.lower()) and not acronym,
                "short_name": len(name) <= _SHORT and not (name.isupper() or cued or mention.abbreviated),
                "other_spelling": _has_other_spelling(mention),
            }
        )


def _weighted(features: Features) -> float:
    return sum(WEIGHTS[name] * value for name, value in features.items())


def _present(features: dict[str, bool]) -> Features:
    return {name: 1.0 for name, value in features.items() if value}


def _people(mention: ToponymMention) -> int:
    return max((m.entry.population for m in mention.matches), default=0)


def _has_other_spelling(mention: ToponymMention) -> bool:
    """Whether the gazetteer has the name in another romanisation only."""
    return bool(mention.matches) and mention.matches[0].kind == SPELLING


def _is_wide(mention: ToponymMention) -> bool:
    """Whether a country, a first-order division, a capital or a sea has the name."""
    return any((m.entry.place.feature or "") in _WIDE for m in mention.matches)


def _is_listed_site(mention: ToponymMention) -> bool:
    """Whether the name is that of a site, a base or a county: not a settlement, first-order division or country."""
    return any(m.entry.place.feature not in _COMMON_FEATURES for m in mention.matches)
