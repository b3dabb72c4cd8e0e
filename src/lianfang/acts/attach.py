"""Attach a file as proof: a picture or a document of bounded size."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from lianfang.acts.comment import thing_about
from lianfang.acts.known import check
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import ATTACH
from lianfang.ledger import journal
from lianfang.ledger.models import Attachment

MOST_BYTES = 20 * 1024 * 1024
TYPES = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": ("image/png", (b"\x89PNG",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK",)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK",)),
    ".doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    ".xls": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0",)),
    ".txt": ("text/plain", (b"",)),
}
"""What may be attached: by the ending of its name, with how its bytes begin."""


def attach(about: str | UUID, name: str, content: bytes, *, fact: str = "", actor: Actor, now: datetime) -> int:
    """Keep a file with an obligation, a loop or a subject (`kind:id`); gives its number. The same file is kept once."""
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES or not content.startswith(TYPES[ending][1]):
        allowed = " ".join(TYPES)
        raise Refused(
            f"附件“{name}”的类型不能上传，或内容与类型不符；可以上传：{allowed}。",
            f"The file {name!r} is of a type that is not allowed, or not what its name says; allowed: {allowed}.",
        )
    if not content or len(content) > MOST_BYTES:
        raise Refused(
            f"附件大小为 {len(content)} 字节，应在 1 字节到 {MOST_BYTES // 1024 // 1024} MB 之间。",
            f"The file has {len(content)} bytes; allowed are 1 byte to {MOST_BYTES // 1024 // 1024} MB.",
        )
    check(actor, ATTACH, thing_about(str(about), now))
    return _keep(str(about), PurePath(name).name, content, TYPES[ending][0], fact, actor, now)


def _keep(about: str, name: str, content: bytes, media_type: str, fact: str, actor: Actor, now: datetime) -> int:
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        kept = Attachment.objects.filter(about=about, digest=digest, fact=fact).values_list("pk", flat=True).first()
        if kept is not None:
            return int(kept)
        row = Attachment.objects.create(
            about=about,
            fact=fact,
            name=name[:200],
            media_type=media_type,
            size=len(content),
            digest=digest,
            content=content,
            at=now,
            by=actor.account,
        )
        journal.write(actor, ATTACH, about, now=now, details={"name": name[:200], "digest": digest})
    return int(row.pk)
