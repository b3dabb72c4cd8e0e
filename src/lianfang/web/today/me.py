"""My own page: the post and who stands in for it, what I did today, language, signing out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianfang.acts.register_person import REGISTER
from lianfang.acts.undo_fact import UNDO
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import ACTS
from lianfang.ledger.models import Holding, JournalEntry
from lianfang.web.door import Asked, door
from lianfang.web.parts.said import one_of
from lianfang.web.subject.called import called
from lianfang.web.today.owed import day_of

MOST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One thing I did today."""

    at: datetime
    word: str
    about: str


@door(acts.SEE_ORGANISATION)
@require_safe
def me(request: Asked) -> HttpResponse:
    """The page of whoever has signed in."""
    before = request.GET.get("before", "")
    lines, more = did_today(request.actor, request.now, int(before) if before.isdigit() else None)
    context = {"lines": lines, "more": more, "duties": duties(request.actor), "deputies": deputies(request)}
    return render(request, "today/me.html", context)


def duties(actor: Actor) -> list[str]:
    """What the post is for, in words."""
    return [one_of(duty.zh, duty.en) for duty in sorted(actor.duties)]


def deputies(request: Asked) -> list[str]:
    """Who stands in when the holder of this post is away, and the other way round."""
    holds = Q(since__lte=request.now) & (Q(until=None) | Q(until__gt=request.now))
    rows = Holding.objects.filter(holds, post=request.actor.post, unit=request.actor.unit).select_related("account")
    return [row.account.title or row.account.username for row in rows if row.account.username != request.actor.account]


def did_today(actor: Actor, now: datetime, before: int | None) -> tuple[list[Line], int | None]:
    """My lines of today's journal, newest first, and from which number the next page goes on."""
    rows = JournalEntry.objects.filter(account=actor.account)
    rows = rows if before is None else rows.filter(no__lt=before)
    newest = list(rows.order_by("-no").only("no", "at", "act", "about")[: MOST + 1])
    today = [row for row in newest if row.at >= day_of(now).start and _word(row.act)]
    names = called(keys for keys in (_key(row.about) for row in today) if keys is not None)
    lines = [_line(row, names) for row in today[:MOST]]
    return lines, today[MOST - 1].no if len(today) > MOST else None


def _key(about: str) -> tuple[str, str] | None:
    kind, colon, subject = about.partition(":")
    return (kind, subject) if colon and kind not in ("facts", "obligation") else None


def _line(row: JournalEntry, names: Mapping[tuple[str, str], str]) -> Line:
    key = _key(row.about)
    about = names.get(key, "") if key else ""
    return Line(row.at, _word(row.act), about)


def _word(act: str) -> str:
    """How an act is called; what the system itself writes down (signing in, looking) is not work."""
    own = {UNDO: gettext("撤回"), REGISTER: gettext("登记新来的人")}
    known = ACTS.get(act)
    return one_of(known.zh, known.en) if known else own.get(act, "")
