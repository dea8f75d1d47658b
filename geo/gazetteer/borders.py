"""In which first-order division a position lies, by the borders of Natural Earth."""

from __future__ import annotations

import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.gazetteer.tables import DATA

# Natural Earth draws borders up to some kilometres off (St. Louis lies in Illinois there), so that near a border the
# code that GeoNames gives decides. Among 175,000 towns whose GeoNames codes stand for one division each, 2,089 lay in
# another division; four of five of these lay within 5 km of their own.
BORDER_KM = 5.0
# The share of a division's towns that must have one GeoNames code for the division to belong to that code; set by hand.
_SHARE_OF_CODE = 0.8
_KM_PER_DEGREE = 111.2  # of a great circle: the Earth's mean radius of 6,371 km times pi / 180


class Borders:
    """The shapes of all first-order divisions; they take half a second to read and 60 MB of memory."""

    def __init__(self) -> None:
        # Only a build or an import needs these libraries: a look-up would be slower to start and take more memory.
        import shapely  # noqa: PLC0415
        from pyogrio.raw import read  # noqa: PLC0415

        self._shapely: Any = shapely
        content = gzip.decompress((DATA / "divisions.topojson.gz").read_bytes())
        _, _, shapes, (codes, countries) = read(content, columns=["code", "country"])
        self._shapes = shapely.from_wkb(shapes)
        self._codes: list[str] = codes.tolist()
        self._countries: list[str] = countries.tolist()
        self._of_country: dict[str, list[int]] = defaultdict(list)
        for i, country in enumerate(self._countries):
            self._of_country[country].append(i)

    def divisions(self, lons: Sequence[float], lats: Sequence[float], countries: Sequence[str]) -> list[str]:
        """The ISO 3166-2 code of the division of its country in which each point lies, or of the nearest one.

        The nearest one is for points off a coast and for towns that Natural Earth counts to another country. Empty for
        a point in a country without divisions.
        """
        points = self._shapely.points(lons, lats)
        codes = [""] * len(points)
        for shape, point in zip(
            *self._shapely.STRtree(points).query(self._shapes, predicate="intersects"), strict=True
        ):
            if self._countries[shape] == countries[point]:
                codes[point] = self._codes[shape]
        outside: dict[str, list[int]] = defaultdict(list)
        for i, code in enumerate(codes):
            if not code:
                outside[countries[i]].append(i)
        for country, missing in outside.items():
            for i, (code, _) in zip(missing, self._nearest(points[missing], self._of_country[country]), strict=True):
                codes[i] = code
        return codes

    def towns(
        self, lons: Sequence[float], lats: Sequence[float], countries: Sequence[str], geonames: Sequence[str]
    ) -> list[str]:
        """The division of each town as `divisions`, but within BORDER_KM of a border the one of its GeoNames code.

        `geonames` are codes such as "SY.04", empty where a town has none. What they stand for is seen from all towns: a
        division belongs to the code that most of its towns have. A code may stand for several divisions.
        """
        codes = self.divisions(lons, lats, countries)
        owners = _owners(codes, geonames)
        owned: dict[str, list[int]] = defaultdict(list)
        for i, code in enumerate(self._codes):
            owned[owners.get(code, "")].append(i)
        doubtful = [i for i, code in enumerate(codes) if owners.get(code, geonames[i]) != geonames[i]]
        return self._prefer(codes, doubtful, geonames, owned, (lons, lats))

    def stated(
        self, lons: Sequence[float], lats: Sequence[float], countries: Sequence[str], wanted: Sequence[str]
    ) -> list[str]:
        """The division of each point as `divisions`, but within BORDER_KM of its border the one that is `wanted`."""
        codes = self.divisions(lons, lats, countries)
        shapes: dict[str, list[int]] = defaultdict(list)
        for i, code in enumerate(self._codes):
            shapes[code].append(i)
        doubtful = [i for i, code in enumerate(codes) if code != wanted[i]]
        return self._prefer(codes, doubtful, wanted, shapes, (lons, lats))

    def _prefer(
        self,
        codes: list[str],
        doubtful: Iterable[int],
        wanted: Sequence[str],
        shapes: Mapping[str, list[int]],
        positions: tuple[Sequence[float], Sequence[float]],
    ) -> list[str]:
        """The codes, with the nearest of the wanted shapes for each doubtful point that is within BORDER_KM of it."""
        lons, lats = positions
        groups: dict[str, list[int]] = defaultdict(list)
        for i in doubtful:
            if wanted[i] and wanted[i] in shapes:
                groups[wanted[i]].append(i)
        for name, members in groups.items():
            points = self._shapely.points([lons[i] for i in members], [lats[i] for i in members])
            for i, (code, km) in zip(members, self._nearest(points, shapes[name]), strict=True):
                if km <= BORDER_KM:
                    codes[i] = code
        return codes

    def _nearest(self, points: Any, shapes: list[int]) -> list[tuple[str, float]]:
        """For each point the code of the nearest of some shapes, and kilometres to it; "" where there are none."""
        if not shapes:
            return [("", math.inf)] * len(points)
        some = self._shapes[shapes]
        nearest = self._shapely.STRtree(some).nearest(points)
        lines = self._shapely.shortest_line(points, some[nearest])
        ends = self._shapely.get_coordinates(lines).reshape(-1, 2, 2).tolist()
        return [(self._codes[shapes[i]], _km(*pair)) for i, pair in zip(nearest, ends, strict=True)]


def _owners(codes: Sequence[str], geonames: Sequence[str]) -> dict[str, str]:
    """The GeoNames code of each division, where most of its towns have the same."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for code, named in zip(codes, geonames, strict=True):
        counts[code][named] += 1
    owners = {}
    for code, named_by in counts.items():
        named, towns = named_by.most_common(1)[0]
        if named and towns >= _SHARE_OF_CODE * named_by.total():
            owners[code] = named
    return owners


def _km(a: Sequence[float], b: Sequence[float]) -> float:
    """Kilometres between two points (longitude, latitude) that lie near each other, as on a plane."""
    wide = (a[0] - b[0]) * math.cos(math.radians((a[1] + b[1]) / 2))
    return _KM_PER_DEGREE * math.hypot(a[1] - b[1], wide)
