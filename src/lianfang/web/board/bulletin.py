"""Draft the day's bulletin; another person releases it to the public front, or turns it down."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lianfang.acts.draft_bulletin import LONGEST, draft_bulletin, numbers
from lianfang.acts.in_force import in_force
from lianfang.acts.read_bulletins import released_bulletins, waiting_bulletins
from lianfang.acts.refused import Refused
from lianfang.acts.release_bulletin import release_bulletin
from lianfang.core.access import acts
from lianfang.web.door import Asked, door

SHOWN = 10


class BulletinForm(forms.Form):
    """The title, and one line of guidance a line."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=LONGEST)
    guidance = forms.CharField(
        label=gettext_lazy("请居民注意的事"),
        help_text=gettext_lazy("一行一条，最多 12 条；只写怎么做，不写任何个人。"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@door(acts.PROPOSE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def bulletin(request: Asked) -> HttpResponse:
    """What waits, the form for a new one with its numbers, what was released."""
    form = BulletinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _drafted(request, form):
        messages.success(request, gettext("草稿已存，等另一人审定后发布。"))
        return redirect("board-bulletin")
    context = {
        "form": form,
        "numbers": numbers(in_force(request.now).plan, request.now),
        "waiting": waiting_bulletins(),
        "released": released_bulletins(SHOWN),
    }
    return render(request, "board/bulletin.html", context, status=422 if form.errors else 200)


def _drafted(request: Asked, form: BulletinForm) -> bool:
    lines = form.cleaned_data["guidance"].splitlines()
    try:
        draft_bulletin(form.cleaned_data["title"], lines, actor=request.actor, now=request.now)
    except Refused as why:
        form.add_error(None, why.said(get_language() or ""))
        return False
    return True


@door(acts.CONFIRM_PLAN)
@require_POST
def decide(request: Asked, number: int) -> HttpResponse:
    """Release a draft, or turn it down with the reason."""
    why_not = request.POST.get("why", "").strip()
    if request.POST.get("verb") == "turn-down" and not why_not:
        messages.error(request, gettext("退回须写明理由。"))
        return redirect("board-bulletin")
    try:
        done = release_bulletin(number, actor=request.actor, now=request.now, turn_down=why_not)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("board-bulletin")
    if not done:
        messages.error(request, gettext("这份公告别人已经处理过了。"))
    else:
        messages.success(request, gettext("已退回。") if why_not else gettext("已发布到公众首页。"))
    return redirect("board-bulletin")
