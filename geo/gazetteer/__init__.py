"""The gazetteer: names folded, places looked up, one file built from packages and the project's own tables."""

from geo.gazetteer.lookup import Entry, Gazetteer, Match

__all__ = ["Entry", "Gazetteer", "Match"]
