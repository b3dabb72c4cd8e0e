"""Acts on obligations and tasks: hand in, accept, return, remind, waive, comment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from lianfang.acts.accept_task import accept_task
from lianfang.acts.comment import comment
from lianfang.acts.hand_in_task import hand_in_task
from lianfang.acts.remind import remind
from lianfang.acts.return_task import return_task
from lianfang.acts.verify_paper import verify_paper
from lianfang.acts.waive_obligation import waive_obligation
from lianfang.api.asking import Asking
from lianfang.api.problems import PROBLEMS
from lianfang.api.recording import Key
from lianfang.api.shapes import Done, Name, Recorded, Validity, Words

router = Router(tags=["办理 acting"])


@router.post("/obligations/{obligation}/hand-in", response={200: Recorded, **PROBLEMS}, summary="交件 · hand in a task")
def hand_in(request: Asking, obligation: UUID, words: Words, key: Key = "") -> Any:
    """Hand in the task of one's unit, for somebody else to accept."""
    return hand_in_task(obligation, words.text, actor=request.actor, now=request.now, key=key).plain()


@router.post(
    "/obligations/{obligation}/acceptance", response={200: Recorded, **PROBLEMS}, summary="验收 · accept a task"
)
def accept(request: Asking, obligation: UUID, words: Words, key: Key = "") -> Any:
    """Accept what was handed in."""
    return accept_task(obligation, words.text, actor=request.actor, now=request.now, key=key).plain()


@router.post("/obligations/{obligation}/return", response={200: Recorded, **PROBLEMS}, summary="退回 · return a task")
def send_back(request: Asking, obligation: UUID, words: Words, key: Key = "") -> Any:
    """Return what was handed in, with what is missing."""
    return return_task(obligation, words.text, actor=request.actor, now=request.now, key=key).plain()


@router.post("/obligations/{obligation}/waiver", response={200: Recorded, **PROBLEMS}, summary="豁免 · waive")
def waive(request: Asking, obligation: UUID, words: Words, key: Key = "") -> Any:
    """Waive an obligation where the plan lets somebody do so, with the reason."""
    return waive_obligation(obligation, words.text, actor=request.actor, now=request.now, key=key).plain()


@router.post("/obligations/{obligation}/reminder", response={200: Done, **PROBLEMS}, summary="催办 · remind")
def remind_owner(request: Asking, obligation: UUID, words: Words) -> Any:
    """Remind whoever owes it; not done twice within a short time."""
    return {"done": remind(obligation, words.text, actor=request.actor, now=request.now)}


@router.post("/obligations/{obligation}/comment", response={200: Done, **PROBLEMS}, summary="留言 · comment")
def say(request: Asking, obligation: UUID, words: Words) -> Any:
    """Leave a remark that everybody who sees the obligation can read."""
    comment(obligation, words.text, actor=request.actor, now=request.now)
    return {"done": True}


@router.get("/papers/{code}", auth=None, response={200: Validity, **PROBLEMS}, summary="核验文书 · verify a paper")
def paper(request: Asking, code: Name) -> Any:
    """Whether a paper is valid, and of which day; nothing about whom it concerns. Open to everybody."""
    found = verify_paper(code)
    return {"valid": found.valid, "issued_at": found.issued_at, "withdrawn_at": found.withdrawn_at}
