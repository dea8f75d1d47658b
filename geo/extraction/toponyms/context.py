"""In which countries a report as a whole takes place, as context for each of its place names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extraction.document import Document
from geo.extraction.languages.interface import PlaceCues
from geo.extraction.toponyms.mention import ToponymMention
from geo.gazetteer import Gazetteer

# People of a city whose name is known by itself, beyond its division. Set by hand on the development reports of 2026.
WELL_KNOWN_PEOPLE = 20_000

_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")


@dataclass(frozen=True, slots=True)
class ReportContext:
    """Where a report takes place: the countries that it names, by ISO 3166-1 code, and how often each is named.

    `divisions` are the first-order divisions that it names, by ISO 3166-2 code.
    """

    countries: Counter[str]
    divisions: Counter[str]

    @property
    def country(self) -> str | None:
        """The country named most; None where none is."""
        return self.countries.most_common(1)[0][0] if self.countries else None

    def share(self, country: str | None) -> float:
        """The share of a country in all countries named, 0 to 1."""
        total = sum(self.countries.values())
        return self.countries[country] / total if total and country else 0.0

    def division_share(self, code: str | None) -> float:
        """The share of a division in all divisions named, 0 to 1."""
        total = sum(self.divisions.values())
        return self.divisions[code] / total if total and code else 0.0


def report_context(
    document: Document, mentions: Sequence[ToponymMention], gazetteer: Gazetteer, places: PlaceCues
) -> ReportContext:
    """The countries that a report names, by themselves or by their people; the dateline and the publisher count too."""
    countries: Counter[str] = Counter()
    divisions: Counter[str] = Counter()
    for mention in mentions:
        named = {m.entry.place.country for m in mention.matches if m.entry.place.feature == "PCLI"}
        if places.is_dateline(document.text, mention.start, mention.end):
            named |= {m.entry.place.country for m in mention.matches[:1]}
        division = next((m.entry.place for m in mention.matches[:1] if m.entry.place.feature == "ADM1"), None)
        if division is not None and division.admin1_code:
            divisions[division.admin1_code] += 1
            named.add(division.country)
        countries.update(c for c in named if c)
    for word in _CAPITALISED.findall(document.text):
        if country := gazetteer.demonym(word):
            countries[country] += 1
    countries.update(_countries_of_publisher(document.report.publisher or "", gazetteer, places))
    return ReportContext(countries, divisions)


def _countries_of_publisher(publisher: str, gazetteer: Gazetteer, places: PlaceCues) -> Iterator[str]:
    """The country of each word of a publisher's name: of the people it names, or of the city: "Aleppo Media Centre"."""
    for word in _CAPITALISED.findall(publisher):
        country = gazetteer.demonym(word)
        if country is None and not places.is_common_word(word.lower()):
            cities = [m.entry for m in gazetteer.exact(word) if m.entry.population >= WELL_KNOWN_PEOPLE]
            country = cities[0].place.country if cities else None
        if country:
            yield country
