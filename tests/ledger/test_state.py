"""What stands is written whole for every subject, by numbers that never change, and what people said stays."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pyarrow as pa
import pytest

from lianfang.core.obligations.keys import as_uuid
from lianfang.core.obligations.owed import Standing
from lianfang.ledger.models import Loop, Obligation, Subject
from lianfang.ledger.state import LOOP, MANY, OBLIGATION, store
from tests.ledger.world import NOW, add, checked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
SECOND = int(NOW.timestamp())
INSTANTS = {"opened", "day_one", "release", "ended", "since", "due", "evidence_at"}


def table(names: list[str], rows: list[dict[str, object]], left_out: set[str]) -> pa.Table:
    columns = {}
    for name in names:
        if name not in left_out:
            type = pa.int64() if name in INSTANTS else pa.int32() if name == "occurrence" else pa.string()
            default = None if name in INSTANTS else 1 if name == "occurrence" else ""
            columns[name] = pa.array([row.get(name, default) for row in rows], type)
    return pa.table(columns)


def standing(states: dict[str, str], duties: int = 1, status: str = "due") -> Standing:
    """One loop of each subject in a state (an empty state: none), with some obligations."""
    loops = [
        {
            "id": as_uuid(name),
            "subject": name,
            "path": "hq/",
            "measure": "m",
            "state": state,
            "opened": SECOND,
            "stages": json.dumps([{"stage": "s", "from": SECOND, "planned_to": None, "to": None}]),
        }
        for name, state in states.items()
        if state
    ]
    obligations = [
        {
            "id": as_uuid(f"{loop['id']}{number}"),
            "loop": loop["id"],
            "subject": loop["subject"],
            "path": "hq/",
            "measure": "m",
            "requirement": "r",
            "occurrence": number,
            "owner": "bridge",
            "due": SECOND + number,
            "status": status,
        }
        for loop in loops
        for number in range(1, duties + 1)
    ]
    return Standing(
        "person",
        tuple(states),
        tuple(SECOND + 60 for _ in states),
        table(LOOP, loops, {"subject_kind", "plan"}),
        table(OBLIGATION, obligations, {"subject_kind"}),
    )


@pytest.mark.parametrize("duties", [1, MANY + 1])
def test_storing_the_same_again_touches_no_row(duties: int) -> None:
    given = standing({"P-1": "running"}, duties)
    first = store(given, plan="p", now=NOW)
    assert (first.rows, [change.subject for change in first.opened]) == (1 + duties, ["P-1"])
    again = store(given, plan="p", now=NOW)
    assert (again.rows, again.opened, again.closed, again.released) == (0, (), (), ())
    assert Obligation.objects.filter(subject="P-1", path="hq/", owner="bridge").count() == duties


@pytest.mark.parametrize("duties", [1, MANY + 1])
def test_what_people_said_about_an_obligation_survives_the_evaluation(duties: int) -> None:
    store(standing({"P-1": "running"}, duties), plan="p", now=NOW)
    Obligation.objects.update(reminded_at=NOW)
    store(standing({"P-1": "running"}, duties, "overdue"), plan="p", now=NOW + timedelta(days=1))
    assert set(Obligation.objects.values_list("status", "reminded_at")) == {("overdue", NOW)}


def test_what_no_longer_stands_goes_and_other_subjects_keep_theirs() -> None:
    store(standing({"P-1": "running", "P-2": "running"}, 3), plan="p", now=NOW)
    store(standing({"P-1": ""}), plan="p", now=NOW)
    assert list(Loop.objects.values_list("subject", flat=True)) == ["P-2"]
    assert Obligation.objects.filter(subject="P-1").count() == 0
    assert Obligation.objects.filter(subject="P-2").count() == 3


def test_fewer_obligations_than_before_leave_none_behind() -> None:
    store(standing({"P-1": "running"}, 5), plan="p", now=NOW)
    store(standing({"P-1": "running"}, 2), plan="p", now=NOW)
    assert sorted(Obligation.objects.values_list("occurrence", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("state", "word"), [("released", "released"), ("handed_over", "released"), ("cancelled", "closed")]
)
def test_a_loop_that_ends_is_told_once(state: str, word: str) -> None:
    store(standing({"P-1": "running"}), plan="p", now=NOW)
    told = store(standing({"P-1": state}), plan="p", now=NOW)
    assert [len(getattr(told, each)) for each in ("opened", "closed", "released")] == [
        0,
        int(word == "closed"),
        int(word == "released"),
    ]
    again = store(standing({"P-1": state}), plan="p", now=NOW)
    assert (again.opened, again.closed, again.released) == ((), (), ())


def test_a_subject_knows_when_it_was_evaluated_and_when_it_changes_next() -> None:
    add(checked("P-1"))
    Subject.objects.update(stale=True)
    store(standing({"P-1": ""}), plan="p", now=NOW)
    subject = Subject.objects.get()
    assert (subject.evaluated_at, subject.next_change, subject.stale) == (NOW, NOW + timedelta(minutes=1), False)


def test_numbers_are_uuids_that_follow_from_the_words() -> None:
    store(standing({"P-1": "held"}), plan="p", now=NOW)
    loop = Loop.objects.get()
    assert loop.id == uuid.UUID(as_uuid("P-1"))
    assert loop.stages[0]["from"] == SECOND
    assert loop.plan == "p"
