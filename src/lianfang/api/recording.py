"""Facts in: one, many at once, corrected, withdrawn; an obligation answered with what it asks for."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Header, Router, Schema
from pydantic import Field, StringConstraints

from lianfang.acts.answer_obligation import answer_obligation
from lianfang.acts.correct_fact import correct_fact
from lianfang.acts.record_fact import record_fact as record
from lianfang.acts.record_fact import record_facts
from lianfang.acts.register_person import register_person
from lianfang.acts.undo_fact import undo_fact
from lianfang.acts.write_facts import Said
from lianfang.api.asking import Asking
from lianfang.api.problems import PROBLEMS
from lianfang.api.shapes import FactIn, Name, Recorded, Text

router = Router(tags=["记录 recording"])
Key = Annotated[
    Annotated[str, StringConstraints(max_length=80, pattern=r"^[\x20-\x7e]*$")],
    Header("", alias="Idempotency-Key", description="同一个键只办一次 · done once for one key"),
]
MANY = 500


class Many(Schema):
    """Facts that belong together; each is refused or taken by itself."""

    facts: Annotated[list[FactIn], Field(min_length=1, max_length=MANY)]


class Correction(Schema):
    """The columns that were wrong, and why they are changed."""

    values: dict[str, Any] = Field(examples=[{"temperature": 36.8}])
    reason: Text = Field("", examples=["抄错一位"])


class Answer(Schema):
    """What the obligation's form asks for; nothing where one tap is enough."""

    values: dict[str, Any] = Field(default_factory=dict, examples=[{"temperature": 36.5}])
    quiet: bool = Field(False, description="另一种回答，如“异常” · the other answer, such as abnormal")


class Newcomer(Schema):
    """Somebody to be registered in a unit, with the columns of a registration."""

    unit: Name = Field(examples=["qingxi-shiqiao-cell"])
    values: dict[str, Any] = Field(examples=[{"name": "样小明", "phone": "10000000001"}])
    although_alike: bool = Field(False, description="有相似的人也登记 · register although somebody is alike")


class Registered(Schema):
    """The new person's id; or, with nobody registered, the ids of those who are likely the same."""

    person: str
    alike: list[str]


def _said(fact: FactIn) -> Said:
    return Said(fact.kind, fact.subject_kind, fact.subject, fact.values, fact.at)


@router.post("/persons", response={200: Registered, **PROBLEMS}, summary="登记一个人 · register a person")
def register(request: Asking, newcomer: Newcomer, key: Key = "") -> Any:
    """Register somebody; not while the register holds somebody who is likely the same."""
    found = register_person(
        newcomer.values,
        newcomer.unit,
        although_alike=newcomer.although_alike,
        actor=request.actor,
        now=request.now,
        key=key,
    )
    return {"person": found.person, "alike": [alike.person for alike in found.alike]}


@router.post("/facts", response={200: Recorded, **PROBLEMS}, summary="记一件事 · record a fact")
def record_fact(request: Asking, fact: FactIn, key: Key = "") -> Any:
    """Add one fact; what it opens, discharges and releases is answered at once."""
    own = _said(fact)
    return record(
        *(own.kind, own.subject_kind, own.subject, own.values), at=own.at, actor=request.actor, now=request.now, key=key
    ).plain()


@router.post("/facts/many", response={200: Recorded, **PROBLEMS}, summary="一次记多件 · record many facts")
def record_many(request: Asking, many: Many, key: Key = "") -> Any:
    """Add up to 500 facts; those that are refused are named by their place, the others stand."""
    said = [_said(fact) for fact in many.facts]
    return record_facts(said, actor=request.actor, now=request.now, key=key).plain()


@router.post("/facts/{fact}/correction", response={200: Recorded, **PROBLEMS}, summary="更正 · correct a fact")
def correct(request: Asking, fact: Name, correction: Correction, key: Key = "") -> Any:
    """A new fact takes the place of the old one, which stays readable."""
    return correct_fact(
        fact, correction.values, reason=correction.reason, actor=request.actor, now=request.now, key=key
    ).plain()


@router.post("/facts/{fact}/withdrawal", response={200: Recorded, **PROBLEMS}, summary="撤回 · withdraw a fact")
def withdraw(request: Asking, fact: Name, key: Key = "") -> Any:
    """Take back what the same account recorded the same day."""
    return undo_fact(fact, actor=request.actor, now=request.now, key=key).plain()


@router.post("/obligations/{obligation}/answer", response={200: Recorded, **PROBLEMS}, summary="办结 · discharge")
def answer(request: Asking, obligation: UUID, given: Answer, key: Key = "") -> Any:
    """Record the fact that an obligation asks for, as the plan words it."""
    return answer_obligation(
        obligation, given.values, quiet=given.quiet, actor=request.actor, now=request.now, key=key
    ).plain()
