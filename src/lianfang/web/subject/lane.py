"""What a lane of the time grid is made of: bars, marks, cells and lines, placed in percent and rows."""

from __future__ import annotations

from dataclasses import dataclass

ROW = 26
"""Height of a row in pixels."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a lane.

    `kind`: bar (a stretch of time with words in it), mark (an instant with words beside it), cell (one of many equal
    ones), window (something due at any time in it), line (from an instant to its due time), diamond (a release).
    x and width in percent, `row` from 0; `look` is its class; `after` puts the words before (left of) the mark;
    `why` is the address of its reasons, `second` a quieter line of words.
    """

    kind: str
    x: float
    width: float
    row: int
    look: str = ""
    text: str = ""
    second: str = ""
    why: str = ""
    shape: str = ""
    before: bool = False

    @property
    def y(self) -> int:
        """The upper edge of its row in pixels."""
        return 4 + self.row * ROW

    @property
    def middle(self) -> int:
        """The middle of its row."""
        return self.y + 11

    @property
    def base(self) -> int:
        """Where its words stand."""
        return self.y + 15

    @property
    def end(self) -> float:
        """Its right edge in percent."""
        return round(self.x + self.width, 3)


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its head (two for cells of a morning and an evening), its items, how many did not fit."""

    head: str
    items: tuple[Item, ...]
    rows: int
    more: int = 0
    heads: tuple[str, ...] = ()
    look: str = ""

    @property
    def height(self) -> int:
        """In pixels."""
        return 8 + max(1, self.rows) * ROW
