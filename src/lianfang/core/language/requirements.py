"""The requirements of a measure: which of the forms each one has, its window, its children."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.language.document import Branch, Scalar, key_place
from lianfang.core.language.draft import ANCHORS, Draft
from lianfang.core.language.measure import Fixed, Floor, Input, Requirement, Selection, Shape, Words
from lianfang.core.language.offsets import Role
from lianfang.core.language.predicate_tree import Column, Constant, Expression, Operation, Type
from lianfang.core.language.windows import is_limit, resolve_window

MOST_TIMES = 10_000
"""No subject owes the same thing more often."""

_WINDOW = ("on", "within", "by", "from", "due", "until", "every")
_MEANING = {
    Shape.WINDOW: {*_WINDOW, "anchor", "anchored_to", "times", "evidence", "then", "carries"},
    Shape.COUNT: {"count", "gap", "evidence", "then", "carries"},
    Shape.EVENT: {*_WINDOW, "after_each", "after_exit", "anchored_to", "evidence", "then", "carries"} - {"every"},
    Shape.RESULT: {"result_within", "then"},
    Shape.FOLLOW: {*_WINDOW, "evidence", "then"} - {"every"},
    Shape.CHECK: {"check"},
}
_ALWAYS = {"requirement", "name", "clauses", "gates", "applies", "waivable", "ends_with_exit"}
_FLOORS = {"day": Floor.DAY, "week": Floor.WEEK, "month": Floor.MONTH}


@dataclass(frozen=True, slots=True)
class _Above:
    """What a requirement has from the one it is written under."""

    path: str
    first: int
    last: int
    ends_with_exit: bool
    kind_known: bool  # the facts of the requirement above have a result that becomes known later


def resolve_requirements(draft: Draft) -> tuple[Requirement, ...]:
    """The requirements in order, each with what follows from it."""
    nodes = tuple(draft.node.branches("requires"))
    return _siblings(draft, nodes, None)


def _siblings(draft: Draft, nodes: tuple[Branch, ...], above: _Above | None) -> tuple[Requirement, ...]:
    seen: dict[str, Scalar] = {}
    for node in nodes:
        key = node.scalar("requirement")
        if key is not None and key.text in seen:
            draft.context.book.add("pack:duplicate-id", key.place, key.text, seen[key.text].place.text)
        elif key is not None:
            seen[key.text] = key
    return tuple(_requirement(draft, node, above) for node in nodes)


def _requirement(draft: Draft, node: Branch, above: _Above | None) -> Requirement:
    id = node.text("requirement") or ""
    path = f"{above.path}/{id}" if above else id
    at = f"requires/{path}"
    shape = _shape(draft, node, above)
    first, last = (above.first, above.last) if above else _during(draft, node)
    window = resolve_window(draft, node, shape, at)
    evidence = draft.selection(node.scalar("evidence"), f"{at}/evidence") if shape is not Shape.RESULT else None
    times = _times(draft, node, shape, at)
    anchor = Fixed.STAGE_END if window.at_end else draft.anchor(node.scalar("anchor"), Fixed.STAGE_START, ANCHORS)
    gate = draft.node.flag("gate", False)
    ends_with_exit = node.flag("ends_with_exit", above.ends_with_exit if above else shape is not Shape.EVENT)
    children = _Above(path, first, last, ends_with_exit, shape is not Shape.RESULT and _has_result(draft, node))
    then = _siblings(draft, tuple(node.branches("then")), children)
    return Requirement(
        id=id,
        words=draft.context.words(node, id),
        shape=shape,
        clauses=draft.context.cited(node),
        by=_owner(draft, node, at),
        evidence=evidence,
        first_stage=first,
        last_stage=last,
        anchor=anchor,
        floor=_FLOORS.get(node.text("anchored_to") or "", Floor.NONE),
        start=window.start,
        due=window.due,
        until=window.until,
        times=times,
        to_stage_end=(window.every or window.calendar) is not None and node.get("times") is None,
        every=window.every,
        calendar=window.calendar,
        gap=_gap(draft, node, at),
        gates=gate or node.flag("gates", False) or any(child.gates for child in then),  # no result without its sample
        ends_with_exit=ends_with_exit,
        carries=node.flag("carries", False),
        trigger=draft.selection(node.scalar("after_each"), f"{at}/after_each"),
        condition=draft.expression(node.scalar("check"), f"{at}/check", (Type.FLAG,)),
        applies=draft.expression(node.scalar("applies"), f"{at}/applies", (Type.FLAG,)),
        waiver=_waiver(draft, node, path),
        then=then,
    )


def _shape(draft: Draft, node: Branch, above: _Above | None) -> Shape:
    """The form of a requirement, by the key that only this form has."""
    marks = {"check": Shape.CHECK, "result_within": Shape.RESULT, "count": Shape.COUNT, "after_each": Shape.EVENT}
    written = [key for key in marks if node.get(key) is not None] + ["after_exit"] * node.flag("after_exit", False)
    book = draft.context.book
    if len(written) > 1:
        book.add("pack:two-forms", key_place(node, written[1]), ", ".join(written))
    otherwise = Shape.FOLLOW if above else Shape.WINDOW
    shape = {**marks, "after_exit": Shape.EVENT}[written[0]] if written else otherwise
    if above is None and shape is Shape.RESULT:
        book.add("pack:not-a-child", key_place(node, "result_within"), "result_within")
    if above is not None and shape is Shape.RESULT and not above.kind_known:
        book.add("pack:no-result", key_place(node, "result_within"), above.path)
    if above is not None and shape not in (Shape.RESULT, Shape.FOLLOW):
        book.add("pack:no-meaning", key_place(node, written[0]), written[0], ("result_within", "evidence"))
        return Shape.FOLLOW
    _check_keys(draft, node, shape, above, place_missing=len(written) < 2)
    return shape


def _check_keys(draft: Draft, node: Branch, shape: Shape, above: _Above | None, place_missing: bool) -> None:
    """Every key must mean something in this form, and the form must be complete."""
    book, place = draft.context.book, key_place(node, "requirement")
    meaning = _MEANING[shape] | _ALWAYS | (set() if above else {"during"}) | {"by"}
    known = {key for keys in _MEANING.values() for key in keys} | _ALWAYS | {"during", "by"}
    for key, _ in node.entries:
        if key.text in known - meaning and place_missing:
            book.add("pack:no-meaning", key.place, key.text, sorted(meaning))
    if shape in (Shape.WINDOW, Shape.COUNT, Shape.EVENT, Shape.FOLLOW) and node.get("evidence") is None:
        book.add("pack:no-form", place, "", ("evidence", "check", "result_within"))
    elif shape is Shape.WINDOW and not _has_window(node):
        book.add("pack:no-form", place, "evidence", (*_WINDOW, "count", "after_each", "after_exit"))
    if node.get("times") is not None and node.get("every") is None and shape is Shape.WINDOW:
        book.add("pack:no-meaning", key_place(node, "times"), "times", "every, times")
    sugar = [key for key in ("on", "within") if node.get(key) is not None] + ["by"] * is_limit(node)
    if len(sugar) > 1 or (sugar and any(node.get(key) is not None for key in ("from", "due"))):
        book.add("pack:two-forms", key_place(node, sugar[0]), ", ".join([*sugar, *_long(node)]))


def _long(node: Branch) -> list[str]:
    return [key for key in ("from", "due") if node.get(key) is not None]


def _has_window(node: Branch) -> bool:
    return is_limit(node) or any(node.get(key) is not None for key in _WINDOW if key != "by")


def _during(draft: Draft, node: Branch) -> tuple[int, int]:
    written = tuple(node.scalars("during"))
    if not written:
        return 0, len(draft.stages) - 1
    first = draft.stage(written[0], 0)
    last = draft.stage(written[-1], first)
    if last < first:
        draft.context.book.add(
            "pack:stage-order", written[-1].place, f"{written[0].text}, {written[-1].text}", draft.stages
        )
        return last, first
    return first, last


def _gap(draft: Draft, node: Branch, at: str) -> int:
    """The least seconds between two pieces of evidence."""
    scalar = node.scalar("gap")
    gap = draft.offset(scalar, Role.EXACT, f"{at}/gap")
    if gap is None or scalar is None:
        return 0
    if gap.months or gap.seconds < 0:
        draft.context.book.add("pack:not-an-offset", scalar.place, scalar.text, "24 h, 1 d")
    return gap.seconds


def _times(draft: Draft, node: Branch, shape: Shape, at: str) -> int | Input:
    key = "count" if shape is Shape.COUNT else "times"
    return draft.whole(node.scalar(key), f"{at}/{key}", 1, ("count", "times"), MOST_TIMES)


def _owner(draft: Draft, node: Branch, at: str) -> Expression | Words | None:
    """Who owes it: words, a unit's name (the same in both languages), or an expression."""
    branch = node.branch("by")
    if branch is None:
        name = None if is_limit(node) else node.text("by")
        return Words(name, name) if name else None
    of = branch.scalar("of")
    if of is not None:
        return draft.expression(of, f"{at}/by", (Type.TEXT,))
    zh = branch.text("zh") or ""
    return Words(zh, branch.text("en") or zh)


