"""Exports: each format writes exactly the incidents that it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from geo.errors import FilterError
from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord

Writer = Callable[[Sequence[IncidentRecord], Selection, int], bytes]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A file format: its name in words, the extension and media type of its files, and the function that writes it.

    `writer` is "module:function". The module is imported when a file is written: GDAL and pyarrow load slowly.
    """

    label: str
    extension: str
    mime: str
    writer: str

    def dumps(self, records: Sequence[IncidentRecord], selection: Selection, n_reports: int) -> bytes:
        """The content of the file. `selection` chose the records among the incidents of `n_reports` reports."""
        module, name = self.writer.split(":")
        write: Writer = getattr(import_module(module), name)
        return write(records, selection, n_reports)


FORMATS = {
    "geojson": ExportFormat("GeoJSON", "geojson", "application/geo+json", "geo.exports.geojson:dumps"),
    "csv": ExportFormat("CSV (ACLED columns)", "csv", "text/csv", "geo.exports.acled:dumps"),
    "gpkg": ExportFormat("GeoPackage", "gpkg", "application/geopackage+sqlite3", "geo.exports.gis:geopackage"),
    "geoparquet": ExportFormat("GeoParquet", "parquet", "application/vnd.apache.parquet", "geo.exports.gis:geoparquet"),
    "kml": ExportFormat("KML", "kml", "application/vnd.google-earth.kml+xml", "geo.exports.kml:dumps"),
    "lpf": ExportFormat("Linked Places", "lpf.geojson", "application/geo+json", "geo.exports.linked_places:dumps"),
}


def export_format(name: str) -> ExportFormat:
    """The format of a name. Raises FilterError."""
    if name not in FORMATS:
        raise FilterError("--format", name, f"is not one of {', '.join(FORMATS)}")
    return FORMATS[name]
