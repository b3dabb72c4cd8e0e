"""Who does what by when: from labels, from brackets at the end of a sentence, from duty rows and from tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.core.notice.deadlines import in_clause, read_deadline
from lianfang.core.notice.labels import Field, says_first_leads
from lianfang.core.notice.names import is_group, looks_like_unit, only_units, split_units
from lianfang.core.notice.reading import Deadline, Doubt, Quote, Task
from lianfang.core.notice.tree import Node, Said, Tree, in_order

_BRACKETED = re.compile(r"[(](?P<inside>[^()]{2,160}(?:牵头|负责|配合|落实)[^()]{0,80})[)][。;]?$")
_WORK = re.compile(r"(?:共同|按(?:照)?(?:各自)?职责(?:分工)?|分工|分别|具体|等)*(?:牵头负责|牵头|负责|落实)$")
_HELP = re.compile(r"(?:等|共同)*(?:配合|协助|参与|参加|按职责分工配合)$")
_BY = re.compile(r"由(?P<unit>[^,。;由]{2,60}?)(?:牵头|负责|组织实施)")
_SUBJECT = re.compile(r"^(?P<unit>[^,。;:]{2,60}?)(?:负责|牵头|要(?![求点素件])|应当?(?![急对])|须|必须)")


@dataclass(frozen=True, slots=True)
class Answering:
    """The units that answer for a piece of work."""

    lead: Quote | None = None
    with_units: tuple[Quote, ...] = ()
    first_named: bool = False  # the lead is only the unit named first


def tasks_of(tree: Tree, issued: date | None) -> tuple[Task, ...]:
    """The tasks that labels and duty rows state, in order; a lifted label is told as a doubt of the tree."""
    _lift(tree)
    tasks = []
    for node in in_order(tree.root):
        if node.said:
            tasks.append(_labelled_task(node, issued))
        elif node.duty and node.heading:
            unit = only_units(node.heading.text)
            lead, others = Quote(unit[0], node.line), tuple(Quote(name, node.line) for name in unit[1:])
            tasks.append(Task(node.id, _what(node), lead, is_group(unit[0]), others, None, "label"))
    return tuple(tasks)


def _lift(tree: Tree) -> None:
    """Labels after the last of several items that have none of their own belong to the item above them."""
    for node in tree.nodes:
        above = node.parent
        if not node.said or above is None or above is tree.root or len(above.children) < 2:
            continue
        if node is not above.children[-1] or above.said or any(child.said for child in above.children[:-1]):
            continue
        if any(said.line == node.line for said in node.said):
            continue
        line = node.said[0].line
        zh, en = f"责任栏归上一级 {above.id}", f"the line of units is taken to belong to {above.id}"
        tree.doubts.append(Doubt(line, "lead", node.said[0].labelled.value[:20], zh, en))
        above.said, node.said = node.said, []


def _labelled_task(node: Node, issued: date | None) -> Task:
    who = _answering(node.said)
    deadlines = [said for said in node.said if said.labelled.field is Field.DEADLINE and said.labelled.value]
    deadline = _deadline(deadlines[0], node.id, issued) if deadlines else None
    group = who.lead is not None and is_group(who.lead.text)
    return Task(
        node.id, _what(node), who.lead, group, who.with_units, deadline, "listed" if who.first_named else "named"
    )


def _deadline(said: Said, clause: str, issued: date | None) -> Deadline:
    return in_clause(read_deadline(said.labelled.value, said.line, issued), clause)


def _what(node: Node) -> Quote:
    return node.heading or (node.sentences[0] if node.sentences else Quote(node.label, node.line))


def _answering(said: Sequence[Said]) -> Answering:
    named = _quotes(said, Field.LEAD)
    listed = _quotes(said, Field.UNITS)
    helping = _quotes(said, Field.WITH)
    first = named or listed
    if not first:
        return Answering(None, helping)
    rest = tuple(q for q in (*first[1:], *(listed if named else ()), *helping) if q.text != first[0].text)
    return Answering(first[0], rest, not named and len(listed) > 1)


def _quotes(said: Sequence[Said], field: Field) -> tuple[Quote, ...]:
    return tuple(
        Quote(name, one.line)
        for one in said
        if one.labelled.field is field
        for name in split_units(one.labelled.value)
        if name
    )


def rule_said(tree: Tree) -> bool:
    """Whether the text itself says that the unit named first leads."""
    remarks = [said.labelled.remark for node in (tree.root, *tree.nodes) for said in node.said]
    sentences = [quote.text for node in (tree.root, *tree.nodes) for quote in node.sentences]
    return any(map(says_first_leads, (*remarks, *sentences)))


def bracketed(text: str, line: int) -> Answering | None:
    """The units in brackets at the end of a sentence (某局牵头,某局配合); None if there are none."""
    match = _BRACKETED.search(text)
    if match is None:
        return None
    leads: list[str] = []
    helping: list[str] = []
    for piece in re.split(r"[,;]", match["inside"]):
        work, helps = _WORK.search(piece), _HELP.search(piece)
        names = only_units(piece[: work.start()]) if work else only_units(piece[: helps.start()]) if helps else ()
        (leads if work else helping).extend(names)
    if not leads:
        return None
    quotes = tuple(Quote(name, line) for name in (*leads, *helping))
    return Answering(quotes[0], quotes[1:], len(leads) > 1 and "牵头" not in match["inside"])


def lead_in(text: str, line: int) -> Quote | None:
    """The unit that a sentence itself names as answering (由某局负责, 某局负责……, 各镇要……)."""
    for pattern in (_SUBJECT, _BY):
        match = pattern.search(text)
        if match is None:
            continue
        names = split_units(match["unit"])
        if names and all(looks_like_unit(name) for name in names):
            return Quote(names[0], line)
    return None
