"""Adding reports: paste or upload them, check what was extracted from each, then save or discard them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import labels
from dashboard.cache import current_store, load_extractor
from dashboard.components.markup import escape_label, mark_spans
from geo.errors import GeoError, ReportError
from geo.ingest import Outcome, keep, preview
from geo.model import Claim, Extraction, Toponym
from geo.reports import FIELDS, MANIFEST, read

_PREVIEW, _SAVED = "_preview", "_saved_reports"
_ENDINGS = ["txt", "html", "htm", "csv", "jsonl"]
_MAX_SHOWN = 20  # reports whose text is shown; more would make the page slow
_TITLE_CHARS = 70  # of a report's text, where it lacks a title
_PASTED = "pasted.txt"
_INPUTS = {"publisher": "Publisher", "published": "Published (YYYY-MM-DD)", "title": "Title", "url": "Link"}
# The spans of a claim that are marked, and what each is; their names are CSS classes too.
_SPANS = {"act": "what happened", "target": "target", "actor": "actor", "date": "date"}
_MARKS = {**_SPANS, "place": "place", "nowhere": "unresolved place name"}
_LEGEND = "".join(f'<mark class="{kind}">{text}</mark>' for kind, text in _MARKS.items())


@dataclass(frozen=True)
class Preview:
    """What was extracted from the new reports, why others were refused, and how many were stored before."""

    extractions: Sequence[Extraction]
    refused: Sequence[str]
    known: int


def show_add_reports() -> None:
    """The form; after it was sent, what was extracted, with buttons to save or discard it."""
    saved: str | None = st.session_state.pop(_SAVED, None)
    if saved:
        st.success(saved)
    if _PREVIEW in st.session_state:
        _show_preview(st.session_state[_PREVIEW])
    else:
        _show_form()


def _show_form() -> None:
    with st.form("add", border=False):
        left, right = st.columns(2, gap="large")
        text = left.text_area("Paste a report", height=320, placeholder="The text of the report, as it was published")
        fields = {name: left.text_input(label, key=f"add_{name}") for name, label in _INPUTS.items()}
        files = right.file_uploader("Or upload files", _ENDINGS, accept_multiple_files=True)
        right.caption(
            "Text files, web pages, tables (a row for each report, its text in the column `text`) and JSON lines. "
            "With a `manifest.csv` you can give publisher, date and link for each file. "
            "Nothing is saved until you have checked what was extracted."
        )
        if st.form_submit_button("Read", type="primary"):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                _write_uploads(folder, files)
                if text.strip():
                    _write_pasted(folder, text, fields)
                _read_folder(folder)
            st.rerun()


def _write_uploads(folder: Path, files: Sequence[UploadedFile]) -> None:
    """Write uploaded files into the folder; of two with one name the second gets its number in front."""
    for number, file in enumerate(files):
        name = Path(file.name).name
        if (folder / name).exists():
            name = f"{number}-{name}"
        (folder / name).write_bytes(file.getvalue())


def _write_pasted(folder: Path, text: str, fields: dict[str, str]) -> None:
    """Write the pasted text as a file of the folder, and its fields into the manifest."""
    (folder / _PASTED).write_text(text, encoding="utf-8")
    rows = [{"file": _PASTED, **{name: value for name, value in fields.items() if value.strip()}}]
    path = folder / MANIFEST
    if path.exists():
        rows += list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["file", *FIELDS], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _read_folder(folder: Path) -> None:
    """Read all files of a folder and keep the preview for the next run."""
    files = sorted(path.name for path in folder.iterdir() if path.name != MANIFEST)
    if not files:
        return
    bar = st.progress(0.0, f"Reading {labels.plural(len(files), 'file')}")
    n_read = 0

    def show_progress() -> None:
        nonlocal n_read
        n_read += 1
        bar.progress(min(1.0, n_read / len(files)), f"{labels.plural(n_read, 'report')} read")

    try:
        extractions, outcome = preview(read([str(folder)]), current_store(), load_extractor, show_progress)
    except GeoError as error:  # the store or the gazetteer cannot be read
        extractions, outcome = [], Outcome(refused=[ReportError("the files", str(error))])
    refused = [str(error).replace(f"{folder}/", "") for error in outcome.refused]
    st.session_state[_PREVIEW] = Preview(extractions, refused, outcome.known)


def _show_preview(result: Preview) -> None:
    extractions = result.extractions
    reports = labels.plural(len(extractions), "report")
    incidents = labels.plural(sum(len(e.claims) for e in extractions), "incident")
    known = f"; **{result.known}** already in the store" if result.known else ""
    st.markdown(f"**{reports}** read, with **{incidents}**{known}.")
    for reason in result.refused:
        st.error(escape_label(f"Not read: {reason}"))
    left, right, _ = st.columns([2, 1, 4])
    left.button(f"Save {reports}", type="primary", on_click=_save, disabled=not extractions, width="stretch")
    right.button("Discard", on_click=_discard, width="stretch")
    if extractions:
        st.html(f'<div class="legend">{_LEGEND}</div>')
    for extraction in extractions[:_MAX_SHOWN]:
        _show_extraction(extraction, expanded=len(extractions) == 1)
    if len(extractions) > _MAX_SHOWN:
        st.caption(f"and {labels.plural(len(extractions) - _MAX_SHOWN, 'more report')}")


def _show_extraction(extraction: Extraction, expanded: bool) -> None:
    """One report, with its incidents listed and marked in its text; folded where it describes the dead."""
    report, claims = extraction.report, extraction.claims
    title = report.title or report.text[:_TITLE_CHARS]
    heading = f"{report.publisher or 'no publisher'}, {report.published or 'no date'}: {title}"
    graphic = any(labels.is_graphic(claim.incident_type, claim.target_type) for claim in claims)
    notice = f". {labels.GRAPHIC_NOTICE}" if graphic else ""
    with st.expander(
        escape_label(f"{heading} ({labels.plural(len(claims), 'incident')}){notice}"),
        expanded=expanded and not graphic,
    ):
        for claim in claims:
            st.markdown(escape_label(_claim_line(claim)))
        st.html(mark_spans(report.text, _spans(extraction)))


def _claim_line(claim: Claim) -> str:
    place = claim.where.place.name if claim.where and claim.where.place else "place unknown"
    start, end = (claim.when.start, claim.when.end) if claim.when else (None, None)
    parts = labels.TYPES[claim.incident_type], claim.target, claim.actor_name, place, labels.dates(start, end)
    return " · ".join(str(part) for part in parts)


def _spans(extraction: Extraction) -> Iterator[tuple[int, int, str, str]]:
    """Spans to mark, with CSS class and tooltip: trigger, target, actor and date of each claim, then place names."""
    for claim in extraction.claims:
        for kind, name in _SPANS.items():
            if kind in claim.spans:
                span = claim.spans[kind]
                yield span.start, span.end, kind, f"{name}: {labels.TYPES[claim.incident_type]}"
    for toponym in extraction.toponyms:
        yield toponym.span.start, toponym.span.end, "place" if toponym.place else "nowhere", _place_tooltip(toponym)


def _place_tooltip(toponym: Toponym) -> str:
    place = toponym.place
    if place is None:
        return f"unresolved: {toponym.reason}"
    names = ", ".join(name for name in (place.name, place.admin1, place.country) if name)
    reason = f"; {toponym.reason}" if toponym.reason else ""
    return f"{names} ({place.lat:.3f}, {place.lon:.3f}; {place.source}{reason})"


def _save() -> None:
    result: Preview = st.session_state[_PREVIEW]
    try:
        number = keep(result.extractions, current_store())
    except GeoError as error:
        st.error(escape_label(str(error)))
        return
    _discard()
    refused = f"; {len(result.refused)} could not be read" if result.refused else ""
    st.session_state[_SAVED] = f"{labels.plural(number, 'report')} saved{refused}. Their incidents are on the map."


def _discard() -> None:
    st.session_state.pop(_PREVIEW, None)
