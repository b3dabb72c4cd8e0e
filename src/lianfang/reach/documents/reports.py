"""Papers for a desk or a meeting: a task, one clause with its units, a person's file."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.reach.documents.layout import (
    Bar,
    Cell,
    Language,
    Line,
    Quote,
    Report,
    Status,
    Table,
    TableColumn,
    Verify,
)


@dataclass(frozen=True, slots=True)
class TaskStep:
    """One thing a task asks for: what, which evidence proves it, until when, its status."""

    what: str
    evidence: str
    due: str
    status: Status


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """A task on one page: the clause, who leads and helps, until when, the steps, who returned it and why."""

    title: str
    quote: Quote
    lead: str
    helpers: str
    due: str
    status: Status
    steps: tuple[TaskStep, ...]
    returned: tuple[str, ...] = ()
    verify: Verify | None = None


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit under a clause: how many it looks after, what is met and owed; `share` in ready words (67.9%)."""

    unit: str
    in_care: str
    bar: Bar
    share: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One overdue item: about whom (masked), what is missing, who owes it, since when, for how long."""

    about: str
    missing: str
    unit: str
    due: str
    late_by: str


@dataclass(frozen=True, slots=True)
class ClauseSheet:
    """One clause for a meeting: its words, who leads, every unit's progress (the sum first), what is overdue."""

    mark: str
    title: str
    text: str
    lead: str
    helpers: str
    in_care: str
    units: tuple[UnitProgress, ...]
    overdue: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of a person's file: when, what, and more about it."""

    when: str
    what: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class FileStep:
    """One measure or duty in a file: the clause, what, from when, until when, its status."""

    clause: str
    what: str
    begins: str
    due: str
    status: Status


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person's file printed: who (masked unless allowed), what release waits for, measures, duties, facts, papers."""

    name: str
    lines: tuple[Line, ...]
    waits_for: str
    measures: tuple[FileStep, ...]
    duties: tuple[FileStep, ...]
    facts: tuple[FileRow, ...]
    papers: tuple[FileRow, ...] = ()
    note: str = ""


def task_sheet(one: TaskSheet, lang: Language = "zh") -> Report:
    """The task sheet as a report, with a line to sign when it is handed over."""
    zh = lang == "zh"
    labels = ("牵头", "配合", "时限", "状态") if zh else ("Lead", "With", "Due", "Status")
    heads = ("序", "事项", "证据", "时限", "状态") if zh else ("No.", "What", "Evidence", "Due", "Status")
    rows = tuple(
        (str(place), step.what, step.evidence, step.due, step.status) for place, step in enumerate(one.steps, 1)
    )
    texts = (one.lead, one.helpers, one.due, one.status.word)
    steps = Table("要办的事" if zh else "What is to be done", _columns(heads, (0, 3, 2, 0, 0)), rows)
    returned = tuple((str(place), why) for place, why in enumerate(one.returned, 1))
    back = Table("退回意见" if zh else "Returned because", _columns(heads[:2], (0, 1)), returned)
    return Report(
        title=one.title,
        quotes=(one.quote,),
        lines=tuple(Line(label, text) for label, text in zip(labels, texts, strict=True) if text),
        tables=(steps, back) if returned else (steps,),
        receipt="任务已收到。" if zh else "The task has been received.",
        verify=one.verify,
    )


def clause_sheet(one: ClauseSheet, lang: Language = "zh") -> Report:
    """The clause as one page: progress of the units, then what is overdue with a column to sign."""
    zh = lang == "zh"
    about = (f"牵头 {one.lead}", f"配合 {one.helpers}", f"在管 {one.in_care}")
    if not zh:
        about = (f"Lead: {one.lead}", f"with: {one.helpers}", f"in care: {one.in_care}")
    count = len(one.overdue)
    note_zh = "逾期：过了时限仍没有证据。待补：满了期限但还缺证据，人员留在原阶段。"
    note_en = "Overdue: past its time without evidence. Owed: the term is over, evidence is missing, the person stays."
    owed = Table(f"逾期 {count} 项" if zh else f"{count} overdue", _owed_columns(zh), _owed_rows(one.overdue))
    return Report(
        title=f"{one.mark} {one.title}",
        quotes=(Quote("", one.text),),
        about=about,
        tables=(_units(one.units, zh), owed) if count else (_units(one.units, zh),),
        keys=True,
        note=note_zh if zh else note_en,
    )


