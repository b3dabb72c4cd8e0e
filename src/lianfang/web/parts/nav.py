"""The menu: one tuple of pages; somebody sees those that exist and that the post may open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.filter import Nothing
from lianfang.core.access.scope import scope

WIDE = 8
"""So many pages fit into the menu on a desk; the others stand under the name."""


@dataclass(frozen=True)
class Entry:
    """A page in the menu: its word, the name of its address, the act it needs, the room it stands for."""

    word: Promise
    url: str
    act: str
    room: str
    icon: str = ""


PAGES: tuple[Entry, ...] = (
    Entry(gettext_lazy("今日应办"), "today", acts.SEE_TODAY, "today"),
    Entry(gettext_lazy("活的方案"), "plan", acts.SEE_PLAN, "plan"),
    Entry(gettext_lazy("指挥看板"), "board", acts.SEE_BOARD, "board"),
    Entry(gettext_lazy("对象档案"), "register", acts.SEE_REGISTERS, "register"),
    Entry(gettext_lazy("任务督办"), "tasks", acts.COMMENT, "tasks"),
    Entry(gettext_lazy("调查溯源"), "inquiry", acts.SEE_SUBJECT, "inquiry"),
    Entry(gettext_lazy("台账导入"), "intakes", acts.IMPORT_PEOPLE, "intake"),
    Entry(gettext_lazy("组织值守"), "organisation", acts.SEE_ORGANISATION, "organisation"),
    Entry(gettext_lazy("我的事项"), "own", acts.SEE_OWN, "own"),
    Entry(gettext_lazy("日志"), "journal", acts.READ_JOURNAL, "journal"),
    Entry(gettext_lazy("督查"), "supervision", acts.INSPECT, "supervision"),
    Entry(gettext_lazy("方案版本"), "plans", acts.SEE_PLANS, "plans"),
    Entry(gettext_lazy("隔离点房间"), "rooms", acts.PLACE_PERSON, "rooms"),
    Entry(gettext_lazy("文书"), "papers", acts.ISSUE_PAPER, "papers"),
    Entry(gettext_lazy("疑似同一人"), "duplicates", acts.SEE_DUPLICATES, "duplicates"),
)

TABS: tuple[Entry, ...] = (
    Entry(gettext_lazy("今日"), "today", acts.SEE_TODAY, "today", "today"),
    Entry(gettext_lazy("登记"), "record", acts.RECORD_FACT, "record", "record"),
    Entry(gettext_lazy("查找"), "search", acts.SEE_SUBJECT, "search", "search"),
    Entry(gettext_lazy("我的"), "me", acts.SEE_ORGANISATION, "account", "me"),
    Entry(gettext_lazy("我的事项"), "own", acts.SEE_OWN, "own", "today"),
    Entry(gettext_lazy("我的"), "account", acts.SEE_OWN, "account", "me"),
)


@dataclass(frozen=True)
class Shown:
    """An entry as a page shows it."""

    word: Promise
    address: str
    current: bool
    icon: str


def shown(entries: tuple[Entry, ...], actor: Actor, room: str, url: str) -> tuple[Shown, ...]:
    """The entries the actor may open; the one this page belongs to is marked as current."""
    found = [(entry, _address(entry.url)) for entry in entries if can(actor, entry.act)]
    there = [(entry, address) for entry, address in found if address]
    current = _current([entry for entry, _ in there], room, url)
    return tuple(Shown(entry.word, address, entry.url == current, entry.icon) for entry, address in there)


def _current(entries: list[Entry], room: str, url: str) -> str:
    """The entry with this very address, else the one the address is named after, else the one of the room."""
    rooms = {entry.room: entry.url for entry in reversed(entries)}
    named = {entry.url for entry in entries}
    return next((name for name in (url, url.partition("-")[0]) if name in named), rooms.get(room, ""))


@lru_cache(maxsize=8192)
def can(actor: Actor, act: str) -> bool:
    """Whether the actor may do an act at all, somewhere."""
    return not isinstance(scope(actor, act), Nothing)


def _address(url: str) -> str:
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""
