"""The clauses of a plan as the document has them: sections, clauses under them, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Clause, Plan

PRINCIPLE = "principle"
SILENT = frozenset({"principle", "information"})
"""Kinds of clause that may owe nothing."""

_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Node:
    """A section or a clause. `clauses` are the ids of itself and all below; `clause` is None for a mere section."""

    id: str
    number: str
    depth: int
    clause: Clause | None
    heading: Words | None
    children: tuple[Node, ...]
    clauses: frozenset[str]

    @property
    def words(self) -> Words:
        """What it is called: the gist of the clause, the heading of the section, else only its number."""
        if self.clause is not None:
            return self.clause.gist
        return self.heading or Words(f"第{numeral(self.number)}部分", f"Section {self.number}")

    @property
    def shown_number(self) -> str:
        """The number as the paper has it: Chinese numerals for the chapters, figures below."""
        return numeral(self.number) if self.depth == 0 and self.clause is None else self.number


@dataclass(slots=True)
class _Draft:
    id: str
    number: str
    clause: Clause | None = None
    below: dict[str, _Draft] = field(default_factory=dict)


def numeral(number: str) -> str:
    """A chapter's number in Chinese; anything but 1 to 99 stays as it is.

    >>> numeral("2"), numeral("12"), numeral("30"), numeral("A")
    ('二', '十二', '三十', 'A')
    """
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 99:
        return number
    tens, ones = divmod(int(number), 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")


def packs_of(plan: Plan) -> tuple[str, ...]:
    """The packs of a plan that have clauses, the plan's own last as it stands on the others."""
    own = {pack_of(id, plan) for id in plan.clauses}
    return tuple(pack for pack in plan.packs if pack in own)


def pack_of(clause: str, plan: Plan) -> str:
    """The pack a clause stands in: `pack:number`, or only a number for the plan's own."""
    pack, colon, _ = clause.partition(":")
    return pack if colon else plan.id


def paper(pack: str, plan: Plan) -> Words:
    """What the paper of a pack is called."""
    return plan.headings.get("" if pack == plan.id else f"{pack}:", Words(pack, pack))


def number_of(clause: str) -> str:
    """The number of a clause inside its own paper."""
    return clause.rpartition(":")[2]


def clause_tree(plan: Plan, pack: str) -> tuple[Node, ...]:
    """The chapters of one pack with everything below them."""
    roots: dict[str, _Draft] = {}
    prefix = "" if pack == plan.id else f"{pack}:"
    for clause in plan.clauses.values():
        if pack_of(clause.id, plan) == pack:
            _place(roots, clause, prefix)
    return tuple(_node(draft, 0, plan.headings) for draft in roots.values())


def _place(roots: dict[str, _Draft], clause: Clause, prefix: str) -> None:
    """Put a clause under its sections, making those that are not there yet."""
    parts = number_of(clause.id).split(".")
    level, path = roots, ""
    for part in parts:
        path = f"{path}.{part}" if path else part
        draft = level.setdefault(path, _Draft(f"{prefix}{path}", path))
        level = draft.below
    draft.clause = clause


def _node(draft: _Draft, depth: int, headings: Mapping[str, Words]) -> Node:
    children = tuple(_node(below, depth + 1, headings) for below in draft.below.values())
    own = frozenset({draft.id} if draft.clause is not None else ())
    return Node(
        draft.id,
        draft.number,
        depth,
        draft.clause,
        headings.get(draft.id),
        children,
        own.union(*(child.clauses for child in children)),
    )


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, parents before their children, in the order of the paper."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def above(nodes: Iterable[Node], clause: str) -> tuple[Node, ...]:
    """The sections a clause stands in, the outermost first, the clause itself last; nothing if it is not there."""
    for node in nodes:
        if node.id == clause:
            return (node,)
        if clause.startswith(f"{node.id}."):
            below = above(node.children, clause)
            return (node, *below) if below else ()
    return ()
