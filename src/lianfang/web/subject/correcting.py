"""Putting right what a fact says: the same form with what it says now; the old one stays to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianfang.acts.correct_fact import correct_fact, fact_thing
from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.identity.sealed_columns import sealed_columns
from lianfang.ledger.models import Fact
from lianfang.web.door import Asked as Request
from lianfang.web.door import door, refused
from lianfang.web.parts.said import english, one_of
from lianfang.web.subject.called import called
from lianfang.web.subject.happened import instant
from lianfang.web.today.fields import FactForm


@door(acts.CORRECT_FACT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, kind: str, id: str, fact: str) -> HttpResponse:
    """The form of one fact; sent, a new fact takes its place and everything that follows is worked out anew."""
    old = Fact.objects.filter(id=fact, subject_kind=kind, subject=id).first()
    known = in_force(request.now).plan.kinds.get(old.kind) if old else None
    if old is None or known is None:
        raise Http404
    if not may(request.actor, acts.CORRECT_FACT, fact_thing(old)):
        return refused(request, acts.CORRECT_FACT, fact_thing(old))
    form, reason = _form(known, old, request), request.POST.get("reason", "").strip()
    wrong = ""
    if request.method == "POST" and form.is_valid():
        wrong = gettext("请写明为什么更正。") if not reason else _correct(request, known, old, form, reason)
        if not wrong:
            messages.success(request, gettext("已更正，相关日期和应办已重新计算"))
            return redirect("subject", kind, id)
    status = 422 if request.method == "POST" else 200
    word = one_of(known.zh, known.en)
    context = {
        "old": old,
        "form": form,
        "word": word,
        "name": called([(kind, id)])[kind, id],
        "wrong": wrong,
        "reason": reason,
    }
    return render(request, "subject/correct.html", context, status=status)


def _correct(request: Request, kind: Kind, old: Fact, form: FactForm, reason: str) -> str:
    """Put it right; gives what is wrong, or nothing. Only columns that changed are said anew."""
    at = form.at if form.at is not None and form.at.replace(second=0, microsecond=0) != _minute(old.at) else None
    changed = _changed(kind, old, form)
    if at is None and not changed:
        return gettext("没有改动。请改正写错的一项，再提交。")
    try:
        correct_fact(
            old.id, changed, at=at, reason=reason, actor=request.actor, now=request.now, key=request.POST.get("key", "")
        )
    except Refused as refusal:
        return refusal.en if english() else refusal.zh
    return ""


def _changed(kind: Kind, old: Fact, form: FactForm) -> Mapping[str, object]:
    """The columns that say something else now; an emptied one is None. Sealed columns change only when filled in."""
    secret, found = sealed_columns(kind), {}
    for column in (*form.must, *form.more):
        given, before = form.values.get(column.name), old.values.get(column.name)
        if column.name in secret:
            if given is not None:
                found[column.name] = given
        elif isinstance(given, datetime):
            was = instant(before)
            if was is None or given != _minute(was):
                found[column.name] = given
        elif given != before:
            found[column.name] = given
    return found


def _form(kind: Kind, old: Fact, request: Request) -> FactForm:
    columns = [column for column in kind.columns.values() if column.name not in (kind.subject, kind.time)]
    must, more = [c for c in columns if c.required], [c for c in columns if not c.required]
    form = FactForm(must, more, request.now, request.POST if request.method == "POST" else None)
    form.initial = _initial(kind, old)
    for name, value in form.initial.items():
        form.fields[name].initial = value
    return form


def _initial(kind: Kind, old: Fact) -> dict[str, Any]:
    """What the fact says now, as the fields of the form show it; sealed columns stay empty."""
    secret = sealed_columns(kind)
    found: dict[str, Any] = {"at": timezone.localtime(old.at).strftime("%Y-%m-%dT%H:%M")}
    for name, column in kind.columns.items():
        value = old.values.get(name)
        if value is None or name in secret or name in (kind.subject, kind.time):
            continue
        if column.type is ColumnType.FLAG:
            value = "yes" if value else "no"
        if column.type is ColumnType.TIME and (when := instant(value)) is not None:
            value = timezone.localtime(when).strftime("%Y-%m-%dT%H:%M")
        found[f"v-{name}"] = value
    return found


def _minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0)
