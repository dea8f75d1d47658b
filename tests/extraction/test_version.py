"""The version that each claim keeps: it changes with what decides about the claims."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo.extraction.version import extractor_version, package_version, vocabulary_digest
from geo.gazetteer import Gazetteer
from geo.settings import PROJECT


def test_it_is_the_same_for_the_same_configuration(gazetteer: Gazetteer) -> None:
    version = extractor_version(gazetteer)
    assert version == extractor_version(gazetteer)
    assert version.version == package_version()
    assert len(version.config) == 64


def test_it_names_the_version_of_the_project() -> None:
    assert f'version = "{package_version()}"' in (PROJECT / "pyproject.toml").read_text()


def test_another_gazetteer_is_another_configuration(gazetteer: Gazetteer) -> None:
    class Grown(Gazetteer):
        stamp = "format 7, 1 places, 4096 bytes"

    assert extractor_version(Grown(gazetteer.path)).config != extractor_version(gazetteer).config
    assert str(gazetteer.path.stat().st_size) in gazetteer.stamp


@pytest.fixture
def vocabulary(tmp_path: Path) -> Path:
    for path in (PROJECT / "geo").rglob("*.toml"):
        copy = tmp_path / path.relative_to(PROJECT / "geo")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return tmp_path


def test_every_change_of_the_vocabulary_is_another_configuration(vocabulary: Path) -> None:
    digests = [vocabulary_digest(vocabulary)]
    assert digests[0] == vocabulary_digest(PROJECT / "geo")
    files = sorted(vocabulary.rglob("*.toml"))
    assert len(files) > 5
    for path in files:
        path.write_text(path.read_text() + "# one more line\n")
        digests.append(vocabulary_digest(vocabulary))
    files[0].rename(files[0].with_name("renamed.toml"))
    digests.append(vocabulary_digest(vocabulary))
    assert len(set(digests)) == len(digests)
