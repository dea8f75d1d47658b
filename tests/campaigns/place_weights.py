"""Fit the weights of `incident_place` on annotated reports, and say how well they do on reports they were not fitted on.

    python -m tests.campaigns.place_weights [--penalty 0.3]

Each incident of the corpora that is paired with a claim is one choice among the candidates of its report; a candidate is
right where the scorer calls its place right. The weights maximise the probability of the right candidates (a softmax over
each incident's candidates), with a penalty on their squares around a start at which the choice of the rules wins. The
figures come from ten folds by report; `own_test` is also held out as a whole.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.extraction import claims
from geo.extraction.arguments.incident_place import candidates
from geo.extraction.cluster_arguments import ClusterReader
from geo.extraction.coreference import EventCluster
from geo.extraction.loading import load_extractor
from geo.extraction.pipeline import Extractor
from geo.model import Claim, Toponym
from geo.serialization import extraction_json
from tests.eval import corpora
from tests.eval.scoring.agreement import Annotation, Prediction, has_position, same_place
from tests.eval.scoring.claims import pair

FITTED = (
    "chosen", "known", "inside_known", "isolated", "home", "destination", "division", "country", "strong_cue",
    "named_again",
)  # fmt: skip
START = {"chosen": 2.0}
CORPORA = ("reports", "world", "own_development", "own_test")
HELD_OUT = "own_test"
FOLDS, STEPS, RATE = 10, 300, 0.05  # of cross-validation; of the descent (Adam, Kingma and Ba 2015) and its step

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Choice:
    """One incident: the features of its candidates, a row each, and which of them are right."""

    corpus: str
    report: str
    features: Array
    right: Array


def choices(extractor: Extractor, name: str) -> list[Choice]:
    """The choices of a corpus."""
    corpus, found = corpora.load(name), []
    for row, report in zip(corpus.rows, corpus.reports, strict=True):
        clusters: list[tuple[ClusterReader, EventCluster]] = []
        make_claim = claims._claim

        def remember(
            reader: ClusterReader, cluster: EventCluster, make: Any = make_claim, kept: Any = clusters
        ) -> Claim:
            kept.append((reader, cluster))
            claim: Claim = make(reader, cluster)
            return claim

        claims._claim = remember
        try:
            line = extraction_json(extractor.extract(report, corpus.reference_days[report.id]))
        finally:
            claims._claim = make_claim
        gold = [Annotation.from_json(annotated) for annotated in row["incidents"]]
        pairs = pair(gold, [Prediction.from_json(claim) for claim in line["claims"]])
        found += [
            _choice(name, report.id, g, *clusters[pairs[i]])
            for i, g in enumerate(gold)
            if i in pairs and has_position(g)
        ]
    return found


def _choice(name: str, report: str, gold: Annotation, reader: ClusterReader, cluster: EventCluster) -> Choice:
    known, chosen = reader.rule_based_place(cluster)
    possible = candidates(reader.context, cluster.mentions, known, chosen)
    rows = [[c.features.get(feature, 0.0) for feature in FITTED] for c in possible]
    right = [bool(same_place(gold, _prediction(c.value))) for c in possible]
    return Choice(name, report, np.array(rows).reshape(len(rows), len(FITTED)), np.array(right, dtype=float))


def _prediction(toponym: Toponym) -> Prediction:
    place = toponym.place
    position = {"lat": place.lat, "lon": place.lon, "country": place.country} if place else None
    return Prediction.from_json({"place": position, "where_prec": toponym.where_prec})


def fit(data: Sequence[Choice], penalty: float) -> Array:
    """The weights, in the order of FITTED."""
    start = np.array([START.get(feature, 0.0) for feature in FITTED])
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    informative = [c for c in data if 0 < c.right.sum() < len(c.right)]
    for step in range(1, STEPS + 1):
        slope = 2 * penalty * (weights - start) + sum(_slope(c, weights) for c in informative)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def _slope(choice: Choice, weights: Array) -> Array:
    scores = choice.features @ weights
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    of_right = likely * choice.right
    return np.asarray((likely - of_right / (of_right.sum() + 1e-12)) @ choice.features)


def right_of(data: Sequence[Choice], weights: Array) -> int:
    """How many choices come out right."""
    return sum(int(c.right[int(np.argmax(c.features @ weights))]) for c in data if len(c.right))


def cross_validated(data: Sequence[Choice], penalty: float) -> Mapping[str, int]:
    """By corpus how many choices are right with weights fitted on the other folds."""
    right = dict.fromkeys(CORPORA, 0)
    for fold in range(FOLDS):
        weights = fit([c for c in data if _fold(c) != fold], penalty)
        for choice in (c for c in data if _fold(c) == fold):
            right[choice.corpus] += right_of([choice], weights)
    return right


def _fold(choice: Choice) -> int:
    return int(hashlib.sha256(choice.report.encode()).hexdigest(), 16) % FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--penalty", type=float, default=0.3)
    penalty = parser.parse_args().penalty
    extractor = load_extractor()
    data = [c for name in CORPORA if corpora.is_available(name) for c in choices(extractor, name)]
    by_rules = np.array([float(feature == "chosen") for feature in FITTED])
    print(f"{len(data)} incidents; right by the rules alone {right_of(data, by_rules)}")
    right = cross_validated(data, penalty)
    print(f"right in cross-validation {sum(right.values())}", dict(right))
    rest, held = ([c for c in data if (c.corpus == HELD_OUT) is own] for own in (False, True))
    print(f"{HELD_OUT} held out: {right_of(held, fit(rest, penalty))} of {len(held)}, rules {right_of(held, by_rules)}")
    for feature, weight in zip(FITTED, fit(data, penalty), strict=True):
        print(f"{feature} = {weight:.1f}")


if __name__ == "__main__":
    main()
