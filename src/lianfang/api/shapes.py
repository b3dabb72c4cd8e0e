"""What is asked and answered, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

PLAIN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F]*$"
Text = Annotated[str, StringConstraints(max_length=2_000, pattern=PLAIN)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00-\x1F]+$")]
Cursor = Annotated[str, StringConstraints(max_length=1_000, pattern=PLAIN)]
Size = Annotated[int, Field(ge=1, le=500)]


class FactIn(Schema):
    """Something that happened: a kind of fact of the plan about a subject, with the kind's columns."""

    kind: Name = Field(examples=["health_check"])
    subject_kind: Name = Field(examples=["person"])
    subject: Name = Field(examples=["P-000001"])
    at: datetime | None = Field(None, examples=["2026-11-22T09:30:00+08:00"])
    values: dict[str, Any] = Field(default_factory=dict, examples=[{"temperature": 36.5, "symptoms": False}])


class Trouble(Schema):
    """One of many that was refused: its place from 0, and why."""

    place: int
    zh: str
    en: str


class Recorded(Schema):
    """Ids of the facts and numbers of the loops that opened, closed and were released because of them."""

    facts: list[str]
    opened: list[str]
    closed: list[str]
    released: list[str]
    refused: list[Trouble]
    job: int | None = None


class Subject(Schema):
    """Somebody or something under the plan, masked."""

    kind: str
    subject: str
    name: str
    unit: str
    path: str


class Loop(Schema):
    """The instance of a measure for one subject."""

    id: UUID
    measure: str
    state: str
    stage: str
    opened: datetime
    release: datetime | None
    ended: datetime | None
    waits_for: str


class Obligation(Schema):
    """Who must do what about which subject in which window."""

    id: UUID
    loop: UUID
    subject_kind: str
    subject: str
    measure: str
    requirement: str
    occurrence: int
    clause: str
    by: str
    owner: str
    since: datetime | None
    due: datetime | None
    status: str
    evidence: str


class Obligations(Schema):
    """A page of obligations; ask again with `after` = `next` until it is empty."""

    rows: list[Obligation]
    next: str


class Subjects(Schema):
    """A page of subjects."""

    rows: list[Subject]
    next: str


class File(Schema):
    """A subject with its loops and what is owed about it."""

    subject: Subject
    loops: list[Loop]
    obligations: list[Obligation]


class Reason(Schema):
    """One line of an explanation: what it answers, and the words."""

    topic_zh: str
    topic_en: str
    zh: str
    en: str


class Why(Schema):
    """The reasons of an obligation: clause, parameter, cause, window, evidence, conclusion."""

    title_zh: str
    title_en: str
    as_of: datetime
    reasons: list[Reason]


class Bar(Schema):
    """What falls due today plus what is still owed."""

    met: int
    late: int
    due: int
    held: int
    overdue: int


class ClauseBar(Schema):
    """A clause of the plan in force with its bar."""

    clause: str
    kind: str
    zh: str
    en: str
    bar: Bar


class Plan(Schema):
    """The plan in force."""

    plan: str
    zh: str
    en: str
    digest: str
    clauses: list[ClauseBar]


class Figure(Schema):
    """A figure of the plan as last counted."""

    indicator: str
    part: str
    as_of: datetime
    values: dict[str, Any]


class Unit(Schema):
    """A unit of the organisation."""

    id: str
    name: str
    name_en: str
    kind: str
    parent: str
    path: str


class JournalLine(Schema):
    """A line of the journal."""

    no: int
    at: datetime
    account: str
    post: str
    unit: str
    act: str
    about: str
    reason: str


class JournalLines(Schema):
    """A page of the journal."""

    rows: list[JournalLine]
    next: int | None


class Done(Schema):
    """The act was done."""

    done: bool = True


class Words(Schema):
    """A text that goes with an act: a reason, a remark."""

    text: Text = Field("", examples=["已核对"])


class Validity(Schema):
    """Whether a paper is valid."""

    valid: bool
    issued_at: datetime | None
    withdrawn_at: datetime | None