def person_file(one: PersonFile, lang: Language = "zh") -> Report:
    """The file as a report; empty parts are left out."""
    zh = lang == "zh"
    waits = (Line("解除还差" if zh else "Release waits for", one.waits_for),) if one.waits_for else ()
    steps = ("条文", "措施或事项", "开始", "时限", "状态") if zh else ("Clause", "What", "From", "Due", "Status")
    rows = ("时间", "内容", "说明") if zh else ("When", "What", "More")
    parts = (
        ("管控措施" if zh else "Measures", steps, tuple(_step(step) for step in one.measures)),
        ("应办" if zh else "Duties", steps, tuple(_step(step) for step in one.duties)),
        ("事实" if zh else "Facts", rows, tuple((row.when, row.what, row.more) for row in one.facts)),
        ("文书" if zh else "Papers", rows, tuple((row.when, row.what, row.more) for row in one.papers)),
    )
    shares = {5: (0, 3, 0, 0, 0), 3: (0, 1, 2)}
    tables = tuple(Table(title, _columns(heads, shares[len(heads)]), cells) for title, heads, cells in parts if cells)
    return Report(title=one.name, lines=(*one.lines, *waits), tables=tables, note=one.note)


def _units(units: tuple[UnitProgress, ...], zh: bool) -> Table:
    heads: tuple[str, ...] = ("单位", "在管", "进度", "已办率", "已办", "应办", "待补", "逾期")
    if not zh:
        heads = ("Unit", "In care", "Progress", "Rate", "Met", "Due", "Owed", "Overdue")
    shares = (1.3, 0.7, 3, 0.9, 0.7, 0.7, 0.7, 0.9)
    columns = tuple(
        TableColumn(head, "left" if place in (0, 2) else "right", share)
        for place, (head, share) in enumerate(zip(heads, shares, strict=True))
    )
    title = "各单位进度（今日到期和以前欠下的）" if zh else "Progress of the units (due today and owed from before)"
    return Table(title, columns, tuple(_unit(one) for one in units), sum_first=True)


def _unit(one: UnitProgress) -> tuple[Cell, ...]:
    bar = one.bar
    late: Cell = Status("overdue", str(bar.overdue)) if bar.overdue else "0"
    return (one.unit, one.in_care, bar, one.share, str(bar.met), str(bar.due), str(bar.held), late)


def _owed_columns(zh: bool) -> tuple[TableColumn, ...]:
    heads: tuple[str, ...] = ("序", "对象", "缺少", "责任单位", "时限", "已逾期", "签收")
    if not zh:
        heads = ("No.", "About", "Missing", "Unit", "Due", "Late by", "Signed")
    shares = (0, 1, 2, 1.4, 1.3, 1.3, 1)
    return tuple(
        TableColumn(head, "right" if place == 5 else "left", share)
        for place, (head, share) in enumerate(zip(heads, shares, strict=True))
    )


def _owed_rows(owed: tuple[Owed, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (str(place), one.about, one.missing, one.unit, one.due, one.late_by, "") for place, one in enumerate(owed, 1)
    )


def _step(step: FileStep) -> tuple[Cell, ...]:
    return (step.clause, step.what, step.begins, step.due, step.status)


def _columns(heads: tuple[str, ...], shares: tuple[float, ...]) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(head, share=share) for head, share in zip(heads, shares, strict=True))
