"""`task:` - who leads, who helps, what is handed in by when, who accepts it, who is told when it is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lianfang.core.language.addressees import ADDRESSEE
from lianfang.core.language.document import Branch, Document, Node, Place, key_place
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, quoted, said, word
from lianfang.core.language.offsets import looks_like_offset

CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class _Task:
    """One task while it is being written out: its document, its measure's id, and who owes."""

    source: Document
    desk: Desk
    id: str
    lead: str
    cooperators: str
    sub: str

    @property
    def node(self) -> Branch:
        """What the author wrote."""
        return self.source.node

    @property
    def clauses(self) -> Node | None:
        """The clauses of the task, which everything under it runs."""
        return self.node.get("clauses")

    @property
    def day(self) -> date | None:
        """The calendar day on which it is due, if it is due on one."""
        try:
            return date.fromisoformat(self.node.text("due") or "")
        except ValueError:
            return None


def expand_task(source: Document, desk: Desk) -> Iterator[Document]:
    """A measure `task-<id>` on being addressed, selections of what is handed in, a share, and who is told if late."""
    node = source.node
    per = node.text("per")
    helpers = [desk.leads(scalar) for scalar in node.scalars("with")]
    task = _Task(
        source,
        desk,
        f"task-{source.id}",
        desk.leads(node.scalar("lead")),
        " or ".join(helpers),
        f"level == {quoted(per)}" if per else "",
    )
    _check_due(task)
    yield from _selections(task)
    yield _measure(task)
    yield from _overdue(task)
    yield document(
        source,
        "indicator",
        task.id,
        {
            "name": node.get("name"),
            "clauses": task.clauses,
            "of": task.id,
            "target": node.get("target"),
        },
    )


def _check_due(task: _Task) -> None:
    """Exactly one of a date, a time from issue, or continuous with a period; due on the day of issue is doubtful."""
    node, book = task.node, task.desk.book
    due, within, every = node.scalar("due"), node.scalar("within"), node.get("every")
    if (due is None) == (within is None):
        book.add(
            "pack:no-due", key_place(node, "task"), task.source.id, "due: 2020-12-31, due: continuous, within: 30 d"
        )
    elif due is not None and due.text != CONTINUOUS and task.day is None:
        book.add("pack:no-due", due.place, due.text, "2020-12-31, continuous")
    if due is not None and (due.text == CONTINUOUS) != (every is not None):
        book.add("pack:missing-key" if every is None else "pack:no-meaning", due.place, due.text, "every")
    issued = None if node.flag("as_printed", False) else task.desk.issued
    if due is not None and task.day is not None and issued is not None and task.day <= issued:
        book.add("pack:due-at-issue", due.place, due.text, issued.isoformat())


def _selections(task: _Task) -> Iterator[Document]:
    """What is handed in, what is answered, accepted and returned: reports about this task."""
    for name, key, hand_in, words in _items(task):
        about = f"item == {quoted(key)}"
        if hand_in is None:
            yield _selection(
                task,
                f"{name}-handed-in",
                f"{about} and not (step in ['accepted', 'progress', 'accepted_done', 'returned'])",
                words,
            )
        if task.node.get("accept") is not None:
            yield _selection(task, f"{name}-answered", f"{about} and step in ['accepted_done', 'returned']", words)
            yield _selection(task, f"{name}-accepted", f"{about} and step == 'accepted_done'", words)
            yield _selection(task, f"{name}-returned", f"{about} and step == 'returned'", words)


def _selection(task: _Task, id: str, where: str, words: Node | None) -> Document:
    return document(task.source, "selection", id, {"name": words, "of": "task_report", "where": where})


def _items(task: _Task) -> Iterator[tuple[str, str, Node | None, Node | None]]:
    """What is handed in - the task as a whole, or part by part: id, key in reports, own evidence, name."""
    parts = tuple(task.node.branches("parts"))
    if not parts:
        yield task.id, task.source.id, task.node.get("hand_in"), task.node.get("name")
    for part in parts:
        id = part.text("part") or ""
        yield f"{task.id}-{id}", f"{task.source.id}/{id}", part.get("hand_in"), part.get("name")


def _measure(task: _Task) -> Document:
    node = task.node
    who = " or ".join(text for text in (task.lead, task.cooperators, task.sub) if text)
    return document(
        task.source,
        "measure",
        task.id,
        {
            "name": node.get("name"),
            "clauses": task.clauses,
            "binds": "unit",
            "opens": {"on": ADDRESSEE, "where": who},
            "inputs": {"due_on": node.get("due")} if task.day is not None else None,
            "stages": [_stage(task)],
            "requires": list(_requirements(task)),
        },
    )


def _stage(task: _Task) -> Grown:
    endless = "open" if task.node.text("due") == CONTINUOUS else "0"
    return {"stage": "handling", "name": said("办理", "handling"), "days": endless}


def _requirements(task: _Task) -> Iterator[Grown]:
    """What the leaders hand in (as a whole or in parts), the cooperators, and each unit below them."""
    parts = {part.text("part"): part for part in task.node.branches("parts")}
    for name, key, hand_in, called in _items(task):
        id = key.partition("/")[2] or "hand-in"
        part = parts.get(id)
        clauses = (part.get("clauses") if part else None) or task.clauses
        yield from _handed_in(task, id, name, hand_in, called, clauses, task.lead)
    whole = _whole(task)
    for id, who, words in (
        ("cooperation", task.cooperators, said("配合单位反馈", "report of a cooperating unit")),
        ("sub-task", task.sub, said("分解任务反馈", "report of a unit below")),
    ):
        if who:
            yield {
                "requirement": id,
                "name": words,
                "clauses": task.clauses,
                "by": {"of": "name"},
                "applies": f"({who}) and not ({task.lead})",
                "evidence": whole,
                **_window(task),
            }


