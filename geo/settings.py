"""Every setting once: its name in the environment, its default and what it is for."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `name` is the environment variable; `default` what holds when it is unset or empty."""

    name: str
    default: str
    help: str

    def get(self) -> str:
        """The value now in force."""
        return os.environ.get(self.name) or self.default


STORE = Setting(
    "DESECRATION_STORE",
    f"sqlite:///{PROJECT / '.data' / 'incidents.sqlite'}",
    "database URL of the store: sqlite:///path or postgresql+psycopg://user@host/name",
)
GAZETTEER = Setting(
    "DESECRATION_GAZETTEER",
    str(PROJECT / ".data" / "gazetteer.sqlite"),
    "file of the gazetteer; built on first use",
)
GEONAMES = Setting(
    "DESECRATION_GEONAMES",
    "https://download.geonames.org/export/dump",
    "where `gazetteer fetch` downloads country dumps from",
)
MAX_REPORT_BYTES = Setting(
    "DESECRATION_MAX_REPORT_BYTES",
    "5000000",
    "the largest file read as one report; a table or JSON lines file may be ten times that",
)
MAX_TEXT_CHARS = Setting(
    "DESECRATION_MAX_TEXT_CHARS",
    "200000",
    "the longest text read as one report, in characters (a news report has 2,000 to 20,000)",
)
ONLINE = Setting(
    "DESECRATION_ONLINE",
    "https://nominatim.openstreetmap.org",
    "the Nominatim server that --online asks for names that the gazetteer does not have",
)
CONTACT = Setting("DESECRATION_CONTACT", "", "where that server's operators can write to; --online needs it")
LIMITER = Setting(
    "DESECRATION_LIMITER",
    str(Path(tempfile.gettempdir()) / "desecration-map-online"),
    "file by which all processes of the machine keep to one request a second together",
)
BASEMAP = Setting(
    "DESECRATION_BASEMAP",
    "",
    "URL of an online MapLibre style; empty for the offline basemap. An online provider learns where you look",
)

ALL = (STORE, GAZETTEER, GEONAMES, MAX_REPORT_BYTES, MAX_TEXT_CHARS, ONLINE, CONTACT, LIMITER, BASEMAP)
