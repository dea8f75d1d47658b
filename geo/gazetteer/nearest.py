"""The settlement nearest to a position."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

_EARTH_KM = 6371.0  # the Earth's mean radius


class NearestSettlement:
    """The positions of all settlements of a gazetteer file: 24 bytes each, read at the first position that is asked."""

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.execute("SELECT id, lat, lon FROM place WHERE feature >= 'PPL' AND feature < 'PPM'").fetchall()
        table = np.array(rows, dtype=float).reshape(-1, 3)
        self._ids = table[:, 0].astype(np.int64)
        self._vectors = _vectors(table[:, 1], table[:, 2]).astype(np.float32)

    def within(self, lat: float, lon: float, km: float) -> int | None:
        """The row number of the nearest settlement, no farther than `km`; None where there is none."""
        if not len(self._ids):
            return None
        point = _vectors(np.array([lat]), np.array([lon]))[0]
        chords = np.linalg.norm(self._vectors - point.astype(np.float32), axis=1)
        nearest = int(chords.argmin())
        distance = 2 * _EARTH_KM * np.arcsin(min(1.0, float(chords[nearest]) / 2))
        return int(self._ids[nearest]) if distance <= km else None


def _vectors(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the unit sphere, a row each."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
