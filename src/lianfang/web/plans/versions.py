"""The versions of the plan as the pages show them, with what was found when they were proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lianfang.acts.begin_proposal import JOB as PROPOSAL
from lianfang.acts.what_if_plan import JOB as WHAT_IF
from lianfang.ledger.models import Account, PlanVersion, Progress
from lianfang.web.parts.said import one_of

MOST = 50


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `state`: waiting, now, over, refused."""

    number: int
    plan: str
    name: str
    digest: str
    state: str
    proposed_by: str
    proposer: str
    proposed_at: datetime
    confirmed_by: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an element under the plan in force and the proposed one."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One element that differs."""

    op: str
    op_word: str
    what: str
    fields: tuple[Field, ...]
    because: str

    @property
    def whole(self) -> str:
        """An element that one plan has alone, in one line."""
        parts = (f"{field.label} {field.before or field.after}".strip() for field in self.fields)
        return "；".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Group:
    """The changes under one clause."""

    clause: str
    gist: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found when a pack was checked: complaints, and how it differs from the plan in force of that day."""

    complaints: Sequence[Mapping[str, Any]]
    changes: int
    groups: tuple[Group, ...]


def versions(now: datetime) -> tuple[Version, ...]:
    """The newest versions: those that wait, the one in force, those before."""
    rows = list(PlanVersion.objects.order_by("-proposed_at", "-pk").defer("texts")[:MOST])
    names = {name for row in rows for name in (row.proposed_by, row.confirmed_by)}
    titles = dict(Account.objects.filter(username__in=names).values_list("username", "title"))
    return tuple(_version(row, titles, now) for row in rows)


def version_of(row: PlanVersion, now: datetime) -> Version:
    """One version."""
    names = (row.proposed_by, row.confirmed_by)
    return _version(row, dict(Account.objects.filter(username__in=names).values_list("username", "title")), now)


def _version(row: PlanVersion, titles: Mapping[str, str], now: datetime) -> Version:
    return Version(
        number=row.pk,
        plan=row.plan,
        name=row.name,
        digest=row.digest,
        state=_state(row, now),
        proposed_by=row.proposed_by,
        proposer=titles.get(row.proposed_by) or row.proposed_by,
        proposed_at=row.proposed_at,
        confirmed_by=titles.get(row.confirmed_by) or row.confirmed_by,
        since=row.in_force_from,
        until=row.in_force_until,
    )


def _state(row: PlanVersion, now: datetime) -> str:
    if row.in_force_from is None:
        return "waiting" if row.in_force_until is None else "refused"
    return "now" if row.in_force_until is None or row.in_force_until > now else "over"


def found_for(version: int) -> Found | None:
    """What was found when the version was proposed; None if it was not proposed here."""
    row = Progress.objects.filter(job=PROPOSAL, cursor__version=version, state="done").order_by("-pk").first()
    return found(row.cursor) if row is not None else None


def found(cursor: Mapping[str, Any]) -> Found:
    """The same from the answer of the job."""
    groups = tuple(_group(group) for group in cursor.get("groups", ()))
    return Found(cursor.get("complaints", ()), cursor.get("changes", 0), groups)


def _group(said: Mapping[str, Any]) -> Group:
    return Group(said["clause"] or "", one_of(*said["gist"]), tuple(_change(one) for one in said["changes"]))


def _change(said: Mapping[str, Any]) -> Change:
    fields = tuple(
        Field(one_of(*one["label"]), one_of(*one["before"]), one_of(*one["after"])) for one in said["fields"]
    )
    inside = f"{one_of(*said['measure'])} · " if said["measure"] else ""
    return Change(
        said["op"],
        one_of(*said["op_words"]),
        f"{one_of(*said['sort'])} {inside}{one_of(*said['words'])}",
        fields,
        "、".join(said["because"]),
    )


def what_if_of(version: int) -> Progress | None:
    """The newest comparison of a version."""
    return Progress.objects.filter(job=WHAT_IF, about=f"plan:{version}").order_by("-pk").first()
