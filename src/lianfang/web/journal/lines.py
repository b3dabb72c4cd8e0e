"""A line of the journal as people read it: act and record by their names, the reason, what it says besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from lianfang.core.access.acts import ACTS
from lianfang.ledger.models import Account, JournalEntry
from lianfang.web.parts.said import one_of
from lianfang.web.subject.called import called, unit_names

OWN = {
    "sign_in": ("登录", "sign in"),
    "sign_out": ("退出", "sign out"),
    "draft_bulletin": ("起草公告", "draft a bulletin"),
    "release_bulletin": ("发布公告", "release a bulletin"),
    "answer_appeal": ("答复申诉", "answer an appeal"),
    "set_absence": ("登记缺岗", "enter an absence"),
    "withdraw_paper": ("作废文书", "withdraw a paper"),
    "print_paper": ("打印文书", "print papers"),
    "set_letterhead": ("更换文书模板", "set the letterhead"),
    "turn_down_plan": ("退回方案", "turn a plan down"),
    "register_person": ("登记人员", "register a person"),
    "undo_fact": ("撤回记录", "take a fact back"),
    "keep_view": ("保存视图", "keep a view"),
}
"""Acts the rules do not name, because they take the right of another."""
DETAILS = {
    "address": ("地址", "address"),
    "rows": ("行数", "rows"),
    "query": ("条件", "query"),
    "title": ("名称", "title"),
    "name": ("名称", "name"),
    "facts": ("事实", "facts"),
    "fact": ("事实", "fact"),
    "kinds": ("种类", "kinds"),
    "columns": ("列", "columns"),
    "digest": ("摘要", "digest"),
    "to": ("送达", "to"),
    "room": ("房间", "room"),
    "loop": ("措施", "measure"),
    "post": ("岗位", "post"),
    "account": ("账号", "account"),
    "since": ("自", "since"),
    "until": ("至", "until"),
    "duties": ("职责", "duties"),
    "deputy": ("副岗", "deputy"),
    "papers": ("文书", "papers"),
    "sort": ("种类", "sort"),
    "form": ("格式", "form"),
    "lines": ("行数", "lines"),
    "broken": ("断开处", "broken at"),
    "file": ("文件", "file"),
    "kind": ("种类", "kind"),
    "plan": ("方案", "plan"),
    "version": ("版本", "version"),
}
"""What the parts of a line are called."""
MOST_DETAIL = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """One line ready to show."""

    no: int
    at: datetime
    who: str
    account: str
    post: str
    unit: str
    act: str
    about: str
    address: str
    key: str
    reason: str
    details: tuple[tuple[str, str], ...]


def act_name(act: str) -> str:
    """How an act is called in the language of the page."""
    known = ACTS.get(act)
    if known is not None:
        return one_of(known.zh, known.en)
    return one_of(*OWN[act]) if act in OWN else act


def shown(rows: Iterable[JournalEntry]) -> tuple[Shown, ...]:
    """Lines with the names of accounts, units and records, each asked for once."""
    listed = tuple(rows)
    titles = dict(Account.objects.filter(username__in={row.account for row in listed}).values_list("username", "title"))
    units = unit_names()
    names = called(key for row in listed if (key := _key(row.about)) is not None)
    return tuple(_line(row, titles, units, names) for row in listed)


def _line(
    row: JournalEntry,
    titles: Mapping[str, str],
    units: Mapping[str, str],
    names: Mapping[tuple[str, str], str],
) -> Shown:
    key = _key(row.about)
    name = names.get(key) if key is not None else None
    return Shown(
        no=row.no,
        at=row.at,
        who=titles.get(row.account) or row.account or gettext("系统"),
        account=row.account,
        post=row.post,
        unit=units.get(row.unit, row.unit),
        act=act_name(row.act),
        about=f"{name}（{row.about.partition(':')[2]}）" if name and name != row.about.partition(":")[2] else row.about,
        address=_address(key),
        key=row.about,
        reason=row.reason,
        details=_details(row.details),
    )


def _key(about: str) -> tuple[str, str] | None:
    kind, colon, subject = about.partition(":")
    return (kind, subject) if colon and kind not in ("paper", "facts", "intake", "obligation", "plan") else None


def _address(key: tuple[str, str] | None) -> str:
    if key is None or key[0] == "unit":
        return ""
    try:
        return reverse("subject", args=key)
    except NoReverseMatch:
        return ""


def _details(said: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The first parts of what a line says, with their names."""
    parts = list(said.items())[:MOST_DETAIL]
    return tuple((one_of(*DETAILS[name]) if name in DETAILS else name, _plain(value)) for name, value in parts)


def _plain(value: object) -> str:
    if isinstance(value, list):
        more = f" … {len(value)}" if len(value) > 3 else ""
        return ", ".join(str(part) for part in value[:3]) + more
    return "—" if value is None else str(value)
