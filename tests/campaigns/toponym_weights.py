"""Fit the weights by which a place name is resolved, and say how well they do on reports they were not fitted on.

    python -m tests.campaigns.toponym_weights [--penalty 2.0]

Each annotated name of TR-News and GeoVirus that the gazetteer has in several places is one choice among these. A
candidate is right where it lies about as near to the annotated position as the nearest one, so that a city is told from
its division. The figures come from five folds by report: how many choices are right, with the present weights and with
fitted ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from geopy.distance import great_circle

from geo.extraction.document import prepare
from geo.extraction.languages.en import ENGLISH
from geo.extraction.toponyms.context import report_context
from geo.extraction.toponyms.mention import ToponymMention
from geo.extraction.toponyms.recognition import ToponymRecognizer
from geo.extraction.truecasing import Truecaser
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.geocoding import resolve
from geo.geocoding.candidate_features import WEIGHTS
from geo.model import Report
from geo.settings import GAZETTEER
from tests.campaigns.softmax import Array, Choice, cross_validated, fit, right_of
from tests.eval import corpora
from tests.eval.scoring.figures import Json

FOLDS = 5
# A candidate is right up to this distance, or up to the nearest one's and half as much again, and never beyond 161 km,
# at which papers on geoparsing call a place right, or most of a large area's extent.
NEAR_KM, SLACK_KM, FARTHEST_KM, SHARE_OF_EXTENT = 10.0, 5.0, 161.0, 0.8


def choices(gazetteer: Gazetteer, corpus: str, rows: Sequence[Json], reports: Sequence[Report]) -> Iterator[Choice]:
    """The choices of annotated reports, with the present weights deciding the names around each."""
    model, truecaser = ENGLISH.load_model(), Truecaser(gazetteer, ENGLISH)
    recognizer = ToponymRecognizer(gazetteer, ENGLISH)
    for row, report in zip(rows, reports, strict=True):
        document = prepare(report, ENGLISH, model, truecaser.restore)
        mentions = recognizer.recognize(document)
        context = report_context(document, mentions, gazetteer, ENGLISH.places)
        possible, chosen = resolve.possible_and_chosen(mentions, context, gazetteer)
        of_mentions = resolve.candidate_features(possible, context, chosen, gazetteer)
        for mention, values in zip(possible, of_mentions, strict=True):
            gold = next((g for g in row["toponyms"] if g["start"] < mention.end and mention.start < g["end"]), None)
            if gold is not None and gold.get("lat") is not None and len(mention.matches) > 1:
                features = np.array([[f.get(name, 0.0) for name in WEIGHTS] for f in values])
                yield Choice(corpus, report.id, features, _right(mention, (gold["lat"], gold["lon"])))


def _right(mention: ToponymMention, position: tuple[float, float]) -> Array:
    places = [m.entry.place for m in mention.matches]
    km = np.array([float(great_circle((p.lat, p.lon), position).km) for p in places])
    extents = np.array([p.uncertainty_km for p in places])
    near = km <= max(NEAR_KM, 1.5 * float(km.min()) + SLACK_KM)
    return np.asarray(near & (km <= np.maximum(FARTHEST_KM, SHARE_OF_EXTENT * extents)), dtype=float)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--penalty", type=float, default=2.0)
    penalty = parser.parse_args().penalty
    gazetteer = Gazetteer(ensure(Path(GAZETTEER.get())))
    data: list[Choice] = []
    for name in filter(corpora.is_available, corpora.TOPONYMS):
        corpus = corpora.load(name)
        data += choices(gazetteer, name, corpus.rows, corpus.reports)
    start = np.array(list(WEIGHTS.values()))
    for name in corpora.TOPONYMS:
        of_corpus = [c for c in data if c.corpus == name]
        print(f"{name}: {len(of_corpus)} choices, right with the present weights {right_of(of_corpus, start)}")
    print("right in cross-validation", dict(cross_validated(data, corpora.TOPONYMS, FOLDS, start, penalty)))
    for feature, weight in zip(WEIGHTS, fit(data, start, penalty), strict=True):
        print(f"{feature} = {weight:.1f}")


if __name__ == "__main__":
    main()
