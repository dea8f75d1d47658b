"""Review of one incident: what a person decides about it, and what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard import live, words
from dashboard.components import state
from dashboard.components.map import point, pointed
from dashboard.components.markup import escaped, label
from dashboard.queries import Book, candidates, neighbours
from geo.errors import ConflictError, GeoError
from geo.incidents.aggregation import Summary
from geo.incidents.review import correct, revision
from geo.linking.decisions import merge, split, undo
from geo.model import ACTOR_CATEGORIES, INCIDENT_TYPES
from geo.settings import STORE
from geo.store import Decision, Store
from geo.store.ledger import in_force

_WHO, _OPEN, _SAID = "analyst", "reviewing", "_review_said"
_DECIDE = {"confirmed": "Confirm", "disputed": "Dispute", "rejected": "Reject", "unreviewed": "Reopen"}
_KINDS = {
    "place": "Move the place",
    "actor": "Correct the actor",
    "type": "Correct what happened",
    "date": "Correct the date",
    "merge": "It is the same as another",
    "split": "Some sources tell of another",
}


def review(summary: Summary, held: Book) -> None:
    """Buttons and forms for one incident of reports, and its history."""
    _said()
    with st.expander("Review and correct", key=_OPEN, on_change="rerun"):
        left, right = st.columns(2)
        left.text_input("Your name", key=_WHO, placeholder="who decides")
        right.text_input("Why", key="review_why", placeholder="what it rests on")
        for column, (status, text) in zip(st.columns(len(_DECIDE)), _DECIDE.items(), strict=True):
            column.button(
                text,
                key=f"status_{status}",
                disabled=summary.properties["status"] == status,
                on_click=_decide,
                args=(summary, "status", {"status": status}),
                width="stretch",
            )
        kind = st.selectbox(
            "Correct",
            list(_KINDS),
            index=None,
            key="review_kind",
            format_func=lambda k: _KINDS[k],
            placeholder="what is wrong?",
        )
        if kind is not None:
            _FORMS[kind](summary, held)
        _history(summary, held.decisions)


def keep() -> None:
    """Keep who decides, and the review as it was left, while no card is open or another page is."""
    for key in (_WHO, _OPEN):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _said() -> None:
    """What the last decision came to."""
    told = st.session_state.pop(_SAID, None)
    if told is not None:
        kind, text = told
        if kind == "done":
            st.session_state["review_kind"], st.session_state["review_why"] = None, ""
        (st.warning if kind == "conflict" else st.error if kind == "error" else st.success)(label(text))


def _run(act: Callable[[Store, str, str], str]) -> None:
    """Do what was decided, and keep what to say of it for the next run."""
    who, why = st.session_state.get(_WHO, ""), st.session_state.get("review_why", "")
    try:
        text = act(live.store(STORE.get()), who, why)
        st.session_state[_SAID] = "done", text
    except ConflictError as error:
        st.session_state[_SAID] = "conflict", str(error)
    except GeoError as error:
        st.session_state[_SAID] = "error", str(error)


def _decide(summary: Summary, kind: str, now: Mapping[str, Any]) -> None:
    def act(store: Store, who: str, why: str) -> str:
        correct(store, summary, kind, now, who=who, why=why)
        return f"Written: {kind}, by {who}. The words of the sources stay as they are."

    _run(act)


def _place(summary: Summary, _: Book) -> None:
    """A candidate of the geocoder, or coordinates."""
    known = candidates(summary)
    texts = [
        f"{c['place_name']}, {c['admin1'] or ''} {c['country'] or ''} ({c['lat']:.3f}, {c['lon']:.3f})" for c in known
    ]
    chosen = st.selectbox(
        "Candidates", range(len(known)), index=None, format_func=lambda i: texts[i], placeholder="or type it below"
    )
    st.button("Point at it on the map", key="point", on_click=point, args=(summary.id,), icon=":material/pin_drop:")
    now = known[chosen] if chosen is not None else _as_it_is(summary)
    spot = pointed(summary.id)
    if spot is not None:
        now |= dict(zip(("lat", "lon", "uncertainty_km"), spot, strict=True))
        st.caption(f"Pointed at {spot[0]:.4f}, {spot[1]:.4f}, within {spot[2]:.1f} km. Name it and move.")
    with st.form("correct_move"):
        name = st.text_input("Name", now["place_name"] or "")
        lat, lon, km = st.columns(3)
        told = {
            "lat": lat.number_input("Latitude", -90.0, 90.0, now["lat"], format="%.5f"),
            "lon": lon.number_input("Longitude", -180.0, 180.0, now["lon"], format="%.5f"),
            "uncertainty_km": km.number_input("Within km", 0.0, 1000.0, now["uncertainty_km"] or 0.0),
        }
        if st.form_submit_button("Move"):
            prec = 1 if told["uncertainty_km"] <= 3 else 2  # kilometres of a point, as on the map
            kept = {"country": now["country"], "admin1": now["admin1"], "where_prec": prec}
            _decide(summary, "place", {"place_name": name, **told, **kept})
            point(None)
            st.rerun()


def _as_it_is(summary: Summary) -> dict[str, Any]:
    p, place = summary.properties, summary.place
    spot = {"lat": place.lat if place else 0.0, "lon": place.lon if place else 0.0}
    return {**{n: p[n] for n in ("place_name", "country", "admin1", "uncertainty_km")}, **spot}


def _actor(summary: Summary, held: Book) -> None:
    names = sorted({s.properties["actor_name"] for s in held.summaries})
    p = summary.properties
    with st.form("correct_actor"):
        name = st.selectbox("Actor", names, names.index(p["actor_name"]), accept_new_options=True)
        category = st.selectbox(
            "Kind",
            ACTOR_CATEGORIES,
            ACTOR_CATEGORIES.index(p["actor_category"]),
            format_func=lambda c: words.CATEGORIES[c],
        )
        if st.form_submit_button("Correct"):
            _decide(summary, "actor", {"actor_name": name, "actor_category": category})
            st.rerun()


def _type(summary: Summary, _: Book) -> None:
    with st.form("correct_type"):
        now = INCIDENT_TYPES.index(summary.properties["incident_type"])
        chosen = st.selectbox("What happened", INCIDENT_TYPES, now, format_func=lambda t: words.TYPES[t])
        if st.form_submit_button("Correct"):
            _decide(summary, "type", {"incident_type": chosen})
            st.rerun()


def _date(summary: Summary, _: Book) -> None:
    p = summary.properties
    with st.form("correct_date"):
        left, right = st.columns(2)
        first, last = (
            column.date_input(text, date.fromisoformat(p[name]) if p[name] else None, format="YYYY-MM-DD")
            for column, text, name in ((left, "First day", "start_date"), (right, "Last day", "end_date"))
        )
        if st.form_submit_button("Correct"):
            _decide(summary, "date", {"start_date": first, "end_date": last})
            st.rerun()


def _merge(summary: Summary, held: Book) -> None:
    others = neighbours(summary, held)
    names = {s.id: f"{words.title(s.properties)} ({s.id})" for s in others}
    with st.form("correct_merge"):
        other = st.selectbox(
            "Same as", list(names), index=None, format_func=lambda i: names[i], placeholder="nearest first"
        )
        if st.form_submit_button("Join them") and other is not None:
            found = held.by_id(other)

            def act(store: Store, who: str, why: str) -> str:
                assert found is not None  # noqa: S101 - it was offered
                pair = (summary.id, revision(summary)), (found.id, revision(found))
                state.select(merge(store, *pair, who=who, why=why))
                return "Joined: both stand as one incident, with all their sources."

            _run(act)
            st.rerun()


def _split(summary: Summary, held: Book) -> None:
    claims = {c.id: c for c in summary.claims}
    with st.form("correct_split"):
        out = st.multiselect(
            "Sources that tell of another incident",
            list(claims),
            format_func=lambda i: (
                f"{held.reports[claims[i].report_id].report.publisher or 'no publisher'}: "
                f"{claims[i].evidence.text[:80]}"
            ),
        )
        if st.form_submit_button("Part them"):

            def act(store: Store, who: str, why: str) -> str:
                new = split(store, summary.id, revision(summary), out, who=who, why=why)
                return f"Parted: {len(out)} of the sources are incident {new} now, and will stay apart."

            _run(act)
            st.rerun()


def _history(summary: Summary, decisions: Sequence[Decision]) -> None:
    """What was decided, the latest first, each to be taken back."""
    own = [d for d in decisions if d.incident_id == summary.id]
    standing = {d.number for d in in_force(decisions)}
    for decision in reversed(own):
        left, right = st.columns([5, 1], vertical_alignment="center")
        what = f"{decision.at:%Y-%m-%d %H:%M}  {decision.who}: {decision.kind}"
        told = ", ".join(f"{k} {v}" for k, v in decision.now.items() if isinstance(v, str | int | float))
        left.html(f"<small>{escaped(f'{what} {told}')}{escaped(decision.why)}</small>")
        if decision.number in standing:
            right.button("Undo", key=f"undo_{decision.number}", on_click=_undo, args=(summary, decision.number))


def _undo(summary: Summary, number: int) -> None:
    def act(store: Store, who: str, why: str) -> str:
        undo(store, number, revision(summary), who=who, why=why)
        return "Taken back; the ledger keeps both."

    _run(act)


_FORMS: dict[str, Callable[[Summary, Book], None]] = {
    "place": _place,
    "actor": _actor,
    "type": _type,
    "date": _date,
    "merge": _merge,
    "split": _split,
}
