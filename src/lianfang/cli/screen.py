"""Tables on the screen: bounded, readable on 80 columns and through a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from lianfang.cli.lang import say

if TYPE_CHECKING:
    from rich.console import Console

FIRST_ROWS = 200
PIPE_WIDTH = 120


def screen(file: TextIO | None = None) -> Console:
    """Where output goes: as wide as the terminal; to a file or through a pipe as wide as COLUMNS says, else 120."""
    import os
    import sys

    from rich.console import Console

    seen = file is None and sys.stdout.isatty()
    width = None if seen or "COLUMNS" in os.environ else PIPE_WIDTH
    return Console(file=file, width=width, highlight=False)


def show_table(
    console: Console,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    right: Sequence[str] = (),
) -> None:
    """Print rows under their heads; text too wide for its column goes on in the next line, nothing is cut off."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", justify="right" if head in right else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def show_rest(console: Console, shown: int, total: int, lang: str) -> None:
    """Say how many rows were left out, if any."""
    if shown < total:
        more = total - shown
        note = say(lang, f"……另有 {more:,} 行（--all 全部列出）", f"… and {more:,} more rows (--all lists them)")
        console.print(note, markup=False)
