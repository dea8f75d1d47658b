"""English words for actors: forces of a people ("Syrian soldiers"), and words that refer back ("the militants")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from geo.extraction.languages.en.syntax import ACCUSING
from geo.extraction.languages.en.tables import load

_LINKED = re.compile(r"[- ](?:linked|affiliated|inspired|allied|aligned|backed)\b")
# Set by hand: what fits on a card of the page.
_LONGEST_PHRASE = 120  # characters of an agent's phrase that are worth showing on a card, about a line and a half
_PHRASE_WORDS = 8  # words to either side of the head that are kept of a longer phrase
_FORCES = load("forces")
_REFERENCES = _FORCES["references"]
_FORCE_OF = {word: row for row in _FORCES["force"] for word in row["words"]}
_ARRESTING = (*ACCUSING, *_REFERENCES["arresting"])


def is_only_linked(text: str, end: int) -> bool:
    """Whether the words behind an actor's name say that others are meant: "al-Qaeda-linked fighters"."""
    return _LINKED.match(text, end) is not None


def split_force(keys: Sequence[str]) -> tuple[Mapping[str, str], str] | None:
    """The force of a people or a cause in folded words, and the construction: "of", "pro", "backed", "government".

    "syrian soldiers" is "of", "pro assad fighters" is "pro", "turkish backed rebels" is "backed".
    """
    force = _FORCE_OF.get(" ".join(keys[1:])) or _FORCE_OF.get(" ".join(keys[2:]))
    if force is None:
        return None
    if keys[0] == "pro" and len(keys) > 2:
        return force, "pro government" if keys[1] in _FORCES["pro"]["government"] else "pro"
    if keys[0] in _FORCES["pro"]["government"] and force["name"] == "forces":
        return force, "government"
    if len(keys) > 2 and keys[1] == "backed":
        return force, "backed"
    return force, "of" if " ".join(keys[1:]) in _FORCE_OF else "other"


def government_actor(kind: str) -> str:
    """The canonical name of a government's fighters ("pro government") or of its forces ("government")."""
    return str(_FORCES["pro"]["name" if kind == "pro government" else "forces"])


def force_name(people: str, force: str) -> str:
    """The canonical name of a people's force: "Syrian forces"."""
    return f"{people} {force}"


def pro_force_name(cause: str, force: str) -> str:
    """The canonical name of a cause's fighters: "Pro-Russian militia"."""
    return f"Pro-{cause.capitalize()} {force}"


def backed_force_name(people: str, force: str) -> str:
    """The canonical name of fighters whom a country backs: "Turkish-backed rebels"."""
    return f"{people}-backed {force}"


def state_force(authorities: bool) -> str:
    """The word for a state's own authorities, or for its forces abroad."""
    return "authorities" if authorities else "forces"


def possessor(key: str) -> str | None:
    """The name in a possessive that folding has shortened: "israels" (army) is "israel"; None for other words."""
    return key[:-1] if key.endswith("s") else None


def domestic_force(actor_name: str) -> str | None:
    """The force of the country of the act that a kind of people is: "Soldiers" are its "forces"; None for others."""
    force: str | None = _FORCES["domestic"].get(actor_name)
    return force


def refers_to_category(agent: Token, category: str) -> bool:
    """Whether a word can stand for an actor of an ACLED category: "militants" for a rebel group."""
    return agent.lower_ in _REFERENCES["categories"].get(category, ())


def refers_to_anyone(agent: Token) -> bool:
    """Whether a word can stand for any actor: "they", "the attackers"."""
    return agent.lower_ in _REFERENCES["anyone"]


def points_back(agent: Token) -> bool:
    """Whether a word refers to somebody named before: a pronoun, or with "the", "these", "their"."""
    return agent.pos_ == "PRON" or bool(_determiners(agent) & set(_REFERENCES["definite"]))


def is_new(agent: Token) -> bool:
    """Whether a word introduces somebody: "two men", "a group"."""
    numbered = any(c.pos_ == "NUM" for c in agent.children)
    return numbered or bool(_determiners(agent) & set(_REFERENCES["indefinite"]))


def _determiners(agent: Token) -> set[str]:
    words = {c.lower_ for c in agent.children}
    # The article of a plural belongs to another word: "a Hamas-run ministry's officials".
    return words - {"a", "an"} if agent.tag_ == "NNS" else words


def is_arrested(agent: Token) -> bool:
    """Whether the act on them is an arrest or an accusation, which police do to others."""
    return agent.head.lemma_ in _ARRESTING


def is_nameless(agent: Token) -> bool:
    """Whether the report says that it does not know who: "unidentified gunmen"."""
    return bool({c.lower_ for c in agent.children} & set(_REFERENCES["nameless"]))


def is_bare_name(agent: Token) -> bool:
    """Whether a word is a proper name without modifiers, as a country that acts itself: "Israel destroyed"."""
    return agent.pos_ == "PROPN" and not any(c.dep_ in ("compound", "amod") for c in agent.children)


def may_be_people(agent: Token) -> bool:
    """Whether a noun can stand for people, as far as the model's entities say."""
    return agent.pos_ in ("NOUN", "PROPN") and agent.ent_type_ not in ("DATE", "GPE", "TIME")


def phrase_of(agent: Token) -> tuple[int, int]:
    """Start and end offsets of an agent with all that depends on it, cut where it is too long to show."""
    start, end = agent.left_edge.idx, agent.right_edge.idx + len(agent.right_edge)
    if end - start > _LONGEST_PHRASE:
        near = [t for t in agent.subtree if abs(t.i - agent.i) <= _PHRASE_WORDS]
        start, end = near[0].idx, near[-1].idx + len(near[-1])
    return start, end
