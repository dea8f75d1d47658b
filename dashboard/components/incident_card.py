"""The card of one incident: its fields, and the sentence of each source."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import labels
from dashboard.components import selected_incident
from dashboard.components.markup import (
    anchor,
    escape_html,
    escape_label,
    mark_span,
    paragraph_around,
    safe_link,
)
from dashboard.components.review import show_review
from dashboard.components.source_comparison import show_sources
from dashboard.places import same_spot
from dashboard.snapshot import Snapshot
from geo.geocoding.online import CREDIT, SOURCE
from geo.incidents.record import IncidentRecord
from geo.model import Claim

_GRAPHIC_SHOWN = "_graphic_shown"
_MAX_LISTED = 12  # incidents that have a button where none is selected


def show_card(record: IncidentRecord | None, snapshot: Snapshot, shown: Sequence[IncidentRecord]) -> None:
    """The incident's card, or how to select one."""
    if record is None:
        _show_invitation(shown)
        return
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.subheader(labels.TYPES[record.incident_type], anchor=False)
    right.button("Close", on_click=selected_incident.select, args=(None,), width="stretch", key="close_card")
    facts = "".join(f"<dt>{labels.FIELDS[name]}</dt><dd>{text}</dd>" for name, text in _facts(record).items())
    st.html(f'<dl class="facts">{facts}</dl>')
    if record.incident is None:
        _show_imported(record, shown)
        return
    show_sources(record, snapshot)
    show_review(record, snapshot)
    if labels.is_graphic(record.incident_type, record.target_type) and not st.session_state.get(_GRAPHIC_SHOWN):
        st.warning(labels.GRAPHIC_NOTICE)
        st.button("Show the reports", key="show_graphic", on_click=_show_graphic, width="stretch")
        return
    _show_claims(record, snapshot)


def _facts(record: IncidentRecord) -> dict[str, str]:
    """HTML of each fact by the name of its field; those without a value are left out."""
    reports = labels.plural(record.n_reports, "report")
    texts = {
        "target": record.target or "not named",
        "actor_name": _actors(record),
        "date": _date(record),
        "place": labels.place(record),
        "position": _position_source(record),
        "counts": _counts(record),
        "corrected": ", ".join(
            f"{labels.DECISIONS[kind]} by {correction.who}" for kind, correction in record.corrections.items()
        ),
        "assertion": labels.ASSERTIONS[record.assertion],
        "status": labels.STATUSES[record.status],
        "sources": f"{reports}, {record.n_independent} independent",
    }
    facts = {name: escape_html(text) for name, text in texts.items() if text}
    facts["place"] += f"<br><small>{escape_html(labels.precision(record))}</small>"
    return facts


def _show_graphic() -> None:
    """From now on, for as long as the page is open."""
    st.session_state[_GRAPHIC_SHOWN] = True


def _show_claims(record: IncidentRecord, snapshot: Snapshot) -> None:
    """What each source says, in its own words; near-duplicates are folded."""
    seen: set[str] = set()
    copies: list[Claim] = []
    for claim in sorted(record.claims, key=lambda c: _order(c, snapshot)):
        group = snapshot.reports[claim.report_id].text_group
        if group in seen:
            copies.append(claim)
        else:
            _show_claim(claim, snapshot, is_copy=False)
        seen.add(group)
    if copies:
        reports = "1 copy" if len(copies) == 1 else f"{len(copies)} copies"
        with st.expander(f"{reports} of a report above, not counted as independent"):
            for claim in copies:
                _show_claim(claim, snapshot, is_copy=True)


def _show_imported(record: IncidentRecord, shown: Sequence[IncidentRecord]) -> None:
    """What an imported dataset says, and other incidents at the same point."""
    st.caption(escape_label(f"From the dataset {record.dataset}, for context; not extracted from a report."))
    for source in record.sources:
        names = " · ".join(name for name in (source.publisher, source.report_id, source.actor_name) if name)
        st.html(f'<div class="source"><small>{escape_html(names)}</small>{escape_html(source.evidence)}</div>')
    others = [r for r in shown if r.place and record.place and r.id != record.id and same_spot(r.place, record.place)]
    if others:
        st.markdown(f"**{len(others):,} more at this point**")
    for other in others[:_MAX_LISTED]:
        _show_button(other, f"there_{other.id}")
    if len(others) > _MAX_LISTED:
        st.caption(f"and {len(others) - _MAX_LISTED:,} more; filter by time or actor to see them")


