"""Send a pack in to be proposed: checking it takes a while, so it is done as a job, with its progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check, district
from lianfang.acts.propose_plan import Proposed, propose_plan
from lianfang.acts.refused import Refused, refuse_complaints
from lianfang.acts.what_if_plan import plan_of_version
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import PROPOSE_PLAN
from lianfang.core.complaint import Complaint
from lianfang.core.difference import diff
from lianfang.core.difference.change import OP_WORDS, SORT_WORDS, Change, Group
from lianfang.core.language.measure import Words
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Account, Progress
from lianfang.ledger.queue import defer
from lianfang.reach.pack_upload import lay_out
from lianfang.reach.packs import pack_ids, read_pack

JOB = "propose_plan"
STEPS = 2
MOST_COMPLAINTS, MOST_CHANGES = 500, 400

Plain = dict[str, Any]


def begin_proposal(pack: str, sent: Sequence[tuple[str, bytes]] = (), *, actor: Actor, now: datetime) -> int:
    """Propose a shipped pack by its id, or the files of one (`sent`: names and bytes); gives the progress of the job.

    Refused at once if the files are no pack at all.
    """
    check(actor, PROPOSE_PLAN, district(actor))
    files = _texts(sent) if sent else {}
    if not files and pack not in pack_ids():
        raise Refused(
            f"没有方案包“{pack}”；现有：{'、'.join(pack_ids())}；也可以上传 zip。",
            f"There is no pack {pack!r}; there are {', '.join(pack_ids())}; or send a zip.",
        )
    with transaction.atomic():
        row = Progress.objects.create(
            job=JOB,
            about=str(files.get("id", pack))[:160],
            total=STEPS,
            cursor={"pack": pack, "files": files, "account": actor.account, "post": actor.post},
            started_by=actor.account,
            created_at=now,
            changed_at=now,
        )
        defer(JOB, once=f"{JOB}-{row.pk}", progress=row.pk)
    return int(row.pk)


def _texts(sent: Sequence[tuple[str, bytes]]) -> Plain:
    """The id and the texts of the pack that was sent; refused with what is wrong if it is none."""
    with TemporaryDirectory() as under:
        folder, complaints = lay_out(sent, Path(under))
        refuse_complaints(complaints)
        if folder is None:
            raise Refused("这不是方案包。", "This is no plan pack.")
        texts, unread = read_pack(folder)
        refuse_complaints(unread)
        return {"id": folder.name, "texts": texts}


def run_proposal(progress: int, *, now: datetime) -> None:
    """Check and propose; done again after it was killed, it finds its version there and makes no second one."""
    row = Progress.objects.filter(pk=progress).exclude(state__in=("done", "cancelled")).first()
    if row is None:
        return
    row.state, row.changed_at = "running", now
    row.save(update_fields=["state", "changed_at"])
    try:
        with TemporaryDirectory() as under:
            proposed = propose_plan(_source(row.cursor, Path(under)), actor=_actor(row.cursor, now), now=now)
        row.cursor = {"complaints": _complaints(proposed), "version": proposed.version}
        row.done, row.state = 1, "failed" if proposed.version is None else "running"
        row.save(update_fields=["cursor", "done", "state"])
        if proposed.version is not None:
            row.cursor = {**row.cursor, **_difference(proposed.version, now)}
            row.done, row.state = STEPS, "done"
    except Refused as why:
        row.state, row.message = "failed", f"{why.zh} / {why.en}"
    row.save(update_fields=["cursor", "done", "state", "message"])


def _source(cursor: Plain, under: Path) -> str | Path:
    """The id of a shipped pack, or the folder in which the sent texts lie again."""
    files = cursor.get("files") or {}
    if not files:
        return str(cursor["pack"])
    folder = under / str(files["id"])
    for name, text in files["texts"].items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")
    return folder


def _actor(cursor: Plain, now: datetime) -> Actor:
    """Who proposed it, in the post she had then if she holds it still."""
    account = Account.objects.filter(username=cursor.get("account", "")).first()
    if account is None:
        raise Refused("提请人的账号已停用。", "The account that proposed it is closed.")
    actors = actors_of(account, now)
    return next((one for one in actors if one.post == cursor.get("post")), actors[0])


def _complaints(proposed: Proposed) -> list[Plain]:
    ordered = sorted(proposed.complaints, key=lambda one: one.level != "error")
    return [_complaint(one) for one in ordered[:MOST_COMPLAINTS]]


def _complaint(one: Complaint) -> Plain:
    place = {"file": one.file, "line": one.line, "column": one.column, "level": one.level, "id": one.id}
    words = {"zh": one.zh, "en": one.en, "do_zh": one.do_zh, "do_en": one.do_en}
    return {**place, **words, "found": one.found, "allowed": one.allowed}


def _difference(version: int, now: datetime) -> Plain:
    force = in_force(now)
    found = diff(force.plan, plan_of_version(version))
    groups = [_group(group) for group in found.by_clause()]
    return {"against": force.digest, "changes": len(found.changes), "groups": _bounded(groups)}


def _bounded(groups: list[Plain]) -> list[Plain]:
    """The first changes; a plan that differs everywhere is not read line by line."""
    kept, total = [], 0
    for group in groups:
        if total >= MOST_CHANGES:
            break
        total += len(group["changes"])
        kept.append(group)
    return kept


def _group(group: Group) -> Plain:
    return {"clause": group.clause, "gist": _words(group.gist), "changes": [_change(one) for one in group.changes]}


def _change(one: Change) -> Plain:
    fields = [
        {"label": _words(field.label), "before": _words(field.before), "after": _words(field.after)}
        for field in one.fields
    ]
    return {
        "op": one.op.value,
        "op_words": _words(OP_WORDS[one.op]),
        "sort": _words(SORT_WORDS[one.sort]),
        "words": _words(one.words),
        "measure": _words(one.measure_words) if one.measure_words is not None else None,
        "fields": fields,
        "because": list(one.because),
    }


def _words(words: Words) -> list[str]:
    return [words.zh, words.en]
