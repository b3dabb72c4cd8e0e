"""The front for everybody, and the page on which anybody who holds a paper learns whether it is valid."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lianfang.acts.read_bulletins import released_bulletins
from lianfang.acts.verify_paper import verify_paper
from lianfang.web.door import Asked, public_door
from lianfang.web.public.often import SECONDS, too_often

MOST_CODE = 80


@public_door
@require_GET
def front(request: Asked) -> HttpResponse:
    """Where the district begins: the newest bulletin for everybody, the own work for who has signed in."""
    if request.user.is_authenticated:
        return redirect("start")
    return render(request, "public/front.html", {"bulletins": released_bulletins(3)})


@public_door
@require_GET
def enter_code(request: Asked) -> HttpResponse:
    """A code typed from a paper."""
    code = "".join(request.GET.get("code", "").split())[:MOST_CODE]
    if code:
        return redirect("paper-verify", code.rpartition("/")[2] or code)
    return render(request, "public/enter.html")


@public_door
@require_GET
def verify(request: Asked, code: str) -> HttpResponse:
    """Valid or not valid, and the date; nothing about anybody."""
    if too_often(request, request.now):
        answer = render(request, "public/too_often.html", status=429)
        answer["Retry-After"] = str(SECONDS)
        return answer
    answer = render(
        request, "public/verified.html", {"found": verify_paper(code[:MOST_CODE]), "code": code[:MOST_CODE]}
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
