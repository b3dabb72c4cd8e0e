"""What is past its time goes with proof; whoever is still under management stays whole."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest

from lianfang.core.access.acts import RETAIN
from lianfang.ledger import journal
from lianfang.ledger.models import (
    Attachment,
    Fact,
    Intake,
    IntakeRow,
    Loop,
    Note,
    Obligation,
    Person,
    Placement,
    SentOnce,
    Subject,
)
from lianfang.ledger.placements import end, place
from lianfang.ledger.retention import ATTACHMENTS, CATEGORIES, FILES, NOTES, PERSONS, SENT, Deleted, delete_due
from tests.ledger.world import CLERK, NOW, add, checked, registered, room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
YEAR = timedelta(days=365)
LATER = NOW + 2 * YEAR


def due(size: int = 500) -> Deleted | None:
    return delete_due(PERSONS, YEAR, actor=CLERK, now=LATER, size=size)


def test_a_file_past_its_time_goes_whole_with_a_line_that_proves_it() -> None:
    add(registered("P-1"), checked("P-1"))
    place("P-1", room().pk, since=NOW, fact="f")
    end("P-1", at=NOW + timedelta(days=14))
    done = due()
    assert done is not None
    assert (done.names, done.rows["fact"], done.rows["person"], done.rows["placement"]) == (1, 2, 1, 1)
    left = [model.objects.exists() for model in (Fact, Person, Subject, Placement)]
    assert left == [False] * 4
    line = next(journal.lines())
    assert (line.no, line.act, line.about) == (done.line, RETAIN, "retention:persons")
    assert line.details["digest"] == done.digest == sha256(b"P-1").hexdigest()
    assert journal.verify() is None


def noted(about: str) -> None:
    Note.objects.create(about=about, kind="comment", text="t", at=NOW, by="a")
    given = {"name": "n", "media_type": "text/plain", "size": 1, "digest": "d", "content": b"x", "by": "a"}
    Attachment.objects.create(about=about, at=NOW, **given)


def test_what_people_said_and_attached_about_somebody_goes_with_her_file() -> None:
    add(registered("P-1"), registered("P-2"))
    add(checked("P-2"), at=LATER)
    loop, obligation, other = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2, 3))
    about = {"subject_kind": "person", "subject": "P-1"}
    Loop.objects.create(id=loop, **about, state="released", opened=NOW)
    Obligation.objects.create(id=obligation, loop=loop, **about, status="met")
    for each in (loop, obligation, "person:P-1", "person:P-2", other):
        noted(each)
    assert due() is not None
    assert sorted(Note.objects.values_list("about", flat=True)) == [other, "person:P-2"]
    assert sorted(Attachment.objects.values_list("about", flat=True)) == [other, "person:P-2"]
    done = delete_due(NOTES, YEAR, actor=CLERK, now=LATER), delete_due(ATTACHMENTS, YEAR, actor=CLERK, now=LATER)
    assert [each.names for each in done if each] == [1, 1]
    assert list(Note.objects.values_list("about", flat=True)) == ["person:P-2"]


@pytest.mark.parametrize("state", ["running", "held", "suspended"])
def test_who_has_an_open_loop_stays_however_old(state: str) -> None:
    add(registered("P-1"))
    key = "00000000-0000-0000-0000-000000000001"
    Loop.objects.create(id=key, subject_kind="person", subject="P-1", state=state, opened=NOW)
    assert due() is None
    Loop.objects.update(state="released")
    assert due() is not None


def test_the_clock_starts_with_the_last_thing_that_was_learned() -> None:
    add(registered("P-1"), registered("P-2"))
    add(checked("P-1"), at=LATER - YEAR)
    done = due()
    assert done is not None
    assert list(Person.objects.values_list("id", flat=True)) == ["P-1"]
    assert due() is None


def test_it_goes_batch_by_batch_and_each_batch_has_its_line() -> None:
    add(*(registered(f"P-{number}") for number in range(5)))
    counts = []
    while done := due(size=2):
        counts.append(done.names)
    assert counts == [2, 2, 1]
    assert len(list(journal.lines())) == 3
    assert not Fact.objects.exists()


def test_a_deletion_that_cannot_be_proved_does_not_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    add(registered("P-1"))

    def fails(*given: object, **more: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(journal, "write", fails)
    with pytest.raises(RuntimeError):
        due()
    assert (Person.objects.count(), Fact.objects.count()) == (1, 1)


def test_files_and_keys_go_after_their_time_and_files_in_work_stay() -> None:
    for number, state in enumerate(("applied", "planned")):
        given = {"kind": "k", "sender": "s", "file_name": "f", "digest": str(number), "path": "hq/", "by": "a"}
        intake = Intake.objects.create(**given, state=state, at=NOW)
        IntakeRow.objects.create(intake=intake, row=1, outcome="new")
    SentOnce.objects.create(account="a", key="k", act="x", at=NOW)
    assert [delete_due(each, YEAR, actor=CLERK, now=LATER) is not None for each in (FILES, SENT)] == [True, True]
    assert [intake.state for intake in Intake.objects.all()] == ["planned"]
    assert IntakeRow.objects.count() == 1
    assert not SentOnce.objects.exists()


def test_nothing_is_due_in_an_empty_ledger() -> None:
    assert [delete_due(each, YEAR, actor=CLERK, now=LATER) for each in CATEGORIES] == [None] * len(CATEGORIES)
    assert list(journal.lines()) == []
