"""The clause tree as a page shows it: every line with its bar, narrowed by a search or by trouble."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lianfang.acts.in_force import InForce
from lianfang.core.language.measure import Words
from lianfang.ledger.bar import Bar
from lianfang.web.plan.carried import is_carried
from lianfang.web.plan.standing import Pair, of_clauses
from lianfang.web.plan.tree import Node, walk

ALL, OVERDUE, HELD, OWN = "all", "overdue", "held", "own"
SHOWS = (ALL, OVERDUE, HELD, OWN)

_SILENT: Mapping[str, Promise] = {
    "principle": gettext_lazy("原则，不产生应办"),
    "information": gettext_lazy("告知，不产生应办"),
}


@dataclass(frozen=True, slots=True)
class Twig:
    """One line of the tree; `children` only of an open section. `silent`: why it owes nothing, "" if it may."""

    node: Node
    bar: Bar
    silent: Promise | str
    open: bool
    here: bool
    children: tuple[Twig, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked at: the current clause, the sections that are open, the clauses to show (None: all)."""

    clause: str
    open: frozenset[str]
    wanted: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Filters:
    """How many clauses each filter leaves."""

    all: int
    overdue: int
    held: int


def twigs(nodes: Iterable[Node], rows: Mapping[Pair, Bar], force: InForce, chosen: Chosen) -> tuple[Twig, ...]:
    """The lines of some nodes; below a section only where it is open or the list is narrowed."""
    shown = (node for node in nodes if chosen.wanted is None or node.clauses & chosen.wanted)
    return tuple(_twig(node, rows, force, chosen) for node in shown)


def _twig(node: Node, rows: Mapping[Pair, Bar], force: InForce, chosen: Chosen) -> Twig:
    open = bool(node.children) and (chosen.wanted is not None or node.id in chosen.open)
    return Twig(
        node=node,
        bar=of_clauses(rows, force, node.clauses),
        silent=silent(node, force),
        open=open,
        here=node.id == chosen.clause,
        children=twigs(node.children, rows, force, chosen) if open else (),
    )


def silent(node: Node, force: InForce) -> Promise | str:
    """Why a clause owes nothing: it is a principle, a piece of information, or only words of another one."""
    if node.clause is None or force.clauses.get(node.id):
        return ""
    if is_carried(force, node.id):
        return gettext_lazy("随措施执行")
    return _SILENT.get(node.clause.kind, gettext_lazy("不产生应办"))


def filters(nodes: Iterable[Node], rows: Mapping[Pair, Bar], force: InForce) -> Filters:
    """How many clauses there are, how many have something overdue, how many something held."""
    leaves = [of_clauses(rows, force, (node.id,)) for node in walk(nodes) if node.clause is not None]
    return Filters(len(leaves), sum(bar.overdue > 0 for bar in leaves), sum(bar.held > 0 for bar in leaves))


def narrowed(
    nodes: Iterable[Node], rows: Mapping[Pair, Bar], force: InForce, show: str, own: frozenset[Pair], text: str
) -> frozenset[str] | None:
    """The clauses a filter and a search leave; None if neither is set."""
    if show in ("", ALL) and not text:
        return None
    found = [node for node in walk(nodes) if node.clause is not None]
    if show == OVERDUE:
        found = [node for node in found if of_clauses(rows, force, (node.id,)).overdue]
    elif show == HELD:
        found = [node for node in found if of_clauses(rows, force, (node.id,)).held]
    elif show == OWN:
        found = [node for node in found if own.intersection(force.clauses.get(node.id, ()))]
    return frozenset(node.id for node in found if not text or _about(node, force, text.casefold()))


def _about(node: Node, force: InForce, text: str) -> bool:
    """Whether a clause speaks of something: in its number, its words, its measures or those who owe it."""
    words = [node.words]
    for measure, path in force.clauses.get(node.id, ()):
        of, requirement = force.requirements[measure, path]
        words += [of.words, requirement.words]
        words += [requirement.by] if isinstance(requirement.by, Words) else []
    return node.number.startswith(text) or any(text in w.zh.casefold() or text in w.en.casefold() for w in words)
