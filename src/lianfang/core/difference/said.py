"""An element as a list of fields: what is compared, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from lianfang.core.difference import phrase
from lianfang.core.difference.change import NOTHING, FieldChange, Sort
from lianfang.core.language.measure import Words

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FIELD_WORDS = {
    "id": Words("编号", "id"),
    "name": Words("名称", "name"),
    "issued": Words("发布日期", "issued"),
    "utc_offset": Words("时区", "offset from UTC"),
    "first_day": Words("首日计入", "first day counted"),
    "kind": Words("种类", "kind"),
    "wording": Words("措辞", "wording"),
    "other_text": Words("同号另文", "another text under the same number"),
    "value": Words("值", "value"),
    "date": Words("起始日", "from"),
    "unit": Words("单位", "unit"),
    "clause": Words("出处", "clause"),
    "from_text": Words("来源", "source"),
    "why": Words("理由", "reason"),
    "clauses": Words("引用条文", "clauses cited"),
    "binds": Words("对象", "binds"),
    "clock": Words("计时", "clock"),
    "opens_on": Words("开启事实", "opens on"),
    "opens_where": Words("开启条件", "opens where"),
    "opens_at": Words("开启时刻", "opens at"),
    "day_one": Words("第 1 天", "day one"),
    "holding": Words("缺项不解除", "holds while something is missing"),
    "suspends_on": Words("中止于", "suspended by"),
    "suspends_until": Words("恢复于", "resumed by"),
    "stops_clock": Words("中止期间停计", "clock stops while suspended"),
    "suspends_clauses": Words("中止引用条文", "clauses of the suspension"),
    "again": Words("再次开启", "opened again"),
    "supersedes": Words("取代", "supersedes"),
    "gate": Words("许可", "gate"),
    "ends_as": Words("结束方式", "ends as"),
    "stage_order": Words("阶段次序", "order of stages"),
    "requirement_order": Words("要求次序", "order of requirements"),
    "exit_order": Words("出口次序", "order of exits"),
    "length": NOTHING,
    "place": Words("地点", "place"),
    "counted_from": Words("起算", "counted from"),
    "cut_by": Words("提前结束于", "cut by"),
    "binding": Words("约束", "binding"),
    "shape": Words("形式", "form"),
    "by": Words("责任方", "owed by"),
    "evidence": Words("凭据", "evidence"),
    "during": Words("所在阶段", "during"),
    "anchor": Words("起算", "counted from"),
    "anchored_to": Words("对齐到", "anchored to"),
    "from": Words("自", "from"),
    "due": Words("期限", "due"),
    "until": Words("最迟接受", "accepted until"),
    "times": Words("次数", "times"),
    "every": Words("周期", "period"),
    "calendar": Words("日历", "calendar"),
    "to_stage_end": Words("至阶段结束", "to the end of the stage"),
    "gap": Words("最小间隔", "least gap"),
    "gates": Words("未办不解除", "gates the release"),
    "ends_with_exit": Words("转出后取消", "ends with an exit"),
    "carries": Words("沿用先前凭据", "carries earlier evidence"),
    "trigger": Words("触发", "after each"),
    "check": Words("条件", "check"),
    "applies": Words("适用", "applies"),
    "waivable": Words("可免办", "waivable"),
    "on": Words("凭据", "on"),
    "to": Words("转入", "to"),
    "from_stage": Words("自何阶段", "from stage"),
    "as": Words("结果", "as"),
    "of": Words("对象", "of"),
    "of_facts": Words("事实", "of facts"),
    "take": Words("算法", "take"),
    "field": Words("字段", "field"),
    "where": Words("条件", "where"),
    "per": Words("分组", "per"),
    "target": Words("目标", "target"),
}
"""What the fields are called; the length of a stage needs no name."""


@dataclass(frozen=True, slots=True)
class Said:
    """One field: what it is compared by, how it is said, and more precisely where that alone shows no difference."""

    field: str
    compared: object
    words: Words = NOTHING
    exactly: Words | None = None
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a plan: what it is, its id inside its measure, its name, the clauses it cites, what it says."""

    sort: Sort
    id: str
    words: Words
    clauses: tuple[str, ...]
    fields: tuple[Said, ...]


def field_changes(before: Iterable[Said], after: Iterable[Said]) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the second, then those only the first has."""
    old, new = {said.field: said for said in before}, {said.field: said for said in after}
    names = [*new, *(field for field in old if field not in new)]
    return tuple(
        _change(name, old.get(name), new.get(name))
        for name in names
        if name not in old or name not in new or old[name].compared != new[name].compared
    )


def only(fields: Iterable[Said], *, before: bool) -> tuple[FieldChange, ...]:
    """What an element says that only one plan has; fields that say nothing are left out."""
    said = [s for s in fields if s.words != NOTHING and s.field != "name"]
    return tuple(_change(s.field, s if before else None, None if before else s) for s in said)


def rest(value: DataclassInstance, said: Iterable[str]) -> Iterator[Said]:
    """Every field that is not among those already said: what the language has learned since."""
    known = frozenset(said)
    for f in fields(value):
        if f.name not in known:
            found: Any = getattr(value, f.name)
            yield Said(f.name, found, phrase.anything(found))


def _change(name: str, old: Said | None, new: Said | None) -> FieldChange:
    before, after = (NOTHING if said is None else said.words for said in (old, new))
    if before == after and old is not None and new is not None:
        before, after = _exactly(old), _exactly(new)
    said = new or old
    label = FIELD_WORDS.get(name) if said is None or said.label is None else said.label
    return FieldChange(name, Words(name, name) if label is None else label, before, after)


def _exactly(said: Said) -> Words:
    """More than the usual words; the compared value itself where there is nothing better."""
    return said.exactly or Words(f"{said.words.zh} ({said.compared})", f"{said.words.en} ({said.compared})")
