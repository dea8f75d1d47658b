"""Which countries and first-order divisions a region consists of: Scotland, Andalusia, Darfur, the Balkans."""

from __future__ import annotations

from functools import cache

from geo.gazetteer.tables import read_table, split_cell


def members_of(region: str | None) -> frozenset[str]:
    """The ISO 3166 codes of a region's parts, by the `source_id` of its place; empty where it is not made of any.

    A code of two letters is a country, a longer one a first-order division.

    >>> sorted(members_of("region:gaza-strip"))
    ['PS-GZZ']
    """
    return _members().get(region or "", frozenset())


@cache
def _members() -> dict[str, frozenset[str]]:
    return {row["id"]: frozenset(split_cell(row["members"])) for row in read_table("region_extents.tsv")}
