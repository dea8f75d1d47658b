"""Which place lies inside which, on the real gazetteer."""

from __future__ import annotations

import pytest

from geo.gazetteer import Gazetteer
from geo.gazetteer.regions import members_of
from geo.gazetteer.tables import read_table
from geo.geocoding.containment import lies_in
from geo.model import Place


def _place(gazetteer: Gazetteer, name: str, country: str | None, feature: str, admin1: str | None = None) -> Place:
    for match in gazetteer.exact(name):
        place = match.entry.place
        alike = (place.country, (place.feature or "")[: len(feature)]) == (country, feature)
        if alike and admin1 in (None, place.admin1_code):
            return place
    raise LookupError(name)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (("Boston", "GB", "PPL"), ("Lincolnshire", "GB", "ADM1"), True),
        (("Boston", "US", "PPL", "US-MA"), ("Lincolnshire", "GB", "ADM1"), False),
        (("Perth", "GB", "PPL"), ("Scotland", "GB", "RGN"), True),
        (("Perth", "AU", "PPL"), ("Scotland", "GB", "RGN"), False),
        (("Cardiff", "GB", "PPL"), ("Scotland", "GB", "RGN"), False),
        (("Córdoba", "ES", "PPL"), ("Andalusia", "ES", "RGN"), True),
        (("Cordoba", "AR", "PPL"), ("Andalusia", "ES", "RGN"), False),
        (("Florence", "IT", "PPL"), ("Tuscany", "IT", "RGN"), True),
        (("Xanthi", "GR", "PPL"), ("Macedonia", "GR", "RGN"), True),
        (("Macedonia", "GR", "RGN"), ("Greece", "GR", "PCLI"), True),
        (("Macedonia", "GR", "RGN"), ("Macedonia", "MK", "PCLI"), False),
        (("Belfast", "GB", "PPL"), ("Ulster", None, "RGN"), True),
        (("Letterkenny", "IE", "PPL"), ("Ulster", None, "RGN"), True),
        (("Dublin", "IE", "PPL"), ("Ulster", None, "RGN"), False),
        (("Scotland", "GB", "RGN"), ("United Kingdom", "GB", "PCLI"), True),
        (("United Kingdom", "GB", "PCLI"), ("Scotland", "GB", "RGN"), False),
        (("Lincolnshire", "GB", "ADM1"), ("England", "GB", "RGN"), True),
        (("Lincolnshire", "GB", "ADM1"), ("Lincolnshire", "GB", "ADM1"), False),
        (("Scotland", "GB", "RGN"), ("Scotland", "GB", "RGN"), False),
        (("England", "GB", "RGN"), ("Lincolnshire", "GB", "ADM1"), False),
        (("Erbil", "IQ", "PPL"), ("Iraqi Kurdistan", "IQ", "RGN"), True),
        (("Iraqi Kurdistan", "IQ", "RGN"), ("Kurdistan", None, "RGN"), True),
        (("Srinagar", "IN", "PPL", "IN-JK"), ("Kashmir", None, "RGN"), True),
        (("Muzaffarabad", "PK", "PPL"), ("Kashmir", None, "RGN"), True),
        (("Delhi", "IN", "PPL"), ("Kashmir", None, "RGN"), False),
        (("Donetsk", "UA", "PPL"), ("Donbas", None, "RGN"), True),
        (("Homs", "SY", "PPL"), ("Homs", "SY", "ADM1"), True),
        (("Homs", "SY", "ADM1"), ("Homs", "SY", "ADM1"), False),
        (("Lamar County", "US", "ADM2", "US-TX"), ("Texas", "US", "ADM1"), True),
        (("Paris", "US", "PPL", "US-TX"), ("Lamar County", "US", "ADM2", "US-TX"), True),
        (("Paris", "US", "PPL", "US-TX"), ("Lamar County", "US", "ADM2", "US-GA"), False),
        (("Syria", "SY", "PCLI"), ("Middle East", None, "RGN"), True),
        (("Lesbos", "GR", "ISL"), ("Greece", "GR", "PCLI"), True),
        (("Mytilene", "GR", "PPL"), ("Lesbos", "GR", "ISL"), True),
        (("Athens", "GR", "PPL"), ("Lesbos", "GR", "ISL"), False),
    ],
)
def test_containment(
    gazetteer: Gazetteer,
    inner: tuple[str, str | None, str],
    outer: tuple[str, str | None, str],
    expected: bool,
) -> None:
    assert lies_in(_place(gazetteer, *inner), _place(gazetteer, *outer)) is expected


def test_every_measured_region_is_a_region_of_known_divisions_or_countries() -> None:
    regions = {row["id"] for row in read_table("regions.tsv")}
    codes = {row[column] for row in read_table("divisions.tsv") for column in ("code", "country")}
    for row in read_table("region_extents.tsv"):
        assert row["id"] in regions
        assert members_of(row["id"]) <= codes, row["id"]
        assert members_of(row["id"]), row["id"]
