"""Who did it: actors by name, by pattern ("pro-X fighters") and by words that lead back to one ("the militants")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from geo.actors import WORDS, Actor, actors, name_key
from geo.extraction.document import Document
from geo.extraction.languages.en.syntax import ACCUSING
from geo.extraction.languages.en.vocabulary import load
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import plain
from geo.gazetteer.sources import adjectives
from geo.model import UNKNOWN_ACTOR, Span

_LONGEST = 8
_LINKED = re.compile(r"[- ](?:linked|affiliated|inspired|allied|aligned|backed)\b")  # "al-Qaida-linked": not they
_LONGEST_AGENT = 120  # characters of an agent's words that are worth showing


_CAUGHT = (*ACCUSING, "arrest", "detain", "hold", "question", "jail", "sentence")  # what police do to others
_NAMELESS = frozenset(("unidentified", "unknown", "masked", "unnamed", "anonymous"))
UNNAMED = Actor(UNKNOWN_ACTOR, "unknown", generic=True, unknown=True)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor where a text names it, by character offsets."""

    start: int
    end: int
    actor: Actor


class ActorFinder:
    """Finds the actors of a document and says who did a deed."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        registry = actors()
        self._names, self._exact, self._by_name = registry.by_alias, registry.exact, registry.by_name
        forces = load("forces")
        self._forces = {word: row for row in forces["force"] for word in row["words"]}
        self._pro = forces["pro"]
        self._domestic: dict[str, str] = forces["domestic"]
        self._adjectives = adjectives()
        self._generic: dict[str, list[str]] = forces["generic"]
        self._first = {key.split(" ")[0] for key in self._names}

    def find(self, document: Document) -> list[ActorMention]:
        """Every actor named in the text, the longest name at each place, in order."""
        text = document.text
        words = [(m.start(), m.end()) for m in WORDS.finditer(text)]
        keys = [plain(text[a:b]) for a, b in words]
        found: list[ActorMention] = []
        i = 0
        while i < len(words):
            hit = self._at(text, words, keys, i)
            if hit is None:
                i += 1
                continue
            j, actor = hit
            if not _LINKED.match(text, words[j][1]):
                found.append(ActorMention(words[i][0], words[j][1], actor))
            i = j + 1
        return found

    def _at(self, text: str, words: Sequence[tuple[int, int]], keys: Sequence[str], i: int) -> tuple[int, Actor] | None:
        last = i
        while (
            last + 1 < len(words) and last - i < _LONGEST and not text[words[last][1] : words[last + 1][0]].strip(" -")
        ):
            last += 1
        for j in range(last, i - 1, -1):
            if keys[i] in self._first:
                actor = self._names.get(" ".join(keys[i : j + 1]))
                if actor is not None:
                    return j, actor
            actor = self._exact.get(text[words[i][0] : words[j][1]])
            if actor is not None:
                return j, actor
            if j > i:
                actor = self._by_pattern(keys[i : j + 1])
                if actor is not None:
                    return j, actor
        return None

    def _by_pattern(self, keys: Sequence[str]) -> Actor | None:
        """The actor of a pattern: "Syrian soldiers", "pro-regime fighters", "Turkish-backed rebels"."""
        force = self._forces.get(" ".join(keys[1:])) or self._forces.get(" ".join(keys[2:]))
        if force is None:
            return None
        if keys[0] == "pro" and len(keys) > 2:
            pro = self._by_name.get(self._pro["name"]) if keys[1] in self._pro["government"] else None
            return pro or Actor(f"Pro-{keys[1].capitalize()} {force['name']}", "political_militia")
        if keys[0] in self._pro["government"] and force["name"] == "forces":
            return self._by_name.get(self._pro["forces"])
        adjective = self._adjective_of_holder(keys[0]) or keys[0].capitalize()
        if len(keys) > 2 and keys[1] == "backed":
            return Actor(f"{adjective}-backed {force['name']}", "rebel_group")
        name = f"{adjective} {force['name']}"
        known = self._gazetteer.demonym(keys[0]) or self._adjective_of_holder(keys[0])
        of_people = known and " ".join(keys[1:]) in self._forces
        return self._names.get(name_key(name), Actor(name, force["category"])) if of_people else None

    def _adjective_of_holder(self, key: str) -> str | None:
        """The adjective of a country that holds something: "israels" (army) is Israeli."""
        if not key.endswith("s"):
            return None
        places = [m.entry.place for m in self._gazetteer.exact(key[:-1])[:1]]
        return next((self._adjectives.get(p.country or "") for p in places if p.feature == "PCLI"), None)

    def at_home(self, actor: Actor, country: str | None) -> Actor:
        """A word for a state's people as those of the country where the deed was done."""
        if actor.state is not None:
            return self._of_state(actor.state, "authorities") if actor.state == country else actor
        force, adjective = self._domestic.get(actor.name), self._adjectives.get(country or "")
        if force is None or adjective is None:
            return actor
        name = f"{adjective} {force}"
        known = self._names.get(name_key(name)) if force != actor.name.lower() else None
        return known or Actor(name, actor.category)

    def _of_state(self, country: str, force: str) -> Actor:
        adjective = self._adjectives[country]
        known = self._names.get(name_key(f"{adjective} {force}"), Actor(f"{adjective} {force}", "state_forces"))
        return replace(known, state=country)

    def _state(self, agent: Token) -> Actor | None:
        """The forces of a country that is itself told as the doer: "Israel destroyed 16 cemeteries"."""
        if agent.pos_ != "PROPN" or any(c.dep_ in ("compound", "amod") for c in agent.children):
            return None
        places = [m.entry.place for m in self._gazetteer.exact(agent.text)[:1]]
        country = next((p.country for p in places if p.feature == "PCLI"), None)
        return self._of_state(country, "forces") if country in self._adjectives else None

    def doer(
        self,
        agents: Iterable[Token],
        mentions: Sequence[ActorMention],
        document: Document,
        before: Actor | None,
    ) -> tuple[Span, Actor] | None:
        """Who the agents of a deed are: named among their own words, or led back to `before` or the last named."""
        for agent in agents:
            start, end = _phrase(agent)
            own = [m for m in mentions if m.start < end and start < m.end]
            named = sorted(own, key=lambda m: (m.actor.generic, not m.start <= agent.idx < m.end))
            span = document.span(start, end)
            if named and not named[0].actor.generic:
                return span, named[0].actor
            led_back = self._antecedent(agent, mentions, before)
            if led_back is not None:
                return span, led_back
            if named:
                nameless = {c.lower_ for c in agent.children} & _NAMELESS
                return span, UNNAMED if nameless else named[0].actor
            state = self._state(agent)
            if state is not None:
                return span, state
            if agent.pos_ in ("NOUN", "PROPN") and agent.ent_type_ not in ("DATE", "GPE", "TIME"):
                return span, UNNAMED
        return None

    def _antecedent(self, agent: Token, mentions: Sequence[ActorMention], before: Actor | None) -> Actor | None:
        """The named actor that a word such as "the militants" or "they" stands for."""
        word, dets = agent.lower_, {c.lower_ for c in agent.children}
        if agent.tag_ == "NNS":
            dets -= {"a", "an"}  # it belongs to another word
        if any(c.pos_ == "NUM" for c in agent.children) or dets & {"a", "an", "some", "several", "unknown"}:
            return None  # "two men" are new to the text
        pointing = agent.pos_ == "PRON" or bool(dets & {"the", "these", "those", "its", "their"})
        held = pointing and agent.head.lemma_ in _CAUGHT
        told = {
            m.actor.name for m in mentions if not m.actor.generic and word in self._generic.get(m.actor.category, ())
        }
        if not pointing and len(told) > 1:
            return None  # "militants": of which of those named is open
        for candidate in (before, *(m.actor for m in reversed(mentions) if m.start < agent.idx)):
            if candidate is None or candidate.generic or (held and candidate.category == "state_forces"):
                continue
            if word in self._generic.get(candidate.category, ()) or (pointing and word in self._generic["any"]):
                return candidate
        return None


def _phrase(head: Token) -> tuple[int, int]:
    """Offsets of a noun with all that hangs on it, cut where it grows past use."""
    start, end = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    if end - start > _LONGEST_AGENT:
        near = [t for t in head.subtree if abs(t.i - head.i) <= 8]
        start, end = near[0].idx, near[-1].idx + len(near[-1])
    return start, end
