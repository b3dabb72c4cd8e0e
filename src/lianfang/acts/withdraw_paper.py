"""Withdraw a paper: whoever checks its code is told from then on that it is not valid."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lianfang.acts.known import check, subject_of, thing_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import ISSUE_PAPER
from lianfang.ledger import journal
from lianfang.ledger.models import Paper

NAME = "withdraw_paper"
LONGEST = 500


def withdraw_paper(number: int, why: str, *, actor: Actor, now: datetime) -> bool:
    """Withdraw a paper with the reason; False if somebody has withdrawn it already. It takes the right to issue."""
    text = why.strip()
    if not text or len(text) > LONGEST:
        raise Refused(
            f"作废须写明理由，最多 {LONGEST} 字。",
            f"Say why it is withdrawn, in at most {LONGEST} characters.",
            ["理由"],
        )
    row = Paper.objects.filter(pk=number).first()
    if row is None:
        raise Refused("没有这份文书；请刷新页面。", "There is no such paper; reload the page.")
    check(actor, ISSUE_PAPER, thing_of(subject_of(row.subject_kind, row.subject), now, kind="paper"))
    with transaction.atomic():
        valid = Paper.objects.filter(pk=number, withdrawn_at=None)
        if not valid.update(withdrawn_at=now, withdrawn_why=text):
            return False
        journal.write(actor, NAME, f"paper:{number}", now=now, reason=text)
    return True
