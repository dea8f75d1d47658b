"""The gazetteer's own tables: tab-separated, UTF-8, the first line names the columns, cells with lists use "|"."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).with_name("data")


def read_table(file: str) -> list[dict[str, str]]:
    """The rows of a table by column."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def split_cell(cell: str) -> tuple[str, ...]:
    """The parts of a cell with a list.

    >>> split_cell("Homs| Hims")
    ('Homs', 'Hims')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())
