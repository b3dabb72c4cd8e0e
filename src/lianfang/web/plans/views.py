"""The versions, one version with what it changes, and the parameters of the plan in force."""

from __future__ import annotations

import io
import zipfile

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from lianfang.acts.in_force import in_force
from lianfang.acts.what_if_plan import RESULT
from lianfang.core.access import acts
from lianfang.ledger.models import PlanVersion, Progress
from lianfang.reach.packs import pack_ids
from lianfang.web.door import Asked, door
from lianfang.web.parts.nav import can
from lianfang.web.plans.effects import effects
from lianfang.web.plans.parameters import parameter_rows
from lianfang.web.plans.versions import found_for, version_of, versions, what_if_of

RUNNING = ("waiting", "running")


@door(acts.SEE_PLANS)
@require_safe
def plans(request: Asked) -> HttpResponse:
    """What is in force, what waits, what was."""
    force = in_force(request.now)
    context = {
        "force": force,
        "plan": force.plan,
        "versions": versions(request.now),
        "packs": pack_ids(),
        "may_propose": can(request.actor, acts.PROPOSE_PLAN),
        "jobs": Progress.objects.filter(job="propose_plan", state__in=RUNNING).order_by("-pk")[:5],
        "reevaluating": Progress.objects.filter(job="reevaluate", state__in=RUNNING).order_by("-pk").first(),
    }
    return render(request, "plans/plans.html", context)


@door(acts.SEE_PLANS)
@require_safe
def version(request: Asked, version: int) -> HttpResponse:
    """One version: what it changes, what that would mean, and the two verbs."""
    row = PlanVersion.objects.filter(pk=version).first()
    if row is None:
        raise Http404(str(version))
    shown, job = version_of(row, request.now), what_if_of(version)
    done = job is not None and job.state == "done" and RESULT in job.cursor
    context = {
        "version": shown,
        "found": found_for(version),
        "job": job,
        "running": job is not None and job.state in RUNNING,
        "effects": effects(job.cursor, in_force(request.now).plan, request.actor) if job is not None and done else None,
        "may_propose": can(request.actor, acts.PROPOSE_PLAN),
        "may_confirm": can(request.actor, acts.CONFIRM_PLAN),
        "own": shown.proposed_by == request.actor.account,
    }
    return render(request, "plans/version.html", context)


@door(acts.SEE_PLANS)
@require_safe
def pack(request: Asked, version: int) -> HttpResponse:
    """The texts of a version as a zip, to be worked on further."""
    row = PlanVersion.objects.filter(pk=version).first()
    if row is None:
        raise Http404(str(version))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in sorted(row.texts.items()):
            if name.startswith(f"{row.plan}/"):
                packed.writestr(name, text)
    head = {"Content-Disposition": content_disposition_header(True, f"{row.plan}.zip") or "attachment"}
    return HttpResponse(out.getvalue(), content_type="application/zip", headers=head)


@door(acts.SEE_PLANS)
@require_safe
def parameters(request: Asked) -> HttpResponse:
    """Every number of the plan with its dated values, unit and clause."""
    q = request.GET.get("q", "").strip()[:60]
    plan = in_force(request.now).plan
    rows = parameter_rows(plan, q, request.now, request.GET.get("after", ""))
    context = {"rows": rows.rows, "more": rows.next, "q": q, "plan": plan, "total": len(plan.parameters)}
    return render(request, "plans/parameters.html", context)
