"""What a claim's confidence means: of the claims with about that figure, that share came out right.

Right is a claim whose type, place and actor are those of the annotation that it pairs with. The table is printed.
"""

from __future__ import annotations

import pytest

from tests.eval import corpora
from tests.eval.conftest import require
from tests.eval.measuring import Readings
from tests.eval.scoring.agreement import Annotation, Prediction
from tests.eval.scoring.claims import check_fields, pair
from tests.eval.scoring.figures import Json

BINS = ((0.0, 0.3), (0.3, 0.45), (0.45, 1.0))
SLACK = 0.2  # a bin of some forty claims is that uncertain itself


@pytest.mark.xdist_group("claims")
def test_confidence_is_the_share_that_comes_out_right(readings: Readings) -> None:
    require("reports")
    outcomes: list[tuple[float, bool]] = []
    for name in ("reports", *corpora.OWN_HALVES):
        for row, line in zip(readings.corpus(name).rows, readings.lines(name), strict=True):
            right = claims_right(row["incidents"], line["claims"])
            outcomes += [(claim["confidence"], i in right) for i, claim in enumerate(line["claims"])]
    for low, high in BINS:
        inside = [(confidence, right) for confidence, right in outcomes if low <= confidence < high]
        expected = sum(confidence for confidence, _ in inside) / len(inside)
        observed = sum(right for _, right in inside) / len(inside)
        print(f"{low:.2f} to {high:.2f}: {len(inside)} claims, confidence {expected:.2f}, right {observed:.2f}")
        assert abs(expected - observed) <= SLACK


def claims_right(incidents: list[Json], claims: list[Json]) -> set[int]:
    """The numbers of the claims that are right in type, place and actor."""
    annotations = [Annotation.from_json(row) for row in incidents]
    predictions = [Prediction.from_json(row) for row in claims]
    right = set()
    for i, j in pair(annotations, predictions).items():
        checks = check_fields(annotations[i], predictions[j])
        if all(checks.get(field, True) for field in ("type", "place", "actor")):
            right.add(j)
    return right
