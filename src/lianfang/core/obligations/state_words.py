"""Codes of the kernel as words: states, exits, stages of loops."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lianfang.core.language.measure import Measure
from lianfang.core.language.program import Program
from lianfang.core.obligations.run import Result
from lianfang.core.obligations.words import HELD_FOR_ORDER, LoopState, Status

STATES = tuple(s.name.lower() for s in LoopState)
STATUSES = tuple(s.name.lower() for s in Status)
ORDER = "order"
"""`waits_for` of a loop whose stage has no days until they are ordered."""


def per_code(codes: npt.NDArray[np.integer], words: Sequence[str]) -> pa.Array:
    """Codes as words; -1 is unknown."""
    index = pa.array(np.asarray(codes, np.int32), mask=np.asarray(codes) < 0)
    return pa.DictionaryArray.from_arrays(index, pa.array(list(words), pa.string())).cast(pa.string())


def per_pair(
    a: npt.NDArray[np.integer], b: npt.NDArray[np.integer], word: Callable[[int, int], str | None]
) -> pa.Array:
    """A word for each pair of codes, asked once for each different pair."""
    pairs = np.asarray(a, np.int64) * (1 << 32) + (np.asarray(b, np.int64) + (1 << 31))
    different, place = np.unique(pairs, return_inverse=True)
    words = [word(int(key >> 32), int(key & 0xFFFFFFFF) - (1 << 31)) for key in different]
    return pa.array(words, pa.string()).take(pa.array(place.reshape(-1)))


def state_word(measure: Measure, state: int, which: int) -> str:
    """A state in words; an exit and a release may have their own."""
    if state == LoopState.EXITED:
        return measure.exits[which].state
    if state == LoopState.RELEASED and measure.released_as == "handed_over":
        return "handed_over"
    return STATES[state]


def outcome_word(measure: Measure, state: int, which: int) -> str:
    """How a loop ended in the words of its measure; a gate allows or refuses."""
    if measure.gate and state in (LoopState.RELEASED, LoopState.HELD):
        return "allowed" if state == LoopState.RELEASED else "refused"
    return measure.released_as if state == LoopState.RELEASED else state_word(measure, state, which)


def waits_for(program: Program, held_for: int, state: int) -> str | None:
    """The requirement that holds a loop, or ORDER; None if it is not held."""
    if state != LoopState.HELD:
        return None
    return ORDER if held_for == HELD_FOR_ORDER else program.origins[held_for].path if held_for >= 0 else None


def _coded(result: Result) -> npt.NDArray[np.int64]:
    """State and exit of each loop in one number."""
    return result.heads.state.astype(np.int64) * 256 + result.heads.which + 1


def state_words(program: Program, result: Result, word: Callable[[Measure, int, int], str] = state_word) -> pa.Array:
    """The state of each loop."""
    measures = program.measures
    return per_pair(result.loops.measure, _coded(result), lambda m, c: word(measures[m], c // 256, c % 256 - 1))


def exit_words(program: Program, result: Result) -> pa.Array:
    """The exit by which each loop was left; null for none."""
    measures = program.measures
    return per_pair(result.loops.measure, result.heads.which, lambda m, w: measures[m].exits[w].id if w >= 0 else None)


def stage_words(program: Program, result: Result) -> pa.Array:
    """The stage each loop is in."""
    measures = program.measures
    return per_pair(result.loops.measure, result.heads.stage, lambda m, s: measures[m].stages[s].id)


def subjects_of(result: Result) -> npt.NDArray[np.int64]:
    """Subject code of each loop."""
    first = result.loops.first
    return np.repeat(np.arange(len(first) - 1), np.diff(first))
