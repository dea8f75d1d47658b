"""One state of the store in memory: its incidents as columns, its reports, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dashboard.map.deck import MAX_INDIVIDUAL, zoom_of_individual_incidents
from dashboard.map.features import incident_features
from dashboard.map.geojson import Feature
from dashboard.map.palette import Rgb, Theme, assign_colours, colours_on
from dashboard.map.tiles import Clusters
from geo.incidents.catalogue import catalogue
from geo.incidents.columns import IncidentColumns
from geo.incidents.filters import Selection
from geo.incidents.record import IncidentRecord
from geo.store import Dataset, Decision, Store, Stored


@dataclass(frozen=True)
class Snapshot:
    """All that the pages can show. `version` is the store's fingerprint from before it was read."""

    columns: IncidentColumns
    reports: Mapping[str, Stored]
    unresolved: tuple[Mapping[str, Any], ...] = ()
    decisions: tuple[Decision, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    version: str = ""

    @property
    def records(self) -> tuple[IncidentRecord, ...]:
        """All incidents, by date."""
        return self.columns.records

    def record(self, incident_id: str | None) -> IncidentRecord | None:
        """The incident of that id, or None."""
        return self._by_id.get(incident_id or "")

    @cached_property
    def colours(self) -> dict[str, Rgb]:
        """The colour of each actor."""
        return assign_colours(self.records)

    @cached_property
    def individual_from(self) -> int:
        """The tile zoom from which incidents of reports are drawn individually."""
        return zoom_of_individual_incidents(self.records)

    def cluster_tile(self, selection: Selection, theme: Theme, z: int, x: int, y: int) -> list[Feature]:
        """A tile of clusters: the selected incidents, without those drawn individually at this zoom."""
        mask = self.columns.mask(selection)
        if z >= self.individual_from and np.count_nonzero(mask & self.columns.own) <= MAX_INDIVIDUAL:
            mask = mask & ~self.columns.own
        return self._clusters.tile(mask, colours_on(theme, self.colours), z, x, y)

    def individual_features(self, selection: Selection, theme: Theme) -> list[Feature]:
        """The selected incidents of reports, drawn individually; empty where there are more than MAX_INDIVIDUAL."""
        records = [r for r in self.columns.select(selection) if r.incident is not None]
        if len(records) > MAX_INDIVIDUAL:
            return []
        return incident_features(records, colours_on(theme, self.colours), theme)

    @cached_property
    def _clusters(self) -> Clusters:
        return Clusters(self.columns)

    @cached_property
    def _by_id(self) -> dict[str, IncidentRecord]:
        return {record.id: record for record in self.records}


def load_snapshot(store: Store) -> Snapshot:
    """Everything the store now contains. Raises StoreError."""
    version, reports = store.fingerprint(), store.reports()
    return Snapshot(
        IncidentColumns(catalogue(store, reports)),
        reports,
        tuple(store.unresolved()),
        tuple(store.ledger.decisions()),
        tuple(store.datasets()),
        version,
    )
