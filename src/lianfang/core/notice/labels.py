"""Words that announce who answers for something and by when: 责任单位, 配合单位, 完成时限 and their like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What a label announces."""

    LEAD = "lead"
    WITH = "with"
    UNITS = "units"
    DEADLINE = "deadline"


_WORDS = {
    Field.LEAD: "牵头单位 牵头部门 牵头责任单位 主责单位 主责部门 第一责任单位 主要责任单位",
    Field.WITH: "配合单位 配合部门 协办单位 协同单位 协作单位 参与单位 参加单位 协助单位 配合责任单位",
    Field.UNITS: "责任单位 责任部门 责任主体 承办单位 负责单位 负责部门 实施单位 落实单位 执行单位 责任单位及责任人",
    Field.DEADLINE: "完成时限 完成时间 完成期限 办结时限 办结时间 时限要求 时间要求 时间节点 整改时限 整改期限 "
    "截止时间 办理时限 工作时限 落实时限 完成日期 计划完成时间 时限",
}
_FIELDS = {word: name for name, words in _WORDS.items() for word in words.split()}
_ALTERNATIVES = "|".join(sorted(_FIELDS, key=len, reverse=True))
_LABEL = re.compile(rf"(?:(?<=^)|(?<=[。;,、([【 )\]】:]))[【\[( ]{{0,3}}({_ALTERNATIVES})(?:[】\])])? ?:")
_LABEL_ALONE = re.compile(rf"[【\[(]?({_ALTERNATIVES})[】\])]?:.*", re.DOTALL)
_REMARK = re.compile(r"(?:第一|首位|首个|排名?首).{0,14}牵头")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the words behind it."""

    field: Field
    value: str
    remark: str = ""


def begins_with_label(text: str) -> bool:
    """Whether a line begins with such a label."""
    return _LABEL_ALONE.match(text) is not None


def field_of(head: str) -> Field | None:
    """What the head of a table column announces, if it is such a label."""
    return _FIELDS.get(head.strip(" :"))


def cut_labels(text: str) -> tuple[str, tuple[Labelled, ...]]:
    """The text before the first label, and every label with its value."""
    found = list(_LABEL.finditer(text))
    if not found:
        return text, ()
    ends = [*(match.start() for match in found[1:]), len(text)]
    labelled = tuple(
        _labelled(_FIELDS[match[1]], text[match.end() : end]) for match, end in zip(found, ends, strict=True)
    )
    return text[: found[0].start()].rstrip("(【[ "), labelled


def _labelled(field: Field, behind: str) -> Labelled:
    """The value ends with its sentence; what follows in brackets is a remark on it."""
    depth = 0
    for place, sign in enumerate(behind):
        depth += sign in "([【"
        if sign in ")]】":
            depth -= 1
            if depth < 0:
                return Labelled(field, _bare(behind[:place]), behind[place + 1 :].strip())
        if sign == "。" and depth <= 0:
            return Labelled(field, _bare(behind[:place]), behind[place + 1 :].strip())
    return Labelled(field, _bare(behind))


def _bare(value: str) -> str:
    return value.strip(" 。;,、:").strip()


def says_first_leads(text: str) -> bool:
    """Whether the text itself says that the unit named first leads."""
    return _REMARK.search(text) is not None
