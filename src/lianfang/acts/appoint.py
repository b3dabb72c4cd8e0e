"""Who holds which post from when to when: appoint somebody, and end it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lianfang.acts.known import check, unit_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import STAFF, Actor, Duty
from lianfang.core.access.acts import APPOINT
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal
from lianfang.ledger.models import Account, Holding, Unit

LONGEST = 120


def appoint(
    account: str,
    post: str,
    unit: str,
    duties: Sequence[str],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    deputy: bool = False,
    actor: Actor,
    now: datetime,
) -> int:
    """Give an account a post in a unit with its duties, from `since` (now) until before `until`; gives its number.

    A deputy acts while the holder is away. The same account cannot hold the same post twice at one time.
    """
    home = unit_of(unit)
    check(actor, APPOINT, Thing("unit", home.path, home.pk, "", "unit", home.pk))
    holder, begin = _account(account), since or now
    _fits(post, duties, begin, until)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=home.pk)
        _refuse_twice(holder, post.strip(), home, begin, until)
        row = Holding.objects.create(
            account=holder,
            post=post.strip(),
            unit=home,
            duties=list(dict.fromkeys(duties)),
            since=begin,
            until=until,
            deputy=deputy,
        )
        details = {"account": holder.username, "post": row.post, "duties": row.duties, "deputy": deputy}
        journal.write(actor, APPOINT, f"unit:{home.pk}", now=now, details={**details, "since": begin, "until": until})
    return int(row.pk)


def end_holding(number: int, *, at: datetime | None = None, actor: Actor, now: datetime) -> bool:
    """End a post at an instant (now); False if somebody else has ended it already."""
    row = holding_of(number)
    check(actor, APPOINT, Thing("unit", row.unit.path, row.unit.pk, "", "unit", row.unit.pk))
    end = at or now
    if end <= row.since:
        raise Refused("离任时间须在任岗时间之后。", "A post ends after it begins.")
    with transaction.atomic():
        open_still = Q(until=None) | Q(until__gt=end)
        if not Holding.objects.filter(open_still, pk=row.pk).update(until=end):
            return False
        details = {"account": row.account.username, "post": row.post, "until": end}
        journal.write(actor, APPOINT, f"unit:{row.unit.pk}", now=now, details=details)
    return True


def holding_of(number: int) -> Holding:
    """The post of that number; refused if there is none."""
    row = Holding.objects.select_related("unit", "account").filter(pk=number).first()
    if row is None:
        raise Refused("没有这条任岗记录；请刷新页面。", "There is no such post; reload the page.")
    return row


def _account(name: str) -> Account:
    found = Account.objects.filter(username=name.strip(), is_active=True).first()
    if found is None:
        raise Refused(
            f"没有账号“{name}”，或已停用；请先由系统管理员开户。",
            f"There is no account {name!r}, or it is closed; let administration open it first.",
        )
    if found.person:
        raise Refused("居民账号不能任岗；请用工作账号。", "A resident's account holds no post; use a staff account.")
    return found


def _fits(post: str, duties: Sequence[str], since: datetime, until: datetime | None) -> None:
    if not post.strip() or len(post.strip()) > LONGEST:
        raise Refused(f"岗位名称须有 1 到 {LONGEST} 字。", f"A post is called in 1 to {LONGEST} characters.", ["岗位"])
    allowed = [duty.value for duty in Duty if duty in STAFF]
    if not duties or set(duties) - set(allowed):
        names = "、".join(duty.zh for duty in Duty if duty in STAFF)
        raise Refused(
            f"须选至少一项职责；可选：{names}。", f"Choose at least one duty of: {', '.join(allowed)}.", ["职责"]
        )
    if until is not None and until <= since:
        raise Refused("离任时间须在任岗时间之后。", "A post ends after it begins.")


def _refuse_twice(account: Account, post: str, unit: Unit, since: datetime, until: datetime | None) -> None:
    meets = Q(until=None) | Q(until__gt=since)
    rows = Holding.objects.filter(meets, account=account, post=post, unit=unit)
    if rows.filter(since__lt=until).exists() if until is not None else rows.exists():
        raise Refused(
            f"{account.title or account.username} 在这段时间已任“{post}”；请先结束原来的任岗。",
            f"{account.title or account.username} holds {post!r} at that time already; end it first.",
        )
