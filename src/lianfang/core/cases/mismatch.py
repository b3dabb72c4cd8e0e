"""What a case expected and did not find, said so that the plan's author can put it right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expected line that no result line fits, or one line of the case that cannot be read.

    `place` is file and line of the step, `expected` the line as written, `nearest` the closest results (best first).
    """

    case: str
    step: int
    place: str
    expected: str
    zh: str
    en: str
    nearest: tuple[str, ...] = ()

    def show(self, lang: str = "zh") -> str:
        """The mismatch in one language, with the place in front and the nearest results below."""
        head = f"{self.place} {self.case}: {self.zh if lang == 'zh' else self.en}"
        below = "最接近的结果" if lang == "zh" else "nearest result"
        return "\n".join([head, *(f"    {below}: {line}" for line in self.nearest)])
