"""Adding reports: paste or upload, see what was found marked in the text, then save or drop it."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import streamlit as st

from dashboard import live, words
from dashboard.components.markup import label, marked_all
from geo.errors import GeoError, ReportError
from geo.ingest import Outcome, keep, preview
from geo.model import Extraction, Toponym
from geo.reports import FIELDS, MANIFEST, read
from geo.settings import STORE

_FOUND, _SAID = "_previewed", "_adding_said"
_ENDINGS = ["txt", "html", "htm", "csv", "jsonl"]
_SHOWN = 20  # reports whose text is shown
_TOLD = {"publisher": "Publisher", "published": "Published (YYYY-MM-DD)", "title": "Title", "url": "Link"}
_KEY = (
    '<div class="legend"><mark class="act">what was done</mark><mark class="target">to what</mark>'
    '<mark class="actor">by whom</mark><mark class="date">when</mark><mark class="place">place</mark>'
    '<mark class="nowhere">name without a place</mark></div>'
)


def adding() -> None:
    """The page: a form, then what was found, then a button that saves it."""
    told = st.session_state.pop(_SAID, None)
    if told:
        st.success(told)
    if _FOUND in st.session_state:
        _preview(*st.session_state[_FOUND])
        return
    with st.form("add", border=False):
        left, right = st.columns(2, gap="large")
        text = left.text_area("Paste a report", height=320, placeholder="The text as it was published")
        fields = {name: left.text_input(shown, key=f"add_{name}") for name, shown in _TOLD.items()}
        files = right.file_uploader("Or upload files", _ENDINGS, accept_multiple_files=True)
        right.caption(
            "Text, web pages, tables (a column `text`, a row a report) and JSON lines. A `manifest.csv` among them "
            "gives publisher, date and link by file name. Nothing is stored before you have seen what was found."
        )
        if st.form_submit_button("Read", type="primary"):
            with tempfile.TemporaryDirectory() as folder:
                for number, file in enumerate(files):
                    name = Path(file.name).name
                    taken = (Path(folder) / name).exists()
                    (Path(folder) / (f"{number}-{name}" if taken else name)).write_bytes(file.getvalue())
                if text.strip():
                    _pasted(Path(folder), text, fields)
                _read(Path(folder))
            st.rerun()


def _pasted(folder: Path, text: str, fields: dict[str, str]) -> None:
    """Pasted text as a file of the folder, with its fields in the manifest."""
    (folder / "pasted.txt").write_text(text, encoding="utf-8")
    rows = [{"file": "pasted.txt", **{n: v for n, v in fields.items() if v.strip()}}]
    path = folder / MANIFEST
    if path.exists():
        rows += list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["file", *FIELDS], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _read(folder: Path) -> None:
    """Read all files of a folder, and keep what was found for the next run."""
    files = sorted(p.name for p in folder.iterdir() if p.name != MANIFEST)
    if not files:
        return
    bar = st.progress(0.0, f"Reading {len(files)} files")
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        bar.progress(min(1.0, done / max(done, len(files))), f"{done} reports read")

    try:
        found, outcome = preview(read([str(folder)]), live.store(STORE.get()), live.extractor, step)
    except GeoError as error:
        found, outcome = [], Outcome(refused=[ReportError("the files", str(error))])
    refused = [str(e).replace(f"{folder}/", "") for e in outcome.refused]
    st.session_state[_FOUND] = found, refused, outcome.known


def _preview(found: list[Extraction], refused: list[str], known: int) -> None:
    reports = words.several(len(found), "report")
    incidents = words.several(sum(len(e.claims) for e in found), "incident")
    st.markdown(f"New: **{reports}**, telling of **{incidents}**; **{known}** stored before.")
    for reason in refused:
        st.error(label(f"Refused: {reason}"))
    left, right, _ = st.columns([2, 1, 4])
    left.button(f"Save {reports}", type="primary", on_click=_save, disabled=not found, width="stretch")
    right.button("Drop", on_click=_drop, width="stretch")
    if found:
        st.html(_KEY)
    for extraction in found[:_SHOWN]:
        report = extraction.report
        told = (
            f"{report.publisher or 'no publisher'}, {report.published or 'no date'}: {report.title or report.text[:70]}"
        )
        graphic = any(words.is_graphic(claim.incident_type, claim.target_type) for claim in extraction.claims)
        if graphic:
            told += ": tells what was done to the dead"
        number = words.several(len(extraction.claims), "incident")
        with st.expander(label(f"{told} ({number})"), expanded=len(found) == 1 and not graphic):
            for claim in extraction.claims:
                place = claim.where.place.name if claim.where and claim.where.place else "no place found"
                when = (
                    words.dates(*(d.isoformat() for d in (claim.when.start, claim.when.end)))
                    if claim.when
                    else "no date"
                )
                st.markdown(
                    label(
                        f"{words.TYPES[claim.incident_type]} · {claim.target} · {claim.actor_name} · {place} · {when}"
                    )
                )
            st.html(marked_all(report.text, _spans(extraction)))
    if len(found) > _SHOWN:
        st.caption(f"and {len(found) - _SHOWN} more reports")


def _spans(extraction: Extraction) -> Iterator[tuple[int, int, str, str]]:
    """What was found in a text: of claims what was done, to what, by whom and when; then every place name."""
    for claim in extraction.claims:
        for kind in ("act", "target", "actor", "date"):
            if kind in claim.spans:
                span = claim.spans[kind]
                yield span.start, span.end, kind, f"{kind}: {words.TYPES[claim.incident_type]}"
    for toponym in extraction.toponyms:
        yield toponym.span.start, toponym.span.end, "place" if toponym.place else "nowhere", _of_place(toponym)


def _of_place(toponym: Toponym) -> str:
    place = toponym.place
    if place is None:
        return f"not placed: {toponym.reason}"
    return (
        f"{place.name}, {place.admin1 or ''} {place.country or ''} ({place.lat:.3f}, {place.lon:.3f}; {place.source})"
    )


def _save() -> None:
    found, refused, _ = st.session_state[_FOUND]
    try:
        number = keep(found, live.store(STORE.get()))
    except GeoError as error:
        st.error(label(str(error)))
        return
    _drop()
    left_out = f"; {len(refused)} refused" if refused else ""
    st.session_state[_SAID] = f"{words.several(number, 'report')} saved{left_out}. Their incidents are on the map."


def _drop() -> None:
    st.session_state.pop(_FOUND, None)
