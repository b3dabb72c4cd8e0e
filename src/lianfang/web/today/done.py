"""One tap: what discharges an item is recorded, taken back, or recorded for a whole place at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.answer_obligation import answer_obligation, answer_obligations
from lianfang.acts.evidence import Answer
from lianfang.acts.recorded import Recorded
from lianfang.acts.refused import Refused
from lianfang.acts.undo_fact import undo_fact
from lianfang.core.access import acts
from lianfang.web.door import Asked, door
from lianfang.web.parts.said import said
from lianfang.web.today import lists
from lianfang.web.today.fields import FactForm
from lianfang.web.today.owed import OPEN, seen_by
from lianfang.web.today.rows import Row, row_form, rows_of
from lianfang.web.today.views import found, on_phone, page_of_today, render_item, row_of

QUIET = "quiet"
MOST_TOGETHER = 300


def telling(response: HttpResponse, text: str, *, undo: str = "", whole: bool = False) -> HttpResponse:
    """The answer with a word that something is done, and how to take it back; `whole`: it is the list itself."""
    told: dict[str, object] = {"told": {"text": text, "undo": undo}}
    response["HX-Trigger"] = json.dumps(told if whole else {**told, "recorded": {}})
    return response


def why_not(refusal: Refused) -> str:
    """The reason of a refusal in the language of the page, with what is missing."""
    reason = refusal.said(get_language() or "")
    return f"{reason}（{'、'.join(refusal.missing)}）" if refusal.missing else reason


def chosen(row: Row, request: Asked) -> Answer | None:
    """The usual answer, or the quieter one when that was asked for."""
    asked = request.POST.get("answer") or request.GET.get("answer")
    return row.answer.quiet if row.answer and asked == QUIET else row.answer


@door(acts.RECORD_FACT)
@require_safe
def form(request: Asked, id: UUID) -> HttpResponse:
    """What has to be filled in, under the row."""
    row = row_of(request, found(request, id))
    answer = chosen(row, request)
    if answer is None:
        return HttpResponse(status=204)
    return render(request, "today/form.html", _asked(row, answer, row_form(row, answer, request.now)))


def _asked(row: Row, answer: Answer, form: FactForm) -> dict[str, object]:
    quiet = row.answer is not None and answer is row.answer.quiet
    return {"row": row, "form": form, "verb": said(answer.verb), "quiet": quiet}


@door(acts.RECORD_FACT)
@require_POST
def done(request: Asked, id: UUID) -> HttpResponse:
    """Record what discharges the item; twice the same key is once."""
    one = found(request, id)
    row = row_of(request, one)
    answer = chosen(row, request)
    if answer is None:
        return _after(request, row, gettext("这一项已经办了，或不由本岗登记。"))
    form = row_form(row, answer, request.now, request.POST)
    if not form.is_valid():
        return _again(request, row, answer, form)
    try:
        recorded = answer_obligation(
            one.id,
            form.values,
            quiet=row.answer is not None and answer is row.answer.quiet,
            at=form.at,
            actor=request.actor,
            now=request.now,
            key=request.POST.get("key", ""),
        )
    except Refused as refusal:
        return _again(request, row, answer, form, why_not(refusal))
    return _after(request, row_of(request, found(request, id)), "", recorded)


def _after(request: Asked, row: Row, note: str, recorded: Recorded | None = None) -> HttpResponse:
    """The row as it stands now; in the pane of a desk the whole sheet."""
    text = note or gettext("已记录：%(name)s %(what)s") % {"name": row.known.name, "what": row.what}
    if recorded is not None and row.open:
        text = gettext("已记录，但这一项还没有办结：%(what)s") % {"what": row.what}
    if not request.headers.get("HX-Request"):
        messages.info(request, text)
        return redirect("today")
    undo = reverse("today-undo", args=[recorded.facts[0]]) if recorded is not None and recorded.facts else ""
    if request.POST.get("pane"):
        return telling(render_item(request, row, None), text, undo=undo)
    return telling(_row(request, row), text, undo=undo)


def _row(request: Asked, row: Row, more: Mapping[str, object] | None = None, status: int = 200) -> HttpResponse:
    """One row, with the bar beside it brought up to date."""
    context: dict[str, object] = {"placed": True, **(more or {}), "row": row}
    if status == 200 and on_phone(request):
        context["today"] = lists.Today.only_bar(request)
    return render(request, "today/row_after.html", context, status=status)


def _again(request: Asked, row: Row, answer: Answer, form: FactForm, wrong: str = "") -> HttpResponse:
    """What is missing or wrong, where it was filled in."""
    if wrong and not form.needed and not request.headers.get("HX-Request"):
        messages.error(request, wrong)
        return redirect("today")
    if request.POST.get("pane") or not request.headers.get("HX-Request"):
        return render_item(request, row, form, wrong=wrong, status=422)
    shown = form if form.errors or form.needed else None
    return _row(request, row, {**_asked(row, answer, form), "form": shown, "wrong": wrong}, 422)


@door(acts.RECORD_FACT)
@require_POST
def undo(request: Asked, fact: str) -> HttpResponse:
    """Take back what was recorded today by the same post."""
    try:
        undo_fact(fact, actor=request.actor, now=request.now)
    except Refused as refusal:
        if not request.headers.get("HX-Request"):
            messages.error(request, why_not(refusal))
            return redirect("today")
        return HttpResponse(why_not(refusal), status=409)
    if not request.headers.get("HX-Request"):
        return redirect("today")
    item = request.POST.get("item", "")
    after = _row(request, row_of(request, found(request, UUID(item)))) if item else HttpResponse()
    return telling(after, gettext("已撤回"))


@door(acts.RECORD_MANY)
@require_POST
def together(request: Asked) -> HttpResponse:
    """One answer for everybody at a place."""
    ids = _seen(request)
    try:
        recorded = answer_obligations(ids, actor=request.actor, now=request.now, key=request.POST.get("key", ""))
        text = ngettext("已提交 %(n)s 项", "已提交 %(n)s 项", len(recorded.facts)) % {"n": len(recorded.facts)}
        if recorded.refused:
            text = gettext("%(text)s，%(n)s 项没有收下：%(why)s") % {
                "text": text,
                "n": len(recorded.refused),
                "why": _first(recorded),
            }
    except Refused as refusal:
        text = why_not(refusal)
    if not request.headers.get("HX-Request"):
        messages.info(request, text)
        return redirect("today")
    return telling(page_of_today(request), text, whole=True)


def _first(recorded: Recorded) -> str:
    trouble = recorded.refused[0]
    return trouble.en if (get_language() or "").startswith("en") else trouble.zh


def _seen(request: Asked) -> list[UUID]:
    """The items of the form that the post may see and that are still to be done."""
    try:
        asked = [UUID(text) for text in request.POST.getlist("id")[:MOST_TOGETHER]]
    except ValueError:
        return []
    seen = seen_by(request.actor, request.now).filter(id__in=asked, status__in=OPEN).order_by("due", "id")
    return [row.obligation.id for row in rows_of(seen, request.actor, request.now) if row.tap]
