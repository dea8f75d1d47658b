"""Incidents as KML 2.2: a Placemark each, with its TimeSpan. Not written by GDAL, which drops those without a place.

Text of reports is in ExtendedData, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.builder import ElementMaker

from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord
from geo.incidents.serialization import text_row

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def dumps(records: Sequence[IncidentRecord], _: Selection, __: int) -> bytes:
    """The document, UTF-8."""
    document = _E.Document(_E.name("Incidents"), *(_placemark(record) for record in records))
    written: bytes = etree.tostring(_E.kml(document), xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _placemark(record: IncidentRecord) -> etree._Element:
    row = text_row(record)
    name = f"{record.incident_type}: {record.place_name or 'place not known'}"
    parts = [_E.name(_text(name))]
    if record.start_date:
        parts.append(_E.TimeSpan(_E.begin(row["start_time"]), _E.end(row["end_time"])))
    given = ((key, value) for key, value in row.items() if value is not None)
    parts.append(_E.ExtendedData(*(_E.Data(_E.value(_text(str(value))), name=key) for key, value in given)))
    if record.place is not None:
        parts.append(_E.Point(_E.coordinates(f"{record.place.lon},{record.place.lat}")))
    return _E.Placemark(*parts)


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
