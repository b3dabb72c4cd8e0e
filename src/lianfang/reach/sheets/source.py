"""Rows of a file before its head is found, whatever the file was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[tuple[int, int], tuple[int, int]]
"""A merged cell: its first and last row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of texts (blank cells empty) and its number in the file, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of one sheet from its first row on, the names of all sheets, and which cells are merged.

    `exact`: a row with more cells than the head is a mistake (a comma too many), not a remark beside the table.
    """

    name: str
    rows: Iterable[Row]
    sheets: tuple[str, ...] = ()
    merged: tuple[Span, ...] = ()
    exact: bool = False
