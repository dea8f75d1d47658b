"""What the command line writes to the terminal: messages on stderr, and a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

SHOWN_REFUSALS = 20  # of one file; the others are counted. Set by hand: the messages fit on one screen


def complain(text: str) -> None:
    """Write a message to stderr."""
    print(text, file=sys.stderr)


@contextmanager
def progress(unit: str, per: int = 1) -> Iterator[Callable[..., None]]:
    """A progress bar on a terminal, nothing on a pipe. Yields the function that advances it.

    The bar counts in `unit`, of which one is `per` steps.
    """
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(unit, total=None)
        yield lambda number=1: bar.advance(task, number / per)
