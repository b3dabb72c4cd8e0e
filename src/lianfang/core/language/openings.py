"""Which facts open a measure: the opening kind, its look-ups, its condition, day one and the inputs."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.language.document import Branch, Scalar, key_place
from lianfang.core.language.draft import ANCHORS, Draft
from lianfang.core.language.kinds import TYPES, scope_of, words_of
from lianfang.core.language.measure import Lookup, Opening, Take
from lianfang.core.language.offsets import Role
from lianfang.core.language.predicate import Expression, Type, conjuncts
from lianfang.core.language.predicate_tree import both
from lianfang.core.language.schema import TAKES

_TAKEN = {
    "count": Take.COUNT,
    "first": Take.FIRST,
    "latest": Take.LATEST,
    "highest": Take.HIGHEST,
    "lowest": Take.LOWEST,
}
_ORDERED = (ColumnType.NUMBER, ColumnType.TIME, ColumnType.CHOICE)
OF_OPENING = "opening."
"""Before a name in the condition of a look-up: a column of the opening fact, or an earlier look-up."""
OPENED = "opened"
"""In `day_one`, inputs and conditions: the instant at which the loop opened."""


def resolve_opening(draft: Draft) -> Opening | None:
    """What opens the measure; sets the draft's scope and inputs. None if the opening kind is unknown."""
    node = draft.node.branch("opens")
    on = node.scalar("on") if node else None
    if node is None or on is None:
        return None
    selection = draft.selection(on, "opens/on")
    if selection is None:
        return None
    kind = draft.context.kinds[draft.context.resolved[selection].kind]
    draft.scope = scope_of(kind)
    lookups = _lookups(draft, node, kind)
    where = draft.expression(node.scalar("where"), "opens/where", (Type.FLAG,))
    at = draft.expression(node.scalar("at"), "opens/at", (Type.TIME,))
    if OPENED not in draft.scope.types:
        draft.scope = draft.scope.plus(OPENED, Type.TIME)
    day_one = draft.expression(node.scalar("day_one"), "opens/day_one", (Type.TIME,))
    _read_inputs(draft)
    return Opening(selection, lookups, where, at, day_one, draft.inputs)


def _read_inputs(draft: Draft) -> None:
    node = draft.node.branch("inputs")
    for key, value in node.entries if node else ():
        if not isinstance(value, Scalar):
            continue
        if key.text in (*ANCHORS, "open"):
            draft.context.book.add("pack:taken-name", key.place, key.text)
        found = draft.expression(value, f"inputs/{key.text}", (Type.NUMBER, Type.TIME))
        if found is not None:
            draft.inputs[key.text] = found
            draft.input_types[key.text] = found.type
        else:
            draft.input_types[key.text] = Type.NUMBER


def _lookups(draft: Draft, node: Branch, kind: Kind) -> tuple[Lookup, ...]:
    """The look-ups in order; each result joins the scope of what comes after."""
    found = []
    refers = {name: column.to for name, column in kind.columns.items() if column.type is ColumnType.REF}
    written = node.branch("with")
    for key, value in written.entries if written else ():
        if not isinstance(value, Branch):
            continue
        if key.text in draft.scope.types:
            draft.context.book.add("pack:taken-name", key.place, key.text)
        lookup = _lookup(draft, key, value, refers)
        if lookup is not None:
            found.append(lookup)
    return tuple(found)


def _lookup(draft: Draft, key: Scalar, node: Branch, refers: dict[str, str | None]) -> Lookup | None:
    path = f"opens/with/{key.text}"
    taken = [name for name in TAKES if node.scalar(name) is not None]
    target = node.scalar(taken[0]) if len(taken) == 1 else None
    if target is None:
        draft.context.book.add("pack:one-take", key.place, ", ".join(taken), TAKES)
        draft.scope = draft.scope.plus(key.text, Type.NUMBER)
        return None
    name, _, field = target.text.partition(".")
    selection = draft.context.selection(name, target.place, draft.day)
    if selection is None:
        draft.scope = draft.scope.plus(key.text, Type.TEXT if field else Type.TIME)
        return None
    kind = draft.context.kinds[selection.kind]
    take = _TAKEN[taken[0]]
    _check_subject(draft, key, node, kind, refers)
    around = _around(draft, node)
    scope = scope_of(kind).within(draft.scope, OF_OPENING)
    _join_scope(draft, key.text, target, field, take, kind, refers)
    if selection.where is not None:
        draft.note(path, selection.where.parameters)
    condition = draft.expression(node.scalar("where"), f"{path}/where", (Type.FLAG,), scope)
    own, matches = _parted(condition)
    return Lookup(
        name=key.text,
        kind=selection.id,
        take=take,
        field=field or None,
        where=own,
        of=node.text("of"),
        around=around,
        since=draft.offset(node.scalar("since"), Role.START, f"{path}/since", civil=True),
        until=draft.offset(node.scalar("until"), Role.END, f"{path}/until", civil=True),
        overlapping=node.flag("overlapping", False),
        through=node.text("through"),
        everywhere=node.flag("everywhere", False),
        matches=matches,
    )


