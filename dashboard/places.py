"""Places of incidents: candidates for a correction, incidents at the same place, and the nearest ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from geopy.distance import great_circle

from dashboard.map.basemap import AREA_FROM
from dashboard.snapshot import Snapshot
from geo.incidents.record import IncidentRecord
from geo.model import Place

_SAME_PLACE_KM = 1.0  # positions of one place in different gazetteers differ by less
_DAYS_PER_KM = 3.0  # days that weigh as much as a kilometre when incidents are sorted by nearness
_NO_DISTANCE, _NO_DAYS = 1e6, 1e4  # farther than any distance in km, longer than any interval in days
_POSITION_DECIMALS = 4  # of a degree: 11 m


def candidate_places(record: IncidentRecord) -> list[Mapping[str, Any]]:
    """The places of an incident's claims, then those that the geocoder considered, each once.

    Each with `place_name, lat, lon, country, admin1, uncertainty_km`.
    """
    chosen = [c.where.place for c in record.claims if c.where and c.where.place]
    considered = [x.place for c in record.claims if c.where for x in c.where.candidates]
    places: dict[tuple[float, float], Mapping[str, Any]] = {}
    for place in (*chosen, *considered):
        position = round(place.lat, _POSITION_DECIMALS), round(place.lon, _POSITION_DECIMALS)
        places.setdefault(
            position,
            {
                "place_name": place.name,
                "lat": place.lat,
                "lon": place.lon,
                "country": place.country,
                "admin1": place.admin1,
                "uncertainty_km": place.uncertainty_km,
            },
        )
    return list(places.values())


def incidents_at_place(record: IncidentRecord, snapshot: Snapshot) -> list[IncidentRecord]:
    """Other incidents of reports within a kilometre, by date; none for an incident known by its area only."""
    place = _point_of(record)
    if place is None:
        return []
    return [other for other in _other_incidents(record, snapshot) if _is_near(place, _point_of(other))]


def nearest_incidents(record: IncidentRecord, snapshot: Snapshot, limit: int = 50) -> list[IncidentRecord]:
    """Other incidents of reports, the nearest in place and time first."""

    def distance(other: IncidentRecord) -> tuple[float, float]:
        days = _days_between(record.start_date, other.start_date)
        if record.place is None or other.place is None:
            return _NO_DISTANCE, days
        return _km_between(record.place, other.place) + days / _DAYS_PER_KM, days

    return sorted(_other_incidents(record, snapshot), key=distance)[:limit]


def same_spot(a: Place, b: Place) -> bool:
    """Whether two positions are equal to three decimals of a degree, some 110 m."""
    return round(a.lat, 3) == round(b.lat, 3) and round(a.lon, 3) == round(b.lon, 3)


def _other_incidents(record: IncidentRecord, snapshot: Snapshot) -> Sequence[IncidentRecord]:
    return [other for other in snapshot.records if other.incident is not None and other.id != record.id]


def _point_of(record: IncidentRecord) -> Place | None:
    """The place of an incident, unless it is known by its area only."""
    prec = record.where_prec or AREA_FROM
    return record.place if prec < AREA_FROM else None


def _is_near(place: Place, other: Place | None) -> bool:
    return other is not None and _km_between(place, other) <= _SAME_PLACE_KM


def _km_between(a: Place, b: Place) -> float:
    return float(great_circle((a.lat, a.lon), (b.lat, b.lon)).km)


def _days_between(a: date | None, b: date | None) -> float:
    return abs((a - b).days) if a and b else _NO_DAYS