def _show_invitation(shown: Sequence[IncidentRecord]) -> None:
    st.subheader("Select an incident", anchor=False)
    st.markdown(
        "Click a mark on the map or the timeline, tick a row of the table, or choose an incident here, to read what "
        "each source says."
    )
    for record in sorted(shown, key=lambda r: r.incident is None)[:_MAX_LISTED]:
        _show_button(record, f"open_{record.id}", width="stretch")
    if len(shown) > _MAX_LISTED:
        st.caption(f"and {len(shown) - _MAX_LISTED:,} more on the map and in the table")


def _show_button(record: IncidentRecord, key: str, width: str = "content") -> None:
    text = escape_label(labels.title(record))
    st.button(text, key=key, on_click=selected_incident.select, args=(record.id,), width=width)  # type: ignore[arg-type]


def _order(claim: Claim, snapshot: Snapshot) -> tuple[bool, bool, str]:
    """Claims about the main incident of a report first, then by the day of publication."""
    published = snapshot.reports[claim.report_id].report.published
    return not claim.primary, published is None, str(published)


def _actors(record: IncidentRecord) -> str:
    """The actor, and the actors that other sources name."""
    names = dict.fromkeys(source.actor_name for source in record.sources if source.actor_name)
    others = [name for name in names if name != record.actor_name]
    return f"{record.actor_name} (other sources: {', '.join(others)})" if others else record.actor_name


def _position_source(record: IncidentRecord) -> str:
    """Where the position comes from, with the credit that its licence requires."""
    place = record.place
    if place is None:
        return ""
    return CREDIT if place.source == SOURCE else place.source


def _counts(record: IncidentRecord) -> str:
    """Graves and bodies as the sources count them: "2 graves, at least 115 or 120 bodies"."""
    by_name: dict[str, dict[int, str]] = {}
    for claim in record.claims:
        for name, count in claim.counts.items():
            by_name.setdefault(name, {})[count.number] = labels.count(count)
    parts = ((name, [numbers[n] for n in sorted(numbers)]) for name, numbers in sorted(by_name.items()))
    return ", ".join(f"{' or '.join(numbers)} {name}" for name, numbers in parts)


def _date(record: IncidentRecord) -> str:
    bases = {c.when.basis for c in record.claims if c.when and c.when.start == record.start_date}
    return labels.dates(record.start_date, record.end_date, "published" if bases == {"published"} else None)


def _show_claim(claim: Claim, snapshot: Snapshot, is_copy: bool) -> None:
    """One report: publisher and day of publication, what was extracted, and the sentence in its paragraph."""
    report = snapshot.reports[claim.report_id].report
    publisher = report.publisher or "Publisher not given"
    published = labels.day(report.published) if report.published else "date not given"
    url = safe_link(report.url)
    title = report.title or "Open the report"
    link = anchor(url, title) if url else escape_html(report.url or report.title or "no link given")
    facts = " · ".join(_claim_facts(claim, is_copy))
    text, start, end = paragraph_around(report.text, claim.evidence.start, claim.evidence.end)
    with st.container(border=True):
        st.html(
            f'<div class="source"><b>{escape_html(publisher)}</b>, {published}<br>{link}'
            f"<small>{escape_html(facts)}</small></div>{mark_span(text, start, end)}"
        )


def _claim_facts(claim: Claim, is_copy: bool) -> list[str]:
    facts = [f"actor: {claim.actor or 'not named'}", f"assertion: {labels.ASSERTIONS[claim.assertion]}"]
    if claim.attributed_to:
        facts.append(f"attributed to {', '.join(claim.attributed_to)}")
    if claim.doubts:
        facts.append(f"in doubt: {', '.join(claim.doubts)}")
    facts += [f"{a.accuser or 'somebody'} accuses {a.accused}" for a in claim.accusations]
    if claim.done:
        burial = labels.dates(claim.done.start, claim.done.end)
        facts.append(f"killed or buried: {burial}")
    facts.append(labels.confidence(claim.confidence))
    if is_copy:
        facts.append("copy of a report above, not counted as independent")
    return facts
