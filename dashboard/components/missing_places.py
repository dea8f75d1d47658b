"""The offer to fetch the places of a country whose villages reports name and the gazetteer lacks, and its progress."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import labels
from dashboard.components.markup import escape_html, escape_label
from dashboard.place_fetching import DONE, DOWNLOADING, FETCHER, IMPORTING, Fetching
from dashboard.snapshot import Snapshot
from geo.gazetteer.build import imported_countries
from geo.missing_places import MissingNames, missing_names
from geo.settings import GAZETTEER

_DECLINED, _SEEN = "_places_declined", "_places_seen"  # countries; the number of the fetching whose end was closed
_EVERY = 1.0  # seconds between two looks at the progress


def show_missing_places(snapshot: Snapshot, *, is_full: bool = False) -> None:
    """The notice where names are missing, how a fetching goes on, and what it brought.

    It is about the country with the most missing names and can be put away; where it `is_full`, about every country.
    """
    with st.container():  # of its own: where the notice comes and goes, the map below it is not drawn anew
        _show_notice(snapshot, is_full)


def _show_notice(snapshot: Snapshot, is_full: bool) -> None:
    fetching = FETCHER.current
    if fetching is not None and fetching.is_running:
        st.fragment(_show_progress, run_every=_EVERY)()
        return
    if fetching is not None and fetching.number != st.session_state.get(_SEEN):
        _show_end(fetching)
    imported = imported_countries(Path(GAZETTEER.get()))
    declined = set() if is_full else st.session_state.get(_DECLINED, set())
    missing = [m for m in missing_names(snapshot.unresolved, imported) if m.country not in declined]
    for of_country in missing if is_full else missing[:1]:
        _show_offer(of_country, is_full)


def _show_offer(missing: MissingNames, is_full: bool) -> None:
    name = labels.country(missing.country)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"missing_{missing.country}"):
        sentence = f"{missing.describe(name)}. GeoNames lists the smaller places there."
        st.html(f'<div class="legend quiet">{escape_html(sentence)}</div>', width="stretch")
        st.button(
            f"Fetch the places of {name}",
            key=f"fetch_{missing.country}",
            help="Downloads them from GeoNames, then reads the reports again that have these names.",
            on_click=_fetch,
            args=(missing,),
        )
        if not is_full:
            st.button("Not now", key=f"decline_{missing.country}", on_click=_decline, args=(missing.country,))


def _show_progress() -> None:
    """What is being done; the whole page runs again when it is done."""
    fetching = FETCHER.current
    if fetching is None or not fetching.is_running:
        st.rerun()
    st.info(escape_label(_describe_step(fetching)))


def _describe_step(fetching: Fetching) -> str:
    name = labels.country(fetching.missing.country)
    if fetching.step == DOWNLOADING:
        return f"Downloading the places of {name}: {fetching.amount / 1000:,.0f} kB"
    if fetching.step == IMPORTING:
        return f"Adding the places of {name} to the gazetteer"
    return f"Reading {labels.plural(len(fetching.missing.reports), 'report')} again: {fetching.amount} done"


def _show_end(fetching: Fetching) -> None:
    left, right = st.columns([8, 1], vertical_alignment="center")
    show = left.success if fetching.step == DONE else left.error
    show(escape_label(_describe_end(fetching)))
    right.button("Close", key="close_fetching", on_click=_close, args=(fetching.number,), width="stretch")


def _describe_end(fetching: Fetching) -> str:
    name, result = labels.country(fetching.missing.country), fetching.result
    added = f"{fetching.places:,} places of {name} were added"
    if result is None:
        if fetching.places:
            return f"{added}, but the reports could not be read again: {fetching.error}"
        return f"The places of {name} could not be fetched, and nothing was changed. {fetching.error}"
    refused = f" {labels.plural(len(result.refused), 'report')} could not be read again." if result.refused else ""
    known = f"Names now in the gazetteer: {result.known} of {len(fetching.missing.names)}"
    return f"{added}. {known}; {result.incidents}.{refused}"


def _fetch(missing: MissingNames) -> None:
    FETCHER.start(missing)  # where another one runs already, its progress is shown


def _decline(country: str) -> None:
    st.session_state[_DECLINED] = st.session_state.get(_DECLINED, set()) | {country}


def _close(number: int) -> None:
    st.session_state[_SEEN] = number
