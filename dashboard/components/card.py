"""The card of one incident: what, who, when, where, and the sentence of each source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.components import state
from dashboard.components.markup import anchor, escaped, label, link, marked
from dashboard.components.review import review
from dashboard.components.sources import sources
from dashboard.queries import Book, paragraph_around
from geo.geocoding.online import CREDIT, SOURCE
from geo.incidents.aggregation import Summary
from geo.model import Claim, Place

_GRAPHIC = "_graphic_shown"
_LISTED = 12  # incidents offered for a click where none is selected


def card(summary: Summary | None, book: Book, shown: Sequence[Summary]) -> None:
    """The incident's card, or what to do to see one."""
    if summary is None:
        _invitation(shown)
        return
    p = summary.properties
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.subheader(words.TYPES[p["incident_type"]], anchor=False)
    right.button("Close", on_click=state.select, args=(None,), width="stretch", key="close_card")
    n, independent = p["n_reports"], p["n_independent"]
    facts = {
        "What": escaped(p["target"] or "target not named"),
        "Who": escaped(_actors(summary)),
        "When": escaped(_when(summary)),
        "Where": f"{escaped(words.place(p))}<br><small>{escaped(words.precision(p))}</small>",
        **({"Position": escaped(_position(summary))} if summary.place else {}),
        **({"Counted": escaped(_counted(summary))} if _counted(summary) else {}),
        **({"Corrected": escaped(_corrected(p))} if p.get("corrected") else {}),
        "Told as": escaped(f"{words.ASSERTIONS[p['assertion']]}; {words.STATUSES[p['status']]}"),
        "Sources": escaped(f"{words.several(n, 'report')}, {independent} independent"),
    }
    st.html('<dl class="facts">' + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in facts.items()) + "</dl>")
    if summary.incident is None:
        _event(summary, shown)
        return
    sources(summary, book)
    review(summary, book)
    if words.is_graphic(p["incident_type"], p["target_type"]) and not st.session_state.get(_GRAPHIC):
        st.warning("The sources tell what was done to the dead.")
        st.button("Show what they say", key="show_graphic", on_click=_show_graphic, width="stretch")
        return
    _sources(summary, book)


def _show_graphic() -> None:
    """From now on, for as long as the page is open."""
    st.session_state[_GRAPHIC] = True


def _sources(summary: Summary, book: Book) -> None:
    """What each source says, in its own words; near-copies are folded."""
    seen: set[str] = set()
    copies: list[Claim] = []
    for claim in sorted(summary.claims, key=lambda c: _order(c, book)):
        group = book.reports[claim.report_id].text_group
        if group in seen:
            copies.append(claim)
        else:
            _source(claim, book, copied=False)
        seen.add(group)
    if copies:
        with st.expander(f"{len(copies)} near-copies of a text above, not counted as independent"):
            for claim in copies:
                _source(claim, book, copied=True)


def _event(summary: Summary, shown: Sequence[Summary]) -> None:
    """What an imported dataset says, and what else is at the same point."""
    p = summary.properties
    st.caption(label(f"From the dataset {p['dataset']}: for context, not read from a report."))
    for source in p["sources"]:
        named = " · ".join(str(source[n]) for n in ("publisher", "report_id", "actor_name") if source.get(n))
        st.html(f'<div class="source"><small>{escaped(named)}</small>{escaped(source.get("evidence") or "")}</div>')
    there = [
        s for s in shown if s.place and summary.place and s.id != summary.id and _same_spot(s.place, summary.place)
    ]
    if there:
        st.markdown(f"**{len(there):,} more at this point**")
    for other in there[:_LISTED]:
        st.button(
            label(words.title(other.properties)), key=f"there_{other.id}", on_click=state.select, args=(other.id,)
        )
    if len(there) > _LISTED:
        st.caption(f"and {len(there) - _LISTED:,} more; narrow the time or the actor to see them")


