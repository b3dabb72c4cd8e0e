"""The checklists a plan knows: the items its measures ask about, read from their conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from lianfang.acts.in_force import InForce
from lianfang.acts.inspect import item_kind
from lianfang.core.language.measure import Measure, Selection, Words
from lianfang.core.language.predicate import Expression
from lianfang.core.language.predicate_tree import Column, Constant, Node, Operation

ITEM, VALUE, NOTE = "item", "value", "note"
CLOSED = "closed"
YES_NO, NUMBER, TEXT = "yes_no", "number", "text"
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist: the word facts know it by, its name, and how it is answered (a number has limits).

    What fails at a `critical` item closes the place at once.
    """

    key: str
    words: Words
    kind: str = YES_NO
    low: float | None = None
    high: float | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items that are looked at together."""

    id: str
    words: Words
    items: tuple[Item, ...]


def checklists(force: InForce, subject_kind: str) -> tuple[Checklist, ...]:
    """Every checklist about places, units …; items of one list stand in the order of the plan."""
    kind = item_kind(force, subject_kind)
    found: dict[str, tuple[Words, dict[str, Item]]] = {}
    for measure in force.plan.measures if kind else ():
        if measure.subject != subject_kind:
            continue
        for conditions in _asking(force, measure, kind.id if kind else ""):
            for item in _items(measure, conditions):
                list_id = item.key.partition("/")[0] if "/" in item.key else measure.id
                words = _list_words(force, list_id, measure)
                found.setdefault(list_id, (words, {}))[1].setdefault(item.key, item)
    return tuple(Checklist(id, words, tuple(items.values())) for id, (words, items) in found.items())


def _list_words(force: InForce, id: str, measure: Measure) -> Words:
    """A checklist of the plan is scored by an indicator of its own name; otherwise the measure names it."""
    scored = next((one.words for one in force.plan.indicators if one.id == id), None)
    return scored or measure.words


def _asking(force: InForce, measure: Measure, kind: str) -> Iterator[tuple[Expression, ...]]:
    """The conditions on checked items that open the measure or discharge one of its requirements."""
    opened = _conditions(force, measure.opening.on, kind)
    if opened is not None:
        yield (*opened, *([measure.opening.where] if measure.opening.where else []))
    for requirement in measure.requirements:
        answered = _conditions(force, requirement.evidence, kind) if requirement.evidence else None
        if answered:
            yield answered


def _conditions(force: InForce, selection: str, kind: str) -> tuple[Expression, ...] | None:
    """The condition of a selection of that kind of fact, none if it is the kind itself; None for another kind."""
    chosen: Selection | None = force.plan.selections.get(selection)
    if (selection if chosen is None else chosen.kind) != kind:
        return None
    return (chosen.where,) if chosen is not None and chosen.where is not None else ()


def _items(measure: Measure, conditions: tuple[Expression, ...]) -> Iterator[Item]:
    read = frozenset().union(*(condition.columns for condition in conditions))
    kind = NUMBER if VALUE in read else TEXT if NOTE in read and "ok" not in read else YES_NO
    low, high = _limits(conditions)
    for key, name in _keys(conditions):
        words = Words(name, key.rpartition("/")[2].replace("_", " "))
        yield Item(key, measure.words if "/" in key else words, kind, low, high, _critical(measure))


def _critical(measure: Measure) -> bool:
    """Whether the plan closes the place as soon as the item fails, and not only after a failed second look."""
    return any(one.id == CLOSED and one.trigger is None for one in measure.requirements)


def _keys(conditions: tuple[Expression, ...]) -> Iterator[tuple[str, str]]:
    """The words of `item == 'a'` and `item in ['a', '甲', 'b', '乙']`: a word and, if it follows, its Chinese name."""
    for condition in conditions:
        for node in _walk(condition.tree):
            if node.name in ("==", "in") and isinstance(node.operands[0], Column) and node.operands[0].name == ITEM:
                yield from _paired([o.value for o in node.operands[1:] if isinstance(o, Constant)])


def _paired(values: list[float | str | bool | None]) -> Iterator[tuple[str, str]]:
    """Words of facts followed by as many Chinese names belong together in order; anything else is its own name."""
    words = [str(value) for value in values]
    while words:
        short = list(takewhile(str.isascii, words))
        named = list(takewhile(lambda word: not word.isascii(), words[len(short) :]))
        together = len(short) == len(named)
        yield from zip(short, named if together else short, strict=True)
        if not together:
            yield from zip(named, named, strict=True)
        words = words[len(short) + len(named) :]


def _limits(conditions: tuple[Expression, ...]) -> tuple[float | None, float | None]:
    """The limits of a measured value: what lies beyond them fails."""
    low = high = None
    for condition in conditions:
        for node in _walk(condition.tree):
            sign, limit = _compared(node)
            low = limit if sign in ("<", "<=") else low
            high = limit if sign in (">", ">=") else high
    return low, high


def _compared(node: Operation) -> tuple[str, float | None]:
    if node.name not in _TURNED:
        return "", None
    left, right = node.operands
    if isinstance(left, Constant):
        left, right, name = right, left, _TURNED[node.name]
    else:
        name = node.name
    fits = isinstance(left, Column) and left.name == VALUE and isinstance(right, Constant)
    if not fits or not isinstance(right, Constant) or not isinstance(right.value, int | float):
        return "", None
    return name, float(right.value)


def _walk(node: Node) -> Iterator[Operation]:
    if isinstance(node, Operation):
        yield node
        for operand in node.operands:
            yield from _walk(operand)
