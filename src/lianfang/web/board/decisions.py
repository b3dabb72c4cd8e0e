"""What waits for a decision of the post: a plan to confirm, a task handed in, an order to give; two verbs each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.evidence import answer_for
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.read_bulletins import waiting_bulletins
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Obligation, PlanVersion
from lianfang.web.board import links
from lianfang.web.own.appeals import waiting_appeals
from lianfang.web.parts.nav import can
from lianfang.web.parts.said import said
from lianfang.web.tasks.listing import ANSWERS
from lianfang.web.today.owed import own_units, seen_by

DECIDING = re.compile(r"(^|_)(order|decision|approval|approved|signed|assigned)$")
"""Kinds of fact that are somebody's decision."""
WAITING = ("due", "overdue")
MOST = 6


@dataclass(frozen=True, slots=True)
class Verb:
    """A button: what it says and where it leads; `post` does it at once."""

    word: str
    address: str
    post: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing somebody waits for; `count` are equal ones taken together."""

    title: str
    line: str
    clause: str
    due: datetime | None
    verbs: tuple[Verb, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Decisions:
    """The first of them, how many there are in all, and by when the first."""

    shown: tuple[Decision, ...]
    total: int
    first: datetime | None


def decisions(actor: Actor, now: datetime) -> Decisions:
    """What waits for the actor; the most pressing first."""
    waiting = (*_plans(actor), *_bulletins(actor), *_appeals(actor, now), *_tasks(actor, now), *_orders(actor, now))
    ordered = sorted(waiting, key=lambda one: (one.due is None, one.due or now))
    dues = [one.due for one in ordered if one.due is not None]
    return Decisions(tuple(ordered[:MOST]), sum(one.count for one in ordered), dues[0] if dues else None)


def _plans(actor: Actor) -> Iterator[Decision]:
    if not can(actor, acts.CONFIRM_PLAN):
        return
    for row in (
        PlanVersion.objects.filter(confirmed_by="", in_force_until=None).defer("texts").order_by("proposed_at")[:MOST]
    ):
        address = reverse("plans-version", args=[row.pk])
        confirm = Verb(gettext("复核生效"), address, strong=True)
        own = row.proposed_by == actor.account
        line = gettext("您已提请，等另一人复核。") if own else gettext("已提请换用，等第二人复核。")
        verbs = (Verb(gettext("看改了什么"), address),) if own else (Verb(gettext("看改了什么"), address), confirm)
        yield Decision(row.name, line, "", None, verbs)


def _bulletins(actor: Actor) -> Iterator[Decision]:
    if not can(actor, acts.CONFIRM_PLAN):
        return
    address = reverse("board-bulletin")
    for draft in waiting_bulletins():
        if draft.drafted_by != actor.account:
            verbs = (Verb(gettext("退回"), address), Verb(gettext("审定发布"), address, strong=True))
            yield Decision(draft.title, gettext("公告草稿，等第二人审定。"), "", None, verbs)


def _appeals(actor: Actor, now: datetime) -> Iterator[Decision]:
    if not can(actor, acts.CORRECT_FACT):
        return
    for one in waiting_appeals(actor, now)[:MOST]:
        file = Verb(gettext("看档案"), reverse("subject", args=[one.kind, one.subject]))
        answer = Verb(gettext("答复"), reverse("appeals"), strong=True)
        title = gettext("%(name)s 对“%(measure)s”有异议") % {"name": one.name, "measure": one.measure}
        yield Decision(title, one.text[:80], "", None, (file, answer))


def _open(actor: Actor, now: datetime) -> QuerySet[Obligation]:
    begun = Q(since=None) | Q(since__lte=now)
    return seen_by(actor, now).filter(begun, owner__in=own_units(actor), status__in=WAITING)


def _tasks(actor: Actor, now: datetime) -> Iterator[Decision]:
    if not can(actor, acts.ACCEPT_TASK):
        return
    for row in _open(actor, now).filter(ANSWERS, subject_kind="unit").order_by("due", "id")[:MOST]:
        back = Verb(gettext("退回"), reverse("task", args=[row.pk]))
        accept = Verb(gettext("验收"), reverse("task-accept", args=[row.pk]), post=True, strong=True)
        title = _words(in_force(now), row.measure, row.requirement)
        yield Decision(title, gettext("已交件，等验收。"), row.clause, row.due, (back, accept))


def _orders(actor: Actor, now: datetime) -> Iterator[Decision]:
    """Orders and approvals the own unit owes, equal ones together."""
    force = in_force(now)
    rows = (
        _open(actor, now)
        .exclude(ANSWERS)
        .filter(owner=actor.unit)
        .order_by()
        .values("measure", "requirement", "clause")
        .annotate(n=Count("pk"), first=Min("due"))
    )
    for row in rows:
        answer = answer_for(force, row["measure"], row["requirement"])
        if answer is not None and DECIDING.search(answer.kind):
            yield _order(actor, force, row, now, said(answer.verb))


def _order(actor: Actor, force: InForce, row: Mapping[str, Any], now: datetime, verb: str) -> Decision:
    measure, requirement, count = row["measure"], row["requirement"], row["n"]
    same = _open(actor, now).filter(measure=measure, requirement=requirement)
    next_one = same.order_by("due", "id").values_list("pk", flat=True).first()
    people = gettext("%(n)s 件，从最早到期的办起。") % {"n": count} if count > 1 else gettext("等您决定。")
    names = Verb(gettext("看名单"), links.owed(measure=measure, requirement=requirement, status="open"))
    word = gettext("逐件决定") if count > 1 else verb
    decide = Verb(word, reverse("today-item", args=[next_one]), strong=True)
    return Decision(
        _words(force, measure, requirement),
        people,
        row["clause"],
        row["first"],
        (names, decide) if names.address else (decide,),
        count,
    )


def _words(force: InForce, measure: str, requirement: str) -> str:
    found = force.requirements.get((measure, requirement))
    if found is None:
        return requirement
    return f"{said(found[0].words)} · {said(found[1].words)}"
