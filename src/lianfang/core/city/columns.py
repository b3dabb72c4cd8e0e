"""Columns of made-up facts: whole numbers with gaps, words chosen from a list, and the table sorted by time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
UNKNOWN = int(np.iinfo(np.int64).min)
HOUR = 3600
DAY = 86400


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice column: one small code a row into `words`; a code below 0 is unknown."""

    codes: NDArray[np.int8]
    words: tuple[str, ...]


Column = Ints | Flags | NDArray[np.float64] | Chosen
Columns = Mapping[str, Column]


def always(word: str, rows: int) -> Chosen:
    """The same word in every row."""
    return Chosen(np.zeros(rows, np.int8), (word,))


def draw(rng: np.random.Generator, rows: int, shares: Mapping[str, float]) -> Chosen:
    """Words drawn with the given shares, which sum to one."""
    edges = np.cumsum(list(shares.values()))[:-1]
    return Chosen(np.searchsorted(edges, rng.random(rows), side="right").astype(np.int8), tuple(shares))


def taken(column: Column, rows: NDArray[np.int64] | Flags) -> Column:
    """The given rows of a column."""
    return Chosen(column.codes[rows], column.words) if isinstance(column, Chosen) else column[rows]


def rows_of(columns: Columns, rows: NDArray[np.int64] | Flags) -> dict[str, Column]:
    """The given rows of all columns."""
    return {name: taken(column, rows) for name, column in columns.items()}


def joined(first: Column, second: Column) -> Column:
    """Two pieces of one column, one behind the other."""
    if isinstance(first, Chosen) and isinstance(second, Chosen):
        if first.words != second.words:
            raise ValueError(f"pieces of a choice column differ in their words: {first.words} and {second.words}")
        return Chosen(np.concatenate([first.codes, second.codes]), first.words)
    if isinstance(first, Chosen) or isinstance(second, Chosen):
        raise ValueError("a choice column cannot be joined to a column of numbers")
    return np.concatenate([first, second])


def stacked(pieces: list[dict[str, Column]]) -> dict[str, Column]:
    """Facts of one kind from several sources, one behind the other."""
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = {name: joined(column, piece[name]) for name, column in whole.items()}
    return whole


def arrow(column: Column) -> pa.Array:
    """One column as Arrow; UNKNOWN numbers and negative codes become nulls."""
    if isinstance(column, Chosen):
        codes = pa.array(column.codes, mask=column.codes < 0)
        return pa.DictionaryArray.from_arrays(codes, pa.array(column.words))
    if column.dtype == np.int64:
        gaps = column == UNKNOWN
        return pa.array(column, mask=gaps) if gaps.any() else pa.array(column)
    return pa.array(column)


def facts(columns: Columns, time: str) -> pa.Table:
    """The facts of one kind in order of their own time (ties: as they were made).

    Facts that say when they were recorded are numbered, so that their names stay when some are left out.
    """
    order = np.argsort(whole(columns, time), kind="stable")
    sorted_columns = {name: arrow(taken(column, order)) for name, column in columns.items()}
    if "recorded_at" in columns and "id" not in columns:
        sorted_columns = {"id": pa.array(np.arange(len(order), dtype=np.int64)), **sorted_columns}
    return pa.table(sorted_columns)


def whole(columns: Columns, name: str) -> Ints:
    """A column of whole numbers (times, references)."""
    column = columns[name]
    if isinstance(column, Chosen) or column.dtype != np.int64:
        raise ValueError(f"{name} does not hold whole numbers")
    return np.asarray(column, np.int64)


def is_word(columns: Columns, name: str, word: str) -> Flags:
    """Where a choice column holds the word."""
    column = columns[name]
    if not isinstance(column, Chosen):
        raise ValueError(f"{name} is not a choice column")
    where: Flags = np.equal(column.codes, column.words.index(word))
    return where


def marked(columns: Columns, name: str) -> Flags:
    """A column of yes and no."""
    column = columns[name]
    if isinstance(column, Chosen) or column.dtype != np.bool_:
        raise ValueError(f"{name} does not hold yes and no")
    return np.asarray(column, np.bool_)
