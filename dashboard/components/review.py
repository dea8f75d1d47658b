"""Review of one incident: what a person decides about it, and what was decided before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import labels
from dashboard.components.decisions import ANALYST, REASON, decide, run_decision, show_result
from dashboard.components.markup import escape_html
from dashboard.components.review_forms import FORMS
from dashboard.snapshot import Snapshot
from geo.incidents.record import IncidentRecord
from geo.linking.decisions import undo
from geo.store import Decision, Store
from geo.store.ledger import in_force

_OPEN, _KIND = "reviewing", "review_kind"
_STATUS_BUTTONS = {"confirmed": "Confirm", "disputed": "Dispute", "rejected": "Reject", "unreviewed": "Reopen"}


def show_review(record: IncidentRecord, snapshot: Snapshot) -> None:
    """Buttons and forms for one incident of reports, and its history."""
    if show_result():
        st.session_state[_KIND], st.session_state[REASON] = None, ""
    with st.expander("Review and correct", key=_OPEN, on_change="rerun"):
        left, right = st.columns(2)
        left.text_input("Your name", key=ANALYST, placeholder="required")
        right.text_input("Reason", key=REASON, placeholder="optional")
        for column, (status, text) in zip(st.columns(len(_STATUS_BUTTONS)), _STATUS_BUTTONS.items(), strict=True):
            column.button(
                text,
                key=f"status_{status}",
                disabled=record.status == status,
                help=f"Set the review status to: {labels.STATUSES[status]}",
                on_click=decide,
                args=(record, "status", {"status": status}),
                width="stretch",
            )
        kind = st.selectbox(
            "Correct",
            list(labels.CORRECTIONS),
            index=None,
            key=_KIND,
            format_func=lambda k: labels.CORRECTIONS[k],
            placeholder="What is wrong?",
        )
        if kind is not None:
            FORMS[kind](record, snapshot)
        _show_history(record, snapshot.decisions)


def keep_state() -> None:
    """Keep the analyst's name, and whether the review is open, while no card or another page is shown."""
    for key in (ANALYST, _OPEN):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _show_history(record: IncidentRecord, decisions: Sequence[Decision]) -> None:
    """The decisions about an incident, the latest first; each that is in force can be undone."""
    own = [decision for decision in decisions if decision.incident_id == record.id]
    active = {decision.number for decision in in_force(decisions)}
    for decision in reversed(own):
        left, right = st.columns([5, 1], vertical_alignment="center")
        what = labels.decision(decision.kind, decision.now)
        text = f"{decision.at:%Y-%m-%d %H:%M} UTC, {decision.who}: {what}"
        reason = f" (reason: {decision.why})" if decision.why else ""
        left.html(f"<small>{escape_html(text + reason)}</small>")
        if decision.number in active:
            right.button("Undo", key=f"undo_{decision.number}", on_click=_undo, args=(record, decision.number))


def _undo(record: IncidentRecord, number: int) -> None:
    def act(store: Store, who: str, why: str) -> str:
        undo(store, number, record.revision, who=who, why=why)
        return "Undone. The history keeps both decisions."

    run_decision(act)
