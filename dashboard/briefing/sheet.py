"""The briefing sheet: one page with map, list, timeline and sources; the same bytes for the same data.

Drawn by matplotlib from the data of the page, in A4 or 16:9, as PNG, SVG or PDF, or as a zip with the data.
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

from dashboard import labels
from dashboard.briefing.map import ActorStyle, draw_inset, draw_map, fit_extent
from dashboard.map.palette import assign_colours, to_hex
from geo.errors import FilterError
from geo.exports import FORMATS
from geo.exports.geojson import feature
from geo.gazetteer.sources import CREDITS
from geo.incidents.diff import snapshot
from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord
from geo.store import Briefing

SIZES = {"a4": (11.69, 8.27), "16:9": (13.33, 7.5)}  # inches
PICTURES = ("png", "svg", "pdf")
_DPI = 150  # of a PNG: fine enough for print at A4
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
_OTHER_MARKER = "d"
_MAX_LISTED = 18  # incidents that fit on the sheet; the zip's files contain all
_LANES = 5  # heights at which the bars of the timeline are drawn in turn
_EPOCH = date(1970, 1, 1).toordinal()  # from which matplotlib counts days
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can name, so that the same data give the same bytes
# No time stamp and no random id in the output; text from reports is drawn as text, never as mathematics.
_STYLE: dict[Any, Any] = {
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "svg.hashsalt": "desecration-map",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.4,
}


@dataclass(frozen=True)
class Sheet:
    """The content of a sheet: the selected incidents, all incidents, the filters, and how many reports were read."""

    records: Sequence[IncidentRecord]
    all_records: Sequence[IncidentRecord]
    selection: Selection
    n_reports: int
    permalink: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the selected incidents: it shows which data a picture was drawn from."""
        features = [feature(record) for record in self.records]
        return hashlib.sha256(orjson.dumps(features, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def to_briefing(self) -> Briefing:
        """The record of the sheet for the store: its filters, and what it showed of each incident of reports."""
        query = self.selection.to_json()
        digest = hashlib.sha256(orjson.dumps([query, self.digest], option=orjson.OPT_SORT_KEYS)).hexdigest()
        return Briefing(datetime.now(UTC), digest, query, snapshot(self.records))

    @property
    def data_until(self) -> str:
        """The day on which the newest of all incidents was added."""
        days = [record.added.date() for record in self.all_records if record.added]
        return max(days).isoformat() if days else "no date"


def draw_sheet(sheet: Sheet, file_format: str, size: str = "a4") -> bytes:
    """The sheet as a picture, or as a zip of pictures and data. Raises FilterError for another format or size."""
    return draw_bundle(sheet, size) if file_format == "zip" else draw_picture(sheet, file_format, size)


def draw_picture(sheet: Sheet, file_format: str, size: str = "a4") -> bytes:
    """The sheet as PNG, SVG or PDF. Raises FilterError for another format or size."""
    if file_format not in PICTURES:
        reason = f"is not a picture format; give a file that ends in {', '.join(PICTURES)} or zip"
        raise FilterError("-o", file_format, reason)
    if size not in SIZES:
        raise FilterError("--size", size, f"is not one of {', '.join(SIZES)}")
    metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[file_format]
    out = io.BytesIO()
    with mpl.rc_context(_STYLE):
        _draw_figure(sheet, SIZES[size]).savefig(out, format=file_format, dpi=_DPI, metadata=metadata)
    return out.getvalue()


def draw_bundle(sheet: Sheet, size: str = "a4") -> bytes:
    """A zip with the sheet, its data as GeoJSON and CSV, and a manifest with the filters and a digest of each file."""
    files = {f"briefing.{name}": draw_picture(sheet, name, size) for name in ("png", "pdf")}
    collection = {"type": "FeatureCollection", "features": [feature(record) for record in sheet.records]}
    files["incidents.geojson"] = orjson.dumps(collection, option=orjson.OPT_INDENT_2)
    files["incidents.csv"] = FORMATS["csv"].dumps(sheet.records, sheet.selection, sheet.n_reports)
    manifest = {
        "filters": sheet.selection.to_json(),
        "size": size,
        "data_sha256": sheet.digest,
        "data_cut_off": sheet.data_until,
        "n_shown": len(sheet.records),
        "n_all": len(sheet.all_records),
        "n_reports": sheet.n_reports,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    files["manifest.json"] = json.dumps(manifest, indent=2).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _draw_figure(sheet: Sheet, size: tuple[float, float]) -> Figure:
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    styles = _actor_styles(sheet.all_records)
    ordered = sorted(sheet.records, key=lambda r: (r.start_date or date.max, r.id))
    numbers = {record.id: n for n, record in enumerate(ordered[:_MAX_LISTED], 1)}
    figure.text(0.02, 0.955, "Reported desecration of graves and heritage", fontsize=15, weight="bold")
    subtitle = f"{len(sheet.records):,} of {len(sheet.all_records):,} incidents"
    subtitle += f" · {labels.describe_selection(sheet.selection)}"
    figure.text(0.02, 0.925, textwrap.shorten(subtitle, 150, placeholder=" …"), fontsize=10)
    axes = figure.add_axes((0.02, 0.25, 0.58, 0.65))
    draw_map(axes, sheet.records, styles, numbers)
    draw_inset(figure.add_axes((0.47, 0.255, 0.125, 0.1)), fit_extent(sheet.records, 1.4))
    _draw_legend(figure, sheet.records, styles)
    _draw_timeline(figure.add_axes((0.04, 0.11, 0.55, 0.075)), ordered, styles)
    _draw_list(figure, ordered, numbers)
    _draw_footer(figure, sheet)
    return figure


def _actor_styles(records: Sequence[IncidentRecord]) -> dict[str, ActorStyle]:
    colours = assign_colours(records)
    markers = dict(zip(colours, _MARKERS, strict=False))
    return {name: ActorStyle(to_hex(rgb), markers.get(name, _OTHER_MARKER)) for name, rgb in colours.items()}


def _draw_legend(figure: Figure, records: Sequence[IncidentRecord], styles: Mapping[str, ActorStyle]) -> None:
    present = {record.actor_name for record in records}
    actors = [name for name in styles if name in present][: len(_MARKERS)]
    handles = [_legend_mark(textwrap.shorten(n, 34), styles[n].marker, styles[n].colour) for n in actors]
    handles += [
        _legend_mark("confirmed"),
        _legend_mark("not confirmed", markerfacecolor="white"),
        _legend_mark("within the circle", markersize=11, markerfacecolor="#ddd"),
        _legend_mark("in the hatched area", "s", markersize=9, alpha=0.3),
    ]
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.012, 0.252), ncols=5, fontsize=7, frameon=False)


def _legend_mark(label: str, marker: str = "o", colour: str = "#444", **look: Any) -> Line2D:
    return Line2D([], [], color=colour, marker=marker, linestyle="", label=label, **look)


def _draw_timeline(axes: Axes, records: Sequence[IncidentRecord], styles: Mapping[str, ActorStyle]) -> None:
    for number, record in enumerate(records):
        if record.start_date and record.end_date:
            first, last = (day.toordinal() - _EPOCH for day in (record.start_date, record.end_date))
            height = 1 - (number % _LANES) / _LANES
            style = styles[record.actor_name]
            axes.plot([first, last + 1], [height, height], color=style.colour, linewidth=2.5, solid_capstyle="butt")
            axes.plot([(first + last + 1) / 2], [height], style.marker, color=style.colour, markersize=3.5)
    axes.xaxis_date()
    axes.set(yticks=[], ylim=(0, 1.2))
    axes.tick_params(axis="x", labelsize=7)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)


