"""Figures of linking: B-cubed over the relevant reports (Bagga and Baldwin, 1998)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tests.eval.scoring.figures import Json, Problem, Scores, share


def score_linking(gold: Iterable[Json], export: Json) -> Scores:
    """Whether reports of one event, and no others, are sources of one incident in an exported GeoJSON."""
    event_of = {row["doc"]: row.get("same_incident_group") or row["doc"] for row in gold if row["relevant"]}
    incidents_of = _incidents_by_report(export)
    problems: list[Problem] = []
    precision = recall = 0.0
    for report, event in event_of.items():
        joined = {other for other in event_of if other == report or incidents_of[report] & incidents_of[other]}
        expected = {other for other, its_event in event_of.items() if its_event == event}
        precision += len(joined & expected) / len(joined)
        recall += len(joined & expected) / len(expected)
        problems += [Problem(report, o, "joined, but different incidents") for o in joined - expected if report < o]
        problems += [Problem(report, o, "same incident, not joined") for o in expected - joined if report < o]
    reports = len(event_of)
    precision, recall = share(precision, reports), share(recall, reports)
    f1 = share(2 * precision * recall, precision + recall)
    exported = sum(bool(incidents_of[report]) for report in event_of)
    figures = {
        "bcubed": {"precision": precision, "recall": recall, "f1": f1, "reports": reports},
        "reports_in_export": share(exported, reports),
    }
    return Scores(figures, sorted(problems))


def _incidents_by_report(export: Json) -> defaultdict[str, set[str]]:
    incidents: defaultdict[str, set[str]] = defaultdict(set)
    for feature in export["features"]:
        for source in feature["properties"]["sources"]:
            incidents[source["report_id"]].add(feature["properties"]["incident_id"])
    return incidents
