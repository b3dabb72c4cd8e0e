"""Read a notice: lines and tables in, everything it says (and nothing it does not) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.core.notice.blocks import Block, blocks_of
from lianfang.core.notice.deadlines import find_deadlines, in_clause
from lianfang.core.notice.furniture import leave_out
from lianfang.core.notice.heads import Head, read_head
from lianfang.core.notice.kinds import guess_kind
from lianfang.core.notice.names import is_group
from lianfang.core.notice.numerals import letters
from lianfang.core.notice.paper import Paper, Table
from lianfang.core.notice.parts import Part, split_parts, whole
from lianfang.core.notice.quantities import find_quantities
from lianfang.core.notice.reading import Clause, Deadline, Doubt, Quantity, Quote, Reading, Task, Unit, When
from lianfang.core.notice.rows import row_task, rows_of
from lianfang.core.notice.tasks import bracketed, lead_in, rule_said, tasks_of
from lianfang.core.notice.text import tidy
from lianfang.core.notice.tree import Ids, Node, Tree, grow, in_order


@dataclass(frozen=True, slots=True)
class _Body:
    """What one part gives."""

    clauses: tuple[Clause, ...]
    tasks: tuple[Task, ...]
    doubts: tuple[Doubt, ...]


def read_notice(paper: Paper) -> Reading:
    """Everything that a notice says: head, clause tree, tasks, deadlines, numbers, and what is doubtful."""
    kept, left_out = leave_out(paper)
    blocks = blocks_of(kept)
    parts = split_parts(blocks)
    plan = next((place for place, part in enumerate(parts) if part.numbered), 0)
    head = read_head(parts, plan, left_out)
    issued = _base_day(head)
    bodies = _bodies(parts, plan, issued)
    clauses = tuple(clause for body in bodies for clause in body.clauses)
    tasks = tuple(task for body in bodies for task in body.tasks)
    deadlines = _deadlines(clauses, tasks, issued)
    tasks = (*tasks, *_spoken_tasks(clauses, tasks, deadlines))
    doubts = (*head.doubts, *(doubt for body in bodies for doubt in body.doubts), *_doubts(tasks, deadlines, issued))
    return Reading(
        title=head.title,
        plan_title=head.plan_title,
        issuers=head.issuers,
        number=head.number,
        issued=head.issued,
        plan_dated=head.plan_dated,
        recipients=head.recipients,
        annexes=head.annexes,
        clauses=clauses,
        tasks=tasks,
        deadlines=deadlines,
        quantities=_quantities(clauses),
        units=_units(head, tasks, clauses),
        left_out=left_out,
        doubts=tuple(sorted(set(doubts), key=lambda doubt: (doubt.line, doubt.field, doubt.found, doubt.zh))),
        text="\n".join(_shown(block) for block in blocks),
    )


def _shown(block: Block) -> str:
    if block.table is None:
        return whole(block)
    return "\n".join(" ".join(map(tidy, row.cells)) for row in block.table.rows)


def _base_day(head: Head) -> date | None:
    """The day whose year stands in where a date has none."""
    for dated in (head.issued, head.plan_dated):
        if dated is not None and dated.day is not None:
            return dated.day
    return None


def _bodies(parts: Sequence[Part], plan: int, issued: date | None) -> list[_Body]:
    ids = Ids()
    bodies = []
    annexes = 0
    cover: list[Block] = []
    for place, part in enumerate(parts):
        if place < plan:
            cover += part.body
            continue
        if place > plan and (part.body or part.annex):
            annexes += 1
        prefix = "" if place == plan else letters(annexes - 1).upper()
        body = (*cover, *part.body) if place == plan else part.body
        bodies.append(_read_body(grow(body, prefix, ids), ids, issued))
    return bodies


def _read_body(tree: Tree, ids: Ids, issued: date | None) -> _Body:
    tasks = list(tasks_of(tree, issued))
    clauses: list[Clause] = []
    for node in (tree.root, *in_order(tree.root)):
        clauses += _node_clauses(node, tree)
        for table in node.tables:
            rows, found = _table_clauses(node, table, ids, issued)
            clauses += rows
            tasks += found
    listed = next((task for task in tasks if task.basis == "listed" and task.lead is not None), None)
    doubts = list(tree.doubts)
    if listed is not None and listed.lead is not None and not rule_said(tree):
        zh, en = (
            "原文未说明首位单位牵头，按首位取为牵头",
            "the text does not say that the unit named first leads; taken so",
        )
        doubts.append(Doubt(listed.lead.line, "lead", listed.lead.text, zh, en))
    return _Body(tuple(clauses), tuple(tasks), tuple(doubts))


def _node_clauses(node: Node, tree: Tree) -> list[Clause]:
    top = node is tree.root
    name = node.id or ("0" if top else "")
    single = len(node.sentences) == 1 and node.heading is None and not top
    found = []
    if not top:
        text = node.sentences[0] if single else None
        words = " ".join(quote.text for quote in (node.heading, text) if quote)
        parent = node.parent.id if node.parent else ""
        lead = _lead(text) if text else None
        found.append(Clause(name, parent, node.label, node.heading, text, node.last_line, guess_kind(words), lead))
    if not single:
        for place, quote in enumerate(node.sentences):
            kind = guess_kind(quote.text, preamble=top and not node.id)
            id = f"{name}.{letters(place)}"
            found.append(Clause(id, name, "", None, quote, quote.line, kind, _lead(quote)))
    return found


def _lead(quote: Quote) -> Quote | None:
    inside = bracketed(quote.text, quote.line)
    return inside.lead if inside else lead_in(quote.text, quote.line)


def _table_clauses(node: Node, table: Table, ids: Ids, issued: date | None) -> tuple[list[Clause], list[Task]]:
    """The rows of a table of tasks as items; of any other table one item that keeps its words."""
    name = node.id or "0"
    clauses, tasks = [], []
    rows = rows_of(table)
    for row in rows:
        id = ids.give(name)
        clauses.append(Clause(id, name, "", None, Quote(row.work, row.line), row.line, "task"))
        tasks.append(row_task(row, id, issued))
    if not rows and table.rows:
        lines = [" ".join(tidy(cell) for cell in row.cells if cell.strip()) for row in table.rows]
        words = " ".join(line for line in lines if line)
        if words:
            id, last = ids.give(name), table.rows[-1].number
            clauses.append(Clause(id, name, "", None, Quote(words, table.number), last, guess_kind(words)))
    return clauses, tasks


def _deadlines(clauses: Sequence[Clause], tasks: Sequence[Task], issued: date | None) -> tuple[Deadline, ...]:
    """The deadlines of tasks and those that sentences state, by line."""
    found = [task.deadline for task in tasks if task.deadline is not None]
    for clause in clauses:
        if clause.text is not None:
            spoken = find_deadlines(clause.text.text, clause.text.line, issued)
            found += [in_clause(deadline, clause.id) for deadline in spoken]
    return tuple(sorted(found, key=lambda deadline: deadline.quote.line))


def _spoken_tasks(clauses: Sequence[Clause], tasks: Sequence[Task], deadlines: Sequence[Deadline]) -> tuple[Task, ...]:
    """Sentences with a lead or a date of their own, outside the items that are tasks already."""
    mine = {task.clause for task in tasks}
    dated = {
        d.clause: d for d in reversed(deadlines) if d.sort in (When.DATE, When.WITHIN) or d.sort is When.CONTINUOUS
    }
    found = []
    for clause in clauses:
        if clause.text is None or _inside(clause, mine):
            continue
        inside = bracketed(clause.text.text, clause.text.line)
        deadline = dated.get(clause.id)
        if clause.lead is None and not (deadline and deadline.sort is When.DATE):
            continue
        lead = inside.lead if inside else clause.lead
        others = inside.with_units if inside else ()
        group = lead is not None and is_group(lead.text)
        basis = "listed" if inside and inside.first_named else "named"
        found.append(Task(clause.id, clause.text, lead, group, others, deadline, basis))
    return tuple(found)


def _inside(clause: Clause, mine: set[str]) -> bool:
    parts = clause.id.split(".")
    return any(".".join(parts[:n]) in mine for n in range(1, len(parts) + 1))


def _quantities(clauses: Sequence[Clause]) -> tuple[Quantity, ...]:
    return tuple(
        quantity
        for clause in clauses
        for quote in (clause.heading, clause.text)
        if quote is not None
        for quantity in find_quantities(quote.text, quote.line, clause.id)
    )


def _units(head: Head, tasks: Sequence[Task], clauses: Sequence[Clause]) -> tuple[Unit, ...]:
    """Every body named in signature, address, lists of units and sentences, once, where it first stands."""
    named: list[Quote] = [*head.issuers, *head.recipients]
    named += [quote for task in tasks for quote in (task.lead, *task.with_units) if quote is not None]
    named += [clause.lead for clause in clauses if clause.lead is not None]
    first: dict[str, Quote] = {}
    for quote in sorted(named, key=lambda quote: quote.line):
        first.setdefault(quote.text, quote)
    return tuple(Unit(quote, is_group(quote.text)) for quote in first.values())


def _doubts(tasks: Sequence[Task], deadlines: Sequence[Deadline], issued: date | None) -> list[Doubt]:
    found = [
        _deadline_doubt(deadline) for deadline in deadlines if deadline.doubtful and deadline.sort is not When.VAGUE
    ]
    for deadline in deadlines:
        if deadline.day is not None and deadline.day == issued:
            zh, en = "当日到期（与发文日期同一天）", "due on the day of issue"
            found.append(Doubt(deadline.quote.line, "deadline", deadline.quote.text, zh, en))
        elif deadline.day is not None and issued is not None and deadline.day < issued:
            zh, en = f"早于发文日期：{deadline.day}", f"before the day of issue: {deadline.day}"
            found.append(Doubt(deadline.quote.line, "deadline", deadline.quote.text, zh, en))
    for task in tasks:
        if task.lead is None and task.basis in ("named", "listed", "table") and task.with_units:
            zh, en = "有配合单位，没有牵头单位", "co-operating units, but no lead"
            found.append(Doubt(task.what.line, "lead", task.what.text[:20], zh, en))
    return found


def _deadline_doubt(deadline: Deadline) -> Doubt:
    quote = deadline.quote
    if deadline.day is not None:
        zh, en = (
            f"年份或日子不在原文，读作 {deadline.day}",
            f"the year or the day is not in the text; read as {deadline.day}",
        )
    elif deadline.sort is When.UNREAD:
        zh, en = "读不出日期，留空", "no day can be read; left empty"
    else:
        zh, en = f"读作 {deadline.sort}", f"read as {deadline.sort}"
    return Doubt(quote.line, "deadline", quote.text, zh, en)
