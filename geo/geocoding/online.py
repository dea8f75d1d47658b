"""Names that the gazetteer does not have, looked up on a Nominatim server where the user asks for it.

All processes of the machine together send at most one request a second, as the usage policy of OpenStreetMap's own
server requires. The store keeps each answer, also that a place is unknown, so that each name is looked up only once;
errors are not stored.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from filelock import FileLock
from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderRateLimited, GeocoderServiceError, GeopyError
from geopy.geocoders import Nominatim

from geo.errors import OnlineError
from geo.model import Place

SOURCE = "OpenStreetMap"
CREDIT = "© OpenStreetMap contributors, ODbL, through Nominatim"
_EVERY_SECONDS = 1.0  # between two requests: the usage policy of OpenStreetMap's server
# Set by hand.
_TRIES = 3  # of one request
_LONGEST_WAIT = 60.0  # seconds of a Retry-After that are waited for; a server that asks for more is not asked again
_WAIT = 2.0  # seconds, where a busy server gives no Retry-After
_TIMEOUT = 10.0  # seconds for one answer
_LEAST_KM, _UNKNOWN_KM = 0.5, 2.0  # the smallest uncertainty of a place, and that of one without a bounding box
_KM_PER_DEGREE = 111.2  # of a great circle: the Earth's mean radius of 6,371 km times pi / 180
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server for a name: a place, or None where it does not know one."""

    place: Place | None


class AnswerStore(Protocol):
    """Where answers are stored."""

    def answer(self, provider: str, query: str) -> Answer | None:
        """The stored answer to a query; None where none is stored."""

    def keep_answer(self, provider: str, query: str, answer: Answer) -> None:
        """Store an answer."""


class Limiter:
    """Spaces out requests to one a second, for all threads and processes that share its file."""

    def __init__(
        self, file: Path, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._stamp = file
        self._clock, self._sleep = clock, sleep

    def wait(self, at_least: float = 0.0) -> None:
        """Return when the next request may be sent, not before `at_least` seconds have passed."""
        if at_least:
            self._sleep(at_least)
        with FileLock(f"{self._stamp}.lock"):
            try:
                last = float(self._stamp.read_text())
            except (OSError, ValueError):
                last = 0.0
            due = min(
                last + _EVERY_SECONDS, self._clock() + _EVERY_SECONDS
            )  # after the clock was set back, wait one second at most
            if due > self._clock():
                self._sleep(due - self._clock())
            self._stamp.write_text(repr(self._clock()))


class OnlineGeocoder:
    """Looks names up on one Nominatim server. `provider` is its address, `contact` an address for its operators.

    Raises OnlineError for a missing contact or an address that is not a web address.
    """

    def __init__(
        self, provider: str, contact: str, answers: AnswerStore, limiter: Limiter, timeout: float = _TIMEOUT
    ) -> None:
        parts = _parts(provider)
        if not contact.strip():
            raise OnlineError(provider, "no contact is given; set DESECRATION_CONTACT to your e-mail address or page")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise OnlineError(provider, "is not the web address of a server")
        self._provider, self._answers, self._limiter = parts.netloc, answers, limiter
        self._server = Nominatim(
            user_agent=f"desecration-map ({contact})",
            domain=parts.netloc + parts.path.rstrip("/"),
            scheme=parts.scheme,
            timeout=timeout,
            adapter_factory=URLLibAdapter,  # the other adapter waits for any Retry-After by itself
        )

    def __call__(self, name: str, country: str | None) -> Place | None:
        """The place of a name, in a country where one is given; None where the server has none or does not answer."""
        query = _query(name, country)
        answer = self._answers.answer(self._provider, query)
        if answer is None:
            try:
                answer = Answer(self._request(name, country))
            except GeopyError as error:
                _log.warning("%s gives no answer for %r (%s)", self._provider, name, error)
                return None
            self._answers.keep_answer(self._provider, query, answer)
        return answer.place

    def _request(self, name: str, country: str | None) -> Place | None:
        """The server's place of a name, tried again where it is busy. Raises GeopyError when all tries fail."""
        wait = 0.0
        for left in range(_TRIES - 1, -1, -1):
            self._limiter.wait(wait)
            try:
                location = self._server.geocode(
                    name, exactly_one=True, language="en", country_codes=country, addressdetails=True
                )
            except GeocoderRateLimited as error:
                wait = float(error.retry_after or _WAIT)
                if not left or wait > _LONGEST_WAIT:
                    raise
            except GeocoderServiceError:
                if not left:
                    raise
            except (
                ValueError,
                KeyError,
                TypeError,
                AttributeError,
            ) as error:  # an answer that does not have Nominatim's form
                raise GeocoderServiceError(f"an answer that cannot be read: {error}") from error
            else:
                return _place(location.raw, name) if location else None
        return None


class StoredAnswers:
    """Looks names up among the stored answers of one Nominatim server; nothing is asked."""

    def __init__(self, provider: str, answers: AnswerStore) -> None:
        self._provider, self._answers = _parts(provider).netloc, answers

    def __call__(self, name: str, country: str | None) -> Place | None:
        """The place that the server gave for the name before; None where it had none or was never asked."""
        answer = self._answers.answer(self._provider, _query(name, country))
        return answer.place if answer else None


def _parts(provider: str) -> SplitResult:
    return urlsplit(provider if "//" in provider else f"https://{provider}")


def _query(name: str, country: str | None) -> str:
    """The key of an answer in the store."""
    return f"{name.strip()}|{country or ''}"


def _place(raw: dict[str, object], name: str) -> Place:
    """The place of a Nominatim answer; its uncertainty is half the diagonal of its bounding box, at least 0.5 km."""
    box = [float(x) for x in raw.get("boundingbox") or ()]  # type: ignore[attr-defined]
    address = raw.get("address")
    details = address if isinstance(address, dict) else {}
    lat, lon = float(str(raw["lat"])), float(str(raw["lon"]))
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("a position outside the world")
    km = _KM_PER_DEGREE * hypot(box[1] - box[0], box[3] - box[2]) / 2 if len(box) == 4 else _UNKNOWN_KM
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
        uncertainty_km=round(max(_LEAST_KM, km), 1),
        admin1_code=iso,
    )
