"""How the kernel's functions are turned into machine code:

no interpreter lock, no reference counting, kept on disk between runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from numba import njit

from lianfang.core.language.measure import Again, Fixed, Floor, Mode, Shape, Take
from lianfang.core.language.program import M, R, S, X
from lianfang.core.obligations.words import LoopState, Status

_CORE = Path(__file__).parent.parent
_SOURCES = (
    "days/civil.py",
    "obligations/kernel.py",
    "obligations/require.py",
    "obligations/verdict.py",
    "obligations/gather.py",
)


def _stamp() -> tuple[str, int]:
    """What the machine code depends on.

    The compiler itself looks only at the file of the function called, and at that file's date.
    """
    numbers = [(e.__name__, list(e)) for e in (Again, Fixed, Floor, Mode, Shape, Take, M, R, S, X, LoopState, Status)]
    text = repr(numbers).encode() + b"".join((_CORE / name).read_bytes() for name in _SOURCES)
    return hashlib.sha256(text).hexdigest(), len(text)


_STAMP = _stamp()


def compiled(function: Callable[..., Any], inline: bool = False) -> Callable[..., Any]:
    """Compile on first call (the install step calls every function once) and keep the result beside the source.

    `_nrt=False` leaves out reference counting, the largest single cost measured; compiled functions therefore
    allocate nothing: all room is passed in.
    """
    dispatcher = njit(nogil=True, cache=True, _nrt=False, forceinline=inline)(function)
    cache_file = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if cache_file is not None:
        cache_file._source_stamp = _STAMP
    return cast(Callable[..., Any], dispatcher)


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile into every caller: a call that hands on some twenty arrays costs more than the small function itself."""
    return compiled(function, inline=True)
