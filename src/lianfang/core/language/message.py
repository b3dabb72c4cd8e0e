"""What a complaint says, apart from the place and what was found there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong and what to do about it; what was found and what is allowed are added at the place."""

    zh: str
    en: str
    do_zh: str
    do_en: str
    level: Literal["error", "warning"] = "error"