def _has_result(draft: Draft, node: Branch) -> bool:
    name = node.text("evidence") or ""
    of = draft.context.selections[name].text("of") if name in draft.context.selections else name
    kind = draft.context.kinds.get(of or "")
    return kind is None or kind.known_at is not None


def _waiver(draft: Draft, node: Branch, path: str) -> str | None:
    """The waivers of one requirement are a selection of their own."""
    if not node.flag("waivable", False):
        return None
    kind = draft.context.kinds.get("waiver")
    if kind is None or kind.subject != draft.subject or not {"measure", "requirement"} <= set(kind.columns):
        draft.context.book.add("pack:no-waiver", key_place(node, "waivable"), draft.subject)
        return None
    id = f"waiver:{draft.id}/{path}"
    where = _naming(draft.id, tuple(dict.fromkeys((path, path.rpartition("/")[2]))))
    draft.context.resolved[id] = Selection(id, kind.id, draft.context.words(node, path), where)
    return id


def _naming(measure: str, names: tuple[str, ...]) -> Expression:
    """The condition that a waiver names this measure and this requirement, by path or by id."""
    own = Operation("==", (Column("measure", Type.TEXT), Constant(measure, Type.TEXT)), Type.FLAG, 2)
    values = (Constant(name, Type.TEXT) for name in names)
    listed = Operation("in", (Column("requirement", Type.TEXT), *values), Type.FLAG, 2)
    text = f"measure == '{measure}' and requirement in [{', '.join(repr(name) for name in names)}]"
    tree = Operation("and", (own, listed), Type.FLAG, 3)
    return Expression(text, tree, Type.FLAG, frozenset(("measure", "requirement")))
