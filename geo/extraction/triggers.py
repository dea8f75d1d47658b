"""Event triggers: each word of a report that expresses an act on a target, found with high recall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from geo.extraction.document import Document
from geo.extraction.factuality import reason_against
from geo.extraction.lexicon import GOODS, Act
from geo.extraction.targets import TargetIndex, TargetMention
from geo.extraction.toponyms.mention import ToponymMention
from geo.model import FINDING

_BURIED = ("grave", "cemetery", "human_remains")  # targets whose discovery is an incident where there are many of them


@dataclass(frozen=True, slots=True)
class Trigger:
    """One mention of an act on a target. `agents` are the nouns that the grammar makes its agents.

    `listed` are the heads of all targets that the act is done to, where they are several.
    """

    token: Token
    act: Act
    target: TargetMention
    incident_type: str
    agents: tuple[Token, ...]
    listed: tuple[Token, ...] = ()


def find_triggers(document: Document, mentions: Iterable[ToponymMention]) -> list[Trigger]:
    """Every trigger of an incident, in order of the text; `mentions` are the place names, some of which are sites."""
    index = TargetIndex(document, mentions)
    triggers: list[Trigger] = []
    for token in document.doc:
        if document.paragraph_of(token.idx) is not None:
            triggers += _triggers_at(document, token, index)
    return triggers


def _triggers_at(document: Document, token: Token, index: TargetIndex) -> list[Trigger]:
    """The triggers of the first act that a token expresses with a target."""
    for act in document.language.triggers.acts_at(token):
        triggers = _triggers_of(document, token, act, index)
        if triggers:
            return triggers
    return []


def _triggers_of(document: Document, token: Token, act: Act, index: TargetIndex) -> list[Trigger]:
    """The act on its target; one trigger for each of the sites that it names."""
    patterns, language = document.language.triggers, document.language
    targets = patterns.targets_of(token, act, index)
    targets.sort(key=lambda t: (t.target_type != "mass_grave", t.site is None))
    agents = tuple(language.syntax.agents(token))
    triggers: list[Trigger] = []
    for named in targets:
        target = index.with_own_type(named)
        incident_type = _incident_type(document, token, act, named, target) if target else None
        if target is None or incident_type is None:
            continue
        if reason_against(language.factuality, token, act, target, agents, incident_type):
            continue
        if not triggers or _is_another_site(document, target, triggers, index.place_names):
            own_agents = patterns.without_target(agents, target, token)
            triggers.append(Trigger(token, act, target, incident_type, own_agents))
    heads = tuple(t.target.head for t in triggers)
    return [replace(t, listed=heads) for t in triggers] if len(triggers) > 1 else triggers


def _incident_type(
    document: Document, token: Token, act: Act, named: TargetMention, target: TargetMention
) -> str | None:
    """The incident type of an act on a target; None where it is not an incident. `named` is the target as found."""
    patterns = document.language.triggers
    incident_type = document.language.lexicon.incident_type(act.act_class, target.target_type)
    if act.act_class == "find" and target.target_type in _BURIED:
        buried = named.target_type != GOODS and patterns.is_many_buried(target)
        incident_type = FINDING if buried else None
    if incident_type == FINDING and patterns.is_of_harmed_graves(token, target):
        return None
    return incident_type


def _is_another_site(
    document: Document, target: TargetMention, triggers: Sequence[Trigger], place_names: Sequence[Token]
) -> bool:
    """Whether a list names one more site: "Nimrud, Hatra and the Mosul museum", "a church in X and a mosque in Y"."""
    if target.site is not None:
        return all(t.target.site is not None and t.target.site != target.site for t in triggers)
    names = list(_names(triggers))
    new = bool(target.name) and all(name and not name & target.name for name in names)
    if not document.language.targets.is_coordinated(target.head):
        return False
    if any(t.target.site is not None for t in triggers):
        return new  # a site known by its name has its place by that
    return new or _have_own_places(document, [target.head, *(t.target.head for t in triggers)], place_names)


def _have_own_places(document: Document, heads: Sequence[Token], place_names: Sequence[Token]) -> bool:
    """Whether each target of a list has a place name of its own."""
    owners = [document.language.event_places.owner_of(name, heads) for name in place_names]
    return {h.i for h in heads} <= {o.i for o in owners if o is not None}


def _names(triggers: Sequence[Trigger]) -> Iterator[frozenset[str]]:
    return (trigger.target.name for trigger in triggers)
