"""Fitting weights: what the scripts of this folder do on the annotated corpora, here on two small reports."""

from __future__ import annotations

import numpy as np

from geo.gazetteer import Gazetteer
from geo.geocoding.candidate_features import WEIGHTS
from geo.reports import report
from tests.campaigns.softmax import Choice, fit, right_of
from tests.campaigns.toponym_weights import choices


def test_fitted_weights_prefer_what_the_right_candidates_have() -> None:
    data = [Choice("own", str(i), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 1.0])) for i in range(20)]
    start = np.array([1.0, 0.0])
    weights = fit(data, start, penalty=0.1)
    assert right_of(data, start) == 0
    assert right_of(data, weights) == len(data)


def test_a_name_is_a_choice_among_its_places(gazetteer: Gazetteer) -> None:
    text = "Vandals toppled headstones in Tripoli, officials in Beirut said."
    rows = [{"toponyms": [{"start": text.index("Tripoli"), "end": text.index(","), "lat": 34.43, "lon": 35.84}]}]
    (choice,) = choices(gazetteer, "own", rows, [report(text, "test", {"id": "r1"})])
    assert choice.features.shape == (len(choice.right), len(WEIGHTS))
    assert 0 < choice.right.sum() < len(choice.right)
