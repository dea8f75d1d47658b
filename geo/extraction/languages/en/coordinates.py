"""English words of coordinates written in a text. The word lists are in `lexicon/coordinates.toml`."""

from __future__ import annotations

from functools import cache

from geo.extraction.languages.en.tables import load
from geo.geocoding.written_position import CoordinateWords


@cache
def coordinate_words() -> CoordinateWords:
    """The words, read once."""
    tables = load("coordinates")
    return CoordinateWords(
        hemispheres={word: letter for letter, words in tables["hemispheres"].items() for word in words},
        degrees=tuple(tables["units"]["degrees"]),
        minutes=tuple(tables["units"]["minutes"]),
        seconds=tuple(tables["units"]["seconds"]),
        latitude=tuple(tables["axes"]["latitude"]),
        longitude=tuple(tables["axes"]["longitude"]),
        easting=tuple(tables["axes"]["easting"]),
        northing=tuple(tables["axes"]["northing"]),
        between=tuple(tables["between"]["words"]),
        certain_cues=tuple(tables["cues"]["certain"]),
        likely_cues=tuple(tables["cues"]["likely"]),
        longitude_first=tuple(tables["cues"]["longitude_first"]),
        military_grid=tuple(tables["grids"]["military"]),
        utm=tuple(tables["grids"]["utm"]),
    )
