"""The people of a made-up district, and of the one next to it."""

from __future__ import annotations

from lianfang.core.access.actor import Actor, Duty
from lianfang.core.access.thing import Thing

ROOT = "headquarters/"
TOWN_PATH = "headquarters/willow/"
CELL_PATH = "headquarters/willow/bridge/bridge-cell/"
NEXT_CELL_PATH = "headquarters/willow/pond/pond-cell/"
OTHER_TOWN_CELL = "headquarters/cedar/hill/hill-cell/"
ABROAD = "neighbour/willow/bridge/bridge-cell/"


def actor(duty: Duty, unit: str = "", path: str = ROOT, **more: str) -> Actor:
    """Somebody with one duty."""
    return Actor(
        account=more.get("account", duty.value),
        name=duty.zh,
        post=duty.value,
        unit=unit,
        path=path,
        duties=frozenset({duty}),
        subject=more.get("subject", ""),
    )


COMMANDER = actor(Duty.COMMAND, "headquarters")
OFFICER = actor(Duty.OFFICE, "command-office")
CDC = actor(Duty.CDC, "cdc")
HEALTH = actor(Duty.DEPARTMENT, "health", "headquarters/health/")
TOWN = actor(Duty.TOWN, "willow", TOWN_PATH)
GRID = actor(Duty.GRID, "bridge-cell", CELL_PATH)
SITE = actor(Duty.SITE, "first-site", "headquarters/health/first-site/")
LABORATORY = actor(Duty.LABORATORY, "first-lab")
SUPERVISION = actor(Duty.SUPERVISION, "supervision")
AUDITOR = actor(Duty.AUDIT, "audit")
ADMIN = actor(Duty.ADMIN, "information")
CITIZEN = actor(Duty.CITIZEN, "", CELL_PATH, subject="P-1")
EVERYBODY = (
    COMMANDER,
    OFFICER,
    CDC,
    HEALTH,
    TOWN,
    GRID,
    SITE,
    LABORATORY,
    SUPERVISION,
    AUDITOR,
    ADMIN,
    CITIZEN,
)


def person(path: str = CELL_PATH, id: str = "P-1", kind: str = "subject", **more: str) -> Thing:
    """A record about a person who lives there."""
    return Thing(kind, path, subject_kind="person", subject=id, **more)


def task(owner: str = "", supervisor: str = "", path: str = ROOT, kind: str = "task") -> Thing:
    """Something a unit owes."""
    return Thing(kind, path, owner, supervisor, "unit", owner)
