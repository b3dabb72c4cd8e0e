"""How the kernel's functions are turned into machine code:

no interpreter lock, no reference counting, kept on disk between runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from numba import njit

_CORE = Path(__file__).parent.parent
_SOURCES = (
    "days/civil.py",
    "language/measure.py",
    "language/program.py",
    "obligations/kernel.py",
    "obligations/require.py",
    "obligations/gather.py",
    "obligations/words.py",
)


def _stamp() -> tuple[str, int]:
    """What the machine code depends on.

    The compiler itself looks only at the file of the function called, and at that file's date.
    """
    text = b"".join((_CORE / name).read_bytes() for name in _SOURCES)
    return hashlib.sha256(text).hexdigest(), len(text)


_STAMP = _stamp()


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile on first call (the install step calls every function once) and keep the result beside the source.

    `_nrt=False` leaves out reference counting, the largest single cost measured; compiled functions therefore
    allocate nothing: all room is passed in.
    """
    dispatcher = njit(nogil=True, cache=True, _nrt=False)(function)
    cache_file = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if cache_file is not None:
        cache_file._source_stamp = _STAMP
    return cast(Callable[..., Any], dispatcher)
