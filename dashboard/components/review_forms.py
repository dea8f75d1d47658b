"""The forms that correct an incident: place, actor, type, date, merge and split."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard import labels
from dashboard.components import selected_incident
from dashboard.components.decisions import decide, run_decision
from dashboard.components.incident_map import picked_place, start_picking
from dashboard.places import candidate_places, nearest_incidents
from dashboard.snapshot import Snapshot
from geo.incidents.record import IncidentRecord
from geo.linking.decisions import merge, split
from geo.model import ACTOR_CATEGORIES, INCIDENT_TYPES
from geo.store import Store

_EXACT_KM = 3.0  # uncertainty up to which a corrected place counts as exact (where_prec 1), as on the map
_MAX_KM = 1000.0  # the largest uncertainty that a correction may have
_EVIDENCE_CHARS = 80  # of a source's sentence, in the list of sources to split off


def _place_form(record: IncidentRecord, _: Snapshot) -> None:
    """A candidate of the geocoder, a position picked on the map, or coordinates."""
    places = candidate_places(record)
    texts = [
        f"{c['place_name']}, {c['admin1'] or ''} {c['country'] or ''} ({c['lat']:.3f}, {c['lon']:.3f})" for c in places
    ]
    chosen = st.selectbox(
        "Candidates",
        range(len(places)),
        index=None,
        format_func=lambda i: texts[i],
        placeholder="or enter the position below",
    )
    st.button("Pick it on the map", key="point", on_click=start_picking, args=(record.id,), icon=":material/pin_drop:")
    values = dict(places[chosen]) if chosen is not None else _current_place(record)
    position = picked_place(record.id)
    if position is not None:
        values |= dict(zip(("lat", "lon", "uncertainty_km"), position, strict=True))
        st.caption(
            f"Picked: {position[0]:.4f}, {position[1]:.4f}, within {position[2]:.1f} km. Enter its name, then save."
        )
    with st.form("correct_move"):
        name = st.text_input("Name", values["place_name"] or "")
        lat, lon, km = st.columns(3)
        position_values = {
            "lat": lat.number_input("Latitude", -90.0, 90.0, values["lat"], format="%.5f"),
            "lon": lon.number_input("Longitude", -180.0, 180.0, values["lon"], format="%.5f"),
            "uncertainty_km": km.number_input("Within km", 0.0, _MAX_KM, values["uncertainty_km"] or 0.0),
        }
        if st.form_submit_button("Save the place"):
            prec = 1 if position_values["uncertainty_km"] <= _EXACT_KM else 2
            other = {"country": values["country"], "admin1": values["admin1"], "where_prec": prec}
            decide(record, "place", {"place_name": name, **position_values, **other})
            start_picking(None)
            st.rerun()


def _current_place(record: IncidentRecord) -> dict[str, Any]:
    place = record.place
    return {
        "place_name": record.place_name,
        "lat": place.lat if place else 0.0,
        "lon": place.lon if place else 0.0,
        "country": record.country,
        "admin1": record.admin1,
        "uncertainty_km": record.uncertainty_km,
    }


def _actor_form(record: IncidentRecord, snapshot: Snapshot) -> None:
    names = sorted({r.actor_name for r in snapshot.records})
    with st.form("correct_actor"):
        name = st.selectbox("Actor", names, names.index(record.actor_name), accept_new_options=True)
        category = st.selectbox(
            labels.FIELDS["actor_category"],
            ACTOR_CATEGORIES,
            ACTOR_CATEGORIES.index(record.actor_category),
            format_func=lambda c: labels.CATEGORIES[c],
        )
        if st.form_submit_button("Save the actor"):
            decide(record, "actor", {"actor_name": name, "actor_category": category})
            st.rerun()


def _type_form(record: IncidentRecord, _: Snapshot) -> None:
    with st.form("correct_type"):
        index = INCIDENT_TYPES.index(record.incident_type)
        chosen = st.selectbox(
            labels.FIELDS["incident_type"], INCIDENT_TYPES, index, format_func=lambda t: labels.TYPES[t]
        )
        if st.form_submit_button("Save the type"):
            decide(record, "type", {"incident_type": chosen})
            st.rerun()


def _date_form(record: IncidentRecord, _: Snapshot) -> None:
    with st.form("correct_date"):
        left, right = st.columns(2)
        first = left.date_input(labels.FIELDS["start_date"], record.start_date, format="YYYY-MM-DD")
        last = right.date_input(labels.FIELDS["end_date"], record.end_date, format="YYYY-MM-DD")
        if st.form_submit_button("Save the date"):
            decide(record, "date", {"start_date": first, "end_date": last})
            st.rerun()


def _merge_form(record: IncidentRecord, snapshot: Snapshot) -> None:
    names = {r.id: f"{labels.title(r)} ({r.id})" for r in nearest_incidents(record, snapshot)}
    with st.form("correct_merge"):
        chosen = st.selectbox(
            "Merge with", list(names), index=None, format_func=lambda i: names[i], placeholder="the nearest first"
        )
        other = snapshot.record(chosen)
        if st.form_submit_button("Merge") and other is not None:
            _merge(record, other)
            st.rerun()


def _merge(record: IncidentRecord, other: IncidentRecord) -> None:
    def act(store: Store, who: str, why: str) -> str:
        first, second = (record.id, record.revision), (other.id, other.revision)
        selected_incident.select(merge(store, first, second, who=who, why=why))
        return "Merged: both are one incident now, with all their sources."

    run_decision(act)


def _split_form(record: IncidentRecord, snapshot: Snapshot) -> None:
    texts = {
        claim.id: f"{snapshot.reports[claim.report_id].report.publisher or 'no publisher'}: "
        f"{claim.evidence.text[:_EVIDENCE_CHARS]}"
        for claim in record.claims
    }
    with st.form("correct_split"):
        chosen = st.multiselect(
            "Sources that report another incident", list(texts), format_func=lambda claim_id: texts[claim_id]
        )
        if st.form_submit_button("Split"):
            _split(record, chosen)
            st.rerun()


def _split(record: IncidentRecord, claim_ids: list[str]) -> None:
    def act(store: Store, who: str, why: str) -> str:
        new = split(store, record.id, record.revision, claim_ids, who=who, why=why)
        sources = labels.plural(len(claim_ids), "source")
        return f"Split: {sources} moved to the new incident {new}. They will not be merged again automatically."

    run_decision(act)


FORMS: Mapping[str, Callable[[IncidentRecord, Snapshot], None]] = {
    "place": _place_form,
    "actor": _actor_form,
    "type": _type_form,
    "date": _date_form,
    "merge": _merge_form,
    "split": _split_form,
}