def _same_spot(a: Place, b: Place) -> bool:
    return round(a.lat, 3) == round(b.lat, 3) and round(a.lon, 3) == round(b.lon, 3)


def _invitation(shown: Sequence[Summary]) -> None:
    st.subheader("Select an incident", anchor=False)
    st.markdown(
        "Click a mark on the map or the timeline, tick a row of the table, or choose one here, to read what each "
        "source says in its own words."
    )
    for summary in sorted(shown, key=lambda s: s.incident is None)[:_LISTED]:
        st.button(
            label(words.title(summary.properties)),
            key=f"open_{summary.id}",
            on_click=state.select,
            args=(summary.id,),
            width="stretch",
        )
    if len(shown) > _LISTED:
        st.caption(f"and {len(shown) - _LISTED:,} more on the map and in the table")


def _order(claim: Claim, book: Book) -> tuple[bool, bool, str]:
    published = book.reports[claim.report_id].report.published
    return not claim.primary, published is None, str(published)


def _corrected(p: Mapping[str, Any]) -> str:
    return ", ".join(f"{kind} by {told['who']}" for kind, told in p["corrected"].items())


def _actors(summary: Summary) -> str:
    """The actor, and where sources differ, what the others say."""
    names = list(dict.fromkeys(s["actor_name"] for s in summary.properties["sources"]))
    main = str(summary.properties["actor_name"])
    others = [n for n in names if n != main]
    return f"{main} (other sources: {', '.join(others)})" if others else main


def _position(summary: Summary) -> str:
    """Where the position is from, with the credit that its licence asks for."""
    place = summary.place
    if place is None:
        return ""
    return CREDIT if place.source == SOURCE else place.source


def _counted(summary: Summary) -> str:
    """Graves and bodies, as the sources count them: "2 graves, at least 115 bodies"."""
    found: dict[str, dict[int, str]] = {}
    for claim in summary.claims:
        for name, count in claim.counts.items():
            found.setdefault(name, {})[count.number] = words.count(count)
    told = ((name, [numbers[n] for n in sorted(numbers)]) for name, numbers in sorted(found.items()))
    return ", ".join(f"{' or '.join(numbers)} {name}" for name, numbers in told)


def _when(summary: Summary) -> str:
    p = summary.properties
    bases = {c.when.basis for c in summary.claims if c.when and c.when.start.isoformat() == p["start_date"]}
    return words.dates(p["start_date"], p["end_date"], "published" if bases == {"published"} else None)


def _source(claim: Claim, book: Book, copied: bool) -> None:
    """One report: who published it and when, what it says, and the sentence in its paragraph."""
    report = book.reports[claim.report_id].report
    published = words.day(report.published.isoformat()) if report.published else "date not given"
    address = link(report.url)
    title = report.title or "Open the report"
    shown = anchor(address, title) if address else escaped(report.url or report.title or "no link given")
    said = [f"names {claim.actor or 'nobody'} as actor", words.ASSERTIONS[claim.assertion]]
    if claim.attributed_to:
        said.append(f"on the word of {', '.join(claim.attributed_to)}")
    if claim.doubts:
        said.append(f"doubt about the {', '.join(claim.doubts)}")
    said += [f"{a.accuser or 'somebody'} accuses {a.accused}" for a in claim.accusations]
    if claim.done:
        said.append(f"killed or buried {words.dates(claim.done.start.isoformat(), claim.done.end.isoformat(), None)}")
    said.append(f"read right with a likelihood of about {claim.confidence:.0%}")
    if copied:
        said.append("a copy of a text shown above, not counted as independent")
    text, start, end = paragraph_around(report.text, claim.evidence.start, claim.evidence.end)
    with st.container(border=True):
        st.html(
            f'<div class="source"><b>{escaped(report.publisher or "Publisher not given")}</b>, {published}<br>{shown}'
            f"<small>{escaped(' · '.join(said))}</small></div>{marked(text, start, end)}"
        )
