"""One thing that is wrong in a file, said so that whoever wrote the file can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

_LABELS = {
    "zh": ("看到", "允许", "请", ";", ":"),
    "en": ("found", "allowed", "do", "; ", ": "),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Where something is wrong, what was found, what is allowed and what to do, in Chinese and English.

    `id` is stable ("fact:unknown-column"); the words may change. `line` counts from 1; `column` is a character
    position in plan files and a column name in fact files. `found` and `allowed` are values, not sentences.
    A warning does not stand in the way of a plan.
    """

    id: str
    file: str
    zh: str
    en: str
    line: int | None = None
    column: int | str | None = None
    found: str = ""
    allowed: str = ""
    do_zh: str = ""
    do_en: str = ""
    level: Literal["error", "warning"] = "error"

    @property
    def place(self) -> str:
        """The place as `clauses.yaml:3:5`, leaving out what is not known."""
        parts = (self.file, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None and part != "")

    def show(self, lang: Language = "zh") -> str:
        """One line of text: the place, what is wrong, what was found, what is allowed, what to do, and the id."""
        found, allowed, do, stop, colon = _LABELS[lang]
        said = [self.zh if lang == "zh" else self.en]
        said += [f"{found}{colon}{self.found}"] if self.found else []
        said += [f"{allowed}{colon}{self.allowed}"] if self.allowed else []
        action = self.do_zh if lang == "zh" else self.do_en
        said += [f"{do}{colon}{action}"] if action else []
        return f"{self.place} {stop.join(said)} [{self.id}]"
