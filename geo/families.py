"""Incident types that two tellings of one event may give it, grouped."""

from __future__ import annotations

FAMILIES = {
    "grave_desecration": "grave",
    "exhumation": "grave",
    "corpse_mutilation": "grave",
    "mass_grave_found": "mass_grave",
    "shrine_destruction": "heritage",
    "heritage_destruction": "heritage",
    "looting": "heritage",
    "vandalism": "heritage",
    "other": "other",
}
