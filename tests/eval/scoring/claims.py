"""Figures of claims against annotated incidents.

Annotations and claims of a report are paired greedily, those first that agree most. A field counts as right only on a
paired incident, and is asked of every incident whose annotation gives it, so that an incident that was missed counts
against all of its fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.eval.scoring.agreement import (
    SHORT_INTERVAL_DAYS,
    Annotation,
    Prediction,
    has_position,
    same_actor,
    same_days,
    same_family,
    same_place,
    same_year,
)
from tests.eval.scoring.figures import Figures, Json, Problem, Scores, precision_recall, share

# How much each field adds to the agreement of a pair, and the least agreement of a pair that is kept.
_TYPE_WEIGHT, _PLACE_WEIGHT, _ACTOR_WEIGHT, _DATE_WEIGHT = 2.0, 2.0, 1.0, 1.0
_LEAST_AGREEMENT = 2.0
_PRIMARY_FIELDS = ("type", "place", "actor", "year")


@dataclass(slots=True)
class ClaimTally:
    """Counts over reports, which can be added up; `figures` derives precision, recall and shares from them."""

    relevant_read: int = 0  # relevant reports with a claim
    relevant_missed: int = 0
    irrelevant_read: int = 0
    irrelevant_passed: int = 0
    annotated: int = 0
    predicted: int = 0
    paired: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    primary: int = 0
    primary_right: int = 0
    actors_annotated: int = 0
    actors_named: int = 0
    actors_right: int = 0
    annotated_actors_right: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: ClaimTally) -> None:
        """Add the counts of another tally."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> Figures:
        """The figures, named as in the output of the command."""
        irrelevant = self.irrelevant_read + self.irrelevant_passed
        read, relevant = self.relevant_read + self.irrelevant_read, self.relevant_read + self.relevant_missed
        return {
            "report_relevance": precision_recall(self.relevant_read, read, relevant),
            "incidents": precision_recall(self.paired, self.predicted, self.annotated),
            "fields_right_of_all_gold": {name: self.right[name] / self.asked[name] for name in sorted(self.asked)},
            "primary_incident_all_right": share(self.primary_right, self.primary),
            "accusations": {
                "precision": share(self.actors_right, self.actors_named, empty=1.0),
                "recall": share(self.annotated_actors_right, self.actors_annotated, empty=1.0),
                "named": self.actors_named,
            },
            "false_alarms_on_irrelevant_reports": share(self.irrelevant_read, irrelevant),
        }


def score_claims(gold: Iterable[Json], output: Iterable[Json]) -> Scores:
    """Figures of the claims in lines of `extract` against annotated reports."""
    claims_of = {row["report"]["id"]: row["claims"] for row in output}
    total = ClaimTally()
    for document in gold:
        if document["doc"] not in claims_of:
            total.problems.append(Problem(document["doc"], "", "no output line for this report"))
        total.add(score_report(document, claims_of.get(document["doc"], ())))
    return Scores(total.figures(), total.problems)


def score_report(document: Json, claims: Sequence[Json]) -> ClaimTally:
    """The counts of one annotated report."""
    name, relevant = document["doc"], bool(document["relevant"])
    annotations = [Annotation.from_json(row) for row in document["incidents"]]
    predictions = [Prediction.from_json(row) for row in claims]
    tally = ClaimTally(annotated=len(annotations), predicted=len(predictions))
    _count_relevance(tally, name, relevant, len(predictions))
    pairs = pair(annotations, predictions)
    tally.paired = len(pairs)
    for number, annotation in enumerate(annotations):
        claim = predictions[pairs[number]] if number in pairs else None
        _count_incident(tally, name, annotation, claim)
    return tally


def pair(annotations: Sequence[Annotation], predictions: Sequence[Prediction]) -> dict[int, int]:
    """The number of the prediction paired with each annotation; those without a counterpart are left out."""
    ranked = sorted(
        (-_agreement(gold, claim), i, j) for i, gold in enumerate(annotations) for j, claim in enumerate(predictions)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for negative, i, j in ranked:
        if -negative >= _LEAST_AGREEMENT and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _agreement(gold: Annotation, claim: Prediction) -> float:
    dates_meet = gold.interval is not None and claim.interval is not None and gold.interval.overlaps(claim.interval)
    return (
        _TYPE_WEIGHT * same_family(gold, claim)
        + _PLACE_WEIGHT * bool(same_place(gold, claim))
        + _ACTOR_WEIGHT * same_actor(gold, claim)
        + _DATE_WEIGHT * dates_meet
    )


def _count_relevance(tally: ClaimTally, document: str, relevant: bool, claims: int) -> None:
    read = claims > 0
    tally.relevant_read, tally.relevant_missed = int(relevant and read), int(relevant and not read)
    tally.irrelevant_read, tally.irrelevant_passed = int(not relevant and read), int(not relevant and not read)
    if relevant != read:
        tally.problems.append(Problem(document, "relevance", f"gold {relevant}, {claims} claims"))


def _count_incident(tally: ClaimTally, document: str, gold: Annotation, claim: Prediction | None) -> None:
    checks = check_fields(gold, claim)
    tally.asked.update(checks.keys())
    tally.right.update(name for name, right in checks.items() if right)
    tally.primary += gold.primary
    tally.primary_right += gold.primary and all(checks.get(name, True) for name in _PRIMARY_FIELDS)
    tally.actors_annotated += gold.names_actor
    if claim is not None and claim.names_actor:
        tally.actors_named += 1
        tally.actors_right += checks["actor"]
        tally.annotated_actors_right += checks["actor"] and gold.names_actor
    tally.problems += _problems(document, gold, claim, checks)


def check_fields(gold: Annotation, claim: Prediction | None) -> dict[str, bool]:
    """For each field that the annotation gives, whether the paired claim has it right; all wrong without a claim."""
    dates = claim.interval if claim is not None else None
    checks = {"type": claim is not None and same_family(gold, claim)}
    if has_position(gold):
        checks["place"] = claim is not None and bool(same_place(gold, claim))
    checks["actor"] = claim is not None and same_actor(gold, claim)
    if gold.interval is not None:
        checks["year"] = same_year(gold.interval, dates)
        if gold.interval.days <= SHORT_INTERVAL_DAYS:
            checks["date_7d"] = same_days(gold.interval, dates)
    checks["asserted"] = claim is not None and gold.assertion == claim.assertion
    return checks


def _problems(
    document: str, gold: Annotation, claim: Prediction | None, checks: Mapping[str, bool]
) -> Iterable[Problem]:
    wanted = gold.fields
    if claim is None:
        summary = (wanted["type"], wanted.get("place_text"), wanted.get("actor_canonical"))
        yield Problem(document, "incident missed", " | ".join(map(str, summary)))
        return
    described = ("type", "place_text", "actor_canonical", "date_start", "date_end", "asserted")
    given = ("incident_type", "actor_name", "start_date", "end_date", "assertion")
    place = claim.fields.get("place")
    place_name = place.get("name") if isinstance(place, dict) else None
    expected = " | ".join(str(wanted.get(name)) for name in described)
    received = " | ".join([*(str(claim.fields.get(name)) for name in given), str(place_name)])
    for name, right in checks.items():
        if not right:
            yield Problem(document, name, f"gold: {expected}  output: {received}")
