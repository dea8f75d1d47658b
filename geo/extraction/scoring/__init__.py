"""Choices between the candidates of an argument, by weights over their features.

The weights in `weights.toml` are set by hand; a learned model is to take their place behind the same functions.
"""

from geo.extraction.scoring.linear import best, choose_assertion, score, threshold

__all__ = ["best", "choose_assertion", "score", "threshold"]
