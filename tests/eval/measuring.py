"""What an extractor gives for the annotated corpora, and the figures of it. Each corpus is read once per object."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from geo.extraction.pipeline import Extractor
from geo.ingest import ingest
from geo.model import Extraction, Report
from geo.serialization import extraction_json
from geo.settings import PROJECT
from geo.store import Store
from tests.eval import corpora
from tests.eval.scoring import flatten, score_claims, score_linking, score_toponyms
from tests.eval.scoring.figures import Json

# Figures that say how many items there were, not how good they are, and the one of which less is better, which
# `report_relevance.precision` covers.
_NOT_PINNED = ("gold", "predicted", "named", "reports", "reports_in_export", "mean_error_km", "median_error_km")
_LESS_IS_BETTER = ("false_alarms_on_irrelevant_reports",)


class Readings:
    """Reads corpora with one extractor and keeps what came out."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = _Remembering(extractor)
        self._corpora: dict[str, corpora.Corpus] = {}
        self._lines: dict[str, list[Json]] = {}
        self._exports: dict[str, Json] = {}

    def corpus(self, name: str) -> corpora.Corpus:
        """A corpus by its name."""
        if name not in self._corpora:
            self._corpora[name] = corpora.load(name)
        return self._corpora[name]

    def lines(self, name: str) -> list[Json]:
        """The lines that `extract` writes for a corpus."""
        if name not in self._lines:
            corpus = self.corpus(name)
            extractions = (self._extractor.extract(r, corpus.reference_days[r.id]) for r in corpus.reports)
            self._lines[name] = [extraction_json(extraction) for extraction in extractions]
        return self._lines[name]

    def export(self, name: str) -> Json:
        """The GeoJSON that `export` writes once a corpus is in a store."""
        if name not in self._exports:
            self._exports[name] = self._stored_and_exported(self.corpus(name).reports)
        return self._exports[name]

    def figures(self, name: str) -> dict[str, float]:
        """The figures of a corpus that have floors, under dotted names."""
        rows = self.corpus(name).rows
        if name in corpora.TOPONYMS:
            measured = flatten(score_toponyms(rows, self.lines(name)).figures)
        else:
            measured = flatten(score_claims(rows, self.lines(name)).figures)
            measured |= flatten(score_linking(rows, self.export(name)).figures)
        return {figure: value for figure, value in measured.items() if _is_pinned(figure)}

    def _stored_and_exported(self, reports: Iterable[Report]) -> Json:
        with tempfile.TemporaryDirectory() as folder:
            url, path = f"sqlite:///{Path(folder) / 'store.sqlite'}", Path(folder) / "export.geojson"
            store = Store(url)
            ingest(reports, store, lambda: self._extractor)  # type: ignore[arg-type, return-value]
            store.close()
            command = [sys.executable, "-m", "geo", "export", "--store", url, "-o", str(path)]
            subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
            exported: Json = json.loads(path.read_text(encoding="utf-8"))
            return exported


class _Remembering:
    """An extractor that reads no report twice against the same day."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._extractions: dict[tuple[str, date | None], Extraction] = {}

    def extract(self, report: Report, ref: date | None = None) -> Extraction:
        key = (report.sha256 + report.id, ref)
        if key not in self._extractions:
            self._extractions[key] = self._extractor.extract(report, ref)
        return self._extractions[key]

    claims = extract

    def __getattr__(self, name: str) -> Any:
        return getattr(self._extractor, name)


def _is_pinned(figure: str) -> bool:
    return figure.rpartition(".")[2] not in _NOT_PINNED and figure not in _LESS_IS_BETTER
