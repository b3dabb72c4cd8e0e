"""The journal holds every act, and any line changed, taken out, added or moved is found by its number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from lianfang.ledger import journal
from lianfang.ledger.journal import START, Head, head, lines, verify, view, write
from lianfang.ledger.models import JournalEntry, JournalHead
from tests.ledger.world import CLERK, NOW

LINES = 7


@pytest.fixture
def written(db: None) -> None:
    for number in range(1, LINES + 1):
        write(CLERK, "record_fact", f"person:P-{number}", now=NOW + timedelta(seconds=number), details={"n": number})


def tamper(statement: str, *values: Any) -> None:
    """What somebody does who rules the database: the guards are off."""
    with connection.cursor() as cursor:
        for table in ("journal", "journal_head"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        for table in ("journal", "journal_head"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def broken_at(**given: object) -> int | None:
    found = verify(**given)  # type: ignore[arg-type]
    assert found is None or (found.zh and found.en)
    return None if found is None else found.no


@pytest.mark.usefixtures("written")
def test_an_untouched_journal_is_whole_from_any_line_on() -> None:
    assert [broken_at(start=start) for start in range(LINES + 2)] == [None] * (LINES + 2)
    assert [line.no for line in lines()] == list(range(1, LINES + 1))
    assert [line.no for line in lines(about="person:P-3")] == [3]


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", datetime(2020, 5, 25, 4, 0, 4, 1, tzinfo=UTC)),
        ("account", "other"),
        ("post", "other"),
        ("unit", "other"),
        ("act", "other"),
        ("about", "person:P-9"),
        ("reason", "other"),
        ("details", '{"n": 5}'),
        ("before", b"\x00" * 32),
        ("digest", b"\x00" * 32),
    ],
)
def test_any_field_that_was_changed_breaks_the_chain_at_its_line(column: str, value: object) -> None:
    tamper(f"UPDATE journal SET {column} = %s WHERE no = 4", value)
    assert broken_at() == 4


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("no", range(1, LINES + 1))
def test_a_line_taken_out_is_missed_also_the_first_and_the_last(no: int) -> None:
    tamper("DELETE FROM journal WHERE no = %s", no)
    assert broken_at() == no


@pytest.mark.usefixtures("written")
def test_two_lines_that_changed_places_are_found() -> None:
    tamper("UPDATE journal SET no = CASE no WHEN 3 THEN -4 ELSE -3 END WHERE no IN (3, 4)")
    tamper("UPDATE journal SET no = -no WHERE no < 0")
    assert broken_at() == 3


@pytest.mark.usefixtures("written")
def test_a_line_changed_together_with_its_own_digest_breaks_the_next_one() -> None:
    entry = JournalEntry.objects.get(no=4)
    forged = next(line for line in lines(after=3))
    changed = journal.Line(**{**{name: getattr(forged, name) for name in journal.NAMES}, "reason": "other"})
    digest = changed.digest(bytes(entry.before))
    tamper("UPDATE journal SET reason = 'other', digest = %s WHERE no = 4", digest)
    assert broken_at() == 5


@pytest.mark.usefixtures("written")
def test_an_end_cut_off_is_found_by_the_head_and_with_the_head_by_one_kept_elsewhere() -> None:
    kept = head()
    tamper("DELETE FROM journal WHERE no > 5")
    assert broken_at() == 6
    fifth = JournalEntry.objects.get(no=5)
    tamper("UPDATE journal_head SET no = 5, digest = %s", bytes(fifth.digest))
    assert broken_at() is None
    assert broken_at(heads=[kept]) == 6


@pytest.mark.usefixtures("written")
def test_an_emptied_journal_is_found() -> None:
    kept = head()
    tamper("DELETE FROM journal")
    assert broken_at() == 1
    tamper("DELETE FROM journal_head")
    assert broken_at() is None
    assert broken_at(heads=[kept]) == 1


@pytest.mark.usefixtures("written")
def test_a_journal_written_anew_from_some_line_on_differs_from_a_head_kept_elsewhere() -> None:
    kept = Head(6, bytes(JournalEntry.objects.get(no=6).digest))
    others = [line for line in lines() if line.no >= 4]
    tamper("DELETE FROM journal WHERE no >= 4")
    third = JournalEntry.objects.get(no=3)
    tamper("UPDATE journal_head SET no = 3, digest = %s", bytes(third.digest))
    for line in others:
        write(CLERK, line.act, line.about, now=line.at, reason="as it should have been")
    assert broken_at() is None
    assert broken_at(heads=[kept]) == 6


@pytest.mark.usefixtures("written")
def test_a_line_put_behind_the_last_one_is_found() -> None:
    last = head()
    JournalEntry.objects.create(no=LINES + 1, at=NOW, account="a", act="x", before=last.digest, digest=b"\x01" * 32)
    assert broken_at() == LINES + 1


@pytest.mark.usefixtures("written")
def test_the_head_goes_forward_line_by_line_and_never_back() -> None:
    for no in (LINES - 1, LINES, LINES + 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            JournalHead.objects.update(no=no)
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalHead.objects.all().delete()


@pytest.mark.django_db
def test_details_of_any_kind_come_back_as_they_were_bound() -> None:
    details = {
        "half": 0.5,
        "huge": 1e300,
        "many": 10**30,
        "day": date(2020, 5, 25),
        "at": NOW,
        "set": {"b", "a"},
        "deep": {"list": [1, None, True, {"文": "字\x00"}]},
        "odd": '\ud800 \u2028 \\ " 𠀀',
    }
    write(CLERK, "record_fact", "person:P-1\x00", now=NOW, reason="半\ud800", details=details)
    assert broken_at() is None
    line = next(lines())
    assert line.details["set"] == ["a", "b"]
    assert line.details["many"] == 10**30


@pytest.mark.django_db
def test_looking_at_a_record_is_written_down_with_who_looked_and_in_which_post() -> None:
    view(CLERK, "person:P-1", now=NOW, reason="核对")
    line = next(lines())
    assert (line.account, line.post, line.unit, line.about, line.reason) == (
        "clerk",
        "疾控",
        "hq",
        "person:P-1",
        "核对",
    )
    assert line.act == "see_subject"


def _act_that_fails() -> None:
    with transaction.atomic():
        write(CLERK, "record_fact", "person:P-2", now=NOW)
        raise RuntimeError


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_leaves_no_line_and_no_gap() -> None:
    write(CLERK, "record_fact", "person:P-1", now=NOW)
    with pytest.raises(RuntimeError):
        _act_that_fails()
    assert write(CLERK, "record_fact", "person:P-3", now=NOW) == 2
    assert broken_at() is None


@pytest.mark.django_db
def test_an_empty_journal_is_whole() -> None:
    assert head() == Head(0, START)
    assert broken_at() is None


@pytest.mark.django_db
def test_a_long_journal_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "BATCH", 3)
    for number in range(10):
        write(CLERK, "record_fact", f"person:P-{number}", now=NOW)
    assert len(list(lines())) == 10
    assert broken_at() is None
    tamper("UPDATE journal SET reason = 'other' WHERE no = 7")
    assert broken_at() == 7


@pytest.mark.django_db(transaction=True)
def test_people_who_act_at_the_same_moment_make_one_chain() -> None:
    def act(number: int) -> None:
        try:
            write(CLERK, "record_fact", f"person:P-{number}", now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        list(people.map(act, range(40)))
    assert [line.no for line in lines()] == list(range(1, 41))
    assert broken_at() is None
