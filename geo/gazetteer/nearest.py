"""The settlement nearest to a position."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

_EARTH_KM = 6371.0  # the Earth's mean radius


class NearestSettlement:
    """The positions of all settlements of a gazetteer file, by latitude: 24 bytes each, read when it is made."""

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.execute("SELECT id, lat, lon FROM place WHERE feature >= 'PPL' AND feature < 'PPM' ORDER BY lat")
        table = np.fromiter(rows, dtype=np.dtype((float, 3)))
        self._ids = table[:, 0].astype(np.int64)
        self._lat, self._lon = np.radians(table[:, 1]), np.radians(table[:, 2])

    def within(self, lat: float, lon: float, km: float) -> int | None:
        """The row number of the nearest settlement, no farther than `km`; None where there is none."""
        reach = km / _EARTH_KM
        first, last = np.searchsorted(self._lat, (np.radians(lat) - reach, np.radians(lat) + reach))
        if first == last:
            return None
        distances = _distances(np.radians(lat), np.radians(lon), self._lat[first:last], self._lon[first:last])
        nearest = int(distances.argmin())
        return int(self._ids[first + nearest]) if distances[nearest] <= reach else None


def _distances(lat: float, lon: float, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.float64]:
    """Angles on the sphere from a point to others by the haversine formula, all in radians."""
    half = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    angles: NDArray[np.float64] = 2 * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return angles
