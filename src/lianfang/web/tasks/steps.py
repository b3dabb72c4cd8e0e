"""The steps of a task: hand in, accept, return, bring before the unit above, comment, remind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from lianfang.acts.accept_task import accept_task
from lianfang.acts.attach import MOST_BYTES
from lianfang.acts.comment import comment
from lianfang.acts.escalate_task import escalate_task
from lianfang.acts.hand_in_task import hand_in_task
from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.acts.remind import remind
from lianfang.acts.return_task import return_task
from lianfang.core.access import acts
from lianfang.core.access.scope import scope
from lianfang.web.door import Asked, door
from lianfang.web.tasks.sheet import hand_in_form
from lianfang.web.tasks.views import found, show
from lianfang.web.today.done import why_not

MOST_FILES = 10


def _step(request: Asked, id: UUID, do: Callable[[], object], told: str) -> HttpResponse:
    """Do one step; refused, the sheet says why and keeps what was written."""
    request.scope = scope(request.actor, acts.COMMENT)
    one = found(request, id)
    try:
        do()
    except Refused as refusal:
        return show(request, one, wrong=why_not(refusal), status=422)
    messages.success(request, told)
    return redirect("task", one.id)


@door(acts.HAND_IN_TASK)
@require_POST
def hand_in(request: Asked, id: UUID) -> HttpResponse:
    """Hand in what the task asks for, with files."""
    request.scope = scope(request.actor, acts.COMMENT)
    one = found(request, id)
    form = hand_in_form(one, in_force(request.now), request)
    if form is None or not form.is_valid():
        return show(request, one, form=form, status=422)
    given, sent = form.values, request.FILES.getlist("files")

    def do() -> None:
        hand_in_task(
            one.id,
            request.POST.get("text", "").strip(),
            given,
            files=read_files(sent),
            actor=request.actor,
            now=request.now,
            key=request.POST.get("key", ""),
        )

    return _step(request, id, do, gettext("已报送"))


def read_files(sent: Sequence[UploadedFile[bytes]]) -> list[tuple[str, bytes]]:
    """Names and bytes of the files; what is too many or too large is refused before it is read."""
    if len(sent) > MOST_FILES:
        raise Refused(
            f"一次最多附 {MOST_FILES} 个文件，现有 {len(sent)} 个；请分次报送。",
            f"At most {MOST_FILES} files at once, found {len(sent)}; send them in parts.",
        )
    for file in sent:
        if file.size is not None and file.size > MOST_BYTES:
            limit = MOST_BYTES // 1024 // 1024
            raise Refused(
                f"附件“{file.name}”有 {file.size // 1024 // 1024} MB，最大 {limit} MB；请压缩或拆分后再传。",
                f"The file {file.name!r} has {file.size // 1024 // 1024} MB, at most {limit} MB; make it smaller.",
            )
    return [(file.name or "", file.read()) for file in sent]


@door(acts.ACCEPT_TASK)
@require_POST
def accept(request: Asked, id: UUID) -> HttpResponse:
    """Accept what was handed in."""
    key, text = request.POST.get("key", ""), request.POST.get("text", "").strip()
    return _step(
        request, id, lambda: accept_task(id, text, actor=request.actor, now=request.now, key=key), gettext("已验收")
    )


@door(acts.RETURN_TASK)
@require_POST
def give_back(request: Asked, id: UUID) -> HttpResponse:
    """Return it with the reason."""
    key, why = request.POST.get("key", ""), request.POST.get("text", "")
    return _step(
        request, id, lambda: return_task(id, why, actor=request.actor, now=request.now, key=key), gettext("已退回")
    )


@door(acts.ESCALATE_TASK)
@require_POST
def escalate(request: Asked, id: UUID) -> HttpResponse:
    """Bring it before the unit above."""
    why = request.POST.get("text", "")
    return _step(
        request, id, lambda: escalate_task(id, why, actor=request.actor, now=request.now), gettext("已提请上级协调")
    )


@door(acts.COMMENT)
@require_POST
def say(request: Asked, id: UUID) -> HttpResponse:
    """Leave a comment."""
    text = request.POST.get("text", "")
    return _step(request, id, lambda: comment(id, text, actor=request.actor, now=request.now), gettext("已留言"))


@door(acts.REMIND)
@require_POST
def urge(request: Asked, id: UUID) -> HttpResponse:
    """Remind the unit that owes it."""
    text = request.POST.get("text", "").strip()
    return _step(request, id, lambda: remind(id, text, actor=request.actor, now=request.now), gettext("已催办"))
