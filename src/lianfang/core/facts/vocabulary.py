"""The kinds of fact that exist: their columns, which column is their time, and when a result counts as known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mask(StrEnum):
    """How the screen hides what a text column says about a person; all but names are also encrypted at rest."""

    NONE = "none"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    ADDRESS = "address"
    CONTACT = "contact"


class ColumnType(StrEnum):
    """What a column holds."""

    TIME = "time"
    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    REF = "ref"


_HIDDEN = {"identity": Mask.NAME, "contact": Mask.CONTACT}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a kind of fact, with its Chinese and English names.

    `choices` are (value, Chinese word) in the order of the vocabulary: the last is the highest. `to` is the kind of
    subject a reference names. `personal` says why the column is sensitive: identity, contact, health or movement.
    `mask` says how its text is hidden; what says nothing and is sensitive is hidden all the same, see `hidden`.
    """

    name: str
    type: ColumnType
    zh: str
    en: str
    required: bool = False
    unit: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    to: str | None = None
    personal: str | None = None
    mask: Mask | None = None
    low: float | None = None
    high: float | None = None

    @property
    def hidden(self) -> Mask:
        """How the text is hidden: as written, otherwise identity like a name and contact like a contact."""
        if self.type is not ColumnType.TEXT:
            return Mask.NONE
        return self.mask or _HIDDEN.get(self.personal or "", Mask.NONE)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact: an event in the life of a subject.

    `time` names the column with the fact's own time, `known_at` the column that says since when `known_columns` are
    known (a test result), `period_end` the column where a period ends. `until_next`: the period ends where the
    subject's next fact of the kind begins. `needed_by`: plan -> clauses. `columns` includes the subject column, but
    not the four every kind has (`id`, `recorded_at`, `corrects`, `said_by`).
    """

    id: str
    zh: str
    en: str
    subject: str
    time: str
    columns: Mapping[str, Column]
    known_at: str | None = None
    known_columns: frozenset[str] = frozenset()
    period_end: str | None = None
    until_next: bool = False
    needed_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    declared_in: str = ""


IDENTITY = Column("id", ColumnType.TEXT, "事实编号", "fact id")
RECORDED_AT = Column("recorded_at", ColumnType.TIME, "获知时间", "recorded at")
CORRECTS = Column("corrects", ColumnType.TEXT, "更正编号", "corrects")
SAID_BY = Column("said_by", ColumnType.TEXT, "填报人", "said by")

COMMON: Mapping[str, Column] = {column.name: column for column in (IDENTITY, RECORDED_AT, CORRECTS, SAID_BY)}
"""What every kind has: its id, when we learned it, the id of the fact it replaces, who said it."""

SUBJECTS: Mapping[str, tuple[str, str]] = {
    "person": ("人员", "person"),
    "place": ("场所", "place"),
    "consignment": ("货物批次", "consignment"),
    "facility": ("设施", "facility"),
    "unit": ("单位", "unit"),
    "area": ("区域", "area"),
    "response": ("响应", "response"),
}
"""What a fact can be about, in Chinese and English."""


def subject_column(subject: str, zh: str = "", en: str = "") -> Column:
    """The column that names the subject of a fact: always filled, always a reference."""
    usual_zh, usual_en = SUBJECTS.get(subject, (subject, subject))
    return Column(subject, ColumnType.REF, zh or usual_zh, en or usual_en, required=True, to=subject)


def all_columns(kind: Kind) -> dict[str, Column]:
    """Every column a table of the kind may have: id, subject, its own, and when and by whom it was said."""
    own = {kind.subject: subject_column(kind.subject), **kind.columns}
    own.setdefault(kind.time, Column(kind.time, ColumnType.TIME, kind.time, kind.time, required=True))
    return {"id": IDENTITY, **own, **{name: c for name, c in COMMON.items() if name != "id"}}


def called(kind: Kind, name: str) -> str | None:
    """The column that is meant by its name, by its Chinese name, or by `at` for the fact's own time."""
    columns = all_columns(kind)
    if name in columns:
        return name
    if name == "at":
        return kind.time
    return next((column.name for column in columns.values() if column.zh == name), None)
