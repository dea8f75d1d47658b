"""The project's scorer: by hand on small cases, and against the scorer that comes with the shared annotations."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.eval import corpora, score
from tests.eval.conftest import require
from tests.eval.measuring import Readings
from tests.eval.scoring import flatten, score_claims, score_linking, score_toponyms
from tests.eval.scoring.figures import Json

GOLD: Json = {
    "type": "shrine_destruction", "primary": True, "actor_canonical": "Islamic State|Daesh", "asserted": "alleged",
    "place_precision": "settlement", "country": "IQ", "lat": 36.34, "lon": 43.13,
    "date_start": "2014-07-24", "date_end": "2014-07-24",
}  # fmt: skip
CLAIM: Json = {
    "incident_type": "heritage_destruction", "actor_name": "islamic state", "assertion": "alleged", "where_prec": 1,
    "place": {"name": "Mosul", "country": "IQ", "lat": 36.34, "lon": 43.13},
    "start_date": "2014-07-20", "end_date": "2014-07-27",
}  # fmt: skip
FIELDS = "fields_right_of_all_gold"


def figures(gold: list[Json], claims: list[Json], relevant: bool = True) -> dict[str, float]:
    document = {"doc": "a", "relevant": relevant, "incidents": gold}
    return flatten(score_claims([document], [{"report": {"id": "a"}, "claims": claims}]).figures)


def test_a_claim_that_agrees_in_everything_is_right_in_everything() -> None:
    measured = figures([GOLD], [CLAIM])
    perfect = {name: value for name, value in measured.items() if value != 1.0}
    assert perfect == {"false_alarms_on_irrelevant_reports": 0.0}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"incident_type": "exhumation"}, {"type"}),
        ({"actor_name": "Unknown"}, {"actor"}),
        ({"assertion": "stated"}, {"asserted"}),
        ({"place": {"country": "IQ", "lat": 36.34, "lon": 43.50}}, {"place"}),
        ({"place": None}, {"place"}),
        ({"start_date": "2014-07-01", "end_date": "2014-07-31"}, {"date_7d"}),
        ({"start_date": "2012-01-01", "end_date": "2014-12-31"}, {"year", "date_7d"}),
        ({"start_date": None, "end_date": None}, {"year", "date_7d"}),
    ],
)
def test_one_wrong_field_is_counted_as_that_field(change: Json, wrong: set[str]) -> None:
    measured = figures([GOLD], [CLAIM | change])
    assert {name for name, value in measured.items() if name.startswith(FIELDS) and value == 0.0} == {
        f"{FIELDS}.{name}" for name in wrong
    }
    assert measured["primary_incident_all_right"] == float(wrong <= {"asserted", "date_7d"})


def test_a_missed_incident_is_wrong_in_every_field_and_a_needless_claim_costs_precision() -> None:
    measured = figures([GOLD, GOLD | {"primary": False}], [CLAIM])
    assert measured["incidents.recall"] == 0.5
    assert measured[f"{FIELDS}.place"] == 0.5
    measured = figures([GOLD], [CLAIM, CLAIM, CLAIM])
    assert measured["incidents.precision"] == pytest.approx(1 / 3)
    measured = figures([], [CLAIM], relevant=False)
    assert measured["false_alarms_on_irrelevant_reports"] == 1.0
    assert measured["report_relevance.precision"] == 0.0


def test_a_country_is_right_only_where_no_finer_place_is_claimed() -> None:
    gold = GOLD | {"place_precision": "country", "lat": None, "lon": None}
    assert figures([gold], [CLAIM])[f"{FIELDS}.place"] == 0.0
    assert figures([gold], [CLAIM | {"where_prec": 6}])[f"{FIELDS}.place"] == 1.0
    assert f"{FIELDS}.place" not in figures([GOLD | {"lat": None, "lon": None}], [CLAIM])


def test_an_accusation_is_right_only_where_the_gold_names_that_actor() -> None:
    unnamed = GOLD | {"actor_canonical": None}
    measured = figures([unnamed], [CLAIM])
    assert (measured["accusations.precision"], measured["accusations.recall"]) == (0.0, 1.0)
    measured = figures([GOLD], [CLAIM | {"actor_name": "Unknown"}])
    assert (measured["accusations.precision"], measured["accusations.recall"]) == (1.0, 0.0)


def test_a_toponym_is_matched_once_and_measured_in_kilometres() -> None:
    gold = [{"doc": "a", "toponyms": [{"text": "Homs", "start": 0, "end": 4, "lat": 34.73, "lon": 36.72}]}]
    place = {"lat": 34.73, "lon": 38.72, "name": "Homs", "country": "SY"}
    found = [{"start": 0, "end": 4, "place": place}, {"start": 2, "end": 4, "place": place}]
    measured = flatten(score_toponyms(gold, [{"report": {"id": "a"}, "toponyms": found}]).figures)
    assert (measured["recognition.precision"], measured["recognition.recall"]) == (0.5, 1.0)
    assert measured["end_to_end_A@161"] == 0.0
    assert measured["mean_error_km"] == pytest.approx(182.7, abs=0.5)


def test_reports_of_one_event_in_two_incidents_cost_recall_and_of_two_in_one_precision() -> None:
    gold = [{"doc": d, "relevant": True, "same_incident_group": g} for d, g in (("a", "x"), ("b", "x"), ("c", None))]
    assert linking(gold, ["ab", "c"]) == (1.0, 1.0)
    assert linking(gold, ["a", "b", "c"]) == pytest.approx((1.0, 2 / 3))
    assert linking(gold, ["abc"]) == pytest.approx((5 / 9, 1.0))


def linking(gold: list[Json], incidents: list[str]) -> tuple[float, float]:
    features = [{"properties": {"incident_id": i, "sources": [{"report_id": r} for r in i]}} for i in incidents]
    measured = flatten(score_linking(gold, {"features": features}).figures)
    return measured["bcubed.precision"], measured["bcubed.recall"]


@pytest.mark.xdist_group("claims")
@pytest.mark.parametrize("name", [*corpora.SHARED_CLAIMS, *corpora.TOPONYMS])
def test_both_scorers_agree_to_three_digits(shared: Path, readings: Readings, tmp_path: Path, name: str) -> None:
    require(name)
    gold = corpora.write_rows(tmp_path / "gold.jsonl", readings.corpus(name).rows)
    output = corpora.write_rows(tmp_path / "output.jsonl", readings.lines(name))
    export = tmp_path / "export.geojson"
    subjects = {"toponyms": output}
    if name in corpora.SHARED_CLAIMS:
        export.write_text(json.dumps(readings.export(name)))
        subjects = {"claims": output, "linking": export}
    for subject, path in subjects.items():
        theirs, ours = by_shared_scorer(shared, subject, gold, path), flatten(score.score(subject, gold, path).figures)
        assert ours == {figure: pytest.approx(value, abs=5e-4) for figure, value in theirs.items()}


def by_shared_scorer(shared: Path, subject: str, gold: Path, output: Path) -> dict[str, float]:
    command = [sys.executable, str(shared / "eval" / "score.py"), subject, str(gold), str(output), "--json"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    return flatten(json.loads(printed))


def test_the_command_prints_figures_and_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = corpora.write_rows(tmp_path / "gold.jsonl", [{"doc": "a", "relevant": True, "incidents": [GOLD]}])
    claims: list[dict[str, Any]] = [CLAIM | {"assertion": "stated"}]
    output = corpora.write_rows(tmp_path / "out.jsonl", [{"report": {"id": "a"}, "claims": claims}])
    assert score.main(["claims", str(gold), str(output), "--json", "--errors"]) == 0
    problem, line = capsys.readouterr().out.splitlines()
    assert problem.split("\t")[:2] == ["a", "asserted"]
    assert json.loads(line)[FIELDS]["asserted"] == 0.0
    assert score.main(["claims", str(gold), str(output)]) == 0
    assert "primary_incident_all_right" in capsys.readouterr().out
