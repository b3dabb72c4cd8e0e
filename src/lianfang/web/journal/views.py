"""The auditor's pages: the lines with filters, one line, whether the chain is whole, a copy as Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.export import export
from lianfang.acts.verify_journal import verify_journal
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.facts.vocabulary import ColumnType
from lianfang.ledger.models import JournalEntry, JournalHead
from lianfang.ledger.visible import visible
from lianfang.reach.sheets.write import Cell, SheetColumn
from lianfang.web.door import Asked as Request
from lianfang.web.door import door, refused
from lianfang.web.journal.asked import LOOKING, Asked, asked
from lianfang.web.journal.lines import act_name, shown
from lianfang.web.parts.nav import can
from lianfang.web.parts.said import one_of

SIZE = 50
MOST_ROWS = 50_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(acts.READ_JOURNAL)
@require_safe
def journal(request: Request) -> HttpResponse:
    """The newest lines first, filtered."""
    wanted = asked(request.GET.dict())
    rows = list(_chosen(request, wanted).order_by("-no")[: SIZE + 1])
    more = rows[SIZE - 1].no if len(rows) > SIZE else None
    context = {
        "asked": wanted,
        "lines": shown(rows[:SIZE]),
        "more": more,
        "head": JournalHead.objects.first(),
        "acts": _acts(),
        "may_verify": can(request.actor, acts.VERIFY_JOURNAL),
        "may_export": bool(may(request.actor, acts.EXPORT, Thing("journal", request.actor.root))),
    }
    return render(request, "journal/journal.html", context)


@door(acts.READ_JOURNAL)
@require_safe
def line(request: Request, no: int) -> HttpResponse:
    """One line with its hash and that of the line before."""
    row = visible(JournalEntry.objects.filter(no=no), request.scope).first()
    if row is None:
        raise Http404(str(no))
    hashes = {"before": bytes(row.before).hex(), "digest": bytes(row.digest).hex()}
    return render(request, "journal/line.html", {"line": shown([row])[0], "row": row, **hashes})


@door(acts.VERIFY_JOURNAL)
@require_POST
def verify(request: Request) -> HttpResponse:
    """Follow the chain from the first line to the last and say what was found."""
    checked = verify_journal(actor=request.actor, now=request.now)
    words = one_of(checked.broken.zh, checked.broken.en) if checked.broken is not None else ""
    return render(request, "journal/verified.html", {"checked": checked, "words": words, "at": request.now})


@door(acts.READ_JOURNAL)
@require_safe
def excel(request: Request) -> HttpResponse:
    """The chosen lines as a spreadsheet, the newest first, with the hash of each."""
    thing = Thing("journal", request.actor.root)
    if not may(request.actor, acts.EXPORT, thing):
        return refused(request, acts.EXPORT, thing)
    wanted = asked(request.GET.dict())
    rows = list(_chosen(request, wanted).order_by("-no")[:MOST_ROWS])
    lines: list[list[Cell]] = [
        [one.no, one.at, one.account, one.post, one.unit, one.act, one.about, one.reason, bytes(one.digest).hex()]
        for one in rows
    ]
    name, now = gettext("日志"), request.now
    taken = export(
        name, _columns(), lines, len(lines), kind="journal", reason=wanted.query, actor=request.actor, now=now
    )
    file = gettext("%(name)s %(day)s.xlsx") % {"name": name, "day": f"{now:%Y-%m-%d}"}
    head = {"Content-Disposition": content_disposition_header(True, file) or "attachment"}
    return HttpResponse(taken.content, content_type=EXCEL, headers=head)


def _chosen(request: Request, wanted: Asked) -> QuerySet[JournalEntry]:
    return wanted.choose(visible(JournalEntry.objects.all(), request.scope))


def _acts() -> list[tuple[str, str]]:
    """The acts to filter by, by name; looking at records first, because auditors ask for it most."""
    words = sorted(((act, act_name(act)) for act in acts.ACTS), key=lambda pair: pair[1])
    return [(LOOKING, gettext("所有查看")), *words]


def _columns() -> list[SheetColumn]:
    heads = (gettext("账号"), gettext("岗位"), gettext("单位"), gettext("行为"), gettext("对象"), gettext("理由"))
    texts = [SheetColumn(head, ColumnType.TEXT, 18) for head in heads]
    return [
        SheetColumn(gettext("编号"), ColumnType.NUMBER, 10),
        SheetColumn(gettext("时间"), ColumnType.TIME, 18),
        *texts,
        SheetColumn(gettext("摘要"), ColumnType.TEXT, 66),
    ]
