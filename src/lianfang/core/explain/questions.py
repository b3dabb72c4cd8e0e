"""What a look-up asks, in words:

"the highest level of the area's risk levels" instead of the name the plan's file gives it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.explain.loop import Loop
from lianfang.core.language.measure import Lookup, Take, Words

_TAKES: Mapping[Take, Words] = {
    Take.FIRST: Words("最早的", "first "),
    Take.LATEST: Words("最近的", "latest "),
    Take.HIGHEST: Words("最高的", "highest "),
    Take.LOWEST: Words("最低的", "lowest "),
}


def questions(loop: Loop) -> Mapping[str, Words]:
    """The words of every look-up of a loop's opening, by its name; two that read alike keep their names in brackets."""
    looks = loop.measure.opening.lookups
    plain = {look.name: _question(loop, look) for look in looks}
    alike = {w.zh for w in plain.values() if sum(w.zh == other.zh for other in plain.values()) > 1}
    return {
        name: Words(f"{words.zh}［{name}］", f"{words.en} [{name}]") if words.zh in alike else words
        for name, words in plain.items()
    }


def _question(loop: Loop, look: Lookup) -> Words:
    asked, column = loop.selection(look.kind).words, loop.looked_up(look)
    if look.take is Take.COUNT:
        return Words(f"「{asked.zh}」次数", f"number of “{asked.en}”")
    field = Words("时间", "time") if column is None else Words(column.zh, column.en)
    take = _TAKES[look.take]
    return Words(f"{take.zh}「{asked.zh}」{field.zh}", f"{field.en} of the {take.en}“{asked.en}”")
