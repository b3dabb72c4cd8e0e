"""Who acts: an account in a post of a unit, with its duties and the part of the district it looks after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Duty(StrEnum):
    """What a post is for; a post may have several."""

    COMMAND = "command"
    OFFICE = "office"
    CDC = "cdc"
    DEPARTMENT = "department"
    TOWN = "town"
    GRID = "grid"
    SITE = "site"
    LABORATORY = "laboratory"
    SUPERVISION = "supervision"
    AUDIT = "audit"
    ADMIN = "admin"
    CITIZEN = "citizen"

    @property
    def zh(self) -> str:
        """The duty in Chinese."""
        return _NAMES[self][0]

    @property
    def en(self) -> str:
        """The duty in English."""
        return _NAMES[self][1]


_NAMES = {
    Duty.COMMAND: ("指挥", "command"),
    Duty.OFFICE: ("指挥部办公室", "command office"),
    Duty.CDC: ("疾控", "disease control"),
    Duty.DEPARTMENT: ("部门", "department"),
    Duty.TOWN: ("镇街", "town or subdistrict"),
    Duty.GRID: ("网格员", "grid worker"),
    Duty.SITE: ("隔离点", "isolation site"),
    Duty.LABORATORY: ("实验室", "laboratory"),
    Duty.SUPERVISION: ("督查", "supervision"),
    Duty.AUDIT: ("审计", "audit"),
    Duty.ADMIN: ("系统管理", "system administration"),
    Duty.CITIZEN: ("居民", "citizen"),
}

STAFF = frozenset(Duty) - {Duty.CITIZEN}
"""Everybody who works in the response."""

DISTRICT_WIDE = frozenset(
    {Duty.COMMAND, Duty.OFFICE, Duty.CDC, Duty.LABORATORY, Duty.SUPERVISION, Duty.AUDIT, Duty.ADMIN}
)
"""Duties that are for the whole district although their unit sits in a corner of the tree."""


def well_formed(path: str) -> bool:
    """Whether a path names units from the root down, each ended by a slash; the empty path names nothing."""
    return not path or (path.endswith("/") and all(path[:-1].split("/")))


def root_of(path: str) -> str:
    """The district a path lies in: its first unit. Nothing for the empty path."""
    return f"{path.split('/', 1)[0]}/" if path else ""


def jurisdiction(unit_path: str, duties: Iterable[Duty]) -> str:
    """The part of the district a post looks after: all of it for district-wide duties, else its unit and below.

    This is the `path` to give an Actor; a town's own command is made by giving its path instead.
    """
    return root_of(unit_path) if DISTRICT_WIDE & frozenset(duties) else unit_path


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in a post. Its jurisdiction is everything whose path starts with `path`.

    `unit` is the post's unit; `subject` is the person a citizen's account belongs to. A path that is not units ended
    by slashes is refused with ValueError, because `a/b` would also cover `a/bc/`.
    """

    account: str
    name: str
    post: str
    unit: str
    path: str
    duties: frozenset[Duty]
    session: str = ""
    subject: str = ""

    def __post_init__(self) -> None:
        if not well_formed(self.path):
            raise ValueError(path_fault("Actor", self.path))

    @property
    def root(self) -> str:
        """The district the actor belongs to, as a path."""
        return root_of(self.path)


def path_fault(where: str, found: str) -> str:
    """What to say about a path that is not one."""
    return (
        f"{where}.path: 看到 {found!r};允许: 从根到本单位、每级以 / 结尾;请: 用单位表中的 path"
        f" / found {found!r}; allowed: units from the root, each ended by /; do: take the path of the unit"
    )


VISITOR = Actor("", "访客", "", "", "", frozenset())
"""Somebody without an account, who holds a paper and wants to know whether it is valid."""
