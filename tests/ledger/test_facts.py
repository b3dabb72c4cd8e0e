"""Facts are added once, never changed, and come back to the evaluation as they would from files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pyarrow as pa
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.core.facts.encode import from_tables
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import all_columns
from lianfang.ledger.fact_copy import append_tables, indexes_later
from lianfang.ledger.fact_values import FactRefused
from lianfang.ledger.facts import NewFact, rows_of, tables
from lianfang.ledger.models import Fact, Mention, Person, Subject, Unit
from lianfang.ledger.persons import join, part
from lianfang.ledger.sealed import MARKER, unseal, unseal_columns
from lianfang.ledger.subjects import Key
from tests.ledger.world import KINDS, NAMED, NOW, PLAN, add, checked, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
ONE: list[Key] = [("person", "P-1")]


def facts_of(keys: list[Key]) -> Facts:
    facts, complaints = Facts.from_rows(KINDS, rows_of(keys, KINDS), PLAN.zone)
    assert not complaints
    assert facts is not None
    return facts


def plain(facts: Facts) -> dict[str, list[tuple[tuple[str, object], ...]]]:
    """Facts with names in place of codes, without what only the ledger adds."""
    found: dict[str, list[tuple[tuple[str, object], ...]]] = {}
    for kind, table in facts.tables.items():
        columns = all_columns(KINDS[kind])
        names = [name for name in table.column_names if name not in ("recorded_at", "said_by")]
        for row in table.select(names).to_pylist():
            shown = {
                name: facts.name(columns[name].to or "", value)
                if isinstance(value, int) and columns[name].to
                else value
                for name, value in row.items()
                if value is not None
            }
            found.setdefault(kind, []).append(tuple(sorted(shown.items())))
    return {kind: sorted(rows) for kind, rows in found.items()}


WRITTEN: list[tuple[str, dict[str, object]]] = [
    ("arrival", {"id": "a", "person": "P-1", "at": "2020-05-20T09:30+08:00", "origin": "A-7", "abroad": "是"}),
    (
        "test",
        {
            "id": "t",
            "person": "P-1",
            "sampled_at": "2020-05-21T00:00+08:00",
            "result": "阴性",
            "resulted_at": "2020-05-22",
        },
    ),
    (
        "check",
        {
            "id": "c",
            "person": "P-1",
            "at": "2020-05-22T08:00+08:00",
            "temperature": "37.2",
            "note": '咳\n嗽 "轻" \\ 一',
        },
    ),
    ("check", {"id": "d", "person": "P-1", "at": "2020-05-22T08:00+08:00", "temperature": 37, "corrects": "c"}),
    ("area_level", {"id": "l", "area": "A-7", "from": "2020-05-01T00:00+08:00", "level": "高"}),
]


def as_new(kind: str, row: dict[str, object]) -> NewFact:
    """A written row as a fact to be added."""
    of = KINDS[kind]
    own = {name: value for name, value in row.items() if name not in ("id", "corrects", of.subject, of.time)}
    at = datetime.fromisoformat(str(row[of.time]))
    corrects = str(row["corrects"]) if "corrects" in row else None
    return NewFact(kind, of.subject, str(row[of.subject]), at, own, str(row["id"]), corrects)


def expected() -> dict[str, list[tuple[tuple[str, object], ...]]]:
    facts, complaints = Facts.from_rows(KINDS, WRITTEN, PLAN.zone)
    assert not complaints
    assert facts is not None
    return plain(facts)


def read(found: dict[str, pa.Table]) -> dict[str, list[tuple[tuple[str, object], ...]]]:
    facts, complaints = from_tables(KINDS, found, PLAN.zone)
    assert not complaints
    assert facts is not None
    return plain(facts)


def test_facts_come_back_row_by_row_as_they_would_from_a_file() -> None:
    add(*(as_new(kind, row) for kind, row in WRITTEN))
    assert plain(facts_of(ONE)) == expected()


def test_facts_come_back_as_columns_as_they_would_from_a_file() -> None:
    add(*(as_new(kind, row) for kind, row in WRITTEN))
    assert read(tables(KINDS, ONE)) == expected()
    assert read(tables(KINDS)) == expected()


def test_facts_added_as_columns_are_the_same_facts() -> None:
    rows: dict[str, list[dict[str, object]]] = {}
    for kind, row in WRITTEN:
        rows.setdefault(kind, []).append({name: None if value is None else str(value) for name, value in row.items()})
    given = {kind: pa.Table.from_pylist([_whole(kind, row) for row in own]) for kind, own in rows.items()}
    with indexes_later():
        added = append_tables(given, plan=PLAN, said_by="clerk@hq", now=NOW, named=NAMED, home="bridge")
    assert added == len(WRITTEN)
    assert read(tables(KINDS)) == expected()
    assert plain(facts_of(ONE)) == expected()
    assert Subject.objects.get(kind="person", subject="P-1").path == "hq/willow/bridge/"


def _whole(kind: str, row: dict[str, object]) -> dict[str, object]:
    """Every column present, so that Arrow sees the same columns in every row."""
    names = {name for other, written in WRITTEN if other == kind for name in written}
    return {name: row.get(name) for name in sorted(names)}


def test_both_times_are_kept_and_a_later_look_back_does_not_know_what_came_later() -> None:
    add(checked("P-1"), at=NOW + timedelta(days=3))
    row = rows_of(ONE, KINDS)[0][1]
    assert (row["at"], row["recorded_at"]) == (NOW, NOW + timedelta(days=3))
    known = facts_of(ONE).known(int((NOW + timedelta(days=2)).timestamp()))
    assert known.rows("check") == 0


def test_a_fact_about_an_area_is_read_with_the_person_who_came_from_there() -> None:
    add(as_new(*WRITTEN[0]), as_new(*WRITTEN[4]), NewFact("area_level", "area", "A-8", NOW, {"level": "high"}))
    kinds = [kind for kind, _ in rows_of(ONE, KINDS)]
    assert sorted(kinds) == ["area_level", "arrival"]
    assert [kind for kind, _ in rows_of(ONE, KINDS, looked_up=())] == ["arrival"]
    assert set(tables(KINDS, ONE, looked_up=())) == {"arrival"}
    assert Mention.objects.get().subject == "P-1"


def test_who_came_from_an_area_is_read_with_the_area_when_asked_for() -> None:
    add(as_new(*WRITTEN[0]), as_new(*WRITTEN[4]))
    area: list[Key] = [("area", "A-7")]
    assert [kind for kind, _ in rows_of(area, KINDS)] == ["area_level"]
    assert sorted(kind for kind, _ in rows_of(area, KINDS, through=["arrival"])) == ["area_level", "arrival"]
    assert set(tables(KINDS, area, through=["arrival"])) == {"area_level", "arrival"}


def test_a_number_is_sealed_and_only_its_presence_is_seen() -> None:
    add(registered("P-1", id_number="000000199001010011", phone="100 0000 0011", address="东街3号2单元501"))
    fact = Fact.objects.get(kind="person")
    assert fact.values["id_number"] == MARKER
    assert unseal_columns(bytes(fact.sealed or b""))["id_number"] == "000000199001010011"
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(f)::text || row_to_json(p)::text FROM fact f, person p")
        stored = str(cursor.fetchone())
    assert "199001010011" not in stored
    assert "10000000011" not in stored
    row = rows_of(ONE, KINDS)[0][1]
    assert (row["id_number"], row["address"]) == (MARKER, MARKER)


def test_a_registration_makes_the_person_and_the_place_where_she_belongs() -> None:
    add(registered("P-1", "测试甲", "cedar", phone="100 0000 0011", born_on=date(1990, 1, 1)))
    person, subject = Person.objects.get(id="P-1"), Subject.objects.get(subject="P-1")
    assert (person.path, subject.path, subject.name) == ("hq/cedar/", "hq/cedar/", "测试甲")
    assert person.born_on == date(1990, 1, 1)
    assert unseal(bytes(person.phone_sealed or b"")) == "10000000011"
    assert person.phone_masked == "100****0011"


def test_what_is_newly_said_is_taken_over_and_what_is_not_said_stays() -> None:
    add(registered("P-1", "测试甲", "cedar", phone="10000000011"))
    add(NewFact("person", "person", "P-1", NOW, {"name": "测试乙"}))
    person = Person.objects.get(id="P-1")
    assert (person.name, person.path, person.phone_masked) == ("测试乙", "hq/cedar/", "100****0011")


def test_a_later_fact_does_not_move_anybody_to_the_unit_of_the_speaker() -> None:
    add(registered("P-1", unit="cedar"))
    add(checked("P-1"), home="bridge")
    assert Subject.objects.get(subject="P-1").path == "hq/cedar/"


def test_a_place_is_at_home_in_its_area_and_an_area_of_no_unit_in_the_district_as_a_whole() -> None:
    Unit.objects.filter(id="hq").update(kind="headquarters")
    add(
        NewFact("place", "place", "L-1", NOW, {"name": "菜场", "area": "A-7", "supervisor": "cedar"}),
        NewFact("area_level", "area", "A-7", NOW, {"level": "high"}, unit="willow"),
        NewFact("area_level", "area", "A-8", NOW, {"level": "high"}),
        NewFact("area_level", "area", "cedar", NOW, {"level": "high"}),
        home="",
    )
    found = {row.subject: (row.path, row.unit) for row in Subject.objects.all()}
    assert found == {
        "L-1": ("hq/willow/", "willow"),
        "A-7": ("hq/willow/", "willow"),
        "A-8": ("hq/", "hq"),
        "cedar": ("hq/cedar/", "cedar"),
    }
    assert Subject.objects.get(subject="L-1").supervisor == "cedar"


def test_a_fact_of_merged_records_stands_under_the_one_that_stays_until_it_is_taken_back() -> None:
    add(registered("P-1"), registered("P-2"), checked("P-2"))
    add(NewFact("contact", "person", "P-3", NOW, {"case": "P-2"}))
    assert join("P-1", "P-2")
    assert [row["person"] for _, row in rows_of(ONE, KINDS)] == ["P-1"] * 3
    assert rows_of([("person", "P-2")], KINDS) == []
    contact = next(row for kind, row in rows_of([("person", "P-3")], KINDS) if kind == "contact")
    assert contact["case"] == "P-1"
    assert tables(KINDS)["contact"]["case"].to_pylist() == ["P-1"]
    assert set(tables(KINDS)["check"]["person"].to_pylist()) == {"P-1"}
    assert part("P-1", "P-2")
    assert len(rows_of(ONE, KINDS)) == 1
    assert len(rows_of([("person", "P-2")], KINDS)) == 2


@pytest.mark.parametrize(
    ("fact", "where"),
    [
        (NewFact("no-such-kind", "person", "P-1", NOW), "no-such-kind"),
        (NewFact("check", "place", "P-1", NOW), "check.person"),
        (NewFact("check", "person", " ", NOW), "check.person"),
        (NewFact("check", "person", "P-1", NOW, {"pulse": 80}), "check.pulse"),
        (NewFact("check", "person", "P-1", NOW, {"temperature": "warm"}), "check.temperature"),
        (NewFact("check", "person", "P-1", NOW, {"temperature": float("nan")}), "check.temperature"),
        (NewFact("check", "person", "P-1", NOW, {"well": "maybe"}), "check.well"),
        (NewFact("test", "person", "P-1", NOW, {"result": "unclear"}), "test.result"),
        (NewFact("test", "person", "P-1", NOW, {"resulted_at": "yesterday"}), "test.resulted_at"),
    ],
)
def test_a_fact_that_does_not_fit_the_vocabulary_is_refused_and_nothing_is_kept(fact: NewFact, where: str) -> None:
    with pytest.raises(FactRefused) as refused:
        add(checked("P-9"), fact)
    assert refused.value.where == where
    assert not Fact.objects.exists()


def test_columns_may_be_named_in_chinese() -> None:
    add(NewFact("check", "person", "P-1", NOW, {"良好": "是"}))
    assert Fact.objects.get().values == {"well": True}


def test_a_fault_in_a_column_is_named_with_its_row() -> None:
    table = pa.table({"person": ["P-1", "P-2"], "at": ["2020-05-25", "some day"]})
    with pytest.raises(FactRefused, match="2"):
        append_tables({"check": table}, plan=PLAN, said_by="clerk@hq", now=NOW, named=NAMED)


def test_the_same_fact_is_never_added_twice() -> None:
    fact = NewFact("check", "person", "P-1", NOW, {}, id="once")
    add(fact)
    with pytest.raises(IntegrityError), transaction.atomic():
        add(fact)


def test_a_thousand_facts_take_the_quick_way_and_are_the_same_facts() -> None:
    ids = add(*(checked(f"P-{number % 7}", days=number, note=f"第{number}次") for number in range(1000)))
    assert len(set(ids)) == 1000
    assert Fact.objects.count() == 1000
    assert Subject.objects.filter(kind="person").count() == 7
    table = tables(KINDS, [("person", f"P-{number}") for number in range(7)])["check"]
    assert sorted(table["note"].to_pylist()) == sorted(f"第{number}次" for number in range(1000))
    assert table["at"].to_pylist() == [int((NOW + timedelta(days=number)).timestamp()) for number in range(1000)]


def test_a_column_that_changed_its_type_with_a_new_plan_does_not_stop_the_reading() -> None:
    add(checked("P-1"))
    Fact.objects.bulk_create(
        [
            Fact(
                id="old",
                kind="check",
                subject_kind="person",
                subject="P-1",
                at=NOW,
                recorded_at=NOW,
                values={"well": "so"},
            )
        ]
    )
    table = tables(KINDS)["check"]
    assert table.num_rows == 2
    assert table["temperature"].to_pylist() == [36.5, None]


def test_instants_with_parts_of_a_second_belong_to_the_second_that_runs() -> None:
    late = datetime(2020, 5, 25, 15, 59, 59, 999_999, tzinfo=UTC)
    add(NewFact("check", "person", "P-1", late, {}))
    assert tables(KINDS)["check"]["at"].to_pylist() == [int(late.timestamp())]
    facts = facts_of(ONE)
    assert facts.column("check", "at").to_pylist() == [int(late.timestamp())]


TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs", "Cc"]), max_size=12)
INSTANTS = st.integers(1_500_000_000, 1_700_000_000)


def drawn() -> st.SearchStrategy[tuple[str, dict[str, object]]]:
    """A kind and some of its columns, as somebody may write them."""
    check = {"temperature": st.floats(30, 45), "note": TEXTS, "well": st.booleans()}
    arrival = {
        "origin": st.sampled_from(["A-7", "A 8", '"A\\']),
        "abroad": st.sampled_from(["是", "no"]),
        "seat": TEXTS,
    }
    test = {"result": st.sampled_from(["negative", "阳性"]), "resulted_at": INSTANTS.map(lambda at: at + 200_000_000)}
    return st.one_of(
        st.tuples(st.just("check"), st.fixed_dictionaries({}, optional=check)),
        st.tuples(st.just("arrival"), st.fixed_dictionaries({}, optional=arrival)),
        st.tuples(st.just("test"), st.fixed_dictionaries(test)),
    )


def test_whatever_is_written_comes_back_the_same_from_the_ledger_and_from_a_file() -> None:
    numbers = count()

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(drawn(), INSTANTS), max_size=8))
    def holds(given: list[tuple[tuple[str, dict[str, object]], int]]) -> None:
        person = f"P-{next(numbers)}"
        key: list[Key] = [("person", person)]
        ids = [f"{person}-{place}" for place in range(len(given))]
        rows = [
            (kind, {**values, "id": id, "person": person, KINDS[kind].time: at})
            for id, ((kind, values), at) in zip(ids, given, strict=True)
        ]
        expected, complaints = Facts.from_rows(KINDS, rows, PLAN.zone)
        assert not complaints
        assert expected is not None
        add(
            *(
                NewFact(kind, "person", person, datetime.fromtimestamp(at, UTC), values, id)
                for id, ((kind, values), at) in zip(ids, given, strict=True)
            )
        )
        assert plain(facts_of(key)) == plain(expected)
        assert read(tables(KINDS, key)) == plain(expected)

    holds()
