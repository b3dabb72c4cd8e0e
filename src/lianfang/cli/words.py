"""States and statuses as people read them."""

from __future__ import annotations

from lianfang.cli.lang import say

STATES = {
    "running": ("执行中", "running"),
    "held": ("待补", "held"),
    "suspended": ("中止", "suspended"),
    "released": ("已解除", "released"),
    "handed_over": ("已移交", "handed over"),
    "exited": ("已转出", "exited"),
    "cancelled": ("已取消", "cancelled"),
    "superseded": ("被取代", "superseded"),
    "allowed": ("准予", "allowed"),
    "refused": ("不准", "refused"),
    "closed": ("已办结", "closed"),
    "enrolled": ("已纳入", "enrolled"),
}

STATUSES = {
    "overdue": ("逾期", "overdue"),
    "due": ("应办", "due"),
    "upcoming": ("未到时", "upcoming"),
    "suspended": ("中止", "suspended"),
    "late": ("迟办", "late"),
    "met": ("已办", "met"),
    "waived": ("免办", "waived"),
    "cancelled": ("取消", "cancelled"),
    "superseded": ("被取代", "superseded"),
}
"""In the order in which they need somebody's attention."""


def state_word(state: str, lang: str) -> str:
    """The word for a loop's state or outcome."""
    return say(lang, *STATES.get(state, (state, state.replace("_", " "))))


def status_word(status: str, lang: str) -> str:
    """The word for an obligation's status."""
    return say(lang, *STATUSES.get(status, (status, status)))
