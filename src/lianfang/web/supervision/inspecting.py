"""An inspection: the items of a checklist answered, problems written down with owner and deadline, photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianfang.acts.evidence import Answer, answer_for
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.inspect import inspect, item_kind
from lianfang.acts.known import thing_of
from lianfang.acts.record_fact import record_facts
from lianfang.acts.recorded import Recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.ledger.models import Obligation, Subject
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door, refused
from lianfang.web.subject.called import called
from lianfang.web.supervision.checklists import Checklist, checklists
from lianfang.web.supervision.filled import Line, blank, filled, missing, read_lines
from lianfang.web.supervision.stages import MENDING, Stage, stage_of
from lianfang.web.supervision.views import matter
from lianfang.web.tasks.steps import read_files
from lianfang.web.today.done import why_not
from lianfang.web.today.fields import FactForm
from lianfang.web.today.views import gist, last_done

INSPECTION, PLACE = "inspection", "place"
COUNTED = frozenset("items passed failed critical ok by inspector".split())
"""Columns of the visit that the act counts itself."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One inspection being made: of what, because of what, by which list, recorded as which kind of fact."""

    subject: Subject
    due: Obligation | None
    answer: Answer | None
    lists: tuple[Checklist, ...]
    chosen: Checklist | None
    kind: str

    @property
    def values(self) -> dict[str, object]:
        """What the plan fixes about the visit."""
        return dict(self.answer.values) if self.answer is not None and self.answer.kind == self.kind else {}


@door(acts.INSPECT)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: Asked, kind: str, subject: str) -> HttpResponse:
    """The form of an inspection; sent, every item becomes a fact and what failed opens its rectification."""
    one: Subject | None = visible(Subject.objects.filter(kind=kind, subject=subject), request.scope).first()
    if one is None:
        raise Http404(subject)
    thing = thing_of(one, request.now)
    if not may(request.actor, acts.INSPECT, thing):
        return refused(request, acts.INSPECT, thing)
    made = visit_of(request, one)
    if request.method != "POST":
        return _page(request, made, blank(made.chosen), more_fields(made, request))
    return _sent(request, made)


def visit_of(request: Asked, one: Subject) -> Visit:
    """What is inspected: the obligation it answers, the checklist that was chosen or fits."""
    force = in_force(request.now)
    due = _due(request, one)
    answer = answer_for(force, due.measure, due.requirement) if due is not None else None
    answer = answer if stage_of(answer) is Stage.INSPECT else None
    lists = checklists(force, one.kind)
    return Visit(one, due, answer, lists, _chosen(request, lists, answer), _visit_kind(force, one, answer))


def _due(request: Asked, one: Subject) -> Obligation | None:
    try:
        found = matter(request, UUID(request.GET.get("for", "")))
    except ValueError:
        return None
    return found if (found.subject_kind, found.subject) == (one.kind, one.subject) else None


def _chosen(request: Asked, lists: Sequence[Checklist], answer: Answer | None) -> Checklist | None:
    asked = request.GET.get("list", "")
    item = answer.values.get("item") if answer is not None else None
    fits = (one for one in lists if one.id == asked or (not asked and item in [i.key for i in one.items]))
    return next(fits, None)


def _visit_kind(force: InForce, one: Subject, answer: Answer | None) -> str:
    """The kind of fact for the visit as a whole; none where the plan only knows single items."""
    items = item_kind(force, one.kind)
    if answer is not None and (items is None or answer.kind != items.id):
        return answer.kind
    usual = INSPECTION if one.kind == PLACE else f"{one.kind}_{INSPECTION}"
    return usual if usual in force.plan.kinds else ""


def more_fields(made: Visit, request: Asked) -> FactForm | None:
    """What the plan asks of such a visit besides the items."""
    fields = made.answer.fields if made.answer is not None and made.answer.kind == made.kind else ()
    asked = [column for column in fields if column.name not in COUNTED]
    return FactForm(asked, (), request.now, request.POST if request.method == "POST" else None, time=False)


def _sent(request: Asked, made: Visit) -> HttpResponse:
    lines, form = read_lines(made.chosen, request.POST.dict()), more_fields(made, request)
    wrong = missing(lines)
    if not wrong and made.chosen is None and not filled(lines) and request.POST.get("fine") != "yes":
        wrong = gettext("还没有填结果：没有问题请选“没有发现问题”，有问题请写明。")
    if wrong or (form is not None and not form.is_valid()):
        return _page(request, made, lines, form, wrong, 422)
    try:
        recorded = record(request, made, filled(lines), form)
    except Refused as refusal:
        return _page(request, made, lines, form, why_not(refusal), 422)
    messages.success(request, _told(filled(lines), recorded))
    return redirect("supervision")


def record(request: Asked, made: Visit, lines: Sequence[Line], form: FactForm | None) -> Recorded:
    """Record the visit, and for what failed the order to put it right where the post may give one."""
    key = request.POST.get("key", "")
    kind, subject = made.subject.kind, made.subject.subject
    recorded = inspect(
        kind,
        subject,
        [line.checked for line in lines],
        kind=made.kind,
        values={**made.values, **(form.values if form is not None else {})},
        files=read_files(request.FILES.getlist("files")),
        actor=request.actor,
        now=request.now,
        key=key,
    )
    orders = _orders(request, made, lines)
    if orders:
        record_facts(orders, actor=request.actor, now=request.now, key=f"{key}-orders" if key else "")
    return recorded


def _orders(request: Asked, made: Visit, lines: Sequence[Line]) -> list[Said]:
    name = MENDING if made.subject.kind == PLACE else f"{made.subject.kind}_{MENDING}"
    thing = thing_of(made.subject, request.now, kind="fact", fact=name)
    known = name in in_force(request.now).plan.kinds
    if not known or not may(request.actor, acts.RECORD_MANY, thing):
        return []
    failed = [line for line in lines if not line.passed]
    return [Said(name, made.subject.kind, made.subject.subject, _order(line)) for line in failed]


def _order(line: Line) -> dict[str, object]:
    return {"step": "ordered", "what": line.item.key, **({"due": line.until} if line.until is not None else {})}


def _told(lines: Sequence[Line], recorded: Recorded) -> str:
    failed = sum(not line.passed for line in lines)
    if not failed:
        return gettext("已提交检查结果：没有发现问题")
    return gettext("已提交检查结果：%(n)s 项不合格，开始整改 %(loops)s 项") % {
        "n": failed,
        "loops": len(recorded.opened),
    }


def _page(
    request: Asked, made: Visit, lines: Sequence[Line], form: FactForm | None, wrong: str = "", status: int = 200
) -> HttpResponse:
    key = (made.subject.kind, made.subject.subject)
    context = {
        "visit": made,
        "name": called([key])[key],
        "gist": gist(request.now, made.due.clause) if made.due else "",
        "last": last_done(made.due) if made.due else None,
        "lines": [line for line in lines if not line.own],
        "own": [line for line in lines if line.own],
        "form": form,
        "wrong": wrong,
        "fine": request.POST.get("fine", ""),
    }
    return render(request, "supervision/visit.html", context, status=status)
