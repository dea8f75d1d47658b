"""How likely a claim is extracted right: its type, place and actor as a person reading the report would give them.

A logistic regression on what the report gives for the claim itself; it does not say whether the event took place.
`tests/eval/test_calibration.py` compares it with what comes out right.
"""

from __future__ import annotations

import math
from dataclasses import replace

from geo.extraction.coreference import EventCluster
from geo.extraction.scoring.linear import score
from geo.geocoding.containment import is_wide
from geo.model import Claim

_MOST_REPEATED = 3  # mentions beyond the first that add to the confidence; the largest number in the fitted model


def confidence(claim: Claim, cluster: EventCluster) -> Claim:
    """The claim with its confidence, 0 to 1."""
    place = claim.where if claim.where is not None and claim.where.place is not None else None
    features = {
        "intercept": 1.0,
        "own_date": float(cluster.date is not None),
        "mentioned_again": float(min(_MOST_REPEATED, len(cluster.mentions) - 1)),
        "no_place": float(place is None),
        "own_place": float(place is not None and cluster.place is not None),
        "wide_place": float(place is not None and is_wide(place)),
    }
    return replace(claim, confidence=round(1 / (1 + math.exp(-score("confidence", features))), 2))