def _whole(task: _Task) -> Grown:
    """Evidence of those who do not lead: any report about the task."""
    return task.node.get("hand_in") or next(f"{name}-handed-in" for name, *_ in _items(task))


def _handed_in(
    task: _Task, id: str, name: str, hand_in: Node | None, words: Node | None, clauses: Node | None, who: str
) -> Iterator[Grown]:
    evidence: Grown = hand_in or f"{name}-handed-in"
    accept = task.node.branch("accept")
    shared: dict[str, Grown] = {"name": words, "clauses": clauses, "by": {"of": "name"}, "applies": who}
    answers = list(_answers(task, accept, name)) if accept is not None else None
    yield {
        "requirement": id,
        **shared,
        "evidence": evidence,
        **_window(task),
        "gates": "true" if accept is None and task.node.text("due") != CONTINUOUS else None,
        "then": answers,
    }
    if accept is not None:
        yield {
            "requirement": f"{id}-again",
            **shared,
            "name": said("退回后重新报送", "handed in again after a return"),
            "after_each": f"{name}-returned",
            "evidence": evidence,
            "within": accept.get("again") or accept.get("within"),
            "then": answers[:1] if answers else None,
        }


def _answers(task: _Task, accept: Branch, name: str) -> Iterator[Grown]:
    """An answer in time, and in the end acceptance."""
    clauses = accept.get("clauses") or task.clauses
    by = _accepter(task, accept)
    yield {
        "requirement": "answered",
        "name": said("验收答复", "answer to what was handed in"),
        "clauses": clauses,
        "by": by,
        "evidence": f"{name}-answered",
        "within": accept.get("within"),
    }
    yield {
        "requirement": "accepted",
        "name": said("验收通过", "accepted"),
        "clauses": clauses,
        "by": by,
        "evidence": f"{name}-accepted",
        "from": "0 h",
        "due": "none",
        "gates": "true" if task.node.text("due") != CONTINUOUS else None,
    }


def _accepter(task: _Task, accept: Branch) -> Grown:
    scalar = accept.scalar("by")
    found = task.desk.named(scalar)
    if found is None or scalar is None:
        return None
    return {"zh": word(found.words.zh, scalar.place), "en": word(found.words.en, scalar.place)}


def _window(task: _Task) -> dict[str, Grown]:
    node = task.node
    if node.text("due") == CONTINUOUS:
        return {"every": node.get("every"), "anchored_to": None}
    if task.day is not None:
        return {"anchor": "due_on", "from": "any", "due": "0 d"}
    return {"anchor": "opening", "from": "any", "due": node.get("within")}


def _overdue(task: _Task) -> Iterator[Document]:
    """A second measure opens if nothing has come in by the due time: one notice after another, until something does."""
    levels = tuple(task.node.branches("escalate"))
    if not levels:
        return
    due = _due(task)
    if due is None and task.day is not None:
        return  # the day of issue cannot be read, which is complained about already
    if due is None:
        task.desk.book.add(
            "pack:no-escalation", key_place(task.node, "escalate"), "escalate", "due: 2020-12-31, within: 30 d"
        )
        return
    since, at = due
    names = [(name, hand_in or word(f"{name}-handed-in", task.source.id_place)) for name, _, hand_in, _ in _items(task)]
    counts = {f"came_in_{number}": {"count": evidence, "until": since} for number, (_, evidence) in enumerate(names, 1)}
    missing = " or ".join(f"{name} == 0" for name in counts)
    place = key_place(task.node, "escalate")
    for number, _ in enumerate(levels, 1):
        yield document(
            task.source,
            "selection",
            f"{task.id}-escalation-{number}",
            {
                "name": said(f"第 {number} 级督办", f"notice of level {number}"),
                "of": "escalation",
                "where": f"item == {quoted(task.source.id)} and level == {number}",
            },
        )
    yield document(
        task.source,
        "measure",
        f"{task.id}-overdue",
        {
            "name": said("逾期督办", "overdue"),
            "clauses": task.clauses,
            "binds": "unit",
            "opens": {"on": ADDRESSEE, "with": counts, "where": f"({task.lead}) and ({missing})", "at": at},
            "inputs": {"was_due": "opened - 1 s" if at.endswith("+ 1 d") else "opened"},
            "stages": [{"stage": "notices", "name": said("督办", "notices"), "days": "open"}],
            "requires": [_notice(task, number, level, place) for number, level in enumerate(levels, 1)],
            "exits": [
                {
                    "exit": "handed-in",
                    "name": said("已报送", "handed in"),
                    "on": [evidence for _, evidence in names],
                    "clauses": task.clauses,
                }
            ],
        },
    )


def _due(task: _Task) -> tuple[str, str] | None:
    """The end of the time allowed, as a shift from issue and as an expression for the instant after it."""
    within, day, issued = task.node.text("within"), task.day, task.desk.issued
    if day is not None and issued is not None:
        return f"{(day - issued).days} d", f"{day.isoformat()} + 1 d"
    if within is None or not looks_like_offset(within) or within.split()[-1] not in ("d", "h", "min"):
        return None
    return (within, f"day(at) + {within} + 1 d") if within.endswith("d") else (within, f"at + {within}")


def _notice(task: _Task, number: int, level: Branch, place: Place) -> Grown:
    to = level.scalar("to")
    task.desk.named(to)
    return {
        "requirement": f"escalation-{number}",
        "name": said(f"第 {number} 级督办", f"notice of level {number}"),
        "clauses": level.get("clauses") or task.clauses,
        "by": {"of": "name"},
        "evidence": f"{task.id}-escalation-{number}",
        "anchor": "was_due",
        "from": level.get("after"),
        "due": level.get("after"),
    }
