"""The gate: it raises floors, refuses to lower one, and notices other annotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval import gate
from tests.eval.floors import CorpusFloors, read_floors, rounded_down, write_floors
from tests.eval.measuring import Readings

OLD = {"own_test": CorpusFloors("abc", {"incidents.f1": 0.5, "bcubed.f1": 0.9})}


def judged(**figures: float) -> gate.Verdict:
    named = {name.replace("_f1", ".f1"): value for name, value in figures.items()}
    return gate.judge({"own_test": gate.Measured("abc", named)}, OLD)


def test_a_higher_figure_raises_its_floor_and_an_equal_one_keeps_it() -> None:
    verdict = judged(incidents_f1=0.61279, bcubed_f1=0.9)
    assert verdict.fallen == []
    assert verdict.pinned["own_test"].floors == {"incidents.f1": 0.612, "bcubed.f1": 0.9}


def test_a_lower_figure_is_named_and_its_floor_stays() -> None:
    verdict = judged(incidents_f1=0.9, bcubed_f1=0.8999)
    assert verdict.fallen == ["own_test: bcubed.f1 has fallen below its floor of 0.900"]
    assert verdict.pinned["own_test"].floors["bcubed.f1"] == 0.9
    assert any("bcubed.f1" in line and "0.899" in line and line.endswith("FALLEN") for line in verdict.lines)


def test_a_figure_that_is_no_longer_measured_has_fallen() -> None:
    assert "bcubed.f1" in judged(incidents_f1=0.9).fallen[0]


def test_other_annotations_are_noticed_and_pinned_only_where_that_is_asked_for() -> None:
    changed = {"own_test": gate.Measured("def", {"incidents.f1": 0.1})}
    verdict = gate.judge(changed, OLD)
    assert "the annotations have changed" in verdict.fallen[0]
    assert verdict.pinned == OLD
    verdict = gate.judge(changed, OLD, new=["own_test"])
    assert verdict.fallen == []
    assert verdict.pinned["own_test"] == CorpusFloors("def", {"incidents.f1": 0.1})
    unchanged = {"own_test": gate.Measured("abc", {"incidents.f1": 0.1, "bcubed.f1": 0.9})}
    assert gate.judge(unchanged, OLD, new=["own_test"]).fallen, "`new` lowers no floor of unchanged annotations"


figures = st.dictionaries(st.sampled_from(["a.f1", "b.f1", "c"]), st.floats(0, 1), min_size=1)


@given(figures, figures)
def test_pinning_never_lowers_a_floor_and_never_passes_the_figure(
    first: dict[str, float], then: dict[str, float]
) -> None:
    before = CorpusFloors("abc", {}).raised(first)
    after = before.raised(then)
    assert all(after.floors[name] >= floor for name, floor in before.floors.items())
    assert all(floor <= max(first.get(name, 0), then.get(name, 0)) + 1e-9 for name, floor in after.floors.items())
    assert not CorpusFloors("abc", {}).raised(then).fallen({name: value + 1e-9 for name, value in then.items()})


@given(st.dictionaries(st.sampled_from(["own_test", "seeds"]), figures))
def test_floors_come_back_from_their_file(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, dict[str, float]]
) -> None:
    path = tmp_path_factory.mktemp("floors") / "floors.toml"
    pinned = {n: CorpusFloors("ab12", {f: rounded_down(v) for f, v in t.items()}) for n, t in tables.items()}
    write_floors(pinned, path)
    assert read_floors(path) == pinned


@pytest.mark.xdist_group("claims")
def test_the_gate_pins_a_corpus_and_refuses_a_figure_below_its_floor(
    readings: Readings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.toml"
    assert gate.run(readings, ["own_test"], path, pin=False) == 0
    assert not path.exists()
    assert gate.run(readings, ["own_test"], path, pin=True) == 0
    pinned = read_floors(path)
    assert pinned["own_test"].floors.keys() == readings.figures("own_test").keys()
    assert gate.run(readings, ["own_test"], path, pin=True) == 0
    assert read_floors(path) == pinned

    raised = CorpusFloors(pinned["own_test"].sha256, {**pinned["own_test"].floors, "incidents.f1": 0.999})
    write_floors({"own_test": raised}, path)
    before = path.read_bytes()
    capsys.readouterr()
    assert gate.run(readings, ["own_test"], path, pin=True) == 1
    assert "own_test: incidents.f1 has fallen below its floor of 0.999" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_an_unknown_corpus_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        gate.main(["nonsense"])
    assert "no corpus is called nonsense" in capsys.readouterr().err
