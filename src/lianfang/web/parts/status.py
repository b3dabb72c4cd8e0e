"""The words and shapes of a status: each shape differs, so that grey print and colour-blind eyes lose nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

OBLIGATION: Mapping[str, Promise] = {
    "met": gettext_lazy("已办"),
    "late": gettext_lazy("迟办"),
    "due": gettext_lazy("应办"),
    "overdue": gettext_lazy("逾期"),
    "held": gettext_lazy("待补"),
    "upcoming": gettext_lazy("未到"),
    "suspended": gettext_lazy("中止"),
    "superseded": gettext_lazy("已替代"),
    "cancelled": gettext_lazy("已撤销"),
    "waived": gettext_lazy("豁免"),
}

LOOP: Mapping[str, Promise] = {
    "running": gettext_lazy("运行中"),
    "released": gettext_lazy("已解除"),
    "exited": gettext_lazy("已转出"),
    "handed_over": gettext_lazy("已移交"),
}

IMPORT: Mapping[str, Promise] = {
    "new": gettext_lazy("新增"),
    "same": gettext_lazy("相同"),
    "changed": gettext_lazy("更改"),
    "conflict": gettext_lazy("冲突"),
    "refused": gettext_lazy("拒收"),
}

RESULT: Mapping[str, Promise] = {
    "fact": gettext_lazy("事实"),
    "negative": gettext_lazy("阴性"),
    "positive": gettext_lazy("阳性"),
}

WORDS: Mapping[str, Promise] = {**OBLIGATION, **LOOP, **IMPORT, **RESULT}
"""Every word a mark may carry; its key is the name of the shape in `sprite.html`."""

SHAPE_OF: Mapping[str, str] = {
    "running": "due",
    "released": "met",
    "exited": "superseded",
    "handed_over": "superseded",
}
"""States of a loop borrow the shape of the status they resemble."""


def word(status: str) -> Promise:
    """The word of a status; an unknown status is refused with ValueError."""
    return _known(status)


def shape(status: str) -> str:
    """The name of the shape of a status."""
    _known(status)
    return SHAPE_OF.get(status, status)


def _known(status: str) -> Promise:
    if status not in WORDS:
        allowed = ", ".join(WORDS)
        raise ValueError(
            f"状态 {status!r} 没有图形；允许：{allowed}。 Status {status!r} has no shape; allowed: {allowed}."
        )
    return WORDS[status]
