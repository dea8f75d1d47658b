"""Every incident that can be shown: those of reports with people's corrections, and imported events."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from geo.incidents.aggregation import aggregate
from geo.incidents.record import IncidentRecord
from geo.incidents.review import apply_decisions
from geo.incidents.serialization import record_from_json
from geo.store import Store, Stored

_log = logging.getLogger(__name__)


def catalogue(store: Store, reports: Mapping[str, Stored] | None = None) -> list[IncidentRecord]:
    """All incidents by date, then id; `reports` are those of the store, where they were read already."""
    incidents = store.incidents()
    stored = dict(store.reports() if reports is None else reports)
    missing = {c.report_id for i in incidents for c in i.claims} - stored.keys()
    if missing:  # reports that came in after `reports` was read
        stored |= store.reports(missing)
    aggregated = [aggregate(incident, stored) for incident in incidents]
    own = apply_decisions(aggregated, store.ledger.decisions(), store.successors())
    return sorted([*own, *_imported(store, {r.id for r in own})], key=_by_date)


def _imported(store: Store, taken: set[str]) -> list[IncidentRecord]:
    """The imported events. One whose id is taken already has the name of its dataset before its id."""
    events = []
    for row in store.events():
        try:
            event = record_from_json(row, row["lat"], row["lon"])
        except ValueError as error:
            name = f"{row.get('incident_id')} of the dataset {row.get('dataset')!r}"
            _log.warning("event %s is not shown: %s; import the dataset again", name, error)
            continue
        if event.id in taken:  # an export of ours, or two files of one source
            event = replace(event, incident_id=f"{event.dataset}:{event.id}")
        taken.add(event.id)
        events.append(event)
    return events


def _by_date(record: IncidentRecord) -> tuple[date, str]:
    return record.start_date or date.max, record.id
