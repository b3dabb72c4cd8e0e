"""What is wrong with a case itself: unknown keys, values of the wrong form, names that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from lianfang.core.cases.compare import listed, written
from lianfang.core.cases.fit import Look, Unreadable
from lianfang.core.cases.given import MOST_TIMES, TIMES, can_repeat
from lianfang.core.cases.mismatch import Mismatch
from lianfang.core.cases.sections import NO_LOOP_FIELDS, NO_LOOPS, NUMBER, SECTIONS
from lianfang.core.language.measure import Requirement
from lianfang.core.language.plan import Case, Plan, Step
from lianfang.core.obligations.state_words import ORDER

STATES = ("running", "held", "suspended", "released", "handed_over", "exited", "cancelled", "superseded")
STATUSES = ("upcoming", "due", "met", "late", "overdue", "suspended", "superseded", "cancelled", "waived")

Words = tuple[str, str, str]
"""The line concerned, and what is wrong with it in Chinese and English."""


def misuse(plan: Plan, case: Case) -> tuple[Mismatch, ...]:
    """Every line of the case that can never be held against a result: the author meant something else."""
    names = _names(plan)
    return tuple(
        Mismatch(case.id, number, step.place, line, zh, en)
        for number, step in enumerate(case.steps, 1)
        for line, zh, en in (*_given(plan, step), *_step(step, names, Look(plan.zone, step.as_of)))
    )


def _given(plan: Plan, step: Step) -> Iterator[Words]:
    for item in step.given:
        for kind_id, columns in item.items():
            kind = plan.kinds.get(kind_id)
            if kind is None or not isinstance(columns, Mapping) or TIMES in kind.columns or TIMES not in columns:
                continue
            if not can_repeat(columns[TIMES]):
                allowed = f"1–{MOST_TIMES}"
                yield _malformed(kind_id, TIMES, columns[TIMES], f" {allowed} 的整数", f"a whole number {allowed}")


def _step(step: Step, names: Mapping[str, frozenset[str]], look: Look) -> Iterator[Words]:
    if not any(listed(value) for value in step.expect.values()):
        yield "expect", "这一步没有写明应有什么结果", "this step expects nothing; say what must be true"
    for key, value in step.expect.items():
        if key == NO_LOOPS:
            for entry in listed(value):
                asked = entry if isinstance(entry, Mapping) else {"measure": entry}
                yield from _fields(NO_LOOPS, asked, NO_LOOP_FIELDS)
                yield from _known(NO_LOOPS, asked, names)
        elif key in SECTIONS:
            for line in listed(value):
                yield from _expected(key, line, names, look)
        else:
            yield _unknown("expect", key, (*SECTIONS, NO_LOOPS))


def _expected(section: str, line: object, names: Mapping[str, frozenset[str]], look: Look) -> Iterator[Words]:
    if not isinstance(line, Mapping):
        yield f"{section}: {line}", f"{line} 应写成 {{字段: 值}}", f"{line} must be written {{field: value}}"
        return
    if not line:
        yield f"{section}: {{}}", "空的一行符合任何结果，请写明字段", "an empty line fits anything; name a field"
    yield from _fields(section, line, (*SECTIONS[section], NUMBER))
    yield from _known(section, line, names)
    for name, value in line.items():
        yield from _form(section, name, value, look)


def _fields(section: str, line: Mapping[str, Any], allowed: Iterable[str]) -> Iterator[Words]:
    allowed = tuple(allowed)
    for name in line:
        if name not in allowed:
            yield _unknown(section, name, allowed)


def _unknown(section: str, name: str, allowed: Iterable[str]) -> Words:
    allowed = tuple(allowed)
    near = get_close_matches(str(name), allowed, 1)
    zh = f"，是否想写 {near[0]}" if near else ""
    en = f"; did you mean {near[0]}?" if near else ""
    listing = ", ".join(allowed)
    return (
        f"{section}: {name}",
        f"{section} 里没有 {name} 这个键{zh}；可用：{listing}",
        f"{section} has no key {name}{en}; allowed: {listing}",
    )


def _form(section: str, name: str, value: object, look: Look) -> Iterator[Words]:
    if name == NUMBER:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            yield _malformed(section, name, value, "不小于 0 的整数", "a whole number, 0 or more")
        return
    fit = SECTIONS[section].get(name)
    if fit is None:
        return
    try:  # a row on which every field has something to be compared with
        fit(value, {"due": 0, "evidence_at": 100 * look.as_of, name: 1}, name, look)
    except Unreadable as why:
        yield _malformed(section, name, why.found, why.allowed_zh, why.allowed_en)


def _malformed(section: str, name: str, value: object, zh: str, en: str) -> Words:
    return (
        f"{section}: {{{name}: {value}}}",
        f"{section} 的 {name} 写作 {value}，应为{zh}",
        f"{name} of {section} is written {value}; write {en}",
    )


def _known(section: str, line: Mapping[str, Any], names: Mapping[str, frozenset[str]]) -> Iterator[Words]:
    for name, value in line.items():
        known = names.get(name)
        if known is None or value is None or str(value) in known:
            continue
        near = get_close_matches(str(value), sorted(known), 1)
        zh = f"，是否想写 {near[0]}" if near else ""
        en = f"; did you mean {near[0]}?" if near else ""
        yield (
            f"{section}: {written(line)}",
            f"方案里没有 {name} {value}{zh}",
            f"the plan has no {name} {value}{en}",
        )


def _names(plan: Plan) -> Mapping[str, frozenset[str]]:
    """What the plan can answer to, by field name."""
    measures, exits = plan.measures, [x for m in plan.measures for x in m.exits]
    requirements = frozenset(p for m in measures for p in _paths(m.requirements))
    measure_ids = frozenset(m.id for m in measures)
    return {
        "measure": measure_ids,
        "superseded_by": measure_ids,
        "requirement": requirements,
        "waits_for": requirements | {ORDER},
        "stage": frozenset(s.id for m in measures for s in m.stages),
        "exit": frozenset(x.id for x in exits),
        "indicator": frozenset(i.id for i in plan.indicators),
        "status": frozenset(STATUSES),
        "state": frozenset(STATES) | {m.released_as for m in measures} | {x.state for x in exits},
    }


def _paths(requirements: tuple[Requirement, ...], above: str = "") -> Iterator[str]:
    """Every way to name a requirement: whole path, or any tail of it."""
    for r in requirements:
        whole = f"{above}/{r.id}" if above else r.id
        parts = whole.split("/")
        yield from ("/".join(parts[i:]) for i in range(len(parts)))
        yield from _paths(r.then, whole)
