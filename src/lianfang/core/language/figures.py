"""Named figures of an indicator and the formulas over them."""

from __future__ import annotations

from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.language.context import LATEST, Context
from lianfang.core.language.document import Branch, Node, Scalar, key_place
from lianfang.core.language.duties import check_duty
from lianfang.core.language.kinds import Scope, scope_of
from lianfang.core.language.plan import FigurePart
from lianfang.core.language.predicate import Expression, Type
from lianfang.core.language.schema import DUTY_TAKES, FACT_TAKES

AS_OF = "as_of"
NEED, HELD = "need", "held"


def resolve_figures(context: Context, node: Branch) -> tuple[FigurePart, ...]:
    """The figures under `figures:` in order; each may use those before it."""
    figures = node.branch("figures")
    scope = Scope({})
    found = []
    for key, value in figures.entries if figures else ():
        part = _part(context, node, key, value, scope)
        scope = scope.plus(key.text, Type.NUMBER)
        found.append(part)
    return tuple(found)


def resolve_value(context: Context, node: Branch, parts: tuple[FigurePart, ...]) -> Expression | None:
    """The formula of the indicator itself; it may be left out where `need` and `held` say enough."""
    names = {part.id: Type.NUMBER for part in parts}
    written = node.scalar("value")
    if written is not None:
        return context.expression(written, Scope(names), LATEST, (Type.NUMBER,))
    if parts and not {NEED, HELD} <= set(names):
        context.book.add("pack:missing-key", key_place(node, "figures"), ", ".join(names), "value (need, held)")
    return None


def _part(context: Context, node: Branch, key: Scalar, value: Node, scope: Scope) -> FigurePart:
    if isinstance(value, Scalar):
        return FigurePart(key.text, formula=context.expression(value, scope, LATEST, (Type.NUMBER,)))
    if not isinstance(value, Branch):
        return FigurePart(key.text)
    of, of_facts = value.scalar("of"), value.scalar("of_facts")
    if (of is None) == (of_facts is None):
        context.book.add("pack:one-figure", key.place, key.text, "of, of_facts")
        return FigurePart(key.text)
    return _of_duties(context, node, key, value, of) if of is not None else _of_facts(context, node, key, value)


def _of_duties(context: Context, node: Branch, key: Scalar, value: Branch, of: Scalar) -> FigurePart:
    check_duty(context, of)
    _check_take(context, value, DUTY_TAKES)
    per, measure = node.scalar("per"), context.measures.get(of.text.partition("/")[0])
    if per is not None and measure is not None and measure.text("binds") != per.text:
        context.book.add("pack:wrong-subject", of.place, f"{of.text} ({measure.text('binds')})", per.text)
    for name in ("field", "where", "current", "distinct"):
        if value.get(name) is not None:
            context.book.add("pack:no-meaning", key_place(value, name), name, "of, take")
    return FigurePart(key.text, of=of.text, take=value.text("take") or "met")


def _of_facts(context: Context, node: Branch, key: Scalar, value: Branch) -> FigurePart:
    of_facts = value.scalar("of_facts")
    selection = context.selection(of_facts.text, of_facts.place, LATEST) if of_facts is not None else None
    take = value.text("take") or "count"
    if selection is None:
        return FigurePart(key.text)
    kind = context.kinds[selection.kind]
    _check_take(context, value, FACT_TAKES)
    _check_columns(context, node, value, kind)
    where, scope = value.scalar("where"), scope_of(kind)
    scope = scope if AS_OF in scope.types else scope.plus(AS_OF, Type.TIME)
    return FigurePart(
        key.text,
        of_facts=selection.id,
        take=take,
        field=value.text("field"),
        where=context.expression(where, scope, LATEST, (Type.FLAG,)) if where is not None else None,
        current=value.flag("current", False),
        distinct=tuple(scalar.text for scalar in value.scalars("distinct")),
    )


def _check_take(context: Context, value: Branch, takes: tuple[str, ...]) -> None:
    take = value.scalar("take")
    if take is not None and take.text not in takes:
        context.book.add("pack:not-a-choice", take.place, take.text, takes)


def _check_columns(context: Context, node: Branch, value: Branch, kind: Kind) -> None:
    field, take, per = value.scalar("field"), value.scalar("take"), node.scalar("per")
    numbers = [name for name, column in kind.columns.items() if column.type is ColumnType.NUMBER]
    if field is not None and field.text not in numbers:
        context.book.add("pack:unknown-column", field.place, field.text, numbers)
    for scalar in value.scalars("distinct"):
        if scalar.text not in kind.columns:
            context.book.add("pack:unknown-column", scalar.place, scalar.text, kind.columns)
        elif field is not None or (take is not None and take.text != "count"):
            context.book.add("pack:no-meaning", scalar.place, scalar.text, "take: count")
    if field is None and take is not None and take.text in FACT_TAKES[1:]:
        context.book.add("pack:missing-key", take.place, take.text, "field")
    if per is not None and per.text not in kind.columns:
        context.book.add("pack:unknown-column", per.place, per.text, kind.columns)
