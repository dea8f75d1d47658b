"""The briefing sheet: one page with map, list, timeline and where it all is from; the same bytes for the same data.

Drawn by matplotlib from what the page shows, in A4 or 16:9, as PNG, SVG or PDF, or as a zip with the data beside it.
"""

from __future__ import annotations

import hashlib
import io
import json
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import matplotlib as mpl
import orjson
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from dashboard import words
from dashboard.briefing_map import Look, draw_inset, draw_map, extent
from dashboard.palette import colours, hexed
from geo.errors import FilterError
from geo.exports import FORMS
from geo.exports.geojson import feature
from geo.gazetteer.sources import CREDITS
from geo.incidents.aggregation import Summary
from geo.incidents.diff import snapshot
from geo.incidents.filters import Selection
from geo.store import Briefing

SIZES = {"a4": (11.69, 8.27), "16:9": (13.33, 7.5)}  # inches
FORMS_OF_PICTURE = ("png", "svg", "pdf")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
_OTHERS = "d"
_LISTED = 18  # incidents listed on the sheet; the zip's files hold all
_EPOCH = date(1970, 1, 1).toordinal()  # from which matplotlib counts days
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # a zip's first day: the same bytes whenever it is made
_NOTE = "Borders: Natural Earth, dashed where disputed; they imply no opinion on any territory."
# No moment and no random name in what is written; text from reports is text, never mathematics.
_SAME: dict[Any, Any] = {
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "svg.hashsalt": "desecration-map",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.4,
}


