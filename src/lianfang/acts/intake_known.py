"""What the ledger knows about the people or things a sheet speaks of, looked up a few thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from lianfang.acts.in_force import InForce
from lianfang.acts.known import values_of
from lianfang.acts.write_facts import account_that_said
from lianfang.core.days.text import parse_instant
from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.intake.known import Candidate, Correction, Known, KnownFact, Value, Wanted
from lianfang.core.language.organisation import Unit
from lianfang.ledger.models import Fact, Person, Subject
from lianfang.ledger.sealed import lookup_key, unseal

PERSON, UNIT = "person", "unit"
AT_ONCE = 5_000
IMPORTED = "in-"
"""How the ids of imported facts begin: what replaces one of those by hand is not undone by the next sheet."""

T = TypeVar("T")


def known_for(force: InForce, kind: Kind, wanted: Wanted) -> Known:
    """Everything an import plan has to know, in a few queries."""
    subjects = _ids(kind.subject, wanted.subjects)
    numbers = _by_key("number_key", wanted.numbers)
    phones = _by_key("phone_key", wanted.phones)
    names = _by_name(wanted.names) if kind.subject == PERSON else {}
    people = {id for found in (numbers, phones, names) for ids in found.values() for id in ids}
    every = {*subjects, *people}
    candidates = _candidates(force, kind, every)

    def of(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[Candidate, ...]]:
        return {key: tuple(candidates[id] for id in ids if id in candidates) for key, ids in found.items()}

    return Known(
        subjects=of({id: (id,) for id in subjects}),
        numbers=of(numbers),
        phones=of(phones),
        names=of(names),
        references=_references(force, wanted.references),
    )


def _parts(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield part


def _ids(subject_kind: str, asked: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for part in _parts(sorted(asked)):
        rows = Subject.objects.filter(kind=subject_kind, subject__in=part)
        found |= set(rows.values_list("subject", flat=True))
    return found


def _by_key(column: str, asked: frozenset[str]) -> dict[str, list[str]]:
    """Persons by the keyed digest of a number or telephone."""
    found: dict[str, list[str]] = {}
    for part in _parts(sorted(asked)):
        keys = {lookup_key(text): text for text in part}
        rows = Person.objects.filter(**{f"{column}__in": list(keys)}, merged_into="").order_by("id")
        for id, key in rows.values_list("id", column):
            found.setdefault(keys[bytes(key)], []).append(id)
    return found


def _by_name(asked: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in _parts(sorted(asked)):
        for id, name in Person.objects.filter(name__in=part, merged_into="").order_by("id").values_list("id", "name"):
            found.setdefault(name, []).append(id)
    return found


def _candidates(force: InForce, kind: Kind, subjects: Iterable[str]) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    register = kind.id == kind.subject
    for part in _parts(sorted(subjects)):
        facts = _facts(force, kind, part)
        people = {row.id: row for row in Person.objects.filter(id__in=part)} if kind.subject == PERSON else {}
        for id in part:
            own = facts.get(id, ())
            standing = tuple(own[-1:]) if register else tuple(own)
            person = people.get(id)
            if person is None:
                found[id] = Candidate(id, facts=standing)
                continue
            number = unseal(bytes(person.number_sealed)) if person.number_sealed else ""
            phone = unseal(bytes(person.phone_sealed)) if person.phone_sealed else ""
            found[id] = Candidate(id, person.name, number, phone, standing)
    return found


def _facts(force: InForce, kind: Kind, subjects: Sequence[str]) -> dict[str, list[KnownFact]]:
    """The facts of the kind that stand, in the order in which they were recorded."""
    rows = Fact.objects.filter(subject_kind=kind.subject, subject__in=subjects, kind=kind.id).order_by("no")
    every = list(rows)
    replaced = {row.corrects for row in every if row.corrects}
    by_id = {row.id: row for row in every}
    found: dict[str, list[KnownFact]] = {}
    for row in every:
        if row.id not in replaced:
            fact = _known_fact(force, kind, row, by_id.get(row.corrects or ""))
            found.setdefault(row.subject, []).append(fact)
    return found


def _known_fact(force: InForce, kind: Kind, row: Fact, before: Fact | None) -> KnownFact:
    values = typed_values(kind, values_of(row), force.plan.zone)
    by_hand: dict[str, Correction] = {}
    if before is not None and not row.id.startswith(IMPORTED):
        old = typed_values(kind, values_of(before), force.plan.zone)
        who = Correction(account_that_said(row.said_by), int(row.recorded_at.timestamp()))
        by_hand = {name: who for name, value in values.items() if old.get(name) != value}
    return KnownFact(row.id, int(row.at.timestamp()), values, by_hand)


def typed_values(kind: Kind, values: Mapping[str, object], zone: int) -> dict[str, Value]:
    """Values as facts hold them: seconds for a time, numbers as numbers."""
    found: dict[str, Value] = {}
    for name, value in values.items():
        column = kind.columns.get(name)
        if column is None or value is None:
            continue
        if column.type is ColumnType.TIME:
            found[name] = parse_instant(str(value), zone)
        elif column.type is ColumnType.NUMBER:
            found[name] = float(str(value))
        else:
            found[name] = value if isinstance(value, bool) else str(value)
    return found


def _references(force: InForce, asked: Mapping[str, frozenset[str]]) -> dict[str, dict[str, str]]:
    """What is written -> id, for units by any of their names; everything else is taken as it is written."""
    units = asked.get(UNIT)
    if units is None:
        return {}
    named: Callable[[str], object] = force.plan.organisation.named
    found = {text: unit.id for text in units if isinstance(unit := named(text), Unit)}
    known = Subject.objects.filter(kind=UNIT, subject__in=sorted(units - found.keys()))
    return {UNIT: {**found, **{id: id for id in known.values_list("subject", flat=True)}}}
