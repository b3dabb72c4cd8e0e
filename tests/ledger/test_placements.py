"""Who is in which room: places, moves and leaves; whoever came second gets an ordinary answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from lianfang.ledger.models import Placement, Room
from lianfang.ledger.placements import Outcome, end, move, place
from tests.ledger.world import NOW, room, units

DAY = timedelta(days=1)
db = [pytest.mark.django_db, pytest.mark.usefixtures("district")]


def where(person: str) -> list[str]:
    rows = Placement.objects.filter(person=person, during__upper_inf=True)
    return [placement.room.name for placement in rows.select_related("room")]


class TestOneAfterTheOther:
    pytestmark = db

    def test_somebody_moves_in_and_leaves_and_the_room_is_free_from_that_instant(self) -> None:
        first = room("301")
        assert place("P-1", first.pk, since=NOW, fact="f") == Outcome("placed", first.pk)
        assert end("P-1", at=NOW + DAY) == Outcome("ended", first.pk)
        assert place("P-2", first.pk, since=NOW + DAY, fact="g").done
        assert (where("P-1"), where("P-2")) == ([], ["301"])

    def test_who_is_placed_already_is_not_placed_again(self) -> None:
        place("P-1", room("301").pk, since=NOW, fact="f")
        assert place("P-1", room("302").pk, since=NOW, fact="g").word == "already_placed"

    def test_a_taken_a_full_a_closed_and_an_unknown_room_say_so(self) -> None:
        single, shared = room("301"), room("302", single=False, beds=1)
        closed = Room.objects.create(unit_id="first-site", name="303", in_use=False)
        place("P-1", single.pk, since=NOW, fact="f")
        place("P-2", shared.pk, since=NOW, fact="f")
        words = [place("P-3", each, since=NOW, fact="f").word for each in (single.pk, shared.pk, closed.pk, 0)]
        assert words[1:] == ["room_full", "room_closed", "no_such_room"]
        assert words[0] in ("room_taken", "room_full")

    def test_a_move_that_is_not_possible_leaves_her_where_she_is(self) -> None:
        place("P-1", room("301").pk, since=NOW, fact="f")
        taken = room("302")
        place("P-2", taken.pk, since=NOW, fact="f")
        assert not move("P-1", taken.pk, at=NOW + DAY, fact="g").done
        assert where("P-1") == ["301"]

    def test_a_move_is_seamless(self) -> None:
        place("P-1", room("301").pk, since=NOW, fact="f")
        assert move("P-1", room("302").pk, at=NOW + DAY, fact="g").word == "moved"
        assert where("P-1") == ["302"]
        during = sorted((row.during for row in Placement.objects.filter(person="P-1")), key=lambda each: each.lower)
        assert during[0].upper == during[1].lower == NOW + DAY

    def test_nobody_leaves_before_she_came_or_without_having_come(self) -> None:
        place("P-1", room("301").pk, since=NOW, fact="f")
        assert end("P-1", at=NOW).word == "before_it_began"
        assert end("P-2", at=NOW).word == "not_placed"
        assert move("P-2", room("302").pk, at=NOW, fact="g").word == "not_placed"
        assert where("P-1") == ["301"]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_the_last_bed_at_the_same_moment_one_gets_it() -> None:
    units()
    shared = room("301", single=False, beds=2)

    def ask(number: int) -> Outcome:
        try:
            return place(f"P-{number}", shared.pk, since=NOW, fact="f")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as people:
        words = sorted(outcome.word for outcome in people.map(ask, range(6)))
    assert words == ["placed", "placed", "room_full", "room_full", "room_full", "room_full"]
    assert Placement.objects.count() == 2
