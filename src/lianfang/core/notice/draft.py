"""The draft pack of a notice: what the text says, ready for `lianfang check`; what it does not say is marked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.core.notice.reading import Clause, Deadline, Quantity, Reading, Task, When

UNDATED = date(1900, 1, 1)
"""Stands in plan.yaml where neither the text nor anybody else gave a day of issue; a comment says so."""

_UNIT_WORDS = {
    "d": ("天数", "days"), "h": ("小时数", "hours"), "min": ("分钟数", "minutes"), "mo": ("月数", "months"),
    "workday": ("工作日数", "working days"), "person": ("人数", "persons"), "count": ("数量", "number"),
    "percent": ("百分比", "percent"), "metre": ("米数", "metres"), "room": ("间数", "rooms"), "bed": ("张数", "beds"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file of a draft pack: its path inside the folder and its text."""

    path: str
    text: str


def draft_pack(reading: Reading, plan: str, issued: date | None = None) -> tuple[DraftFile, ...]:
    """The files of a draft pack called `plan`; `issued` stands in for a day of issue that the text lacks."""
    day = reading.issued.day if reading.issued and reading.issued.day else issued
    tasks = [task for task in reading.tasks if task.lead is not None]
    files = [
        DraftFile(
            "plan.yaml", _plan(reading, plan, day, reading.issued is not None and reading.issued.day is not None)
        ),
        DraftFile("clauses.yaml", _clauses(reading)),
    ]
    if reading.quantities or any(_to_confirm(task) for task in reading.tasks):
        files.append(DraftFile("parameters/draft.yaml", _parameters(reading, day or UNDATED)))
    if tasks:
        files.append(DraftFile("selections.yaml", _documents(map(_selections, tasks))))
        files.append(DraftFile("measures/draft.yaml", _documents(map(_measure, tasks))))
    if tasks and day is not None:
        files.append(DraftFile("facts/task.csv", _task_facts(tasks, day)))
    return tuple(files)


def quoted(text: str) -> str:
    """A text as YAML writes it in quotes, on one line."""
    return json.dumps(text, ensure_ascii=False)


def _documents(texts: Iterable[str]) -> str:
    return "---\n".join(texts)


def _plan(reading: Reading, plan: str, day: date | None, own_day: bool) -> str:
    title = reading.plan_title or reading.title
    lines = ["# 草稿：由公文读出，请逐条核对 / draft read out of a notice; check every line"]
    for name, quote in (("发文单位 issuer", reading.issuer), ("文号 number", reading.number)):
        lines.append(f"# {name}: {f'{quote.text} (第 {quote.line} 行)' if quote else 'null'}")
    if title is None:
        lines.append("# 标题 title: null")
    lines.append(f"plan: {quoted(plan)}")
    lines.append(f"name: {{zh: {quoted(title.text if title else plan)}, en: {quoted(f'{plan} (not translated)')}}}")
    if not own_day:
        by_hand = "由人工给出 / given by hand" if day else "占位，请填写 / a placeholder, fill it in"
        lines.append(f"# 原文没有发文日期 (null)；{by_hand}")
    lines.append(f"issued: {(day or UNDATED).isoformat()}")
    lines.append('utc_offset: "+08:00"')
    return "\n".join(lines) + "\n"


def _clauses(reading: Reading) -> str:
    """Every sentence and leaf of the tree, and every item with a task or a number; the kinds are guesses."""
    parents = {clause.parent for clause in reading.clauses}
    tasks = {task.clause for task in reading.tasks}
    needed = tasks | {quantity.clause for quantity in reading.quantities}
    lines = ["# kind 为按词猜测；en 未翻译 / kinds are guessed by words; en is not translated", "clauses:"]
    for clause in reading.clauses:
        if clause.id in parents and clause.id not in needed:
            continue
        zh = clause.words or clause.label or clause.id
        kind = "task" if clause.id in tasks and clause.id in parents else clause.kind
        lines.append(f"  {quoted(clause.id)}: {{kind: {kind}, zh: {quoted(zh)}, en: {_untranslated(clause)}}}")
    if len(lines) == 2:
        lines = [lines[0], "# 没有读出条文 / no clause was read", "clauses: {}"]
    return "\n".join(lines) + "\n"


def _untranslated(clause: Clause) -> str:
    return quoted(f"line {clause.line}, not translated")


def _parameters(reading: Reading, day: date) -> str:
    seen: dict[str, int] = {}
    texts = [text for quantity in reading.quantities for text in _quantity(quantity, day, seen)]
    texts += [_due(task, task.deadline, day) for task in reading.tasks if task.deadline and _to_confirm(task)]
    return _documents(texts)


def _to_confirm(task: Task) -> bool:
    """Deadlines that no task fact carries for certain: inferred ones, and those of work without a lead."""
    deadline = task.deadline
    return deadline is not None and deadline.day is not None and (deadline.doubtful or task.lead is None)


