"""In which posts an account acts now: those it holds, and those it deputises for while the holder is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianfang.core.access import posts
from lianfang.core.access.actor import Actor, Duty, jurisdiction
from lianfang.ledger.models import Absence, Account, Holding, Person
from lianfang.ledger.stands import who_stands


def actors_of(account: Account, now: datetime) -> tuple[Actor, ...]:
    """Everything the account can act as at this instant, never empty: without a post it is an actor without duties.

    A citizen's account acts as the person it belongs to, and sees that person only. The oldest post comes first.
    """
    staff = tuple(_in_post(account, holding) for holding in _held(account, now)) if account.pk else ()
    return (*staff, *_citizen(account)) or (Actor(account.username, called(account), "", "", "", frozenset()),)


def actor_in(holding: Holding, now: datetime) -> Actor | None:
    """Who acts in one post, if its account still holds it at this instant: for access by another system."""
    standing = holding.since <= now and (holding.until is None or holding.until > now)
    return _in_post(holding.account, holding) if standing and holding.account.is_active else None


def called(account: Account) -> str:
    """How the office calls somebody."""
    return account.title or account.get_full_name() or account.username


def _held(account: Account, now: datetime) -> list[Holding]:
    own = list(Holding.objects.filter(account=account).select_related("unit").order_by("since", "id"))
    if not own:
        return []
    others: list[Holding] = []
    if any(holding.deputy for holding in own):
        others = list(Holding.objects.filter(unit__in={holding.unit_id for holding in own}).exclude(account=account))
    away = Absence.objects.filter(holding__in=[*own, *others]).select_related("holding")
    held = posts.held_posts(
        [_plain(holding) for holding in (*own, *others)],
        str(account.pk),
        int(now.timestamp()),
        [posts.Absence(_post(each.holding), _second(each.since), _until(each.until)) for each in away],
    )
    chosen = {(each.post, each.since, each.deputy) for each in held}
    return [each for each in own if (_post(each), _second(each.since), each.deputy) in chosen]


def _plain(holding: Holding) -> posts.Holding:
    since, until = _second(holding.since), _until(holding.until)
    return posts.Holding(_post(holding), str(holding.account_id), since, until, holding.deputy)


def _post(holding: Holding) -> str:
    """A post is the same only in the same unit."""
    return f"{holding.unit_id}/{holding.post}"


def _second(instant: datetime) -> int:
    return int(instant.timestamp())


def _until(instant: datetime | None) -> int | None:
    return None if instant is None else _second(instant)


def _in_post(account: Account, holding: Holding) -> Actor:
    duties = frozenset(Duty(word) for word in holding.duties)
    path = jurisdiction(holding.unit.path, duties)
    return Actor(account.username, called(account), holding.post, holding.unit_id, path, duties)


def _citizen(account: Account) -> Sequence[Actor]:
    if not account.person:
        return ()
    subject = who_stands([account.person]).get(account.person, account.person)
    path = Person.objects.filter(id=subject).values_list("path", flat=True).first() or ""
    duties = frozenset({Duty.CITIZEN})
    return (Actor(account.username, called(account), Duty.CITIZEN.zh, "", path, duties, subject=subject),)
