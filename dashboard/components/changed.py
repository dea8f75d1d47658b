"""What changed since a briefing was made, retractions included, or since a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import streamlit as st

from dashboard import live, words
from dashboard.queries import Book
from geo.incidents.diff import KINDS, Change, compare
from geo.incidents.filters import Selection
from geo.settings import STORE
from geo.store import Briefing

_A_DAY = -1


def changed(book: Book) -> None:
    """What changed since a briefing or a day, the latest briefing first."""
    store = live.store(STORE.get())
    made = store.briefings()
    names = [
        f"the briefing of {b.at:%-d %b %Y, %H:%M} ({words.filters(b.query)}; {len(b.incidents)} shown)" for b in made
    ]
    chosen = st.selectbox("Since", [*range(len(made)), _A_DAY], format_func=lambda i: "a day" if i < 0 else names[i])
    if chosen == _A_DAY:
        _since_day(book)
    else:
        _since_briefing(book, made[chosen], store.successors())


def _since_briefing(book: Book, briefing: Briefing, successors: Mapping[str, str]) -> None:
    """Incidents under the briefing's filters that are new, changed, or gone: retracted, joined, out of the filters."""
    changes = compare(briefing.incidents, book.frame.of(Selection.read(briefing.query)), successors)
    counted = Counter(c.kind for c in changes)
    st.markdown(" · ".join(f"**{counted[kind]}** {kind}" for kind in KINDS))
    if not changes:
        st.caption("Nothing of what this briefing told has changed.")
        return
    rows = [{"kind": c.kind, "what": _title(c), "how": _how(c, book), "incident": c.incident_id} for c in changes]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        column_config={
            "kind": "",
            "what": st.column_config.TextColumn("Incident", width="medium"),
            "how": st.column_config.TextColumn("What changed", width="large"),
            "incident": "Id",
        },
    )


def _title(change: Change) -> str:
    told = {**change.was, **change.now}
    where = told.get("place_name") or words.country(told.get("country"))
    return f"{words.TYPES[told['incident_type']]}, {where}" if "incident_type" in told else change.incident_id


def _how(change: Change, book: Book) -> str:
    if change.kind == "gone":
        if change.into:
            return f"is one with {change.into}"
        if change.now:
            return "rejected"
        return "outside these filters now" if book.by_id(change.incident_id) else "not read from its report any more"
    if change.kind == "new":
        return f"{change.now['actor_name']}, {words.dates(change.now['start_date'], change.now['end_date'])}"
    named = ((name.replace("_", " "), change.was[name], change.now[name]) for name in change.now)
    return "; ".join(f"{name}: {was or 'none'} → {now or 'none'}" for name, was, now in named)


def _since_day(book: Book) -> None:
    """Reports added and decisions taken since a day, the latest first."""
    since = st.date_input("Day", datetime.now(UTC).date() - timedelta(days=7), key="changed_since", format="YYYY-MM-DD")
    added = Counter(
        s.added.date() for s in book.reports.values() if isinstance(since, date) and s.added.date() >= since
    )
    rows = [
        {"at": pd.Timestamp(day), "who": "", "what": f"{number} reports added", "incident": "", "why": ""}
        for day, number in added.items()
    ]
    rows += [
        {
            "at": pd.Timestamp(d.at).tz_localize(None),
            "who": d.who,
            "what": f"{d.kind} ({', '.join(str(v) for v in d.now.values() if isinstance(v, str))})",
            "incident": d.incident_id,
            "why": d.why,
        }
        for d in book.decisions
        if isinstance(since, date) and d.at.date() >= since
    ]
    st.markdown(f"**{len(rows)}** changes")
    table = pd.DataFrame(rows, columns=["at", "who", "what", "incident", "why"]).sort_values("at", ascending=False)
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        column_config={
            "at": st.column_config.DatetimeColumn("When", format="D MMM YYYY, HH:mm"),
            "who": "Who",
            "what": "What",
            "incident": "Incident",
            "why": "Why",
        },
    )
