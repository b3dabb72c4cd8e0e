"""Make the first administrator of a new installation; later ones are appointed by this one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor, Duty
from lianfang.ledger import journal
from lianfang.ledger.models import Account, Holding, Unit
from lianfang.ledger.units import store_organisation

POST = "系统管理"


@transaction.atomic
def make_administrator(name: str, password: str, unit: str, *, now: datetime) -> Account:
    """An account that manages accounts, units and posts; refused if the name is taken or the unit is not there.

    An empty organisation is first filled with the units of the plan. Who sits at the machine may do this; it is
    journalled like every act.
    """
    if not Unit.objects.exists():
        store_organisation(in_force(now).plan.organisation)
    if Account.objects.filter(username=name).exists():
        raise Refused(
            f"账号“{name}”已经有了；请换一个名字。", f"There is an account {name!r} already; choose another name."
        )
    home = Unit.objects.filter(id=unit).first() if unit else Unit.objects.order_by("path").first()
    if home is None:
        raise Refused(f"没有单位“{unit}”；请用组织里的单位编号。", f"There is no unit {unit!r}; use the id of a unit.")
    account = Account.objects.create_user(username=name, password=password, title=POST)
    Holding.objects.create(account=account, post=POST, unit=home, duties=[Duty.ADMIN.value], since=now)
    actor = Actor(name, POST, POST, home.id, home.path, frozenset({Duty.ADMIN}))
    journal.write(actor, "manage_accounts", f"account:{name}", now=now, details={"made": "first administrator"})
    return account
