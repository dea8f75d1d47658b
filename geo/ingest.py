"""The ingest service: read reports, extract what they say, save and link it, batch by batch.

Each batch is saved and linked in one transaction, so that a process that is killed leaves no report without its
incidents. A report that cannot be processed is refused; the others go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from geo.errors import ReportError, StoreError
from geo.linking.service import relink
from geo.model import Extraction, Report
from geo.reports import Read
from geo.reports.near_duplicates import CopyDates
from geo.store import Store

if TYPE_CHECKING:
    from geo.extraction.pipeline import Extractor

# The least number of reports in a batch, set by hand: reading them takes two to five seconds, which is the work lost
# when the process is killed.
_LEAST_BATCH = 25
# Linking looks at the whole store, so it takes longer as the store grows. A batch grows with it, until reading took
# this many times as long as saving and linking the batch before: linking then takes at most a tenth of the time.
# Set by hand.
_READING_PER_LINKING = 9

Result = TypeVar("Result")
GetExtractor = Callable[[], "Extractor"]
Save = Callable[[Sequence[Extraction], Any], None]  # of extractions, with the function that links them
Dated = tuple[Report, date | None]  # a report and the day that "yesterday" in it is relative to


@dataclass
class Outcome:
    """What became of the reports: how many were `added`, were `known` before, were `reread`, had `no_incident`.

    `refused` holds an error for each report that could not be read or processed.
    """

    added: int = 0
    known: int = 0
    reread: int = 0
    no_incident: int = 0
    refused: list[ReportError] = field(default_factory=list)


def isolate(report: Report, work: Callable[[], Result], step: str = "extraction") -> Result | ReportError:
    """What `work` on a report returns, or an error that names the report, the `step` and the failure.

    This is the boundary between reports: whatever goes wrong in one is an error of that report only.
    """
    try:
        return work()
    except (MemoryError, StoreError):
        raise  # the process or the database is at its end, not this report
    except Exception as error:  # noqa: BLE001 - any failure, RecursionError included, must stay this report's own
        return ReportError(
            report.source or f"report {report.id}",
            f"{step} failed ({type(error).__name__}: {error}); the report was left out. "
            "Shorten it or remove the passage that causes this, and send it to the maintainers as a defect",
        )


def ingest(
    reads: Iterable[Read], store: Store, extractor: GetExtractor, done: Callable[[], None] = lambda: None
) -> Outcome:
    """Read reports into the store. Those that are stored already are left as they are, in whatever order they come.

    `extractor` is called when there is something to extract; `done` after each report.
    """
    outcome = Outcome()
    fresh = _fresh(reads, store.known(), outcome, done)
    dated = CopyDates(store.sketches()).ordered(fresh)
    extractions = _extracted(dated, extractor, outcome, done)

    def save(batch: Sequence[Extraction]) -> None:
        saved = _saved(batch, store.save, outcome)
        outcome.added += len(saved)
        outcome.no_incident += sum(not e.claims for e in saved)

    _in_batches(extractions, save)
    return outcome


def reread(
    store: Store,
    extractor: GetExtractor,
    done: Callable[[], None] = lambda: None,
    ids: Iterable[str] | None = None,
) -> Outcome:
    """Extract stored reports again, as after a change of the rules or the gazetteer: all, or those with the `ids`.

    What reviewers decided stays, and so do the claims that it rests on. A report that fails keeps what was stored.
    """
    outcome = Outcome()
    reports = [stored.report for stored in store.reports(ids).values()]
    extractions = _extracted(CopyDates(store.sketches()).ordered(reports), extractor, outcome, done)

    def save(batch: Sequence[Extraction]) -> None:
        outcome.reread += len(_saved(batch, store.save_again, outcome))

    _in_batches(extractions, save)
    return outcome


def preview(
    reads: Iterable[Read], store: Store, extractor: GetExtractor, done: Callable[[], None] = lambda: None
) -> tuple[list[Extraction], Outcome]:
    """What the reports that are not stored yet say; nothing is written. `keep` stores it."""
    outcome = Outcome()
    fresh = _fresh(reads, store.known(), outcome, done)
    extractions = list(_extracted(CopyDates(store.sketches()).ordered(fresh), extractor, outcome, done))
    outcome.added, outcome.no_incident = len(extractions), sum(not e.claims for e in extractions)
    return extractions, outcome


def keep(extractions: Sequence[Extraction], store: Store) -> int:
    """Store what was previewed, except what somebody stored in the meantime; how many reports that is."""
    known = store.known()
    new = [e for e in extractions if e.report.id not in known]
    if new:
        store.save(new, relink)
    return len(new)


def _extracted(
    dated: Iterable[Dated], extractor: GetExtractor, outcome: Outcome, done: Callable[[], None]
) -> Iterator[Extraction]:
    """What each report says; those that fail are noted in `outcome`."""
    for report, ref in dated:
        extraction = isolate(report, partial(extractor().extract, report, ref))
        if isinstance(extraction, ReportError):
            outcome.refused.append(extraction)
        else:
            yield extraction
        done()


def _saved(batch: Sequence[Extraction], save: Save, outcome: Outcome) -> list[Extraction]:
    """The extractions of a batch that were saved: all at once, or one by one where one of them cannot be."""
    if not isinstance(isolate(batch[0].report, partial(save, batch, relink), "saving"), ReportError):
        return list(batch)
    saved = []
    for extraction in batch:
        error = isolate(extraction.report, partial(save, [extraction], relink), "saving")
        if isinstance(error, ReportError):
            outcome.refused.append(error)
        else:
            saved.append(extraction)
    return saved


def _in_batches(extractions: Iterable[Extraction], save: Callable[[Sequence[Extraction]], None]) -> None:
    """Hand extractions to `save` in batches, as large as _LEAST_BATCH and _READING_PER_LINKING say."""
    batch: list[Extraction] = []
    saving, begun = 0.0, time.monotonic()
    for extraction in extractions:
        batch.append(extraction)
        if len(batch) >= _LEAST_BATCH and time.monotonic() - begun >= _READING_PER_LINKING * saving:
            saved_from = time.monotonic()
            save(batch)
            batch, begun = [], time.monotonic()
            saving = begun - saved_from
    if batch:
        save(batch)


def _fresh(
    reads: Iterable[Read], known: dict[str, str], outcome: Outcome, done: Callable[[], None]
) -> Iterator[Report]:
    """The reports that are not stored yet; the others are counted."""
    for item in reads:
        if isinstance(item, ReportError):
            outcome.refused.append(item)
        elif known.get(item.id) == item.sha256:
            outcome.known += 1
        elif item.id in known:
            outcome.refused.append(
                ReportError(item.id, "this id belongs to another text already; give the new text an id of its own")
            )
        else:
            known[item.id] = item.sha256
            yield item
            continue
        done()
