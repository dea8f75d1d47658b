"""Windows of the playback: every day of the span is shown, in order, and it ends."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.playback import STEPS, Playback


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.sampled_from(STEPS), st.booleans())
def test_each_day_is_shown_once_and_it_ends(first: date, days: int, step: str, grows: bool) -> None:
    last = first + timedelta(days=days)
    playing: Playback | None = Playback.begin(first, last, step, grows)
    windows = []
    while playing is not None:
        windows.append(playing.window)
        playing = playing.following()
    assert windows[-1][1] >= last
    if grows:
        assert {w[0] for w in windows} == {first}
    else:
        assert windows[0][0] <= first
        assert all(b[0] == a[1] + timedelta(days=1) for a, b in pairwise(windows))
