"""A list shows exactly the rows that the rule would let somebody open one by one."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange

from lianfang.core.access import acts
from lianfang.core.access.actor import Actor, Duty, jurisdiction
from lianfang.core.access.filter import (
    AnyOf,
    Everything,
    Filter,
    IsSubject,
    Nothing,
    OfFacts,
    OfKinds,
    OfSubjects,
    OwnedBy,
    PathUnder,
    SupervisedBy,
    matches,
)
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import KINDS, Thing
from lianfang.ledger.models import (
    Account,
    Fact,
    Loop,
    Obligation,
    Paper,
    Person,
    Placement,
    Subject,
    Unit,
)
from lianfang.ledger.visible import visible
from tests.ledger.world import NOW, UNITS, room, units

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("crowd")]
PLACES = {**UNITS, "next": "next/", "next-hq": "next/hq/"}
SUBJECTS = ("person", "place", "unit", "area")


@pytest.fixture
def crowd(db: None) -> None:
    """Some hundred records all over two districts; a few people are placed at the isolation site."""
    chance = random.Random(7)
    units()
    for id in ("next", "next-hq"):
        Unit.objects.create(id=id, name=id, kind="unit", path=PLACES[id])
    site_room = room("hall", single=False, beds=100)
    for number in range(60):
        unit = chance.choice(list(PLACES))
        kind = chance.choice(SUBJECTS)
        name = chance.choice(list(PLACES)) if kind == "unit" else f"S-{number}"
        if Subject.objects.filter(kind=kind, subject=name).exists():
            continue
        supervisor = chance.choice(["", *PLACES])
        path = PLACES[unit]
        Subject.objects.create(kind=kind, subject=name, unit=unit, path=path, supervisor=supervisor)
        if kind == "person":
            Person.objects.create(id=name, unit=unit, path=path, registered_at=NOW)
            _maybe_placed(name, site_room.pk, chance)
        _records(number, kind, name, path, chance)


def _maybe_placed(person: str, room: int, chance: random.Random) -> None:
    now = timezone.now()
    during = chance.choice([None, (now - timedelta(days=1), None), (now - timedelta(days=9), now - timedelta(days=2))])
    if during:
        Placement.objects.create(person=person, room_id=room, single=False, during=TimestamptzRange(*during), fact="f")


def _records(number: int, kind: str, name: str, path: str, chance: random.Random) -> None:
    key = f"00000000-0000-0000-0000-{number:012d}"
    about = {"subject_kind": kind, "subject": name}
    by = chance.choice(list(PLACES))
    Loop.objects.create(id=key, **about, path=path, state="running", opened=NOW)
    Obligation.objects.create(id=key, loop=key, **about, path=path, owner=by, status="due")
    fact = chance.choice(["test", "check"])
    Fact.objects.create(id=key, kind=fact, **about, at=NOW, recorded_at=NOW, said_by=f"somebody@{by}")
    Paper.objects.create(code=key, kind="notice", **about, issued_at=NOW, unit=by)


def owner(row: Subject) -> str:
    """To whom a subject belongs, as acts/known says it."""
    if row.kind == "person":
        here = Placement.objects.filter(person=row.subject, during__contains=timezone.now()).first()
        return here.room.unit_id if here else row.unit
    return row.subject if row.kind == "unit" else row.unit


def things() -> list[tuple[type, object, Thing]]:
    """Every record with what the rules are told about it."""
    subjects = {(row.kind, row.subject): row for row in Subject.objects.all()}
    owners = {key: owner(row) for key, row in subjects.items()}
    found: list[tuple[type, object, Thing]] = []

    def add(of: type, pk: object, word: str, key: tuple[str, str], by: str, fact: str = "") -> None:
        row = subjects[key]
        found.append((of, pk, Thing(word, row.path, by, row.supervisor, *key, fact)))

    for key, row in subjects.items():
        add(Subject, row.pk, "subject", key, owners[key])
        if row.kind == "person":
            add(Person, row.subject, "subject", key, owners[key])
    for loop in Loop.objects.all():
        add(Loop, loop.pk, "subject", (loop.subject_kind, loop.subject), owners[loop.subject_kind, loop.subject])
    for duty in Obligation.objects.all():
        add(Obligation, duty.pk, "obligation", (duty.subject_kind, duty.subject), duty.owner)
    for fact in Fact.objects.all():
        said = fact.said_by.rpartition("@")[2]
        add(Fact, fact.pk, "fact", (fact.subject_kind, fact.subject), said, fact.kind)
    for paper in Paper.objects.all():
        add(Paper, paper.pk, "paper", (paper.subject_kind, paper.subject), paper.unit)
    return [*found, *((Unit, u.pk, Thing("unit", u.path, u.id, "", "unit", u.id)) for u in Unit.objects.all())]


def check(filter: Filter, records: list[tuple[type, object, Thing]]) -> None:
    for model in (Subject, Person, Loop, Obligation, Fact, Paper, Unit):
        shown = set(visible(model._default_manager.all(), filter).values_list("pk", flat=True))
        assert shown == {pk for of, pk, thing in records if of is model and matches(filter, thing)}, (model, filter)


@cache
def filters() -> st.SearchStrategy[Filter]:
    unit, under = st.sampled_from(list(PLACES)), st.sampled_from(["", *PLACES.values()])
    subject = st.sampled_from([*(f"S-{number}" for number in range(12)), *PLACES])
    leaf: st.SearchStrategy[Filter] = st.one_of(
        st.just(Everything()),
        st.just(Nothing()),
        st.builds(PathUnder, st.sampled_from(list(PLACES.values()))),
        st.builds(OwnedBy, st.frozensets(unit, max_size=3), under),
        st.builds(SupervisedBy, unit, under),
        st.builds(IsSubject, st.sampled_from(SUBJECTS), subject, under),
    )

    def deeper(inner: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
        return st.one_of(
            # an obligation is a task too, which one Thing cannot say: both words or neither
            st.builds(OfKinds, st.frozensets(st.sampled_from(sorted(KINDS - {"task"}))), inner),
            st.builds(OfSubjects, st.frozensets(st.sampled_from(SUBJECTS)), inner),
            st.builds(OfFacts, st.frozensets(st.sampled_from(["test", "check"])), inner),
            st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        )

    return st.recursive(leaf, deeper, max_leaves=6)


def test_whatever_the_filter_the_list_shows_what_the_rule_lets_through() -> None:
    records = things()
    assert len(records) > 200

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(filters())
    def holds(filter: Filter) -> None:
        check(filter, records)

    holds()


def test_for_every_duty_and_act_the_list_is_what_may_be_opened() -> None:
    records = things()
    for duty in Duty:
        for unit in ("bridge", "first-site", "next"):
            path = jurisdiction(PLACES[unit], {duty})
            actor = Actor("a", "甲", duty.zh, unit, path, frozenset({duty}), subject="S-3")
            for filter in {scope(actor, act) for act in acts.ACTS}:
                check(filter, records)


def test_an_empty_scope_shows_nothing_and_no_placement_outlives_its_end() -> None:
    assert not visible(Subject.objects.all(), AnyOf(())).exists()
    shown = visible(Person.objects.all(), OwnedBy(frozenset({"first-site"}), "")).values_list("id", flat=True)
    here = Placement.objects.filter(during__contains=timezone.now()).values_list("person", flat=True)
    own = Person.objects.filter(unit="first-site").values_list("id", flat=True)
    assert set(here) <= set(shown) <= {*here, *own}
    assert set(here)


def test_a_table_without_a_place_in_the_district_is_refused() -> None:
    with pytest.raises(TypeError, match="Account"):
        visible(Account.objects.all(), Everything())
