"""The command `export` with each of its filters, over the seeds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from geo.cli.main import app
from geo.incidents.catalogue import catalogue
from geo.incidents.filters import FILTERS
from geo.incidents.record import IncidentRecord
from geo.store import Store

# The option, what is chosen of the seeds, and which of them pass.
CHOICES: dict[str, tuple[str, Any]] = {
    "actor": ("Islamic State", lambda r: r.actor_name == "Islamic State"),
    "actor_category": ("rebel_group", lambda r: r.actor_category == "rebel_group"),
    "type": ("mass_grave_found", lambda r: r.incident_type == "mass_grave_found"),
    "target_type": ("cemetery", lambda r: r.target_type == "cemetery"),
    "country": ("sy", lambda r: r.country == "SY"),
    "admin1": ("Raqqa", lambda r: r.admin1 == "Raqqa"),
    "year": ("2015", lambda r: r.year == 2015),
    "since": ("2016-01-01", lambda r: r.end_date.isoformat() >= "2016-01-01"),
    "until": ("2016-01-01", lambda r: r.start_date.isoformat() <= "2016-01-01"),
    "bbox": ("36.5,34.5,37.0,35.0", lambda r: 36.5 <= r.place.lon <= 37 and 34.5 <= r.place.lat <= 35),
    "assertion": ("alleged", lambda r: r.assertion == "alleged"),
    "within_km": ("15", lambda r: r.where_prec <= 2 and r.uncertainty_km <= 15),
    "status": ("confirmed", lambda r: r.status == "confirmed"),
    "publisher": ("The New Arab", lambda r: any(s.publisher == "The New Arab" for s in r.sources)),
    "independent": ("2", lambda r: r.n_independent >= 2),
    "dataset": ("reports", lambda r: r.dataset == "reports"),
    "text": ("hilltop", lambda r: any("hilltop" in s.evidence for s in r.sources)),
}


@pytest.fixture(scope="module")
def seeds(seeds_url: str) -> list[IncidentRecord]:
    return catalogue(Store(seeds_url))


def exported(seeds_url: str, *options: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["export", "--store", seeds_url, *options])
    assert done.exit_code == 0, done.output
    collection: dict[str, Any] = json.loads(done.stdout)
    return collection


@pytest.mark.parametrize("name", [f.name for f in FILTERS if f.name != "clock"])
def test_an_option_selects_what_a_look_at_each_incident_gives(
    seeds_url: str, seeds: list[IncidentRecord], name: str
) -> None:
    text, passes = CHOICES[name]
    collection = exported(seeds_url, f"--{name.replace('_', '-')}", text)
    assert {f["id"] for f in collection["features"]} == {r.id for r in seeds if passes(r)}
    assert list(collection["filters"]) == [name]


def test_the_clock_says_which_date_is_meant(seeds_url: str, seeds: list[IncidentRecord]) -> None:
    added = {r.added.year for r in seeds if r.added}
    years = [option for year in sorted(added) for option in ("--year", str(year))]
    assert len(exported(seeds_url, "--clock", "added", *years)["features"]) == len(seeds)
    assert exported(seeds_url, "--clock", "occurred", *years)["features"] == []


def test_the_options_of_the_contract_are_there() -> None:
    assert {"--actor", "--type", "--country", "--year", "--since", "--until", "--bbox", "--status"} <= {
        f.option for f in FILTERS
    }
