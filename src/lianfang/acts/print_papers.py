"""Print issued papers as they were issued: as PDF, or as Word on the office's own letterhead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from lianfang.acts.in_force import in_force
from lianfang.acts.paper_copy import words_of
from lianfang.acts.paper_texts import unit_name
from lianfang.acts.refused import refuse_complaints
from lianfang.core.access.actor import Actor
from lianfang.ledger import journal
from lianfang.ledger.models import Attachment, Paper
from lianfang.reach.documents.bundle import print_many
from lianfang.reach.documents.faults import PaperRefused
from lianfang.reach.documents.layout import Frame
from lianfang.reach.documents.word import word

NAME = "print_paper"


def print_pdf(papers: Sequence[Paper], out: BinaryIO, *, actor: Actor, now: datetime) -> int:
    """Write papers as one PDF, in their order; gives how many. Each print is journalled.

    What the actor may see is the caller's question: hand in visible papers only.
    """
    frame = frame_for(actor, now)
    try:
        count = print_many((words_of(row) for row in papers), frame, out)
    except PaperRefused as fault:
        refuse_complaints([fault.complaint])
        raise
    _journal(papers, actor, now, "pdf")
    return count


def print_word(row: Paper, *, actor: Actor, now: datetime) -> bytes:
    """One paper as .docx on the letterhead of the unit that issued it."""
    own = letterhead_of(row.unit)
    try:
        made = word(words_of(row), frame_for(actor, now), bytes(own.content) if own else None, own.name if own else "")
    except PaperRefused as fault:
        refuse_complaints([fault.complaint])
        raise
    _journal([row], actor, now, "docx")
    return made


def letterhead_of(unit: str) -> Attachment | None:
    """The newest letterhead of an office."""
    return Attachment.objects.filter(about=f"letterhead:{unit}").order_by("-at", "-id").first()


def frame_for(actor: Actor, now: datetime) -> Frame:
    """What stands around the paper: plan and version, as of when, who prints."""
    force = in_force(now)
    printed = f"{unit_name(actor.unit)} {actor.post}".strip()
    local = timezone.localtime(now)
    return Frame(force.plan.words.zh, force.digest[:8], f"{local:%Y-%m-%d %H:%M}", printed)


def _journal(papers: Sequence[Paper], actor: Actor, now: datetime, form: str) -> None:
    with transaction.atomic():
        details = {"papers": [row.pk for row in papers], "form": form}
        journal.write(actor, NAME, f"paper:{papers[0].pk}", now=now, details=details)
