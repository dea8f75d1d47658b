"""How likely a claim is read right: its type, place and actor as a person reading the report would give them.

A logistic sum over what the report gave the claim itself. The weights were fitted on annotated reports (137 claims, of
which 51 % were right in all three); `tests/eval/test_calibration.py` holds the figure to what comes out right. It is
no statement on whether the event took place.
"""

from __future__ import annotations

import math
from dataclasses import replace

from geo.extraction.coreference import Group
from geo.geocoding.containment import is_wide
from geo.model import Claim

_BASE, _OWN_PLACE, _NO_PLACE, _WIDE_PLACE, _OWN_DATE, _TOLD_AGAIN = -1.0, 1.0, -0.9, -0.7, 0.1, 0.1


def confidence(claim: Claim, group: Group) -> Claim:
    """The claim with its confidence, 0 to 1."""
    placed = claim.where is not None and claim.where.place is not None
    score = _BASE + _OWN_DATE * (group.when is not None) + _TOLD_AGAIN * min(3, len(group.tellings) - 1)
    if claim.where is None or not placed:
        score += _NO_PLACE
    else:
        score += _OWN_PLACE * (group.where is not None) + _WIDE_PLACE * (is_wide(claim.where))
    return replace(claim, confidence=round(1 / (1 + math.exp(-score)), 2))