def _draw_list(figure: Figure, ordered: Sequence[IncidentRecord], numbers: Mapping[str, int]) -> None:
    height = 0.905
    for record in ordered[:_MAX_LISTED]:
        publishers = dict.fromkeys(source.publisher or "no publisher" for source in record.sources)
        what = labels.TYPES[record.incident_type] if record.incident_type != "other" else str(record.target or "Other")
        head = f"{numbers[record.id]}  {what}, {labels.place(record)}"
        when = labels.dates(record.start_date, record.end_date)
        body = f"{record.actor_name} · {when} · {labels.ASSERTIONS[record.assertion]}"
        source = f"{', '.join(publishers)} ({record.n_independent} independent)"
        figure.text(0.615, height, textwrap.shorten(head, 72, placeholder=" …"), fontsize=7.5, weight="bold")
        figure.text(0.627, height - 0.0145, textwrap.shorten(body, 84, placeholder=" …"), fontsize=6.6)
        figure.text(0.627, height - 0.0272, textwrap.shorten(source, 84, placeholder=" …"), fontsize=6.2, color="#555")
        height -= 0.0455
    unplaced = sum(record.place is None for record in ordered)
    more = [f"{len(ordered) - _MAX_LISTED:,} more in the data files"] if len(ordered) > _MAX_LISTED else []
    more += [f"{unplaced:,} without a known place: listed, not on the map"] if unplaced else []
    if more:
        figure.text(0.615, height, "; ".join(more), fontsize=7, style="italic")


def _draw_footer(figure: Figure, sheet: Sheet) -> None:
    credit = "; ".join(f"{c.source} ({c.licence})" for c in CREDITS)
    lines = [
        f"Data until {sheet.data_until}, {sheet.n_reports:,} reports read · data SHA-256 {sheet.digest[:32]}",
        labels.BORDERS_NOTE,
        textwrap.shorten(f"Places: {credit}", 190, placeholder=" …"),
    ]
    if sheet.permalink:
        lines.insert(1, textwrap.shorten(sheet.permalink, 190, placeholder=" …"))
    for i, line in enumerate(lines):
        figure.text(0.02, 0.062 - 0.0165 * i, line, fontsize=6.4, color="#444")
