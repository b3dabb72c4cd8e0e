"""An office keeps its own Word letterhead for the papers it issues."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from lianfang.acts.known import check, unit_of
from lianfang.acts.print_papers import frame_for
from lianfang.acts.refused import refuse_complaints
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import ISSUE_PAPER
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal
from lianfang.ledger.models import Attachment
from lianfang.reach.documents.faults import PaperRefused
from lianfang.reach.documents.layout import Letter
from lianfang.reach.documents.word import word

NAME = "set_letterhead"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAMPLE = Letter(title="样本", number="样〔2026〕1号", office="样本单位", date="2026年1月1日", to="样某")


def set_letterhead(unit: str, name: str, content: bytes, *, actor: Actor, now: datetime) -> int:
    """Keep a .docx as an office's letterhead; gives its number.

    It is tried on a sample first and refused with the place of what is wrong in it.
    """
    home = unit_of(unit)
    check(actor, ISSUE_PAPER, Thing("paper", home.path, home.pk, "", "unit", home.pk))
    try:
        word(SAMPLE, frame_for(actor, now), content, name)
    except PaperRefused as fault:
        refuse_complaints([fault.complaint])
    with transaction.atomic():
        row = Attachment.objects.create(
            about=f"letterhead:{unit}",
            name=name[:200],
            media_type=DOCX,
            size=len(content),
            digest=sha256(content).hexdigest(),
            content=content,
            at=now,
            by=actor.account,
        )
        journal.write(actor, NAME, f"unit:{unit}", now=now, details={"name": name[:200]})
    return int(row.pk)
