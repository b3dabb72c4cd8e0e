"""An explanation as lines, each with its topic, written in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lianfang.core.language.measure import Words


class Topic(Enum):
    """What a line answers; inside a loop and an obligation the topics always come in this order."""

    TITLE = ("", "")
    CLAUSE = ("条文", "Clause")
    PARAMETER = ("参数", "Parameter")
    CAUSE = ("起因", "Cause")
    WINDOW = ("时限", "Time")
    EVIDENCE = ("证据", "Evidence")
    CONCLUSION = ("结论", "Conclusion")


@dataclass(frozen=True, slots=True)
class Line:
    """One statement at its depth: 0 the subject, 1 a loop, 2 an obligation, 3 one occurrence of it."""

    depth: int
    topic: Topic
    words: Words

    def show(self, lang: str) -> str:
        """The line in one language, indented, its topic in front."""
        label = self.topic.value[lang == "en"]
        mark = "" if not label else f"{label}：" if lang == "zh" else f"{label}: "
        return f"{'  ' * self.depth}{mark}{self.words.zh if lang == 'zh' else self.words.en}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything the plan has to say about one subject at one instant."""

    subject: str
    lines: tuple[Line, ...]

    def show(self, lang: str = "zh") -> str:
        """The whole text in one language (`zh` or `en`)."""
        return "\n".join(line.show(lang) for line in self.lines) + "\n"
