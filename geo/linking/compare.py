"""How likely two claims describe the same event, from their places, dates, actors and targets."""

from __future__ import annotations

from datetime import timedelta

from geopy.distance import great_circle

from geo.model import FAMILIES, UNKNOWN_ACTOR, Claim, DateSpan, Toponym

# Set by hand on the development reports of 2026, as are the weights below.
_SLACK_KM = 5.0  # two gazetteers place one town up to this far apart
_SMALL_DIVISION_KM = 50.0  # the radius of a division up to which a place outside its border can be meant
DATE_SLACK = timedelta(days=2)  # reports of one event differ by a day or two
LEAST_SCORE = 0.7  # from this score on, two claims are taken to describe the same event

# What each agreement adds to the score; together 1.
_PLACE, _DATE, _ACTOR, _TARGET = 0.4, 0.3, 0.15, 0.15
# What share of the place's part a coarse agreement adds: one country, one division, a place near a division.
_SAME_COUNTRY, _SAME_DIVISION, _NEAR_DIVISION = 0.25, 0.6, 0.4
_DIVISION, _REGION, _COUNTRY = 4, 5, 6  # UCDP GED's `where_prec`


def compare(a: Claim, b: Claim, copied: bool) -> tuple[float, str]:
    """The score, 0 to 1, that two claims describe the same event, and the reason in words.

    `copied` says that their reports are near-duplicates of one text. A common place is never enough: the dates must
    overlap too, unless the texts are copies.
    """
    if FAMILIES[a.incident_type] != FAMILIES[b.incident_type] or _actors_contradict(a, b):
        return 0.0, "another type of incident or another actor"
    same_place, closeness = _places_agree(a.where, b.where)
    if copied:
        same = same_place and (a.primary == b.primary or _dates_overlap(a.when, b.when))
        return (1.0, "copies of one text") if same else (0.0, "copies of one text, about other events")
    if not same_place or not _dates_overlap(a.when, b.when):
        return 0.0, "other places or dates"
    actor = UNKNOWN_ACTOR in (a.actor_name, b.actor_name) or a.actor_name == b.actor_name
    target = a.target_type == b.target_type or FAMILIES[a.incident_type] == "mass_grave"
    score = _PLACE * closeness + _DATE + _ACTOR * actor + _TARGET * target
    reasons = [
        "same place and time",
        *(["same actor"] if actor else []),
        *(["same kind of target"] if target else []),
    ]
    return round(score, 3), ", ".join(reasons)


def _actors_contradict(a: Claim, b: Claim) -> bool:
    both_named = UNKNOWN_ACTOR not in (a.actor_name, b.actor_name)
    return both_named and a.actor_name != b.actor_name and a.actor_category != b.actor_category


def _dates_overlap(a: DateSpan | None, b: DateSpan | None) -> bool:
    if a is None or b is None:
        return False
    return max(a.start - b.end, b.start - a.end) <= DATE_SLACK


def _places_agree(a: Toponym | None, b: Toponym | None) -> tuple[bool, float]:
    """Whether two places may be the same, and how much that supports one event (1 where both are exact)."""
    if a is None or b is None or a.place is None or b.place is None:
        return False, 0.0
    coarser = max(a.where_prec or 1, b.where_prec or 1)
    if coarser == _COUNTRY:
        return a.place.country == b.place.country, _SAME_COUNTRY
    km = great_circle((a.place.lat, a.place.lon), (b.place.lat, b.place.lon)).km
    if coarser in (_DIVISION, _REGION):
        if a.place.admin1_code and a.place.admin1_code == b.place.admin1_code:
            return True, _SAME_DIVISION
        # Gazetteers assign some towns to the wrong one of two small neighbouring divisions.
        return km <= min(_SMALL_DIVISION_KM, max(a.uncertainty_km or 0, b.uncertainty_km or 0)), _NEAR_DIVISION
    return km <= (a.uncertainty_km or 0) + (b.uncertainty_km or 0) + _SLACK_KM, 1.0
