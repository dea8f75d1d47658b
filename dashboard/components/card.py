"""The card of one incident: what, who, when, where, and the sentence of each source."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.components import state
from dashboard.components.markup import link, marked, plain
from dashboard.queries import Book, paragraph_around
from geo.consensus import Summary
from geo.model import Claim


def card(summary: Summary | None, book: Book, shown: Sequence[Summary]) -> None:
    """The incident's card, or what to do to see one."""
    if summary is None:
        _invitation(shown)
        return
    p = summary.properties
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.subheader(plain(words.TYPES[p["incident_type"]]), anchor=False)
    right.button("Close", on_click=state.select, args=(None,), width="stretch", key="close_card")
    st.markdown(f"**{plain(p['target'] or '')}** · {words.ASSERTIONS[p['assertion']]} · {words.STATUSES[p['status']]}")
    _row("Who", plain(_actors(summary)))
    _row("When", plain(_when(summary)))
    _row("Where", f"{plain(words.place(p))} — {plain(words.precision(p))}")
    n, independent = p["n_reports"], p["n_independent"]
    noun = "report" if n == 1 else "reports"
    st.markdown(f"**{n} {noun}, {independent} independent**")
    claims = {c.id: c for c in summary.incident.claims}
    ordered = sorted(claims.values(), key=lambda c: (not c.primary, str(book.reports[c.report_id].report.published)))
    seen: set[str] = set()
    for claim in ordered:
        group = book.reports[claim.report_id].text_group
        _source(claim, book, copied=group in seen)
        seen.add(group)


def _invitation(shown: Sequence[Summary]) -> None:
    st.subheader("Select an incident", anchor=False)
    st.markdown(
        "Click a mark on the map, a bar on the timeline or a row of the table to read what each source says, "
        "in its own words."
    )
    for summary in shown[:8]:
        p = summary.properties
        label = f"{words.TYPES[p['incident_type']]} — {words.place(p)}, {p['year'] or 'no date'}"
        st.button(plain(label), key=f"open_{summary.id}", on_click=state.select, args=(summary.id,), width="stretch")
    if len(shown) > 8:
        st.caption(f"and {len(shown) - 8} more on the map and in the table")


def _row(label: str, text: str) -> None:
    st.markdown(f":gray[{label}] {text}")


def _actors(summary: Summary) -> str:
    """The actor, and where sources differ, what each says."""
    names = list(dict.fromkeys(s["actor_name"] for s in summary.properties["sources"]))
    main = str(summary.properties["actor_name"])
    others = [n for n in names if n != main]
    return f"{main} (other sources: {', '.join(others)})" if others else main


def _when(summary: Summary) -> str:
    claims = summary.incident.claims
    p = summary.properties
    bases = {c.when.basis for c in claims if c.when and c.when.start.isoformat() == p["start_date"]}
    return words.dates(p["start_date"], p["end_date"], "published" if bases == {"published"} else None)


def _source(claim: Claim, book: Book, copied: bool) -> None:
    """One report: who published it and when, what it says, and the sentence in its paragraph."""
    report = book.reports[claim.report_id].report
    with st.container(border=True):
        publisher = plain(report.publisher or "Publisher not given")
        st.markdown(f"**{publisher}**, {words.day(report.published.isoformat() if report.published else None)}")
        address = link(report.url)
        if address:
            st.link_button("Open the report", address, type="tertiary", icon=":material/open_in_new:")
        elif report.url:
            st.text(f"Address not linked: {report.url}")
        if copied:
            st.caption("A copy of a text already shown: not counted as independent.")
        said = [f"names {plain(claim.actor or 'nobody')} as actor", words.ASSERTIONS[claim.assertion]]
        if claim.attributed_to:
            said.append(f"on the word of {plain(', '.join(claim.attributed_to))}")
        if claim.doubts:
            said.append(f"doubts the {plain(', '.join(claim.doubts))}")
        st.caption(" · ".join(said))
        text, start, end = paragraph_around(report.text, claim.evidence.start, claim.evidence.end)
        st.html(marked(text, start, end))
