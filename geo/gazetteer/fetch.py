"""Downloading country dumps from GeoNames over HTTPS: retried, resumed where cut off, checked before use."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential
from urllib3.util import Retry

from geo.errors import FetchError
from geo.settings import GEONAMES

# Set by hand for a slow or interrupted connection; the status codes are those of RFC 9110 and 6585 for a busy server.
_TRIES = 5
_TIMEOUT = (10, 60)  # seconds to connect, and between two pieces
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 20  # seconds between two tries
_PIECE = 1 << 16  # bytes written at a time
_BUSY = (429, 500, 502, 503, 504)
_AGENT = "desecration-map (offline gazetteer; python-requests)"


def fetch(country: str, folder: Path, step: Callable[[int], None] = lambda _: None) -> Path:
    """The checked file of a country's dump, downloaded into `folder`. `step` gets the number of bytes of each piece.

    Raises FetchError, which says what to do instead, when it cannot be downloaded.
    """
    code = country.upper()
    url = f"{GEONAMES.get().rstrip('/')}/{code}.zip"
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise FetchError(url, f"{country!r} is not a country code of two letters, such as SY")
    folder.mkdir(parents=True, exist_ok=True)
    target, part = folder / f"{code}.zip", folder / f".{code}.zip.part"
    tries = Retrying(
        retry=retry_if_exception_type((requests.ConnectionError, requests.Timeout, _CutError)),
        stop=stop_after_attempt(_TRIES),
        wait=wait_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT),
        reraise=True,
    )
    try:
        tries(_download, url, part, step)
    except requests.HTTPError as error:
        answer = error.response
        raise FetchError(url, f"the server answers {answer.status_code} {answer.reason}") from error
    except (requests.RequestException, _CutError) as error:
        raise FetchError(url, f"cannot be reached or ends early ({type(error).__name__})") from error
    part.replace(target)
    return target


class _CutError(Exception):
    """A download that ended early or is broken."""


def _download(url: str, part: Path, step: Callable[[int], None]) -> None:
    """Continue a download where it ended. Raises _CutError when it ends early again or is not a complete zip file."""
    size = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"} | ({"Range": f"bytes={size}-"} if size else {})
    with _session() as session, session.get(url, headers=headers, stream=True, timeout=_TIMEOUT) as response:
        if response.status_code == requests.codes.requested_range_not_satisfiable:
            part.unlink()
            raise _CutError("the file changed since the download began")
        response.raise_for_status()
        resumed = response.status_code == requests.codes.partial_content
        expected = int(response.headers.get("Content-Length", 0)) + (size if resumed else 0)
        try:
            with part.open("ab" if resumed else "wb") as file:
                for piece in response.iter_content(_PIECE):
                    file.write(piece)
                    step(len(piece))
        except requests.exceptions.ChunkedEncodingError as error:
            raise _CutError("cut off") from error
    if expected and part.stat().st_size < expected:
        raise _CutError("shorter than announced")
    if not _is_complete(part):
        part.unlink()
        raise _CutError("not a complete zip archive")


def _is_complete(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, OSError, EOFError):
        return False


def _session() -> requests.Session:
    """A session that repeats a request to a busy server, after the wait that the server asks for."""
    session = requests.Session()
    retry = Retry(
        total=_TRIES,
        connect=0,  # without a network `fetch` tries again and gives up; both together would take minutes
        read=0,
        backoff_factor=_FIRST_WAIT,
        status_forcelist=_BUSY,
        respect_retry_after_header=True,
    )
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session
