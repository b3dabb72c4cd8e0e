"""Propose a version, see what it would change, put it in force as the second person, or turn it down."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.begin_proposal import JOB, begin_proposal
from lianfang.acts.confirm_plan import confirm_plan, turn_down_plan
from lianfang.acts.refused import Refused
from lianfang.acts.what_if_plan import begin_what_if
from lianfang.core.access import acts
from lianfang.ledger.models import PlanVersion, Progress
from lianfang.web.door import Asked, door
from lianfang.web.plans.versions import found

LARGEST = 40 * 1024 * 1024


@door(acts.PROPOSE_PLAN)
@require_POST
def propose(request: Asked) -> HttpResponse:
    """Send a shipped pack or files in to be checked."""
    files = request.FILES.getlist("files")
    if sum(file.size or 0 for file in files) > LARGEST:
        messages.error(request, gettext("文件太大：一共不超过 40 MB，只传方案包的 YAML 文件。"))
        return redirect("plans")
    sent = [(file.name or "", file.read()) for file in files]
    try:
        job = begin_proposal(request.POST.get("pack", ""), sent, actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("plans")
    return redirect("plans-proposal", job)


@door(acts.PROPOSE_PLAN)
@require_safe
def proposal(request: Asked, progress: int) -> HttpResponse:
    """How far the check has come; the complaints with their places; the version once it is there."""
    row = Progress.objects.filter(pk=progress, job=JOB).first()
    if row is None:
        raise Http404(str(progress))
    if row.state == "done":
        return redirect("plans-version", row.cursor["version"])
    running = row.state in ("waiting", "running")
    return render(request, "plans/proposal.html", {"row": row, "running": running, "found": found(row.cursor)})


@door(acts.PROPOSE_PLAN)
@require_POST
def what_if(request: Asked, version: int) -> HttpResponse:
    """Ask what the version would change for whom."""
    _there(version)
    begin_what_if(version, actor=request.actor, now=request.now)
    return redirect("plans-version", version)


@door(acts.CONFIRM_PLAN)
@require_POST
def confirm(request: Asked, version: int) -> HttpResponse:
    """Put it in force."""
    _there(version)
    try:
        job = confirm_plan(version, actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("plans-version", version)
    if job is None:
        messages.error(request, gettext("这个版本已经有人处理过，请看现在的状态。"))
    else:
        messages.success(request, gettext("已生效。正在按新版本重新推算每个人，进度在方案版本页。"))
    return redirect("plans")


@door(acts.CONFIRM_PLAN)
@require_POST
def turn_down(request: Asked, version: int) -> HttpResponse:
    """Turn it down."""
    _there(version)
    try:
        done = turn_down_plan(version, request.POST.get("why", ""), actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("plans-version", version)
    if done:
        messages.success(request, gettext("已退回，没有生效。"))
    else:
        messages.error(request, gettext("这个版本已经有人处理过，请看现在的状态。"))
    return redirect("plans")


def _there(version: int) -> None:
    if not PlanVersion.objects.filter(pk=version).exists():
        raise Http404(str(version))
