"""One plan's evaluation as the columns that two plans are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lianfang.core.language.program import NEVER
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.words import LoopState

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LIVE = (LoopState.RUNNING, LoopState.HELD, LoopState.SUSPENDED)


@dataclass(frozen=True)
class Side:
    """The loops of one plan, one entry a loop. `pair` is the number of its measure's pair, -1 for none."""

    evaluation: Evaluation
    pair_of: Ints  # per measure of the program

    @cached_property
    def table(self) -> pa.Table:
        """The loops in words."""
        return self.evaluation.loops()

    @property
    def size(self) -> int:
        """How many loops there are."""
        return len(self.measure)

    @property
    def measure(self) -> Ints:
        """Row of each loop's measure in the program."""
        return self.evaluation.result.loops.measure

    @property
    def subject(self) -> Ints:
        """Code of each loop's subject."""
        return self.evaluation.loop_subjects

    @cached_property
    def pair(self) -> Ints:
        """Number of the pair of each loop's measure."""
        return self.pair_of[self.measure]

    @cached_property
    def live(self) -> Flags:
        """Is the loop running, held or suspended?"""
        return np.isin(self.evaluation.result.heads.state, LIVE)

    @cached_property
    def ended(self) -> Flags:
        """Did an exit or another measure end the loop?"""
        return np.isin(self.evaluation.result.heads.state, (LoopState.EXITED, LoopState.SUPERSEDED))

    @cached_property
    def release(self) -> Ints:
        """The instant of release, past or expected; NEVER where it is open, held, or another end came first."""
        return np.where(self.ended, NEVER, self.evaluation.result.heads.release)

    def word(self, measure: int) -> str | None:
        """The id of a measure by its row; -1 is none."""
        return None if measure < 0 else self.evaluation.program.measures[measure].id


def side_of(evaluation: Evaluation, ids: Sequence[str | None]) -> Side:
    """The side whose measures are paired by the place of their id in `ids`."""
    number = {id: n for n, id in enumerate(ids) if id is not None}
    pair_of = [number.get(m.id, -1) for m in evaluation.program.measures]
    return Side(evaluation, np.array(pair_of, np.int64))


def local_days(t: Ints, zone: int) -> Ints:
    """Number of the civil day of each instant, counted from 1970."""
    return (t + zone) // 86_400
