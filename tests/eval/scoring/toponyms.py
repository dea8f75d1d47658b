"""Figures of place names: whether they were recognised and where they were placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.eval.scoring.agreement import kilometres
from tests.eval.scoring.figures import Figures, Json, Problem, Scores, precision_recall, share

NEAR_KM = 161.0  # 100 miles, the threshold that papers on geoparsing report


@dataclass(slots=True)
class ToponymTally:
    """Counts over reports. `errors_km` holds the distance of every place that has an annotated position."""

    annotated: int = 0
    predicted: int = 0
    recognised: int = 0
    with_position: int = 0
    errors_km: list[float] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def figures(self) -> Figures:
        """The figures, named as in the output of the command."""
        near = sum(error <= NEAR_KM for error in self.errors_km)
        placed = len(self.errors_km)
        return {
            "recognition": precision_recall(self.recognised, self.predicted, self.annotated),
            "end_to_end_A@161": share(near, self.with_position),
            "resolved_A@161": share(near, placed),
            "mean_error_km": sum(self.errors_km) / placed if placed else None,
            "median_error_km": sorted(self.errors_km)[placed // 2] if placed else None,
        }


def score_toponyms(gold: Iterable[Json], output: Iterable[Json]) -> Scores:
    """Figures of the toponyms in lines of `extract` against annotated texts."""
    toponyms_of = {row["report"]["id"]: row["toponyms"] for row in output}
    tally = ToponymTally()
    for document in gold:
        _count_document(tally, document, toponyms_of.get(document["doc"], ()))
    return Scores(tally.figures(), tally.problems)


def _count_document(tally: ToponymTally, document: Json, predicted: Sequence[Json]) -> None:
    tally.predicted += len(predicted)
    remaining = list(predicted)
    for annotated in document["toponyms"]:
        tally.annotated += 1
        match = next((p for p in remaining if _overlap(p, annotated)), None)
        if match is not None:
            remaining.remove(match)
            tally.recognised += 1
        if annotated.get("lat") is not None:
            tally.with_position += 1
            _count_position(tally, document["doc"], annotated, match)


def _overlap(first: Json, second: Json) -> bool:
    return bool(first["start"] < second["end"] and second["start"] < first["end"])


def _count_position(tally: ToponymTally, document: str, annotated: Json, match: Json | None) -> None:
    place = match.get("place") if match is not None else None
    if not place or place.get("lat") is None:
        reason = "not recognised" if match is None else "not resolved"
        tally.problems.append(Problem(document, annotated["text"], reason))
        return
    error = kilometres((annotated["lat"], annotated["lon"]), (place["lat"], place["lon"]))
    tally.errors_km.append(error)
    if error > NEAR_KM:
        where = f"{error:.0f} km off: {place.get('name')} {place.get('country')}"
        tally.problems.append(Problem(document, annotated["text"], where))
