"""For whom a command acts on the ledger: an account of the district, in one of its posts, with that post's rights."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.refusal import Refusal
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.acts.refused import Refused
    from lianfang.core.access.actor import Actor

AsOption = Annotated[str, typer.Option("--as", metavar="ACCOUNT", help="以哪个账号办 / the account that does it")]
UnitOption = Annotated[
    str, typer.Option("--unit", metavar="UNIT", help="以它在哪个单位的岗位 / in its post of which unit")
]


def officer(account: str, unit: str, now: datetime) -> Actor:
    """The account in its post (of that unit, if it has several); the rules of access hold here as on the pages."""
    from lianfang.ledger.actors import actors_of
    from lianfang.ledger.models import Account

    row = Account.objects.filter(username=account, is_active=True).first()
    held = actors_of(row, now) if row is not None else ()
    found = [actor for actor in held if actor.duties and (not unit or actor.unit == unit)]
    if not found:
        raise Refusal([_nobody(account, ", ".join(actor.unit for actor in held))])
    return found[0]


def refusal(command: str, fault: Refused) -> Refusal:
    """What an act refused, as a command says it."""
    return Refusal([Complaint(id=f"{command}:refused", file=command, zh=fault.zh, en=fault.en)])


def _nobody(account: str, units: str) -> Complaint:
    return Complaint(
        id="cli:no-such-post",
        file=account,
        zh="没有这个账号，或它在这个单位没有岗位",
        en="there is no such account, or it has no post in this unit",
        allowed=units,
        do_zh="用 --as 写一个在岗的账号，用 --unit 写它的单位编号",
        do_en="give an account in office by --as, and the id of its unit by --unit",
    )
