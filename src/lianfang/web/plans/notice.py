"""Read an official notice into a draft pack: what was read, what is doubtful, and the draft to download."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from lianfang.acts.refused import Refused, refuse_complaints
from lianfang.core.access import acts
from lianfang.core.notice.draft import draft_pack
from lianfang.core.notice.notice import read_notice
from lianfang.core.notice.reading import Reading
from lianfang.reach.papers import read_paper
from lianfang.web.door import Asked, door

LARGEST = 30 * 1024 * 1024
ENDINGS = (".docx", ".pdf", ".html", ".htm", ".txt")
MOST = 60


@door(acts.PROPOSE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Asked) -> HttpResponse:
    """The form, what was read, or the draft as a zip."""
    if request.method != "POST":
        return render(request, "plans/notice.html", {})
    try:
        name, reading = _read(request)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return render(request, "plans/notice.html", {}, status=422)
    if request.POST.get("want") == "draft":
        return _draft(name, reading)
    context = {
        "name": name,
        "reading": reading,
        "clauses": reading.clauses[:MOST],
        "tasks": [task for task in reading.tasks if task.lead is not None][:MOST],
        "doubts": reading.doubts[:MOST],
    }
    return render(request, "plans/notice.html", context)


def _read(request: Asked) -> tuple[str, Reading]:
    sent = request.FILES.get("file")
    name = PurePath(sent.name or "").name if sent is not None else ""
    if sent is None or PurePath(name).suffix.lower() not in ENDINGS or (sent.size or 0) > LARGEST:
        allowed = " ".join(ENDINGS)
        raise Refused(
            f"请选一份通知文件（{allowed}），不超过 30 MB；看到：{name or '没有文件'}。",
            f"Choose a notice ({allowed}) of at most 30 MB; found: {name or 'no file'}.",
        )
    with TemporaryDirectory() as under:
        place = Path(under) / f"notice{PurePath(name).suffix.lower()}"
        place.write_bytes(sent.read())
        paper, complaints = read_paper(place)
    refuse_complaints(complaints)
    if paper is None:
        raise Refused("这份文件读不出来。", "This file cannot be read.")
    return name, read_notice(paper)


def _draft(name: str, reading: Reading) -> HttpResponse:
    plan = slugify(PurePath(name).stem) or "draft"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in draft_pack(reading, plan):
            packed.writestr(f"{plan}/{file.path}", file.text)
    file_name = gettext("草稿包 %(name)s.zip") % {"name": plan}
    head = {"Content-Disposition": content_disposition_header(True, file_name) or "attachment"}
    return HttpResponse(out.getvalue(), content_type="application/zip", headers=head)
