"""Figures of the project's output against annotated reports: claims, toponyms and linking."""

from tests.eval.scoring.claims import ClaimTally, score_claims, score_report
from tests.eval.scoring.figures import Problem, Scores, flatten
from tests.eval.scoring.linking import score_linking
from tests.eval.scoring.toponyms import score_toponyms

__all__ = [
    "ClaimTally",
    "Problem",
    "Scores",
    "flatten",
    "score_claims",
    "score_linking",
    "score_report",
    "score_toponyms",
]
