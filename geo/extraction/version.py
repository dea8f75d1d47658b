"""Which extractor made a claim: the package's version, and a hash of the configuration that its results depend on."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from geo.extraction.languages.registry import LANGUAGES
from geo.gazetteer import Gazetteer
from geo.model import ExtractorVersion
from geo.settings import PROJECT

_PACKAGE = "grave-desecration-map"
_GEO = Path(__file__).resolve().parent.parent


def extractor_version(gazetteer: Gazetteer) -> ExtractorVersion:
    """The version of an extractor that uses this gazetteer.

    Its configuration hash is a SHA-256 over every TOML file of the package (lexicons, actors and other vocabulary), the
    names and versions of the language models, and the gazetteer's stamp. It changes when one of these does.
    """
    parts = hashlib.sha256(vocabulary_digest(_GEO))
    parts.update(repr((_models(), gazetteer.stamp)).encode())
    return ExtractorVersion(package_version(), parts.hexdigest())


@lru_cache(maxsize=1)
def package_version() -> str:
    """The version of the installed package, or of the checkout that runs without being installed."""
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])


def vocabulary_digest(folder: Path) -> bytes:
    """A digest of all TOML files below a folder, with their names."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.digest()


def _models() -> list[str]:
    return [f"{language.model} {version(language.model)}" for language in LANGUAGES.values()]
