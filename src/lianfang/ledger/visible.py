"""Which rows somebody sees: the filter of core/access as a condition of the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, assert_never

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Now

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
)
from lianfang.ledger.models import (
    Fact,
    Holding,
    Intake,
    JournalEntry,
    Loop,
    Obligation,
    Paper,
    Person,
    Placement,
    Room,
    Subject,
    Unit,
)

M = TypeVar("M", bound=Model)
Names = Collection[str]
NOBODY = Q(pk__in=[])
EVERYBODY = ~Q(pk__in=[])  # not the empty Q(): `Q() | condition` is the condition alone


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table tells what `core.access.Thing` says of a record: each a condition on its rows."""

    kinds: frozenset[str]
    path: Callable[[str], Q]
    owner: Callable[[Names], Q]
    supervisor: Callable[[str], Q]
    subject_kinds: Callable[[Names], Q]
    subject: Callable[[str], Q]
    facts: Callable[[Names], Q] = lambda names: NOBODY


def visible(queryset: QuerySet[M], filter: Filter) -> QuerySet[M]:
    """The rows of a list that a filter lets through: the same that `core.access.filter.matches` lets through.

    Who is placed at a site belongs to that site while the placement lasts. TypeError for a table without a place in
    the district.
    """
    shape = SHAPES.get(queryset.model)
    if shape is None:
        allowed = ", ".join(model.__name__ for model in SHAPES)
        raise TypeError(f"{queryset.model.__name__} 没有辖区 / has no jurisdiction; allowed: {allowed}")
    return queryset.filter(_condition(filter, shape))


def _condition(filter: Filter, shape: Shape) -> Q:
    match filter:
        case Everything():
            return EVERYBODY
        case Nothing():
            return NOBODY
        case PathUnder(prefix):
            return shape.path(prefix)
        case OwnedBy(units, under):
            return shape.owner(units) & _under(shape, under)
        case SupervisedBy(unit, under):
            return shape.supervisor(unit) & _under(shape, under)
        case IsSubject(kind, id, under):
            return shape.subject_kinds({kind}) & shape.subject(id) & _under(shape, under)
        case AnyOf(parts):
            return _any(_condition(part, shape) for part in parts)
        case OfKinds() | OfSubjects() | OfFacts():
            return _narrow(filter, shape)
        case _:
            assert_never(filter)


def _narrow(filter: OfKinds | OfSubjects | OfFacts, shape: Shape) -> Q:
    match filter:
        case OfKinds(kinds, inner):
            return _condition(inner, shape) if kinds & shape.kinds else NOBODY
        case OfSubjects(kinds, inner):
            return shape.subject_kinds(kinds) & _condition(inner, shape)
        case OfFacts(facts, inner):
            return shape.facts(facts) & _condition(inner, shape)
        case _:
            assert_never(filter)


def _under(shape: Shape, under: str) -> Q:
    return shape.path(under) if under else EVERYBODY


def _any(parts: Iterable[Q]) -> Q:
    found = NOBODY
    for part in parts:
        found = part if found is NOBODY else found | part
    return found


def _column(name: str) -> Callable[[Names], Q]:
    return lambda values: Q(**{f"{name}__in": list(values)})


def _starts(name: str) -> Callable[[str], Q]:
    return lambda prefix: Q(**{f"{name}__startswith": prefix})


def _equals(name: str) -> Callable[[str], Q]:
    return lambda value: Q(**{name: value})


def _always(kind: str) -> Callable[[Names], Q]:
    return lambda kinds: EVERYBODY if kind in kinds else NOBODY


def _never(_: object) -> Q:
    return NOBODY


def _about(kind: str, subject: str) -> QuerySet[Subject]:
    """The row of the subject that a row is about."""
    return Subject.objects.filter(kind=OuterRef(kind), subject=OuterRef(subject))


def _person(subject: str) -> QuerySet[Subject]:
    return Subject.objects.filter(kind="person", subject=OuterRef(subject))