def _parted(condition: Expression | None) -> tuple[Expression | None, Expression | None]:
    """What a condition says of the fact alone, and what it says of the fact and the opening together."""
    parts = conjuncts(condition)
    joint = [part for part in parts if any(name.startswith(OF_OPENING) for name in part.columns)]
    if condition is None or not joint:
        return condition, None
    own = [part for part in parts if part not in joint]
    return _all_of(own, condition.text), _all_of(joint, condition.text)


def _all_of(parts: list[Expression], text: str) -> Expression | None:
    joined = reduce(both, parts, None)
    return None if joined is None else replace(joined, text=text)


def _check_subject(draft: Draft, key: Scalar, node: Branch, kind: Kind, refers: dict[str, str | None]) -> None:
    """The facts looked up must be about the subject they are asked for, or name it in the column said."""
    of, book = node.scalar("of"), draft.context.book
    if node.flag("everywhere", False):
        for name in ("of", "through"):
            if node.get(name) is not None:
                book.add("pack:no-meaning", key_place(node, name), name, "everywhere: true")
        return
    about = _about(draft, node, kind)
    if of is None:
        if draft.subject and about != draft.subject:
            book.add("pack:wrong-subject", key.place, f"{kind.id} ({about})", f"{draft.subject}, of: …, through: …")
    elif refers.get(of.text) != about:
        book.add("pack:no-reference", of.place, of.text, [name for name, to in refers.items() if to == about])


def _about(draft: Draft, node: Branch, kind: Kind) -> str:
    """The kind of subject that the facts looked up are found by: their own, or the one that `through` names."""
    through = node.scalar("through")
    if through is None:
        return kind.subject
    names = {name: column.to or "" for name, column in kind.columns.items() if column.type is ColumnType.REF}
    if through.text not in names:
        draft.context.book.add("pack:no-reference", through.place, through.text, names)
    return names.get(through.text, draft.subject)


def _around(draft: Draft, node: Branch) -> str | None:
    around = node.scalar("around")
    if around is not None and draft.scope.types.get(around.text) is not Type.TIME:
        times = [name for name, type_ in draft.scope.types.items() if type_ is Type.TIME]
        draft.context.book.add("pack:unknown-column", around.place, around.text, times)
    return around.text if around is not None else None


def _join_scope(
    draft: Draft, name: str, target: Scalar, field: str, take: Take, kind: Kind, refers: dict[str, str | None]
) -> None:
    """The look-up's result as a name for what comes after, of the type of what it brings."""
    if take is Take.COUNT or not field:
        draft.scope = draft.scope.plus(name, Type.NUMBER if take is Take.COUNT else Type.TIME)
        if take in (Take.HIGHEST, Take.LOWEST):
            draft.context.book.add("pack:no-order", target.place, target.text, _orderable(kind))
        return
    column = kind.columns.get(field)
    if column is None:
        draft.context.book.add("pack:unknown-column", target.at(len(kind.id) + 1), field, kind.columns)
        draft.scope = draft.scope.plus(name, Type.TEXT)
        return
    if take in (Take.HIGHEST, Take.LOWEST) and column.type not in _ORDERED:
        draft.context.book.add("pack:no-order", target.place, target.text, _orderable(kind))
    if column.type is ColumnType.REF:
        refers[name] = column.to
    draft.scope = draft.scope.plus(name, TYPES[column.type], words_of(column))


def _orderable(kind: Kind) -> list[str]:
    return [f"{kind.id}.{name}" for name, column in kind.columns.items() if column.type in _ORDERED]
