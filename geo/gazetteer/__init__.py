"""The gazetteer: places by name, in one file that is built from packages and the project's own tables."""

from geo.gazetteer.lookup import Entry, Gazetteer, Match

__all__ = ["Entry", "Gazetteer", "Match"]
