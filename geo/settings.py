"""Every setting once: its name in the environment, its default and what it is for."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent  # the checkout, or the site-packages folder of an installed copy
IS_CHECKOUT = (PROJECT / "pyproject.toml").is_file()


def user_data_folder() -> Path:
    """The folder in which this system's programs keep a user's data. Not created here.

    Source: the XDG base directory specification on Linux; Apple's and Microsoft's guidelines for applications.
    """
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "desecration-map"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `name` is the environment variable; `default` is its value when that is unset or empty."""

    name: str
    default: str
    help: str

    def get(self) -> str:
        """The value now in force."""
        return os.environ.get(self.name) or self.default


# A checkout keeps its data to itself. An installed copy must not write into site-packages: it uses the user's folder.
DATA = Setting(
    "DESECRATION_DATA",
    str(PROJECT / ".data" if IS_CHECKOUT else user_data_folder()),
    "folder of the store and the gazetteer, unless the two settings below say otherwise; made on first use",
)
STORE = Setting(
    "DESECRATION_STORE",
    f"sqlite:///{Path(DATA.get()) / 'incidents.sqlite'}",
    "database URL of the store: sqlite:///path or postgresql+psycopg://user@host/name",
)
GAZETTEER = Setting(
    "DESECRATION_GAZETTEER",
    str(Path(DATA.get()) / "gazetteer.sqlite"),
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
HOST = Setting(
    "DESECRATION_HOST",
    "127.0.0.1",
    "address that the dashboard listens on; any other lets everybody who can reach the machine change the store",
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

ALL = (DATA, HOST, STORE, GAZETTEER, GEONAMES, MAX_REPORT_BYTES, MAX_TEXT_CHARS, ONLINE, CONTACT, LIMITER, BASEMAP)
