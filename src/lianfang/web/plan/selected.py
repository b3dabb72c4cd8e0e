"""The obligation whose reasons stand at the right of the sheet, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lianfang.acts.in_force import InForce
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Obligation, Subject
from lianfang.web.door import Asked as Request
from lianfang.web.plan.duties import named
from lianfang.web.plan.sheet import Sheet
from lianfang.web.subject.called import called, unit_names
from lianfang.web.why.reasons import Reason, obligation_reasons


@dataclass(frozen=True, slots=True)
class Selected:
    """One obligation with its reasons; what the actor may do about it."""

    row: Obligation
    name: str
    missing: Words
    owner: str
    reasons: tuple[Reason, ...]
    may_record: bool
    may_remind: bool
    may_waive: bool


def selected(request: Request, force: InForce, sheet: Sheet) -> Selected | None:
    """The obligation asked for, else the one overdue longest; None if there is none the actor may see."""
    wanted = _uuid(request.GET.get("obligation", "")) or (sheet.names[0].id if sheet.names else None)
    row = named(request.actor, Obligation.objects.filter(pk=wanted)).first() if wanted else None
    return _selected(request, force, row) if row is not None else None


def _selected(request: Request, force: InForce, row: Obligation) -> Selected:
    key = (row.subject_kind, row.subject)
    found = force.requirements.get((row.measure, row.requirement))
    about = (
        Subject.objects.filter(kind=row.subject_kind, subject=row.subject).values_list("supervisor", flat=True).first()
    )
    thing = Thing("obligation", row.path, row.owner, about or "", row.subject_kind, row.subject)
    open = not request.as_of < request.now and row.status in ("due", "overdue", "held", "upcoming")
    can = {
        act: open and bool(may(request.actor, act, thing))
        for act in (acts.RECORD_FACT, acts.REMIND, acts.WAIVE_OBLIGATION)
    }
    return Selected(
        row=row,
        name=called([key])[key],
        missing=found[1].words if found else Words(row.requirement, row.requirement),
        owner=unit_names().get(row.owner, row.by),
        reasons=obligation_reasons(row, force.plan, request.actor, request.now, request.as_of),
        may_record=can[acts.RECORD_FACT],
        may_remind=can[acts.REMIND],
        may_waive=can[acts.WAIVE_OBLIGATION] and bool(found and found[1].waiver),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
