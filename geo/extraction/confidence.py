"""How likely a claim is right: its place, actor and type as a reader of the report would give them.

The figure is the share of claims with the same signs that were right, in 64 annotated reports that none of the rules
was written from; `tests/eval` holds it to the calibration table. It is no statement on whether the event took place.
"""

from __future__ import annotations

from dataclasses import replace

from geo.extraction.groups import Group
from geo.model import UNKNOWN_ACTOR, Claim

_BASE, _PRIMARY, _OWN_PLACE, _OWN_DATE, _NAMED, _TOLD_AGAIN, _OPEN_PLACE = 0.35, 0.1, 0.15, 0.1, 0.1, 0.05, -0.15


def confidence(claim: Claim, group: Group) -> Claim:
    """The claim with its confidence, 0 to 1."""
    placed = claim.where is not None and claim.where.place is not None
    score = _BASE + _PRIMARY * claim.primary
    score += _OWN_PLACE * (group.where is not None and placed) + _OPEN_PLACE * (not placed)
    score += _OWN_DATE * (group.when is not None) + _NAMED * (claim.actor_name != UNKNOWN_ACTOR)
    score += _TOLD_AGAIN * min(3, len(group.tellings) - 1)
    return replace(claim, confidence=round(min(0.95, max(0.05, score)), 2))
