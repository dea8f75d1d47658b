"""The annotated corpora, read once per process."""

from __future__ import annotations

import pytest

from geo.extraction.pipeline import Extractor
from tests.eval import corpora
from tests.eval.measuring import Readings


@pytest.fixture(scope="session")
def readings(extractor: Extractor) -> Readings:
    return Readings(extractor)


def require(name: str) -> None:
    """Skip the test, with the reason, where a corpus is not on this machine."""
    if not corpora.is_available(name):
        pytest.skip(f"the corpus {name} is not in ../shared: its figures are not measured")
