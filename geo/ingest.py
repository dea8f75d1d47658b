"""Reports into the store: read, extract, save, link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from geo.errors import ReportError
from geo.extraction.pipeline import Extractor
from geo.model import Extraction, Report
from geo.reports import Read
from geo.reports.near_duplicates import CopyDates
from geo.store import Store

_BATCH = 25  # reports written in one transaction: what a crash can cost


@dataclass
class Outcome:
    """What became of a batch: how many reports were `added`, `known` before, held `no_incident`, were `refused`."""

    added: int = 0
    known: int = 0
    no_incident: int = 0
    refused: list[ReportError] = field(default_factory=list)


def ingest(
    reads: Iterable[Read],
    store: Store,
    extractor: Callable[[], Extractor],
    done: Callable[[], None] = lambda: None,
) -> Outcome:
    """Read reports into the store. Those stored already are left as they are, whatever their order.

    `extractor` is called when there is something to extract; `done` after each report.
    """
    outcome = Outcome()
    known = store.known()
    fresh = _fresh(reads, known, outcome, done)
    dated = CopyDates(store.sketches()).ordered(fresh)
    for extractions in _extracted(dated, extractor, done):
        store.save(extractions)
        outcome.added += len(extractions)
        outcome.no_incident += sum(not e.claims for e in extractions)
    store.link()
    return outcome


def reread(store: Store, extractor: Callable[[], Extractor], done: Callable[[], None] = lambda: None) -> int:
    """Read every stored report again, as after a change of the rules; how many that is.

    What people decided stays, and where they decided about an incident so does what it rests on.
    """
    reports = [stored.report for stored in store.reports().values()]
    dated = CopyDates().ordered(reports)
    for extractions in _extracted(dated, extractor, done):
        store.save_again(extractions)
    store.link()
    return len(reports)


def preview(
    reads: Iterable[Read], store: Store, extractor: Callable[[], Extractor], done: Callable[[], None] = lambda: None
) -> tuple[list[Extraction], Outcome]:
    """What the reports that are not stored yet say, with every place name; nothing is written. `keep` stores it."""
    outcome = Outcome()
    fresh = _fresh(reads, store.known(), outcome, done)
    found = []
    for report, ref in CopyDates(store.sketches()).ordered(fresh):
        found.append(extractor().extract(report, ref))
        done()
    outcome.added, outcome.no_incident = len(found), sum(not e.claims for e in found)
    return found, outcome


def keep(extractions: Sequence[Extraction], store: Store) -> int:
    """Store what was previewed, without what somebody stored meanwhile; how many reports that is."""
    known = store.known()
    new = [e for e in extractions if e.report.id not in known]
    store.save(new)
    store.link()
    return len(new)


def _extracted(
    dated: Iterator[tuple[Report, date | None]], extractor: Callable[[], Extractor], done: Callable[[], None]
) -> Iterator[list[Extraction]]:
    """What reports say, each read against its day, in batches that are written together."""
    while batch := list(islice(dated, _BATCH)):
        extractions = []
        for report, ref in batch:
            extractions.append(extractor().extract(report, ref))
            done()
        yield extractions


def _fresh(
    reads: Iterable[Read], known: dict[str, str], outcome: Outcome, done: Callable[[], None]
) -> Iterator[Report]:
    """Reports not stored yet; the others are counted."""
    for item in reads:
        if isinstance(item, ReportError):
            outcome.refused.append(item)
        elif known.get(item.id) == item.sha256:
            outcome.known += 1
        elif item.id in known:
            outcome.refused.append(
                ReportError(item.id, "this id stands for another text already; give the new text an id of its own")
            )
        else:
            known[item.id] = item.sha256
            yield item
            continue
        done()
