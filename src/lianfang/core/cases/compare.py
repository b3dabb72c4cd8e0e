"""Hold the expected lines of a step against the lines that the evaluation gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lianfang.core.cases.fit import Look, Row, Unreadable
from lianfang.core.cases.mismatch import Mismatch
from lianfang.core.cases.sections import NO_LOOP_FIELDS, NO_LOOPS, NUMBER, SECTIONS
from lianfang.core.cases.words import SECTION_WORDS, field_word
from lianfang.core.days.text import show_instant
from lianfang.core.language.plan import Case, Step

Lines = Callable[[str], Sequence[Row]]
"""Gives the result lines of a section, computed when first asked for."""

NEAREST = 3
_TIMES = {"opened", "day_one", "release", "ended", "from", "to", "planned_to", "due", "evidence_at"}


def compare(case: Case, number: int, step: Step, lines: Lines, zone: int) -> tuple[Mismatch, ...]:
    """Every expected line of the step that no result line fits, and every loop that should not be there."""
    look = Look(zone, step.as_of)
    found: list[Mismatch] = []
    for section in SECTIONS:
        for line in listed(step.expect.get(section)):
            if isinstance(line, Mapping):
                found += _line(case, number, step, section, line, lines(section), look)
    for entry in listed(step.expect.get(NO_LOOPS)):
        found += _no_loop(case, number, step, entry, lines("loops"), look)
    return tuple(found)


def listed(value: object) -> Sequence[Any]:
    """A list as written; a single line stands for a list of one, nothing for an empty list."""
    if value is None:
        return ()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def written(line: Mapping[str, Any]) -> str:
    """An expected line as the author would write it."""
    return "{" + ", ".join(f"{name}: {value}" for name, value in line.items()) + "}"


def show_row(row: Row, names: Sequence[str], zone: int) -> str:
    """The named fields of a result line, times in the plan's local time."""
    return ", ".join(f"{name}: {show_value(name, row.get(name), zone)}" for name in names)


def show_value(name: str, value: object, zone: int) -> str:
    """One value of a result line; nothing reads `none`."""
    if value is None or value == "":
        return "none"
    if name in _TIMES and isinstance(value, int):
        return show_instant(value, zone)
    return str(value)


def _line(
    case: Case, number: int, step: Step, section: str, line: Mapping[str, Any], rows: Sequence[Row], look: Look
) -> tuple[Mismatch, ...]:
    fits = SECTIONS[section]
    asked = {name: value for name, value in line.items() if name in fits}
    wrong = [_wrong(asked, row, section, look) for row in rows]
    fitting = sum(not names for names in wrong)
    wanted = line.get(NUMBER)
    if (fitting >= 1) if wanted is None else (fitting == wanted):
        return ()
    order = sorted((len(names), i) for i, names in enumerate(wrong) if names)[:NEAREST]
    near = [(rows[i], wrong[i]) for _, i in order]
    shown = [*asked, *(name for name in ("subject",) if name in fits and name not in asked)]
    return (
        Mismatch(
            case.id,
            number,
            step.place,
            f"{section}: {written(line)}",
            _said("zh", section, line, fitting, near, look),
            _said("en", section, line, fitting, near, look),
            tuple(show_row(row, _with_due(shown, asked), look.zone) for row, _ in near),
        ),
    )


def _with_due(names: Sequence[str], asked: Mapping[str, Any]) -> list[str]:
    """Lateness is read off the due time and the evidence, so both are shown."""
    extra = [name for name in ("due", "evidence_at") if "late_by" in asked and name not in names]
    return [*(name for name in names if name != "late_by"), *extra]


def _wrong(asked: Mapping[str, Any], row: Row, section: str, look: Look) -> list[str]:
    fits = SECTIONS[section]
    wrong = []
    for name, value in asked.items():
        try:
            fit = fits[name](value, row, name, look)
        except Unreadable:
            fit = False
        if not fit:
            wrong.append(name)
    return wrong


def _said(
    lang: str,
    section: str,
    line: Mapping[str, Any],
    fitting: int,
    near: Sequence[tuple[Row, list[str]]],
    look: Look,
) -> str:
    word = SECTION_WORDS[section][lang == "en"]
    wanted = line.get(NUMBER)
    if wanted is not None:
        return (
            f"应恰有 {wanted} 条{word}符合 {written(line)}，实际 {fitting} 条"
            if lang == "zh"
            else f"expected exactly {wanted} {word}(s) that fit {written(line)}, found {fitting}"
        )
    head = f"没有{word}符合 {written(line)}" if lang == "zh" else f"no {word} fits {written(line)}"
    if not near:
        none = f"；结果里一条{word}也没有" if lang == "zh" else f"; the result has no {word} at all"
        return head + none
    return (
        head
        + ("；最接近的一条：" if lang == "zh" else "; in the nearest one ")
        + _differences(lang, line, near[0], look)
    )


def _differences(lang: str, line: Mapping[str, Any], near: tuple[Row, list[str]], look: Look) -> str:
    row, names = near
    parts = []
    for name in names:
        actual, asked = show_value(name, row.get(name), look.zone), line[name]
        word = field_word(name, lang)
        if name == "late_by":
            due, at = (show_value(n, row.get(n), look.zone) for n in ("due", "evidence_at"))
            actual = f"期限 {due}、证据 {at}" if lang == "zh" else f"due {due}, evidence {at}"
        parts.append(f"{word}为 {actual}，应为 {asked}" if lang == "zh" else f"{word} is {actual}, expected {asked}")
    return ("；" if lang == "zh" else "; ").join(parts)


def _no_loop(
    case: Case, number: int, step: Step, entry: object, rows: Sequence[Row], look: Look
) -> tuple[Mismatch, ...]:
    line = entry if isinstance(entry, Mapping) else {"measure": entry}
    asked = {name: value for name, value in line.items() if name in NO_LOOP_FIELDS}
    there = [row for row in rows if not _wrong(asked, row, "loops", look)]
    if not there:
        return ()
    names = ("measure", "subject", "state", "opened")
    shown = tuple(show_row(row, names, look.zone) for row in there[:NEAREST])
    return (
        Mismatch(
            case.id,
            number,
            step.place,
            f"{NO_LOOPS}: {written(asked)}",
            f"不应有闭环 {written(asked)}，实际有 {len(there)} 个",
            f"expected no loop {written(asked)}, found {len(there)}",
            shown,
        ),
    )
