"""The gallery: made-up rows that show each part of the visual language in each of its states."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from lianfang.web.door import Asked, public_door
from lianfang.web.parts.days import dayline
from lianfang.web.parts.status import WORDS


@dataclass(frozen=True)
class Row:
    """A row of the gallery's tables: counts of a bar under a name."""

    name: str
    managed: int
    met: int
    due: int
    held: int
    overdue: int


@dataclass(frozen=True)
class Line:
    """A line of reasons."""

    head: str
    text: str
    note: str = ""
    clause: str = ""


ROWS = (
    Row("示例街道", 96, 38, 9, 3, 6),
    Row("样板街道", 71, 31, 6, 1, 2),
    Row("测试镇", 54, 19, 4, 2, 5),
    Row("演示镇", 43, 22, 3, 0, 1),
    Row("虚拟乡", 22, 12, 2, 1, 0),
    Row("假设乡", 9, 7, 0, 0, 0),
    Row("空白乡", 0, 0, 0, 0, 0),
)
SUM = Row("合计", 286, 122, 24, 7, 14)
HISTORY = (2, 3, 5, 9, 14, 20, 31, 26, 22, 19, 18, 16, 14)


class Sample(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label=gettext_lazy("姓名"), help_text=gettext_lazy("按证件填写"))
    arrived = forms.DateField(label=gettext_lazy("到达日期"), widget=forms.DateInput(attrs={"type": "date"}))
    remark = forms.CharField(label=gettext_lazy("备注"), required=False, widget=forms.Textarea)
    reason = forms.ChoiceField(
        label=gettext_lazy("为什么要看"),
        widget=forms.RadioSelect,
        choices=[("call", "打电话通知本人"), ("check", "核对证件"), ("paper", "出具文书"), ("other", "其他，写明原因")],
    )
    agreed = forms.BooleanField(label=gettext_lazy("已告知本人"), required=False)


@public_door
@require_GET
def desk(request: Asked) -> HttpResponse:
    """Every part as a desk sees it."""
    today = date(2026, 11, 22)
    history = tuple((today - timedelta(days=len(HISTORY) - 1 - i), n) for i, n in enumerate(HISTORY))
    late = request.now - timedelta(hours=36, minutes=28)
    return render(
        request,
        "gallery/desk.html",
        {
            "rows": ROWS,
            "sum": SUM,
            "words": tuple(WORDS),
            "late": late,
            "soon": request.now + timedelta(hours=2, minutes=20),
            "line": dayline("本条逾期数，每日24时", history, today),
            "form": Sample({"name": "", "reason": "call"}),
            "cases": _cases(),
            "units": {"rows": [{"name": r.name, "value": r.overdue, "tone": "overdue"} for r in ROWS[:4]]},
        },
    )


def _cases() -> dict[str, object]:
    days = [f"11-{day:02d}" for day in range(10, 23)]
    return {
        "days": days,
        "stacked": True,
        "totals": True,
        "series": [
            {"name": "管控中发现", "tone": "light", "values": [0, 0, 1, 2, 4, 4, 6, 5, 7, 4, 6, 4, 6]},
            {"name": "社会面发现", "tone": "dark", "values": [1, 2, 3, 5, 4, 6, 4, 3, 3, 2, 1, 2, 1]},
            {"name": "缺证据", "tone": "held", "values": [0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 1, 0, 3]},
        ],
        "mark": {"day": "11-11", "text": "启动二级响应"},
    }


@public_door
@require_GET
def phone(request: Asked) -> HttpResponse:
    """The day's list as a phone sees it."""
    return render(request, "gallery/phone.html", {"counts": Row("", 0, 18, 11, 0, 2)})


@public_door
@require_GET
def reasons(request: HttpRequest) -> HttpResponse:
    """What a why opens."""
    lines = (
        Line("条文", "首次采样于到达后24小时内完成", clause="2.2.c2"),
        Line("参数", "首次采样时限 24 小时", "2026-11-01 起，第3版"),
        Line("起因", "11-20 09:12 到达登记", "示例街道登记，09:31 录入"),
        Line("时限", "11-20 09:12 至 11-21 09:12"),
        Line("证据", "没有采样记录", "查到 11-22 21:40"),
        Line("结论", "已逾期 36小时28分"),
    )
    return render(request, "parts/reasons.html", {"title": "为什么逾期", "lines": lines, "tone": "overdue"})


@public_door
@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """What one tap on the phone answers: nothing but a word, and how to take it back."""
    told = {"told": {"text": "已记录", "undo": request.path}}
    return HttpResponse(headers={"HX-Trigger": json.dumps(told)})
