"""The tables of the pages as data frames. No Streamlit here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import labels
from dashboard.snapshot import Snapshot
from geo.incidents.record import IncidentRecord
from geo.model import UNKNOWN_ACTOR, Claim
from geo.store import Stored

INCIDENT_COLUMNS = (
    "id", "type", "target", "actor", "start", "end", "place", "country", "precision", "reports", "independent",
)  # fmt: skip
DIFFERENT = "≠ "  # before a value that differs from the first source's
NO_DATE, NO_INCIDENT = "no date", "no incident"  # groups of the coverage table


def incident_table(records: Sequence[IncidentRecord]) -> pd.DataFrame:
    """A row for each incident, with the columns of INCIDENT_COLUMNS."""
    rows = []
    for record in records:
        rows.append(
            {
                "id": record.id,
                "type": labels.TYPES[record.incident_type],
                "target": record.target,
                "actor": record.actor_name,
                "start": record.start_date,
                "end": record.end_date,
                "place": record.place_name,
                "country": labels.country(record.country) if record.country else None,
                "precision": labels.PRECISIONS[record.where_prec] if record.where_prec else None,
                "reports": record.n_reports,
                "independent": record.n_independent,
            }
        )
    table = pd.DataFrame(rows, columns=list(INCIDENT_COLUMNS))
    for column in ("start", "end"):
        table[column] = pd.to_datetime(table[column])
    return table


def coverage_table(snapshot: Snapshot, by: str) -> pd.DataFrame:
    """How many reports were read and how many incidents they report, by a property of the reports.

    `by` is `publisher`, `language`, `month` of publication or `country`. Columns: `group`, `reports`, `empty` (reports
    without an incident), `incidents`. By country a report counts in each country of its incidents, and those without
    an incident are the group NO_INCIDENT.
    """
    records = [record for record in snapshot.records if record.incident is not None]
    claims = pd.DataFrame(
        [(c.report_id, r.id, r.country or "") for r in records for c in r.claims],
        columns=["report", "incident", "country"],
    )
    if by == "country":
        joined = pd.DataFrame({"report": list(snapshot.reports)}, dtype=str).merge(claims, on="report", how="left")
        joined["group"] = joined["country"].fillna(NO_INCIDENT)
    else:
        groups = [(_report_group(stored, by), report_id) for report_id, stored in snapshot.reports.items()]
        joined = pd.DataFrame(groups, columns=["group", "report"]).merge(claims, on="report", how="left")
    grouped = joined.groupby("group")
    table = pd.DataFrame({"reports": grouped["report"].nunique(), "incidents": grouped["incident"].nunique()})
    table["empty"] = joined[joined["incident"].isna()].groupby("group")["report"].nunique()
    table["empty"] = table["empty"].fillna(0).astype(int)
    table = table.reset_index().sort_values(["reports", "group"], ascending=[False, True])
    return table[["group", "reports", "empty", "incidents"]]


def _report_group(stored: Stored, by: str) -> str:
    report = stored.report
    if by == "month":
        return report.published.isoformat()[:7] if report.published else NO_DATE
    return (report.publisher if by == "publisher" else report.language) or "not given"


def source_table(record: IncidentRecord, snapshot: Snapshot) -> pd.DataFrame:
    """What each source says, a row each; DIFFERENT marks a value that differs from the first source's."""
    table = pd.DataFrame([_source_row(claim, snapshot) for claim in record.claims], dtype=str)
    for column in ("actor", "place", "date", "assertion", "counts"):
        given = [value for value in table[column] if value] if len(table) else []
        if len(set(given)) > 1:
            table[column] = [f"{DIFFERENT}{v}" if v and v != given[0] else v for v in table[column]]
    return table


def _source_row(claim: Claim, snapshot: Snapshot) -> dict[str, str]:
    return {
        "source": snapshot.reports[claim.report_id].report.publisher or "no publisher",
        "actor": "" if claim.actor_name == UNKNOWN_ACTOR else claim.actor_name,
        "place": claim.where.place.name if claim.where and claim.where.place else "",
        "date": labels.dates(claim.when.start, claim.when.end) if claim.when else "",
        "assertion": labels.ASSERTIONS[claim.assertion],
        "attributed to": ", ".join(claim.attributed_to),
        "counts": ", ".join(f"{labels.count(n)} {name}" for name, n in sorted(claim.counts.items())),
    }


def geocoding_table(record: IncidentRecord) -> pd.DataFrame:
    """For each place name of an incident the place that was chosen and the candidates that were not, a row each."""
    rows: list[dict[str, Any]] = []
    for claim in record.claims:
        mention = claim.where
        if mention is None or mention.place is None:
            continue
        chosen = mention.place
        rows.append(_place_row(mention.span.text, chosen.name, chosen.admin1, chosen.country))
        for candidate in mention.candidates:
            place = candidate.place
            if (place.lat, place.lon) != (chosen.lat, chosen.lon):
                row = _place_row(mention.span.text, place.name, place.admin1, place.country)
                rows.append(row | {"chosen": "no", "score": candidate.score})
    unique = {(r["name in the text"], r["place"], r["province"], r["country"]): r for r in rows}
    return pd.DataFrame(list(unique.values()))


def _place_row(name: str, place: str, province: str | None, country: str | None) -> dict[str, Any]:
    return {
        "name in the text": name,
        "place": place,
        "chosen": "yes",
        "province": province,
        "country": country,
        "score": None,
    }
