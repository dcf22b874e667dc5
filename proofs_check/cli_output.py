"""How the command line writes: tables and lines on stdout, progress with an estimate on stderr.

Colours are rich's, which honours NO_COLOR and writes none into a pipe; text is never read as markup.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from .searching import Progress as Tell

PIPE_WIDTH = 150
COLOURS = {"Proved": "green", "Refuted": "green", "Observed": "green", "Undecided": "red", "NotApplicable": "yellow"}


def stdout() -> Console:
    """Return the console for results; outside a terminal lines are wide instead of wrapped at 80."""
    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, emoji=False, width=PIPE_WIDTH)
    return console


def table(columns: Sequence[str], rows: Sequence[Sequence[str | Text]], console: Console, *, keep: int = 1) -> None:
    """Print rows under column heads; the first `keep` columns are never wrapped."""
    grid = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for index, name in enumerate(columns):
        grid.add_column(name, no_wrap=index < keep, overflow="fold")
    for row in rows:
        grid.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    console.print(grid)


def outcome_text(words: str, good: bool) -> Text:
    """Return the words of an outcome, green if as declared, red if not."""
    return Text(words, style="green" if good else "bold red")


@contextlib.contextmanager
def shown_progress() -> Iterator[Tell]:
    """Show what is being worked on, how much is done and about how long it takes; silent outside a terminal."""
    console = Console(stderr=True, markup=False, highlight=False)
    if not console.is_terminal:
        yield lambda what, done, total: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(12), MofNCompleteColumn(),
               TimeElapsedColumn(), TextColumn("about"), TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading theory".ljust(30), total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what[-30:].ljust(30), completed=done, total=total)

        yield tell


def warn_of(messages: Iterable[str]) -> None:
    """Write one paragraph to stderr for each message: something that the rest did not need is not in order."""
    for message in messages:
        print("lemmascope: " + " ".join(message.split()), file=sys.stderr, flush=True)


def write_text(text: str) -> None:
    """Write text to stdout as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
