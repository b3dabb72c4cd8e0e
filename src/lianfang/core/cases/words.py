"""The words of an expected line: every field a case may name, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

SECTION_WORDS: Mapping[str, tuple[str, str]] = {
    "loops": ("闭环", "loop"),
    "stages": ("阶段", "stage"),
    "obligations": ("应办事项", "obligation"),
    "indicators": ("指标", "indicator"),
}

FIELD_WORDS: Mapping[str, tuple[str, str]] = {
    "measure": ("措施", "measure"),
    "subject": ("对象", "subject"),
    "state": ("状态", "state"),
    "outcome": ("结果", "outcome"),
    "release": ("解除", "release"),
    "opened": ("开启", "opened"),
    "day_one": ("第 1 天", "day one"),
    "ended": ("结束", "ended"),
    "stage": ("阶段", "stage"),
    "waits_for": ("等待", "waits for"),
    "exit": ("出口", "exit"),
    "superseded_by": ("取代者", "superseded by"),
    "from": ("自", "from"),
    "to": ("至", "to"),
    "planned_to": ("原定至", "planned to"),
    "requirement": ("要求", "requirement"),
    "occurrence": ("次序", "occurrence"),
    "due": ("期限", "due"),
    "status": ("状态", "status"),
    "evidence_at": ("证据时间", "evidence at"),
    "late_by": ("迟", "late by"),
    "by": ("责任方", "by"),
    "indicator": ("指标", "indicator"),
    "met": ("完成", "met"),
    "total": ("总数", "total"),
    "percent": ("百分比", "percent"),
    "value": ("数值", "value"),
    "need": ("需要", "need"),
    "held": ("现有", "held"),
    "gap": ("缺口", "gap"),
    "target_met": ("达标", "target met"),
    "period": ("时段", "period"),
    "number": ("条数", "number"),
}


def field_word(name: str, lang: str) -> str:
    """The word of a field in one language; an unknown field keeps its own name."""
    zh, en = FIELD_WORDS.get(name, (name, name))
    return zh if lang == "zh" else en