def _quantity(quantity: Quantity, day: date, seen: dict[str, int]) -> Iterable[str]:
    stem = f"{_name(quantity.clause)}.{quantity.unit}"
    seen[stem] = seen.get(stem, 0) + 1
    zh, en = _UNIT_WORDS.get(quantity.unit, ("数", quantity.unit))
    ends = [("", quantity.low)] if quantity.low == quantity.high else [("_low", quantity.low), ("_high", quantity.high)]
    for end, value in ends:
        side = {"": ("", ""), "_low": ("下限", ", lower end"), "_high": ("上限", ", upper end")}[end]
        yield _parameter(
            f"{stem}_{seen[stem]}{end}",
            (f"{quantity.clause} {zh}{side[0]}（{quantity.quote.text}）", f"{en} in {quantity.clause}{side[1]}"),
            quantity.unit,
            quantity.clause,
            f"{{{day.isoformat()}: {value}}}",
            f"第 {quantity.quote.line} 行，存疑 / line {quantity.quote.line}, doubtful" if quantity.doubtful else "",
        )


def _due(task: Task, deadline: Deadline, day: date) -> str:
    due = deadline.day.isoformat() if deadline.day else ""
    why = f"由“{deadline.quote.text}”推出 / inferred from the words quoted" if deadline.doubtful else ""
    return _parameter(
        f"{_name(task.clause)}.due",
        (f"{task.clause} 完成时限（{deadline.quote.text}）", f"deadline of {task.clause}"),
        "text",
        task.clause,
        f"{{{day.isoformat()}: {quoted(due)}}}",
        why,
    )


def _parameter(id: str, words: tuple[str, str], unit: str, clause: str, values: str, why: str) -> str:
    lines = [
        f"parameter: {id}",
        f"name: {{zh: {quoted(words[0])}, en: {quoted(words[1])}}}",
        f"unit: {unit}",
        f"clause: {quoted(clause)}",
        f"values: {values}",
    ]
    if why:
        lines += ["from_text: false", f"why: {quoted(why)}"]
    return "\n".join(lines) + "\n"


def _name(clause: str) -> str:
    return f"c{clause.lower().replace('.', '_')}"


def _selections(task: Task) -> str:
    """The facts that give and that finish a task: they name its item."""
    item = task.clause
    return "\n".join(
        (
            f"selection: {_given(task)}",
            f"name: {{zh: {quoted(f'任务 {item} 交办')}, en: {quoted(f'task {item} given')}}}",
            "of: task",
            f"where: {quoted(_where(item, 'role', 'lead'))}",
            "---",
            f"selection: {_done(task)}",
            f"name: {{zh: {quoted(f'任务 {item} 办结')}, en: {quoted(f'task {item} done')}}}",
            "of: task_report",
            f"where: {quoted(_where(item, 'step', 'done'))}",
            "",
        )
    )


def _where(item: str, column: str, word: str) -> str:
    return f"item == '{item}' and {column} == '{word}'"


def _given(task: Task) -> str:
    return f"task-{task.clause}-given"


def _done(task: Task) -> str:
    return f"task-{task.clause}-done"


def _measure(task: Task) -> str:
    """One measure a task: it opens when the task is given to its lead and asks for its completion."""
    due, comment = _window(task)
    return "\n".join(
        (
            f"measure: task-{task.clause}",
            f"name: {{zh: {quoted(task.what.text)}, en: {quoted(f'task {task.clause} (not translated)')}}}",
            f"clauses: [{quoted(task.clause)}]",
            "binds: unit",
            f"opens: {{on: {_given(task)}}}",
            *(["inputs: {due_at: due}"] if due else []),
            "requires:",
            "  - requirement: done",
            f"    name: {{zh: 办结, en: done}}  # {comment}",
            f"    clauses: [{quoted(task.clause)}]",
            "    by: {of: lead}",
            f"    evidence: {_done(task)}",
            *(["    anchor: due_at"] if due else []),
            "    from: any",
            f"    due: {'0 d' if due else 'none'}",
            "    gates: true",
            "",
        )
    )


def _window(task: Task) -> tuple[bool, str]:
    deadline = task.deadline
    if deadline is None:
        return False, "完成时限 deadline: null"
    words = deadline.quote.text.replace("\n", " ")
    return (
        deadline.day is not None and deadline.sort is When.DATE,
        f"完成时限 deadline: {words} (line {deadline.quote.line})",
    )


def _task_facts(tasks: Sequence[Task], day: date) -> str:
    """The tasks as facts: one row for the lead and one for each co-operating unit."""
    rows = ["unit,at,item,what,role,lead,due"]
    for task in tasks:
        lead = task.lead.text if task.lead else ""
        due = task.deadline.day.isoformat() if task.deadline and task.deadline.day else ""
        for role, unit in (("lead", lead), *(("cooperates", quote.text) for quote in task.with_units)):
            cells = (unit, day.isoformat(), task.clause, task.what.text, role, lead, due)
            rows.append(",".join(_cell(cell) for cell in cells))
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(',"\n\r') else text
