"""Whether an act is an incident: done at all, by people, and not lawfully."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from geo.extraction.languages.parse_interface import FactualitySigns
from geo.extraction.lexicon import Act
from geo.extraction.targets import TargetMention
from geo.model import FINDING

_DIGGING = ("dig", "find")  # classes of acts that can be lawful


def reason_against(
    signs: FactualitySigns, token: Token, act: Act, target: TargetMention, agents: tuple[Token, ...], incident_type: str
) -> str | None:
    """Why an act on a target is not an incident; None where it is one."""
    digging = act.act_class in _DIGGING
    checks: dict[str, Callable[[], bool]] = {
        "negated": lambda: signs.is_negated(token, target.head),
        "planned, feared or prevented": lambda: signs.is_planned(token),
        "fiction, law, history or a figure of speech": lambda: signs.is_figurative(token),
        "nature or decay": lambda: signs.is_natural(token, agents),
        "lawful digging": lambda: digging and _is_lawful(signs, token, target, agents, incident_type),
        "exhumed by experts": lambda: incident_type == "exhumation" and signs.is_by_experts(agents),
    }
    return next((reason for reason, applies in checks.items() if applies()), None)


def _is_lawful(
    signs: FactualitySigns, token: Token, target: TargetMention, agents: tuple[Token, ...], incident_type: str
) -> bool:
    """Whether it is dug for a court, an identification or science."""
    if incident_type == FINDING:
        return signs.is_of_antiquity(token)
    if signs.is_exhumed_by_kin(token, target.head, agents) or signs.is_by_experts(agents):
        return True
    return signs.has_lawful_purpose(token)