def _subject_path(rows: QuerySet[Subject]) -> Callable[[str], Q]:
    return lambda prefix: Q(Exists(rows.filter(path__startswith=prefix)))


def _subject_supervisor(rows: QuerySet[Subject]) -> Callable[[str], Q]:
    return lambda unit: Q(Exists(rows.filter(supervisor=unit)))


def _subject_owner(units: Names) -> Q:
    """A placed person belongs to the site, a unit to itself, everything else to the unit it is registered in."""
    named = list(units)
    other = ~Q(kind__in=["person", "unit"]) & Q(unit__in=named)
    return Q(kind="unit", subject__in=named) | other | Q(kind="person") & _placed_or_home("subject", named)


def _placed_or_home(person: str, units: list[str]) -> Q:
    placed = Placement.objects.filter(person=OuterRef(person), during__contains=Now())
    return Q(Exists(placed.filter(room__unit__in=units))) | Q(unit__in=units) & Q(~Exists(placed))


def _loop_owner(units: Names) -> Q:
    return Q(Exists(_about("subject_kind", "subject").filter(_subject_owner(units))))


def _said_by(units: Names) -> Q:
    return _any(Q(said_by__endswith=f"@{unit}") for unit in units)


def _journal_path(prefix: str) -> Q:
    """Lines of units below, and lines of nobody's unit: citizens and the system itself."""
    return Q(Exists(Unit.objects.filter(id=OuterRef("unit"), path__startswith=prefix))) | Q(unit="")


_OBLIGATION = _about("subject_kind", "subject")

SHAPES: Mapping[type[Model], Shape] = {
    Subject: Shape(
        frozenset({"subject"}),
        _starts("path"),
        _subject_owner,
        _equals("supervisor"),
        _column("kind"),
        _equals("subject"),
    ),
    Person: Shape(
        frozenset({"subject"}),
        _starts("path"),
        lambda units: _placed_or_home("id", list(units)),
        _subject_supervisor(_person("id")),
        _always("person"),
        _equals("id"),
    ),
    Obligation: Shape(
        frozenset({"obligation", "task"}),
        _starts("path"),
        _column("owner"),
        _subject_supervisor(_OBLIGATION),
        _column("subject_kind"),
        _equals("subject"),
    ),
    Loop: Shape(
        frozenset({"subject"}),
        _starts("path"),
        _loop_owner,
        _subject_supervisor(_OBLIGATION),
        _column("subject_kind"),
        _equals("subject"),
    ),
    Fact: Shape(
        frozenset({"fact"}),
        _subject_path(_OBLIGATION),
        _said_by,
        _subject_supervisor(_OBLIGATION),
        _column("subject_kind"),
        _equals("subject"),
        _column("kind"),
    ),
    Paper: Shape(
        frozenset({"paper"}),
        _subject_path(_OBLIGATION),
        _column("unit"),
        _subject_supervisor(_OBLIGATION),
        _column("subject_kind"),
        _equals("subject"),
    ),
    Placement: Shape(
        frozenset({"subject"}),
        _subject_path(_person("person")),
        _column("room__unit"),
        _subject_supervisor(_person("person")),
        _always("person"),
        _equals("person"),
    ),
    Room: Shape(frozenset({"unit"}), _starts("unit__path"), _column("unit"), _never, _always("unit"), _equals("unit")),
    Unit: Shape(frozenset({"unit"}), _starts("path"), _column("id"), _never, _always("unit"), _equals("id")),
    Holding: Shape(
        frozenset({"account", "unit"}),
        _starts("unit__path"),
        _column("unit"),
        _never,
        _always("unit"),
        _equals("unit"),
    ),
    Intake: Shape(frozenset({"import"}), _starts("path"), _never, _never, _never, _never),
    JournalEntry: Shape(frozenset({"journal"}), _journal_path, _column("unit"), _never, _never, _never),
}
"""Every table whose rows belong somewhere."""
