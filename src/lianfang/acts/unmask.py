"""Show somebody's name, numbers and address in full for a short time, with the reason written down first."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from lianfang.acts.known import about, check, subject_of, thing_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import UNMASK
from lianfang.ledger import journal

FOR = timedelta(minutes=10)
"""So long they stay in sight."""
OTHER = "other"
REASONS: dict[str, tuple[str, str]] = {
    "call": ("打电话通知本人", "to call the person"),
    "document": ("核对证件", "to check a document"),
    "paper": ("出具文书", "to issue a paper"),
    "inquiry": ("流行病学调查", "for the investigation"),
    "handover": ("就医或转运交接", "for treatment or a transfer"),
    OTHER: ("其他，写明原因", "another reason, in words"),
}
"""Why somebody may need to see them."""


def unmask(subject: str, reason: str, matter: str, *, actor: Actor, now: datetime) -> datetime:
    """Write down who looks at a person's identity, why and for which matter; gives until when it is shown."""
    if reason not in REASONS:
        allowed = "、".join(zh for zh, _ in REASONS.values())
        raise Refused(
            f"请选一个理由：{allowed}。", f"Choose a reason: {', '.join(en for _, en in REASONS.values())}.", ["理由"]
        )
    if not matter.strip():
        raise Refused("请写明与哪件事有关。", "Say which matter it is about.", ["与哪件事有关"])
    row = subject_of("person", subject)
    check(actor, UNMASK, thing_of(row, now))
    until = now + FOR
    with transaction.atomic():
        journal.write(
            actor,
            UNMASK,
            about("person", subject),
            now=now,
            reason=f"{REASONS[reason][0]}：{matter.strip()[:200]}",
            details={"until": until.isoformat()},
        )
    return until
