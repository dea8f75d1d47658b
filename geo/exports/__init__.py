"""Exports: each form writes exactly the incidents that it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from geo.errors import FilterError
from geo.incidents.aggregation import Summary
from geo.incidents.filters import Selection


@dataclass(frozen=True, slots=True)
class Form:
    """A file form: the words for it, the ending of its files, its media type, and where it is written."""

    label: str
    ending: str
    mime: str
    written_by: str

    def dumps(self, summaries: Sequence[Summary], selection: Selection, n_reports: int) -> bytes:
        """The file."""
        module, name = self.written_by.split(":")
        write: Callable[[Sequence[Summary], Selection, int], bytes] = getattr(import_module(module), name)
        return write(summaries, selection, n_reports)


FORMS = {
    "geojson": Form("GeoJSON", "geojson", "application/geo+json", "geo.exports.geojson:dumps"),
    "csv": Form("CSV (ACLED columns)", "csv", "text/csv", "geo.exports.acled:dumps"),
    "gpkg": Form("GeoPackage", "gpkg", "application/geopackage+sqlite3", "geo.exports.gis:geopackage"),
    "geoparquet": Form("GeoParquet", "parquet", "application/vnd.apache.parquet", "geo.exports.gis:geoparquet"),
    "kml": Form("KML", "kml", "application/vnd.google-earth.kml+xml", "geo.exports.kml:dumps"),
    "lpf": Form("Linked Places", "lpf.geojson", "application/geo+json", "geo.exports.linked_places:dumps"),
}


def form(name: str) -> Form:
    """The form of a name. Raises FilterError."""
    if name not in FORMS:
        raise FilterError("--format", name, f"is none of {', '.join(FORMS)}")
    return FORMS[name]
