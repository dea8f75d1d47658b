"""What a claim's confidence means: of the claims with about that figure, that share came out right.

Right is a claim whose type, place and actor are those of the annotation that it pairs with, by the scorer beside the
project. The table is printed.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import Run
from tests.eval.test_floors import corpus, extracted

BINS = ((0.0, 0.3), (0.3, 0.45), (0.45, 1.0))
SLACK = 0.2  # a bin of some forty claims is that uncertain itself


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.xdist_group("claims")
def test_confidence_is_the_share_that_comes_out_right(
    shared: Path, geo: Run, tmp_path: Path, scorer: ModuleType
) -> None:
    outcomes: list[tuple[float, bool]] = []
    for name in ("reports", "own"):
        gold, reports = corpus(shared, name, tmp_path)
        out = extracted(geo, reports, name)
        annotated = {row["doc"]: row for row in map(json.loads, gold.read_text().splitlines())}
        for row in map(json.loads, out.read_text().splitlines()):
            wanted = annotated[row["report"]["id"]]["incidents"]
            pairs = {claim: incident for incident, claim in scorer.pair_up(wanted, row["claims"])}
            for number, claim in enumerate(row["claims"]):
                right = number in pairs and _right(scorer, wanted[pairs[number]], claim)
                outcomes.append((claim["confidence"], right))
    for low, high in BINS:
        inside = [(figure, right) for figure, right in outcomes if low <= figure < high]
        told = sum(figure for figure, _ in inside) / len(inside)
        came = sum(right for _, right in inside) / len(inside)
        print(f"confidence {low:.2f} to {high:.2f}: {len(inside)} claims, told {told:.2f}, right {came:.2f}")
        assert abs(told - came) <= SLACK


def _right(scorer: ModuleType, wanted: dict[str, object], claim: dict[str, object]) -> bool:
    same_family = scorer.FAMILY.get(wanted["type"]) == scorer.FAMILY.get(claim["incident_type"])
    placed = scorer.place_ok(wanted, claim) is not False
    return same_family and placed and scorer.same_actor(wanted["actor_canonical"], claim["actor_name"])
