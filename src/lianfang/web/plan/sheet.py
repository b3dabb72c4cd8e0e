"""Everything the sheet of one clause shows, put together from a handful of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from lianfang.acts.in_force import InForce
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.scope import scope
from lianfang.core.language.measure import Measure, Requirement, Words
from lianfang.ledger.bar import Bar
from lianfang.ledger.models import Loop, Unit
from lianfang.ledger.visible import visible
from lianfang.web.parts.bar import counted as number
from lianfang.web.parts.bar import share
from lianfang.web.parts.days import Dayline, dayline
from lianfang.web.parts.said import said
from lianfang.web.plan.carried import measures_of
from lianfang.web.plan.duties import (
    Late,
    Since,
    in_care,
    late_rows,
    latest,
    named,
    of_clause,
    since_yesterday,
)
from lianfang.web.plan.earlier import civil_day, overdue_by_day
from lianfang.web.plan.mechanism import Mechanism, mechanism
from lianfang.web.plan.original import original
from lianfang.web.plan.outline import silent
from lianfang.web.plan.progress import UnitRow, unit_rows
from lianfang.web.plan.standing import bars_by, counted, together
from lianfang.web.plan.tree import Node, pack_of
from lianfang.web.plan.wording import Piece, parameters_of, pieces
from lianfang.web.subject.called import unit_names

DAYS = 13
"""So many days the slider goes back."""
MOST_MECHANISMS, MOST_OTHERS = 1, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, as of when and for which part of the district a sheet is made; `unit` is a path."""

    actor: Actor
    as_of: datetime
    now: datetime
    unit: str


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads a clause and who works along, as the plan says it."""

    lead: Words
    along: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One clause: text, how it runs, who, how far, who is late, its history."""

    title: str
    silent: Promise | str
    pieces: tuple[Piece, ...]
    section: str
    original: tuple[str, ...]
    mechanisms: tuple[Mechanism, ...]
    others: tuple[Measure, ...]
    more_mechanisms: int
    leaders: Leaders | None
    total: Bar
    in_care: int
    units: tuple[UnitRow, ...]
    names: tuple[Late, ...]
    more_names: bool
    line: Dayline | None
    since: Since

    @property
    def total_share(self) -> str:
        """Met as a percentage, a dash when nothing is owed."""
        return f"{share(self.total):.1f}%" if number(self.total) else "—"


def sheet(force: InForce, node: Node, asked: Asked, size: int) -> Sheet:
    """The sheet of a clause or of a whole section."""
    clauses, zone = node.clauses, force.plan.zone
    rows = counted(asked.actor).filter(of_clause(force, clauses), path__startswith=asked.unit)
    care = in_care(force, clauses, asked.actor)
    bars = bars_by(rows, "path", zone, asked.as_of, asked.now)
    late = late_rows(named(asked.actor, rows), asked.as_of, asked.now)
    names, more = latest(force, late, unit_names(), asked.as_of, size)
    loops = visible(Loop.objects.filter(measure__in=measures_of(force, clauses)), scope(asked.actor, acts.SEE_FIGURES))
    runs = _mechanisms(force, node)
    today = civil_day(asked.now, zone)
    history = overdue_by_day(rows, today, DAYS, zone, asked.now)
    total = together(bars.values())
    section, words = original(pack_of(node.id, force.plan), node.id)
    return Sheet(
        title=_title(node, runs),
        silent=silent(node, force),
        pieces=_text(force, node),
        section=section,
        original=words,
        mechanisms=runs[:MOST_MECHANISMS],
        others=tuple(run.measure for run in runs[MOST_MECHANISMS : MOST_MECHANISMS + MOST_OTHERS]),
        more_mechanisms=max(0, len(runs) - MOST_MECHANISMS - MOST_OTHERS),
        leaders=_leaders(force, node),
        total=total,
        in_care=sum(many for path, many in care.items() if path.startswith(asked.unit)),
        units=unit_rows(bars, care, unit_paths(asked.unit), asked.unit),
        names=names,
        more_names=more,
        line=dayline(gettext("本条逾期数，每日24时"), tuple(history), civil_day(asked.as_of, zone)),
        since=since_yesterday(rows, loops.filter(path__startswith=asked.unit), asked.as_of),
    )


def unit_paths(base: str) -> Mapping[str, str]:
    """The names of the units below a path, by their path."""
    return dict(Unit.objects.filter(path__startswith=base).values_list("path", "name"))


_KINDS: Mapping[str, Promise] = {
    "task": gettext_lazy("任务"),
    "rule": gettext_lazy("规则"),
    "schedule": gettext_lazy("定期事项"),
    "checklist": gettext_lazy("检查事项"),
    "resource": gettext_lazy("资源要求"),
    "workflow": gettext_lazy("流程"),
    "organisation": gettext_lazy("组织"),
    "register": gettext_lazy("台账"),
    "information": gettext_lazy("信息"),
    "principle": gettext_lazy("原则"),
}
"""What sort of clause it is, where no measure gives it a name."""


def _title(node: Node, runs: tuple[Mechanism, ...]) -> str:
    """A section's heading; for a clause the measure that carries it out."""
    if node.clause is None:
        return said(node.words)
    if not runs:
        return str(_KINDS.get(node.clause.kind, node.number))
    first = said(runs[0].measure.words)
    return first if len(runs) == 1 else gettext("%(first)s等 %(many)s 项措施") % {"first": first, "many": len(runs)}


def _text(force: InForce, node: Node) -> tuple[Piece, ...]:
    return pieces(said(node.words), parameters_of(force, node.id))


def _mechanisms(force: InForce, node: Node) -> tuple[Mechanism, ...]:
    by_measure: dict[str, list[Requirement]] = {id: [] for id in measures_of(force, node.clauses)}
    for clause in sorted(node.clauses):
        for measure, path in force.clauses.get(clause, ()):
            by_measure.setdefault(measure, []).append(force.requirements[measure, path][1])
    return tuple(mechanism(force.plan, force.measures[id], asked) for id, asked in by_measure.items())


def _leaders(force: InForce, node: Node) -> Leaders | None:
    """Who the requirements name, in their order: the first leads."""
    named_by = [
        force.requirements[pair][1].by for clause in sorted(node.clauses) for pair in force.clauses.get(clause, ())
    ]
    found = tuple(dict.fromkeys(by for by in named_by if isinstance(by, Words)))
    return Leaders(found[0], found[1:]) if found else None
