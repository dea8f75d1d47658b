"""Fit the weights of `incident_place` on annotated reports, and say how well they do on reports they were not fitted on.

    python -m tests.campaigns.place_weights [--penalty 0.3]

Each incident of the corpora that is paired with a claim is one choice among the candidates of its report; a candidate is
right where the scorer calls its place right. The weights maximise the probability of the right candidates (a softmax over
each incident's candidates), with a penalty on their squares around a start at which the choice of the rules wins. The
figures come from ten folds by report; `own_test` is also held out as a whole.
"""

from __future__ import annotations

import argparse
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
from tests.campaigns.softmax import Choice, cross_validated, fit, right_of
from tests.eval import corpora
from tests.eval.scoring.agreement import Annotation, Prediction, has_position, same_place
from tests.eval.scoring.claims import pair

FITTED = (
    "chosen", "known", "inside_known", "isolated", "home", "destination", "division", "country", "strong_cue",
    "named_again",
)  # fmt: skip
START = np.array([2.0 if feature == "chosen" else 0.0 for feature in FITTED])
CORPORA = ("reports", "world", "own_development", "own_test")
HELD_OUT = "own_test"
FOLDS = 10  # of cross-validation


def choices(extractor: Extractor, name: str) -> list[Choice]:
    """The choices of a corpus."""
    corpus = corpora.load(name)
    incidents: list[Choice] = []
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
        incidents += [
            _choice(name, report.id, g, *clusters[pairs[i]])
            for i, g in enumerate(gold)
            if i in pairs and has_position(g)
        ]
    return incidents


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--penalty", type=float, default=0.3)
    penalty = parser.parse_args().penalty
    extractor = load_extractor()
    data = [c for name in CORPORA if corpora.is_available(name) for c in choices(extractor, name)]
    by_rules = np.array([float(feature == "chosen") for feature in FITTED])
    print(f"{len(data)} incidents; right by the rules alone {right_of(data, by_rules)}")
    right = cross_validated(data, CORPORA, FOLDS, START, penalty)
    print(f"right in cross-validation {sum(right.values())}", dict(right))
    rest, held = ([c for c in data if (c.corpus == HELD_OUT) is own] for own in (False, True))
    print(
        f"{HELD_OUT} held out: {right_of(held, fit(rest, START, penalty))} of {len(held)}, rules {right_of(held, by_rules)}"
    )
    for feature, weight in zip(FITTED, fit(data, START, penalty), strict=True):
        print(f"{feature} = {weight:.1f}")


if __name__ == "__main__":
    main()
