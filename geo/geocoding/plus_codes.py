"""Full plus codes (Open Location Codes) in a text: "8G5M34XR+QF". Short ones need a place that they are near to.

The code is base 20: pairs of digits for latitude and longitude, then cells of a grid. Own code, because the package of
the code's authors was last published in 2019 and has to be built from source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.geocoding.written_position import WrittenPosition, uncertainty_km

_DIGITS = "23456789CFGHJMPQRVWX"
_PAIRED = 10  # digits that come in pairs; each pair divides its cell into 20 rows and 20 columns
_COLUMNS, _ROWS = 4, 5  # into which each further digit divides its cell
_FIRST_CELL = 20.0  # degrees
_CODE = re.compile(rf"(?<![\w+])([{_DIGITS}]{{8}})\+([{_DIGITS}]{{2,7}})(?![\w+])")


def find_plus_codes(text: str) -> Iterator[WrittenPosition]:
    """Every full plus code of a text, at the middle of its cell; a code of digits only, or off the Earth, is none."""
    for match in _CODE.finditer(text):
        digits = match[1] + match[2]
        if not digits.isdecimal():
            lat, lon, height, width = _cell(digits)
            if lat < 90 and lon < 180:
                middle = lat + height / 2, lon + width / 2
                spread = uncertainty_km(height / 2, width / 2, lat)
                yield WrittenPosition(*match.span(), "plus code", round(middle[0], 7), round(middle[1], 7), spread)


def _cell(digits: str) -> tuple[float, float, float, float]:
    """South, west, height and width of a code's cell, in degrees."""
    values = [_DIGITS.index(d) for d in digits]
    south, west, height, width = -90.0, -180.0, _FIRST_CELL * 20, _FIRST_CELL * 20
    for row, column in zip(values[:_PAIRED:2], values[1:_PAIRED:2], strict=True):
        height, width = height / 20, width / 20
        south, west = south + row * height, west + column * width
    for value in values[_PAIRED:]:
        height, width = height / _ROWS, width / _COLUMNS
        south, west = south + value // _COLUMNS * height, west + value % _COLUMNS * width
    return south, west, height, width
