"""Registers: lists of subjects, obligations and facts; filters, pages by key, Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import unquote_plus

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianfang.acts.export import export
from lianfang.acts.in_force import InForce, in_force
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.loops import is_loop_kind
from lianfang.ledger.keyset import SIZE
from lianfang.ledger.models import Unit
from lianfang.web.door import Asked as Request
from lianfang.web.door import door, refused
from lianfang.web.register import duties, loops, said_facts, sheet, subjects
from lianfang.web.register.asked import Asked, asked
from lianfang.web.register.choosing import choices, names_of_lists, title
from lianfang.web.register.table import Table
from lianfang.web.register.words import OBLIGATION, known_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Read = Callable[[Asked, int], Table]


@door(acts.SEE_REGISTERS)
@require_safe
def home(request: Request) -> HttpResponse:
    """The register most people want: the persons under management."""
    return redirect("register", "person")


@door(acts.SEE_REGISTERS)
@require_safe
def register(request: Request, word: str) -> HttpResponse:
    """One register with its filters: a kind of subject, or the obligations."""
    force, wanted = _opened(request, word)
    table = _read(request, force, word)(wanted, SIZE)
    context = {
        "word": word,
        "table": table,
        "asked": wanted,
        "title": title(force, word),
        "lists": names_of_lists(force, word),
        "choices": choices(request, force, word, wanted),
        "excel": _may_export(request, word) and reverse("register-excel", args=[word]),
    }
    return render(request, "register/register.html", context)


@door(acts.SEE_REGISTERS)
@require_safe
def facts(request: Request, kind: str) -> HttpResponse:
    """The register of one kind of fact."""
    force, known = _fact_kind(request, kind)
    wanted = asked(request.GET.dict())
    table = said_facts.table(force, known, wanted, request.scope, SIZE)
    context = {
        "word": f"fact-{kind}",
        "table": table,
        "asked": wanted,
        "title": title(force, kind, known),
        "lists": names_of_lists(force, known.subject),
        "choices": choices(request, force, "fact", wanted, known),
        "excel": _may_export(request, known.subject) and reverse("register-facts-excel", args=[kind]),
    }
    return render(request, "register/register.html", context)


@door(acts.EXPORT)
@require_safe
def excel(request: Request, word: str) -> HttpResponse:
    """The same register as a spreadsheet."""
    force, wanted = _opened(request, word)
    kind = "obligation" if word == OBLIGATION else "subject"
    return _file(request, force, kind, title(force, word), wanted, _read(request, force, word))


@door(acts.EXPORT)
@require_safe
def facts_excel(request: Request, kind: str) -> HttpResponse:
    """The register of one kind of fact as a spreadsheet."""
    force, known = _fact_kind(request, kind)
    read: Read = lambda wanted, size: said_facts.table(force, known, wanted, request.scope, size)  # noqa: E731
    return _file(request, force, "fact", title(force, kind, known), asked(request.GET.dict()), read)


def _opened(request: Request, word: str) -> tuple[InForce, Asked]:
    force = in_force(request.now)
    if word not in known_words(force):
        raise Http404(word)
    return force, asked(request.GET.dict())


def _fact_kind(request: Request, kind: str) -> tuple[InForce, Kind]:
    force = in_force(request.now)
    known = force.plan.kinds.get(kind)
    if known is None or is_loop_kind(kind):
        raise Http404(kind)
    return force, known


def _read(request: Request, force: InForce, word: str) -> Read:
    """How a page of the register is read."""
    if word == OBLIGATION:
        return lambda wanted, size: duties.table(force, wanted, request.scope, request.now, size)
    units = dict(Unit.objects.values_list("path", "name"))
    return partial(_of_subjects, request, force, word, units)


def _of_subjects(
    request: Request, force: InForce, word: str, units: Mapping[str, str], wanted: Asked, size: int
) -> Table:
    table = subjects.table if wanted.list == "all" else loops.table
    return table(force, word, wanted, request.scope, units, request.now, size)


def _may_export(request: Request, word: str) -> bool:
    kind = "obligation" if word == OBLIGATION else "subject"
    return bool(may(request.actor, acts.EXPORT, Thing(kind, request.actor.path, request.actor.unit)))


def _file(request: Request, force: InForce, kind: str, name: str, wanted: Asked, read: Read) -> HttpResponse:
    """The spreadsheet; it is read whole first, because its head says how many rows follow."""
    thing = Thing(kind, request.actor.path, request.actor.unit)
    if not may(request.actor, acts.EXPORT, thing):
        return refused(request, acts.EXPORT, thing)
    rows, columns = list(sheet.rows(read, wanted)), sheet.columns(read(wanted, 1).heads)
    reason = gettext("条件：%(query)s") % {"query": unquote_plus(wanted.query) or gettext("全部")}
    taken = export(name, columns, rows, len(rows), kind=kind, reason=reason, actor=request.actor, now=request.now)
    answer = HttpResponse(taken.content, content_type=XLSX)
    file = gettext("%(name)s %(day)s.xlsx") % {"name": name, "day": f"{request.now:%Y-%m-%d}"}
    answer["Content-Disposition"] = content_disposition_header(True, file) or "attachment"
    return answer
