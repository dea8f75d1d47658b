"""Switch off each rule in turn, and say how many reports change and how far the figures move.

    python -m tests.campaigns.ablation -o TABLE.tsv [--kinds KIND...] [--only TEXT] [--stop-after N] [--processes N]
                                       [--reports N]

The figures are those of all annotated corpora together. A rule that changes at most one annotated report is tried on
general news too. With `--stop-after`, reading ends once a rule has changed that many annotated reports: such a rule
plainly does something, and its movement of the figures is left out ("-"). The table has a line per rule; the
summary on standard output counts the rules that change nothing and those that change one report.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from geo.gazetteer import Gazetteer
from geo.gazetteer.build import ensure
from geo.model import Report
from geo.settings import GAZETTEER
from tests.campaigns import observing
from tests.campaigns.reading import Outcome, ParsedTexts, Reader, remember_lookups
from tests.campaigns.rules import CODE_KINDS, LEXICON_KINDS, Json, Rule, code_rules, lexicon_rules
from tests.campaigns.switching import switch_off
from tests.eval import corpora
from tests.eval.scoring import ClaimTally, flatten, score_report

FIGURES = {
    "report_relevance.f1": "relevance",
    "incidents.f1": "incidents",
    "fields_right_of_all_gold.type": "type",
    "fields_right_of_all_gold.place": "place",
    "fields_right_of_all_gold.actor": "actor",
    "fields_right_of_all_gold.year": "year",
    "fields_right_of_all_gold.date_7d": "date_7d",
    "fields_right_of_all_gold.asserted": "asserted",
    "primary_incident_all_right": "primary",
    "accusations.precision": "accused_precision",
    "accusations.recall": "accused_recall",
}
STOP_AFTER = 1_000
GENERAL_STOP_AFTER = 3  # reports of general news: enough to see that a rule serves more than one report
LARGE_TABLES = ("actors.toml",)  # thousands of names: data, tried by list and row only
# General news that mentions something that could be harmed; the rest is not even searched for claims.
_MAY_MATTER = re.compile(
    r"\b(?:grave|tomb|cemeter|mosque|church|chapel|cathedral|temple|shrine|museum|statue|monument|monaster|synagogue"
    r"|mausole|body|bodies|corpse|remains|heritage|memorial|palace|ruins|archaeolog|relic|artefact|artifact|painting)",
    re.IGNORECASE,
)
LABELS = ("lower_", "lemma_", "norm_", "dep_", "tag_", "pos_", "ent_type_")


@dataclass(frozen=True, slots=True)
class Case:
    """One report, the day it is read against, its annotation where it has one, and what it yields with every rule on."""

    report: Report
    day: date | None
    annotation: Json | None
    outcome: Outcome
    observed: frozenset[observing.Observed]
    text: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Effect:
    """What switching off one rule does. `movement` is None where reading ended early, `general` where it was left out."""

    rule: Rule
    annotated: int
    complete: bool
    movement: dict[str, float] | None
    general: int | None
    errors: int = 0
    changed: tuple[str, ...] = field(default=())

    @property
    def changes(self) -> int:
        """The reports of all corpora that change."""
        return self.annotated + (self.general or 0)

    def row(self) -> list[str]:
        """The cells of the table."""
        moved = [f"{self.movement[n]:+.3f}" if self.movement else "-" for n in FIGURES.values()]
        count = f"{self.annotated}" if self.complete else f"{self.annotated}+"
        general = "-" if self.general is None else str(self.general)
        return [self.rule.name, self.rule.kind, count, general, *moved, str(self.errors), " ".join(self.changed[:3])]


class Campaign:
    """The corpora, read once with every rule on; forked processes read them again with one rule off."""

    def __init__(self, annotated: Sequence[corpora.Corpus], general: Sequence[Report], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        remember_lookups(gazetteer)
        self._texts = ParsedTexts()
        self.annotated = self._cases(
            (report, corpus.reference_days[report.id], row)
            for corpus in annotated
            for report, row in zip(corpus.reports, corpus.rows, strict=True)
        )
        self.general = self._cases((r, r.published, None) for r in general if _MAY_MATTER.search(r.text))
        self._tallies = {id(c): _tally(c, c.outcome) for c in self.annotated}
        self.figures = _figures(self._tallies.values())

    def _cases(self, reports: Iterable[tuple[Report, date | None, Json | None]]) -> list[Case]:
        """The reports with what they yield, read in this process with every condition observed."""
        observing.observe_conditions()
        reader = Reader(self._gazetteer, self._texts)
        return [self._case(reader, *report) for report in reports]

    def _case(self, reader: Reader, report: Report, day: date | None, annotation: Json | None) -> Case:
        observing.observed.clear()
        outcome = reader.read(report, day)
        text = " ".join(report.text.lower().split())
        return Case(report, day, annotation, outcome, frozenset(observing.observed), text, self._texts.labels(LABELS))

    def can_matter(self, rule: Rule) -> bool:
        """Whether any report could change at all without a rule."""
        return any(_can_matter(rule, case) for case in (*self.annotated, *self.general))

    def effect(self, rule: Rule, stop_after: int) -> Effect:
        """What switching off a rule does. Only in a process of its own: the rule stays off."""
        annotated = [c for c in self.annotated if _can_matter(rule, c)]
        general = [c for c in self.general if _can_matter(rule, c)]
        switch_off(rule)
        reader = Reader(self._gazetteer, self._texts)
        changed = _changed(reader, annotated, stop_after)
        complete = len(changed) < stop_after
        others = _changed(reader, general, GENERAL_STOP_AFTER) if len(changed) <= 1 else None
        names = tuple(c.report.id for c, _ in (*changed, *(others or ())))
        errors = sum(o.error is not None for _, o in (*changed, *(others or ())))
        movement = self._movement(changed) if complete else None
        return Effect(
            rule, len(changed), complete, movement, len(others) if others is not None else None, errors, names
        )

    def _movement(self, changed: Sequence[tuple[Case, Outcome]]) -> dict[str, float]:
        tallies = dict(self._tallies)
        tallies.update({id(case): _tally(case, outcome) for case, outcome in changed})
        figures = _figures(tallies.values())
        return {short: figures[name] - self.figures[name] for name, short in FIGURES.items()}


def _changed(reader: Reader, cases: Iterable[Case], limit: int) -> list[tuple[Case, Outcome]]:
    changed: list[tuple[Case, Outcome]] = []
    for case in cases:
        outcome = reader.read(case.report, case.day)
        if outcome.digest != case.outcome.digest:
            changed.append((case, outcome))
            if len(changed) >= limit:
                break
    return changed


def _tally(case: Case, outcome: Outcome) -> ClaimTally:
    assert case.annotation is not None
    return score_report(case.annotation, outcome.claims)


def _figures(tallies: Iterable[ClaimTally]) -> dict[str, float]:
    total = ClaimTally()
    for tally in tallies:
        total.add(tally)
    return flatten(total.figures())


def _can_matter(rule: Rule, case: Case) -> bool:
    if rule.texts:
        return any(may_contain(case.text, case.labels, wanted) for wanted in rule.texts)
    return observing.can_matter(rule, case.observed)


def may_contain(text: str, labels: frozenset[str], wanted: str) -> bool:
    """Whether a text may contain a word, a phrase or a regular expression of the lexicon, in any inflection.

    It errs on the side of yes: it asks for the beginning of each word only, or for a label of the parse.
    """
    wanted = wanted.lower()
    if not re.fullmatch(r"[\w' .-]+", wanted):
        return re.search(wanted, text) is not None or wanted in text
    return wanted in labels or all(word in labels or word[: max(2, len(word) - 3)] in text for word in wanted.split())


_campaign: Campaign | None = None
_stop_after = STOP_AFTER


def _in_child(rule: Rule) -> Effect:
    assert _campaign is not None
    return _campaign.effect(rule, _stop_after)


def run(campaign: Campaign, rules: Sequence[Rule], stop_after: int, processes: int) -> Iterable[Effect]:
    """The effects of rules, each from a forked process of its own, as they come."""
    global _campaign, _stop_after
    _campaign, _stop_after = campaign, stop_after
    deciding = []
    for rule in rules:
        if campaign.can_matter(rule):
            deciding.append(rule)
        else:
            yield Effect(rule, 0, True, dict.fromkeys(FIGURES.values(), 0.0), 0)
    gc.collect()
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(processes, maxtasksperchild=1) as pool:
        yield from pool.imap_unordered(_in_child, deciding, chunksize=1)


def select_rules(kinds: Sequence[str], only: str) -> list[Rule]:
    """The rules of some kinds whose name contains a text."""
    every = (*lexicon_rules(), *code_rules())
    selected = [r for r in every if r.kind in kinds and only in r.name and not _is_detail(r)]
    return sorted(selected, key=lambda rule: kinds.index(rule.kind))


def _is_detail(rule: Rule) -> bool:
    """Whether a rule is one name, or one list of names, of a row of a large table."""
    return rule.file.name in LARGE_TABLES and rule.kind != "row" and len(rule.address) > 1


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--kinds", nargs="+", default=[*LEXICON_KINDS, *CODE_KINDS])
    parser.add_argument("--only", default="", help="rules whose name contains this text")
    parser.add_argument("--stop-after", type=int, default=STOP_AFTER)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--reports", type=int, help="only so many of the project's own reports, the shortest, for a quick look"
    )
    options = parser.parse_args(arguments)
    started = time.monotonic()
    gazetteer = Gazetteer(ensure(Path(GAZETTEER.get())))
    campaign = short_campaign(options.reports, gazetteer) if options.reports else full_campaign(gazetteer)
    rules = select_rules(options.kinds, options.only)
    size = f"{len(campaign.annotated)} annotated reports, {len(campaign.general)} of general news"
    print(f"{size}, {len(rules)} rules; read in {time.monotonic() - started:.0f} s", flush=True)
    effects = write_table(options.output, run(campaign, rules, options.stop_after, options.processes))
    print(
        f"change nothing: {sum(e.changes == 0 for e in effects)}; change one report: "
        f"{sum(e.changes == 1 for e in effects)}; of {len(effects)} rules in {time.monotonic() - started:.0f} s"
    )
    return 0


def full_campaign(gazetteer: Gazetteer) -> Campaign:
    """All corpora that are on this machine."""
    names = [name for name in corpora.CLAIMS if corpora.is_available(name)]
    general = corpora.load_unannotated() if corpora.SHARED.is_dir() else ()
    return Campaign([corpora.load(name) for name in names], general, gazetteer)


def short_campaign(reports: int, gazetteer: Gazetteer) -> Campaign:
    """The shortest relevant reports of the project's own, of the development half."""
    half = corpora.load(corpora.OWN_HALVES[0])
    pairs = [(row, report) for row, report in zip(half.rows, half.reports, strict=True) if row["relevant"]]
    chosen = sorted(pairs, key=lambda pair: len(pair[1].text))[:reports]
    shortest = replace(half, rows=tuple(row for row, _ in chosen), reports=tuple(report for _, report in chosen))
    return Campaign([shortest], (), gazetteer)


def write_table(path: Path, effects: Iterable[Effect]) -> list[Effect]:
    """Write the table line by line as effects come; the effects come back."""
    header = ["rule", "kind", "annotated_changed", "general_changed", *FIGURES.values(), "errors", "changed"]
    written: list[Effect] = []
    with path.open("w", encoding="utf-8") as file:
        print(*header, sep="\t", file=file)
        for effect in effects:
            print(*effect.row(), sep="\t", file=file, flush=True)
            written.append(effect)
    return written


if __name__ == "__main__":
    sys.exit(main())