@dataclass(frozen=True)
class Sheet:
    """What a sheet shows: the incidents chosen of `every`, by which filters, over how many reports."""

    shown: Sequence[Summary]
    every: Sequence[Summary]
    selection: Selection
    n_reports: int
    permalink: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the incidents shown, by which a picture is known to be of a file of data."""
        return hashlib.sha256(orjson.dumps([feature(s) for s in self.shown], option=orjson.OPT_SORT_KEYS)).hexdigest()

    def noted(self) -> Briefing:
        """What a store keeps of it: its filters, and what it told of each incident of reports."""
        query = self.selection.stated()
        told = snapshot(self.shown)
        digest = hashlib.sha256(orjson.dumps([query, self.digest], option=orjson.OPT_SORT_KEYS)).hexdigest()
        return Briefing(datetime.now(UTC), digest, query, told)

    @property
    def cut_off(self) -> str:
        """The day of the newest data behind it."""
        return max((s.properties["added"][:10] for s in self.every if s.properties["added"]), default="no date")


def drawn(sheet: Sheet, kind: str, size: str = "a4") -> bytes:
    """The sheet as a picture, or as a zip of pictures and data. Raises FilterError as `picture` does."""
    return bundle(sheet, size) if kind == "zip" else picture(sheet, kind, size)


def picture(sheet: Sheet, form: str, size: str = "a4") -> bytes:
    """The sheet as PNG, SVG or PDF. Raises FilterError for another form or size."""
    if form not in FORMS_OF_PICTURE:
        raise FilterError("-o", form, f"is no picture; give a file that ends in {', '.join(FORMS_OF_PICTURE)} or zip")
    if size not in SIZES:
        raise FilterError("--size", size, f"is none of {', '.join(SIZES)}")
    metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[form]
    out = io.BytesIO()
    with mpl.rc_context(_SAME):
        _drawn(sheet, SIZES[size]).savefig(out, format=form, dpi=150, metadata=metadata)
    return out.getvalue()


def bundle(sheet: Sheet, size: str = "a4") -> bytes:
    """A zip with the picture, the data as GeoJSON and CSV, and a manifest that makes the same picture again."""
    files = {f"briefing.{form}": picture(sheet, form, size) for form in ("png", "pdf")}
    collection = {"type": "FeatureCollection", "features": [feature(s) for s in sheet.shown]}
    files["incidents.geojson"] = orjson.dumps(collection, option=orjson.OPT_INDENT_2)
    files["incidents.csv"] = FORMS["csv"].dumps(sheet.shown, sheet.selection, sheet.n_reports)
    manifest = {
        "filters": sheet.selection.stated(),
        "size": size,
        "data_sha256": sheet.digest,
        "data_cut_off": sheet.cut_off,
        "n_shown": len(sheet.shown),
        "n_all": len(sheet.every),
        "n_reports": sheet.n_reports,
        "files": {name: hashlib.sha256(held).hexdigest() for name, held in sorted(files.items())},
    }
    files["manifest.json"] = json.dumps(manifest, indent=2).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), held, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _drawn(sheet: Sheet, size: tuple[float, float]) -> Figure:
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    looks = _looks(sheet.every)
    ordered = sorted(sheet.shown, key=lambda s: (s.properties["start_date"] or "9999", s.id))
    numbers = {s.id: n for n, s in enumerate(ordered[:_LISTED], 1)}
    figure.text(0.02, 0.955, "Reported desecration of graves and heritage", fontsize=15, weight="bold")
    told = f"{len(sheet.shown):,} of {len(sheet.every):,} incidents"
    told += f" · {words.filters(sheet.selection.stated())}"
    figure.text(0.02, 0.925, textwrap.shorten(told, 150, placeholder=" …"), fontsize=10)
    axes = figure.add_axes((0.02, 0.25, 0.58, 0.65))
    draw_map(axes, sheet.shown, looks, numbers)
    draw_inset(figure.add_axes((0.47, 0.255, 0.125, 0.1)), extent(sheet.shown, 1.4))
    _legend(figure, sheet.shown, looks)
    _timeline(figure.add_axes((0.04, 0.11, 0.55, 0.075)), ordered, looks)
    _list(figure, ordered, numbers)
    _foot(figure, sheet)
    return figure


def _looks(every: Sequence[Summary]) -> dict[str, Look]:
    named = colours(every)
    markers = dict(zip(named, _MARKERS, strict=False))
    return {name: Look(hexed(rgb), markers.get(name, _OTHERS)) for name, rgb in named.items()}


def _legend(figure: Figure, shown: Sequence[Summary], looks: Mapping[str, Look]) -> None:
    present = {s.properties["actor_name"] for s in shown}
    kept = [name for name in looks if name in present][: len(_MARKERS)]
    handles = [
        Line2D([], [], color=looks[n].colour, marker=looks[n].marker, linestyle="", label=textwrap.shorten(n, 34))
        for n in kept
    ]
    handles += [
        Line2D([], [], color="#444", marker="o", linestyle="", label="confirmed"),
        Line2D([], [], color="#444", marker="o", linestyle="", markerfacecolor="white", label="not reviewed"),
        Line2D(
            [], [], color="#444", marker="o", linestyle="", markersize=11, markerfacecolor="#ddd", label="in the ring"
        ),
        Line2D([], [], color="#444", marker="s", linestyle="", markersize=9, alpha=0.3, label="in the hatched area"),
    ]
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.012, 0.252), ncols=5, fontsize=7, frameon=False)


def _timeline(axes: Axes, shown: Sequence[Summary], looks: Mapping[str, Look]) -> None:
    for lane, summary in enumerate(shown):
        p = summary.properties
        if p["start_date"]:
            first, last = (date.fromisoformat(p[n]).toordinal() - _EPOCH for n in ("start_date", "end_date"))
            height = 1 - (lane % 5) / 5
            look = looks[p["actor_name"]]
            axes.plot([first, last + 1], [height, height], color=look.colour, linewidth=2.5, solid_capstyle="butt")
            axes.plot([(first + last + 1) / 2], [height], look.marker, color=look.colour, markersize=3.5)
    axes.xaxis_date()
    axes.set(yticks=[], ylim=(0, 1.2))
    axes.tick_params(axis="x", labelsize=7)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)


def _list(figure: Figure, ordered: Sequence[Summary], numbers: Mapping[str, int]) -> None:
    height = 0.905
    for summary in ordered[:_LISTED]:
        p = summary.properties
        publishers = list(dict.fromkeys(s.get("publisher") or "no publisher" for s in p["sources"]))
        what = words.TYPES[p["incident_type"]] if p["incident_type"] != "other" else str(p["target"] or "Other")
        head = f"{numbers[summary.id]}  {what}, {words.place(p)}"
        body = f"{p['actor_name']} · {words.dates(p['start_date'], p['end_date'])} · {words.ASSERTIONS[p['assertion']]}"
        source = f"{', '.join(publishers)} ({p['n_independent']} independent)"
        figure.text(0.615, height, textwrap.shorten(head, 72, placeholder=" …"), fontsize=7.5, weight="bold")
        figure.text(0.627, height - 0.0145, textwrap.shorten(body, 84, placeholder=" …"), fontsize=6.6)
        figure.text(0.627, height - 0.0272, textwrap.shorten(source, 84, placeholder=" …"), fontsize=6.2, color="#555")
        height -= 0.0455
    nowhere = sum(s.place is None for s in ordered)
    more = [f"{len(ordered) - _LISTED:,} more in the data files"] if len(ordered) > _LISTED else []
    more += [f"{nowhere:,} without a known place: listed, not on the map"] if nowhere else []
    if more:
        figure.text(0.615, height, "; ".join(more), fontsize=7, style="italic")


def _foot(figure: Figure, sheet: Sheet) -> None:
    credit = "; ".join(f"{c.source} ({c.licence})" for c in CREDITS)
    lines = [
        f"Data up to {sheet.cut_off}, {sheet.n_reports:,} reports read · data SHA-256 {sheet.digest[:32]}",
        _NOTE,
        textwrap.shorten(f"Places: {credit}", 190, placeholder=" …"),
    ]
    if sheet.permalink:
        lines.insert(1, textwrap.shorten(sheet.permalink, 190, placeholder=" …"))
    for i, line in enumerate(lines):
        figure.text(0.02, 0.062 - 0.0165 * i, line, fontsize=6.4, color="#444")
