"""Print papers as PDF or Word, and the office's own letterhead."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianfang.acts.issue_paper import MOST
from lianfang.acts.print_papers import letterhead_of, print_pdf, print_word
from lianfang.acts.refused import Refused
from lianfang.acts.set_letterhead import DOCX, set_letterhead
from lianfang.core.access import acts
from lianfang.reach.documents.letterhead import default_letterhead
from lianfang.web.door import Asked, door
from lianfang.web.papers.listing import papers_of

LARGEST = 20 * 1024 * 1024


@door(acts.ISSUE_PAPER)
@require_safe
def pdf(request: Asked) -> HttpResponse:
    """Valid papers `?n=…&n=…` as one PDF."""
    numbers = [int(text) for text in request.GET.getlist("n")[:MOST] if text.isdigit()]
    rows = list(papers_of(request.scope).filter(pk__in=numbers, withdrawn_at=None).order_by("pk"))
    if not rows:
        raise Http404("papers")
    out = BytesIO()
    try:
        print_pdf(rows, out, actor=request.actor, now=request.now)
    except Refused as why:
        return _back(request, why)
    name = gettext("文书 %(n)s 份 %(day)s.pdf") % {"n": len(rows), "day": f"{request.now:%Y-%m-%d}"}
    head = {"Content-Disposition": _disposition(name, False)}
    return HttpResponse(out.getvalue(), content_type="application/pdf", headers=head)


@door(acts.ISSUE_PAPER)
@require_safe
def docx(request: Asked, number: int) -> HttpResponse:
    """One valid paper as Word."""
    row = papers_of(request.scope).filter(pk=number, withdrawn_at=None).first()
    if row is None:
        raise Http404(str(number))
    try:
        made = print_word(row, actor=request.actor, now=request.now)
    except Refused as why:
        return _back(request, why)
    head = {"Content-Disposition": _disposition(gettext("文书 %(n)s.docx") % {"n": number}, True)}
    return HttpResponse(made, content_type=DOCX, headers=head)


@door(acts.ISSUE_PAPER)
@require_http_methods(["POST"])
def letterhead(request: Asked) -> HttpResponse:
    """Keep the office's own letterhead."""
    sent = request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > LARGEST:
        messages.error(request, gettext("请选一个 .docx 文件，不超过 20 MB。"))
        return redirect("papers")
    try:
        set_letterhead(request.actor.unit, sent.name or "", sent.read(), actor=request.actor, now=request.now)
    except Refused as why:
        return _back(request, why)
    messages.success(request, gettext("文书模板已换，本单位开具的 Word 文书从现在起用它。"))
    return redirect("papers")


@door(acts.ISSUE_PAPER)
@require_safe
def letterhead_file(request: Asked) -> HttpResponse:
    """The letterhead in use, or the one that comes along to start one's own from."""
    own = letterhead_of(request.actor.unit)
    content = bytes(own.content) if own is not None else default_letterhead()
    name = own.name if own is not None else gettext("文书模板.docx")
    return HttpResponse(content, content_type=DOCX, headers={"Content-Disposition": _disposition(name, True)})


def _disposition(name: str, attached: bool) -> str:
    return content_disposition_header(attached, name) or "attachment"


def _back(request: Asked, why: Refused) -> HttpResponse:
    messages.error(request, why.said(get_language() or ""))
    return redirect("papers")
