"""Numbers of graves and bodies, and their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.arguments.quantity import counts
from geo.extraction.languages.en import ENGLISH
from geo.model import Count


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("More than 80 headstones were toppled.", "graves", Count(80, 80, None)),
        ("At least 115 bodies have been exhumed.", "bodies", Count(115, 115, None)),
        ("Dozens of corpses were taken.", "bodies", Count(24, 24, 99)),
        ("Up to 40 tombs were damaged.", "graves", Count(40, None, 40)),
        ("About 200 victims lay there.", "bodies", Count(200, 180, 220)),
        ("Two mass graves were found.", "graves", Count(2, 2, 2)),
        ("They razed 1,200 graves and then 30 graves more.", "graves", Count(1200, 1200, 1200)),
        ("Several hundred tombs have been defaced.", "graves", Count(300, 300, 999)),
        ("Twelve mosques and three shrines", "sites", Count(12, 12, 12)),
    ],
)
def test_a_number_has_bounds(text: str, name: str, count: Count) -> None:
    assert counts(ENGLISH, [text])[name] == count


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(
        c.least is None or c.most is None or c.least <= c.number <= c.most for c in counts(ENGLISH, [text]).values()
    )
