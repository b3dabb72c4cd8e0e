"""What is wrong or odd about a number or a name, said so that the officer at the desk can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """What was found, what is allowed and what to do, in Chinese and English; never the number itself.

    `id` is stable ("number:check-digit"); the words may change. A warning does not refuse the record.
    """

    id: str
    zh: str
    en: str
    level: Literal["error", "warning"] = "error"
