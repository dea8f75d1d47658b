"""What changed since a briefing, retractions included, or since a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import streamlit as st

from dashboard import labels
from dashboard.cache import current_store
from dashboard.snapshot import Snapshot
from geo.incidents.diff import KINDS, Change, compare
from geo.incidents.filters import Selection
from geo.store import Briefing

_DAY = -1  # the option that asks for a day instead of a briefing
_DEFAULT_DAYS = 7


def show_changes(snapshot: Snapshot) -> None:
    """What changed since a briefing or a day; the latest briefing is preselected."""
    store = current_store()
    briefings = store.briefings()
    names = [
        f"the briefing of {b.at:%-d %b %Y, %H:%M} ({labels.describe_selection(Selection.from_json(b.query))}; "
        f"{labels.plural(len(b.incidents), 'incident')})"
        for b in briefings
    ]
    options = [*range(len(briefings)), _DAY]
    chosen = st.selectbox("Since", options, format_func=lambda i: "a day" if i == _DAY else names[i])
    if chosen == _DAY:
        _show_since_day(snapshot)
    else:
        _show_since_briefing(snapshot, briefings[chosen], store.successors())


def _show_since_briefing(snapshot: Snapshot, briefing: Briefing, successors: Mapping[str, str]) -> None:
    """Incidents under the briefing's filters that are new, changed, or gone: rejected, merged, or filtered out."""
    selected = snapshot.columns.select(Selection.from_json(briefing.query))
    changes = compare(briefing.incidents, selected, successors)
    counts = Counter(change.kind for change in changes)
    st.markdown(" · ".join(f"**{counts[kind]}** {kind}" for kind in KINDS))
    if not changes:
        st.caption("The incidents of this briefing have not changed.")
        return
    rows = [
        {"kind": c.kind, "incident": _title(c, snapshot), "change": _describe(c, snapshot), "id": c.incident_id}
        for c in changes
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        column_config={
            "kind": "",
            "incident": st.column_config.TextColumn("Incident", width="medium"),
            "change": st.column_config.TextColumn("What changed", width="large"),
            "id": "Id",
        },
    )


def _title(change: Change, snapshot: Snapshot) -> str:
    record = snapshot.record(change.incident_id)
    if record is not None:
        return labels.title(record)
    where = change.was.get("place_name") or labels.country(change.was.get("country"))
    return f"{labels.field_value('incident_type', change.was.get('incident_type'))} · {where}"


def _describe(change: Change, snapshot: Snapshot) -> str:
    record = snapshot.record(change.incident_id)
    if change.kind == "gone":
        if change.into:
            return f"merged into {change.into}"
        if change.now:
            return "rejected"
        return "no longer extracted from its report" if record is None else "no longer matches these filters"
    if change.kind == "new" and record is not None:
        return f"{record.actor_name}, {labels.dates(record.start_date, record.end_date)}"
    return "; ".join(
        f"{labels.FIELDS.get(name, name)}: {labels.field_value(name, was)} → {labels.field_value(name, now)}"
        for name, was, now in ((name, change.was[name], change.now[name]) for name in change.now)
    )


def _show_since_day(snapshot: Snapshot) -> None:
    """Reports added and decisions made since a day, the latest first."""
    default = datetime.now(UTC).date() - timedelta(days=_DEFAULT_DAYS)
    since = st.date_input("Day", default, key="changed_since", format="YYYY-MM-DD")
    if not isinstance(since, date):
        return
    added = Counter(stored.added.date() for stored in snapshot.reports.values() if stored.added.date() >= since)
    rows = [
        {"at": pd.Timestamp(day), "who": "", "what": f"{labels.plural(n, 'report')} added", "incident": "", "why": ""}
        for day, n in added.items()
    ]
    rows += [
        {
            "at": pd.Timestamp(decision.at).tz_localize(None),
            "who": decision.who,
            "what": labels.decision(decision.kind, decision.now),
            "incident": decision.incident_id,
            "why": decision.why,
        }
        for decision in snapshot.decisions
        if decision.at.date() >= since
    ]
    st.markdown(f"**{len(rows)}** {'change' if len(rows) == 1 else 'changes'}")
    table = pd.DataFrame(rows, columns=["at", "who", "what", "incident", "why"]).sort_values("at", ascending=False)
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        column_config={
            "at": st.column_config.DatetimeColumn("Time (UTC)", format="D MMM YYYY, HH:mm"),
            "who": "By",
            "what": "Change",
            "incident": "Incident",
            "why": "Reason",
        },
    )
