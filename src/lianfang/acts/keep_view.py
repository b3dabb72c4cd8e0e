"""Keep a list with its filters under a name of one's own, or give it up; nobody else sees it."""

from __future__ import annotations

from django.db import transaction

from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Account, SavedView

MOST = 12
LONGEST = 20


def keep_view(register: str, name: str, query: str, *, actor: Actor) -> None:
    """Keep the filters of a register; the same name again takes the new filters."""
    if not name or len(name) > LONGEST:
        raise Refused(
            f"名称须 1 到 {LONGEST} 个字，现有 {len(name)} 个。",
            f"A name has 1 to {LONGEST} characters, found {len(name)}.",
        )
    account = Account.objects.filter(username=actor.account).first()
    if account is None:
        raise Refused("没有这个账号。", "There is no such account.")
    with transaction.atomic():
        mine = SavedView.objects.filter(account=account, register=register)
        if mine.exclude(name=name).count() >= MOST:
            raise Refused(
                f"每张台账最多存 {MOST} 个常用视图；请先删去一个。",
                f"At most {MOST} views a register; delete one first.",
            )
        SavedView.objects.update_or_create(
            account=account, register=register, name=name, defaults={"query": query[:600]}
        )


def forget_view(view: int, *, actor: Actor) -> bool:
    """Give a kept view up; False if the account has none of that number."""
    gone, _ = SavedView.objects.filter(pk=view, account__username=actor.account).delete()
    return gone > 0
