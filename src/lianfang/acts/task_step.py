"""The steps of a task as the plan has them: what is handed in, what answers it, which fact each step is."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from lianfang.acts.in_force import InForce
from lianfang.acts.known import obligation_of
from lianfang.acts.refused import Refused
from lianfang.core.obligations.fitting import fitting
from lianfang.ledger.models import Obligation

ANSWERED, ACCEPTED, RETURNED, AGAIN = "answered", "accepted", "returned", "-again"


def handed_in(number: str | UUID) -> Obligation:
    """The obligation to hand in, also when one of the answers to it, or the repeat after a return, is asked about."""
    row = obligation_of(number)
    path, _, last = row.requirement.rpartition("/")
    if path and last in (ANSWERED, ACCEPTED):
        above = Obligation.objects.filter(loop=row.loop, requirement=path, occurrence=row.occurrence).first()
        return _first_time(above or row)
    return _first_time(row)


def _first_time(row: Obligation) -> Obligation:
    """A task stays one paper however often it is returned: what was asked for first."""
    path = row.requirement.removesuffix(AGAIN)
    if path == row.requirement:
        return row
    return Obligation.objects.filter(loop=row.loop, requirement=path).order_by("occurrence").first() or row


def asked_again(row: Obligation) -> Obligation | None:
    """What a return of this task asks for and has not been given yet; None if it was not returned or is in again."""
    again = Obligation.objects.filter(loop=row.loop, requirement=f"{row.requirement}{AGAIN}", evidence="")
    return again.exclude(status__in=("superseded", "cancelled", "waived")).order_by("occurrence").first()


def is_task(force: InForce, row: Obligation) -> bool:
    """Whether somebody accepts or returns what is handed in for this obligation."""
    return (row.measure, f"{row.requirement}/{ANSWERED}") in force.requirements


def answer_values(force: InForce, row: Obligation, step: str) -> tuple[str, Mapping[str, object]]:
    """Kind and values of the fact that accepts (`accepted`) or returns (`returned`) what was handed in."""
    path = row.requirement.removesuffix(AGAIN)
    found = force.requirements.get((row.measure, f"{path}/{ACCEPTED}"))
    if found is None or found[1].evidence is None:
        raise Refused("这一项不需要验收。", "Nobody accepts or returns this.")
    selection = found[1].evidence
    if step == RETURNED:
        selection = selection.removesuffix(ACCEPTED) + RETURNED
    fit = fitting(force.plan, selection)
    return fit.kind.id, fit.values


def must_be_handed_in(row: Obligation) -> None:
    """Stop here if there is nothing yet to accept or return."""
    if not row.evidence:
        raise Refused("还没有上报，不能验收或退回。", "Nothing has been handed in yet to accept or return.")
