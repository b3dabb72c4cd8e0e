"""Report that something found wrong has been put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import check, obligation_of, obligation_thing
from lianfang.acts.recorded import Recorded
from lianfang.acts.refused import Refused
from lianfang.acts.say_obligation import say
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RECTIFY
from lianfang.core.obligations.fitting import Fitting, fitting
from lianfang.ledger.models import Obligation

DUE = "due"


def rectify(
    number: str | UUID,
    note: str = "",
    *,
    files: Sequence[tuple[str, bytes]] = (),
    due: datetime | None = None,
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Report the rectification that an obligation asks for, with photos (name, bytes); another person checks it."""
    row = obligation_of(number)
    check(actor, RECTIFY, obligation_thing(row))
    fit = evidence_of(in_force(now), row)
    values = {**fit.values, **({DUE: due} if due is not None and DUE in fit.kind.columns else {})}
    return say(row, fit.kind.id, values, act=RECTIFY, text=note, files=files, actor=actor, now=now, key=key)


def evidence_of(force: InForce, row: Obligation) -> Fitting:
    """The fact an obligation takes; refused if it takes none or the fact has open columns."""
    found = force.requirements.get((row.measure, row.requirement))
    if found is None or found[1].evidence is None:
        raise Refused("这一项不能这样办理。", "This cannot be done in this way.")
    fit = fitting(force.plan, found[1].evidence)
    if fit.asked:
        missing = [fit.kind.columns[name].zh for name in sorted(fit.asked)]
        en = ", ".join(fit.kind.columns[name].en for name in sorted(fit.asked))
        raise Refused(f"须逐项填写：{'、'.join(missing)}。", f"To be filled in one by one: {en}.", missing)
    return fit
