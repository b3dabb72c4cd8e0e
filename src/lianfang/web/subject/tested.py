"""Tests of a subject: each where it was taken, with its result; what is still to come as a window, never as a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.language.measure import Requirement, Shape
from lianfang.ledger.models import Obligation
from lianfang.web.parts.said import one_of, said
from lianfang.web.subject.grid import Days, Stack, width_of
from lianfang.web.subject.happened import Happened, instant
from lianfang.web.subject.lane import Item, Lane

MOST_ROWS = 4
OPEN = ("due", "overdue", "held", "upcoming")
SHAPES = {"negative": "negative", "positive": "positive"}


def is_test(kind: Kind) -> bool:
    """Whether facts of a kind have a result that becomes known later."""
    return kind.known_at is not None


def test_lane(days: Days, force: InForce, tests: Sequence[Happened], obligations: Iterable[Obligation]) -> Lane | None:
    """Tests that were taken, then what is still to be taken."""
    stack, items, more = Stack(MOST_ROWS), [], 0
    for number, fact in _numbered(tests):
        if not days.shows(fact.at, fact.at + timedelta(seconds=1)):
            continue
        item = _taken(days, fact, number, stack)
        more += item is None
        items += [item] if item else []
    for row in obligations:
        asked = force.requirements.get((row.measure, row.requirement))
        if asked is None or row.status not in OPEN or not _asks_test(force, asked[1]):
            continue
        item = _window(days, row, asked[1], stack)
        more += item is None
        items += [item] if item else []
    sorts = {_sort(fact) + fact.name for fact in tests}
    head = sorts.pop() if len(sorts) == 1 else gettext("检测")
    return Lane(head, tuple(items), stack.rows, more) if items else None


def _numbered(tests: Sequence[Happened]) -> Iterable[tuple[int, Happened]]:
    """Each test with its number among those of the same sort."""
    count: dict[str, int] = {}
    for fact in tests:
        sort = f"{fact.kind.id}:{_sort(fact)}"
        count[sort] = count.get(sort, 0) + 1
        yield count[sort], fact


def _sort(fact: Happened) -> str:
    """What was tested for: the first required choice of the kind."""
    for name, column in fact.kind.columns.items():
        if column.type is ColumnType.CHOICE and column.required:
            value = str(fact.values.get(name, ""))
            return one_of(dict(column.choices).get(value, value), value.replace("_", " "))
    return ""


def result(fact: Happened) -> tuple[str, str]:
    """The shape and the word of a test's result; without one it is still waited for."""
    for name in fact.kind.known_columns:
        column = fact.kind.columns.get(name)
        value = fact.values.get(name)
        if column is not None and column.type is ColumnType.CHOICE and isinstance(value, str):
            word = one_of(dict(column.choices).get(value, value), value.replace("_", " "))
            return SHAPES.get(value, "cancelled"), word
    return "upcoming", gettext("待出结果")


def _taken(days: Days, fact: Happened, number: int, stack: Stack) -> Item | None:
    shape, word = result(fact)
    sort = _sort(fact)
    text = gettext("第%(number)s次%(sort)s %(word)s") % {"number": number, "sort": sort, "word": word}
    known = instant(fact.values.get(fact.kind.known_at or ""))
    second = gettext("采样 %(when)s") % {"when": f"{fact.at.astimezone(days.zone):%d %H:%M}"}
    if known is not None and known - fact.at > timedelta(hours=24):
        second = gettext("采样 %(day)s，结果 %(when)s") % {
            "day": f"{fact.at.astimezone(days.zone):%d}",
            "when": _at(days, known),
        }
    x = days.x(fact.at)
    wide = max(width_of(text), width_of(second)) + 2.4
    before = x + wide > 100 and x > 50
    row = stack.row(x - wide if before else x - 0.8, x + 1 if before else x + wide)
    if row is None:
        return None
    return Item("mark", x, 0, row, f"test {shape}", text, second, shape=shape, before=before)


def _at(days: Days, when: datetime) -> str:
    return f"{when.astimezone(days.zone):%d %H:%M}"


def _asks_test(force: InForce, requirement: Requirement) -> bool:
    selection = force.plan.selections.get(requirement.evidence or "")
    kind = force.plan.kinds.get(selection.kind if selection else requirement.evidence or "")
    return kind is not None and is_test(kind) and requirement.shape in (Shape.COUNT, Shape.WINDOW, Shape.EVENT)


def _window(days: Days, row: Obligation, requirement: Requirement, stack: Stack) -> Item | None:
    """From when until when a test may be taken; without dates of its own it reaches to the edge of the grid."""
    since, until = row.since or days.now, row.due or days.end
    begin = max(since, days.start)
    if not days.shows(begin, max(until, begin + timedelta(seconds=1))):
        return None
    x, end = days.x(begin), max(days.x(until), days.x(begin) + 2.0)
    number = (
        gettext("第%(number)s次") % {"number": row.occurrence}
        if row.occurrence > 1 or requirement.shape is Shape.COUNT
        else ""
    )
    text = f"{number}{said(requirement.words)}"
    second = (
        gettext("条文不定日期，任一天都可")
        if row.due is None
        else gettext("%(when)s 前") % {"when": f"{until.astimezone(days.zone):%m-%d %H:%M}"}
    )
    row_number = stack.row(x, max(end, x + width_of(text) + 2))
    if row_number is None:
        return None
    look = "overdue" if row.status == "overdue" else "held" if row.status == "held" else "open"
    return Item("window", x, round(end - x, 3), row_number, look, text, second, reverse("why", args=[row.pk]))
