"""Names that no gazetteer has, asked of a Nominatim server: only when told to, politely, and never twice.

At most one request a second goes out from all processes of the machine together, as the usage policy of
OpenStreetMap's own server asks; results and misses are kept in the store, errors are not.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from filelock import FileLock
from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderRateLimited, GeocoderServiceError, GeopyError
from geopy.geocoders import Nominatim

from geo.errors import OnlineError
from geo.model import Place

SOURCE = "OpenStreetMap"
CREDIT = "© OpenStreetMap contributors, ODbL, through Nominatim"
_EVERY_SECONDS = 1.0
_TRIES = 3
_LONGEST_WAIT = 60.0  # seconds of a Retry-After that are waited for; a server that asks for more is left alone
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said of a name: a place, or that there is none."""

    place: Place | None


class AnswerStore(Protocol):
    """Where answers are kept."""

    def answer(self, provider: str, query: str) -> Answer | None:
        """The answer kept for a query; None where it was never asked."""

    def keep_answer(self, provider: str, query: str, answer: Answer) -> None:
        """Keep an answer."""


class Limiter:
    """Lets one request a second through, over all threads and processes that share its file."""

    def __init__(
        self, file: Path, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._stamp = file
        self._clock, self._sleep = clock, sleep

    def wait(self, at_least: float = 0.0) -> None:
        """Return when the next request may go out, no sooner than `at_least` seconds from now."""
        if at_least:
            self._sleep(at_least)
        with FileLock(f"{self._stamp}.lock"):
            try:
                last = float(self._stamp.read_text())
            except (OSError, ValueError):
                last = 0.0
            due = min(last + _EVERY_SECONDS, self._clock() + _EVERY_SECONDS)  # a clock set back waits a second, no more
            if due > self._clock():
                self._sleep(due - self._clock())
            self._stamp.write_text(repr(self._clock()))


class OnlineGeocoder:
    """Asks one Nominatim server. `provider` is its address, `contact` where its operators can write to."""

    def __init__(
        self, provider: str, contact: str, answers: AnswerStore, limiter: Limiter, timeout: float = 10
    ) -> None:
        parts = urlsplit(provider if "//" in provider else f"https://{provider}")
        if not contact.strip():
            raise OnlineError(provider, "no contact is given; set DESECRATION_CONTACT to your e-mail address or page")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise OnlineError(provider, "is no address of a server")
        self._provider, self._answers, self._limiter = parts.netloc, answers, limiter
        self._server = Nominatim(
            user_agent=f"desecration-map ({contact})",
            domain=parts.netloc + parts.path.rstrip("/"),
            scheme=parts.scheme,
            timeout=timeout,
            adapter_factory=URLLibAdapter,  # the other adapter waits out any Retry-After by itself
        )

    def __call__(self, name: str, country: str | None) -> Place | None:
        """The place of a name, in a country where one is given; None where the server knows none or cannot be asked."""
        query = f"{name.strip()}|{country or ''}"
        kept = self._answers.answer(self._provider, query)
        if kept is None:
            try:
                kept = Answer(self._asked(name, country))
            except GeopyError as error:
                _log.warning("%s cannot be asked for %r (%s)", self._provider, name, error)
                return None
            self._answers.keep_answer(self._provider, query, kept)
        return kept.place

    def _asked(self, name: str, country: str | None) -> Place | None:
        wait = 0.0
        for left in range(_TRIES - 1, -1, -1):
            self._limiter.wait(wait)
            try:
                found = self._server.geocode(
                    name, exactly_one=True, language="en", country_codes=country, addressdetails=True
                )
            except GeocoderRateLimited as error:
                wait = float(error.retry_after or 2.0)
                if not left or wait > _LONGEST_WAIT:
                    raise
            except GeocoderServiceError:
                if not left:
                    raise
            except (ValueError, KeyError, TypeError, AttributeError) as error:  # an answer that is none of Nominatim's
                raise GeocoderServiceError(f"an answer that cannot be read: {error}") from error
            else:
                return _place(found.raw, name) if found else None
        return None


def _place(raw: dict[str, object], name: str) -> Place:
    """The place of a Nominatim answer; half the diagonal of its box is its uncertainty."""
    box = [float(x) for x in raw.get("boundingbox") or ()]  # type: ignore[attr-defined]
    address = raw.get("address")
    details = address if isinstance(address, dict) else {}
    lat, lon = float(str(raw["lat"])), float(str(raw["lon"]))
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("a position outside the world")
    km = 111.2 * ((box[1] - box[0]) ** 2 + (box[3] - box[2]) ** 2) ** 0.5 / 2 if len(box) == 4 else 2.0
    iso = next((str(v) for k, v in sorted(details.items()) if str(k).startswith("ISO3166-2-lvl")), None)
    return Place(
        name=str(raw.get("name") or name),
        lat=lat,
        lon=lon,
        country=str(details["country_code"]).upper() if details.get("country_code") else None,
        admin1=str(details["state"]) if details.get("state") else None,
        feature=None,
        source=SOURCE,
        source_id=f"{raw.get('osm_type', '')} {raw.get('osm_id', '')}".strip() or None,
        uncertainty_km=round(max(0.5, km), 1),
        admin1_code=iso,
    )
