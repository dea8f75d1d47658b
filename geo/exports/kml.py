"""Incidents as KML 2.2: a Placemark each, with its TimeSpan; GDAL's driver drops those without a place, this does not.

What reports say is text in ExtendedData, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.builder import ElementMaker

from geo.exports.columns import row
from geo.incidents.aggregation import Summary
from geo.incidents.filters import Selection

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def dumps(summaries: Sequence[Summary], _: Selection, __: int) -> bytes:
    """The document, UTF-8."""
    document = _E.Document(_E.name("Incidents"), *(_placemark(s) for s in summaries))
    made: bytes = etree.tostring(_E.kml(document), xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def _placemark(summary: Summary) -> etree._Element:
    told = row(summary)
    name = f"{told['incident_type']}: {told['place_name'] or 'place not known'}"
    parts = [_E.name(_text(name))]
    if told["start_date"]:
        parts.append(_E.TimeSpan(_E.begin(told["start_time"]), _E.end(told["end_time"])))
    held = ((key, value) for key, value in told.items() if value is not None)
    parts.append(_E.ExtendedData(*(_E.Data(_E.value(_text(str(value))), name=key) for key, value in held)))
    if summary.place is not None:
        parts.append(_E.Point(_E.coordinates(f"{summary.place.lon},{summary.place.lat}")))
    return _E.Placemark(*parts)


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
