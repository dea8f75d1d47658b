"""Country dumps from GeoNames over HTTPS: retried, resumed where a download was cut, checked before they are used."""

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

_TRIES = 5
_TIMEOUT = (10, 60)  # seconds to connect, and between two pieces
_PIECE = 1 << 16
_BUSY = (429, 500, 502, 503, 504)
_AGENT = "desecration-map (offline gazetteer; python-requests)"


def fetch(country: str, folder: Path, step: Callable[[int], None] = lambda _: None) -> Path:
    """Download a country's dump into `folder`; return the checked file. `step` is told the bytes of each piece.

    Raises FetchError, which says what to do by hand, when it cannot be had.
    """
    code = country.upper()
    url = f"{GEONAMES.get().rstrip('/')}/{code}.zip"
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise FetchError(url, f"{country!r} is no country code of two letters, as SY")
    folder.mkdir(parents=True, exist_ok=True)
    target, part = folder / f"{code}.zip", folder / f".{code}.zip.part"
    tries = Retrying(
        retry=retry_if_exception_type((requests.ConnectionError, requests.Timeout, _CutError)),
        stop=stop_after_attempt(_TRIES),
        wait=wait_exponential(multiplier=0.5, max=20),
        reraise=True,
    )
    try:
        tries(_download, url, part, step)
    except requests.HTTPError as error:
        raise FetchError(url, f"the server answers {error}") from error
    except (requests.RequestException, _CutError) as error:
        raise FetchError(url, f"cannot be reached or ends early ({type(error).__name__})") from error
    part.replace(target)
    return target


class _CutError(Exception):
    """A download that ended early or came out broken."""


def _download(url: str, part: Path, step: Callable[[int], None]) -> None:
    """Go on with a download where it ended. Raises _CutError when it ends early again or is no whole zip."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with _session() as session, session.get(url, headers=headers, stream=True, timeout=_TIMEOUT) as answer:
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            part.unlink()
            raise _CutError("the file changed since the download began")
        answer.raise_for_status()
        resumed = answer.status_code == requests.codes.partial_content
        expected = int(answer.headers.get("Content-Length", 0)) + (have if resumed else 0)
        try:
            with part.open("ab" if resumed else "wb") as file:
                for piece in answer.iter_content(_PIECE):
                    file.write(piece)
                    step(len(piece))
        except requests.exceptions.ChunkedEncodingError as error:
            raise _CutError("cut off") from error
    if expected and part.stat().st_size < expected:
        raise _CutError("shorter than announced")
    if not _is_whole(part):
        part.unlink()
        raise _CutError("not a whole zip archive")


def _is_whole(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, OSError, EOFError):
        return False


def _session() -> requests.Session:
    """A session that waits and asks again where the server is busy, as long as it says."""
    session = requests.Session()
    retry = Retry(total=_TRIES, backoff_factor=0.5, status_forcelist=_BUSY, respect_retry_after_header=True)
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session
