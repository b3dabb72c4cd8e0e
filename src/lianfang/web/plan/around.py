"""What stands around a clause: which paper, its tree, its filters, the bar of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianfang.acts.in_force import InForce
from lianfang.core.access.actor import Actor
from lianfang.core.language.measure import Words
from lianfang.ledger.bar import Bar
from lianfang.ledger.models import Obligation, PlanVersion
from lianfang.web.parts.bar import counted as number
from lianfang.web.plan.outline import OWN, Chosen, Filters, Twig, filters, narrowed, twigs
from lianfang.web.plan.standing import Pair, of_clauses, together
from lianfang.web.plan.tree import Node, above, clause_tree, packs_of, paper, walk

WORST = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """One of the papers a plan is made of, to switch to."""

    pack: str
    words: Words
    bar: Bar
    here: bool


@dataclass(frozen=True, slots=True)
class Around:
    """The frame of a page of the living plan."""

    papers: tuple[Paper, ...]
    paper: Paper
    whole: Words
    version: int
    since: object
    nodes: tuple[Node, ...]
    twigs: tuple[Twig, ...]
    filters: Filters
    show: str
    text: str
    total: Bar
    many: int


def around(
    force: InForce, rows: Mapping[Pair, Bar], actor: Actor, pack: str, clause: str, show: str, text: str
) -> Around:
    """The frame for one clause ("" = none chosen) of one paper."""
    nodes = clause_tree(force.plan, pack)
    own = owned(actor) if show == OWN else frozenset()
    wanted = narrowed(nodes, rows, force, show, own, text)
    opened = frozenset(node.id for node in above(nodes, clause))
    papers = tuple(_paper(force, rows, one, one == pack) for one in packs_of(force.plan))
    row = PlanVersion.objects.filter(pk=force.version).values("in_force_from").first() if force.version else None
    total = together(rows.values())
    return Around(
        papers=papers,
        paper=next(paper for paper in papers if paper.here),
        whole=force.plan.words,
        version=PlanVersion.objects.filter(in_force_from__isnull=False, pk__lte=force.version).count() if row else 0,
        since=row["in_force_from"] if row else force.plan.issued,
        nodes=nodes,
        twigs=twigs(nodes, rows, force, Chosen(clause, opened, wanted)),
        filters=filters(nodes, rows, force),
        show=show,
        text=text,
        total=total,
        many=number(total),
    )


def _paper(force: InForce, rows: Mapping[Pair, Bar], pack: str, here: bool) -> Paper:
    clauses = {clause for node in clause_tree(force.plan, pack) for clause in node.clauses}
    return Paper(pack, paper(pack, force.plan), of_clauses(rows, force, clauses), here)


def owned(actor: Actor) -> frozenset[Pair]:
    """The requirements of which the actor's unit owes something now."""
    rows = Obligation.objects.filter(owner=actor.unit).values_list("measure", "requirement").distinct()
    return frozenset(rows)


def pressing(force: InForce, rows: Mapping[Pair, Bar]) -> str:
    """The paper with most overdue: where a reader begins."""
    packs = packs_of(force.plan)
    return max(packs, key=lambda pack: _paper(force, rows, pack, False).bar.overdue)


def worst(force: InForce, rows: Mapping[Pair, Bar]) -> tuple[Twig, ...]:
    """The clauses of all papers with most overdue, where to look first."""
    nodes = [node for pack in packs_of(force.plan) for node in walk(clause_tree(force.plan, pack))]
    leaves = [node for node in nodes if node.clause is not None]
    lines = twigs(
        (Node(n.id, n.number, 0, n.clause, n.heading, (), n.clauses) for n in leaves),
        rows,
        force,
        Chosen("", frozenset(), None),
    )
    late = sorted((line for line in lines if line.bar.overdue), key=lambda line: -line.bar.overdue)
    return tuple(late[:WORST])
