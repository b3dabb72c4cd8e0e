"""Indicators: figures over obligations or over facts, with the line they are held against."""

from __future__ import annotations

from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.language.context import LATEST, Context
from lianfang.core.language.document import Branch, Scalar, key_place
from lianfang.core.language.duties import check_duty
from lianfang.core.language.figures import resolve_figures, resolve_value
from lianfang.core.language.kinds import scope_of
from lianfang.core.language.plan import Indicator, Target
from lianfang.core.language.predicate import Type

PERIODS = ("day", "week", "month")
_SHARED_BY = ("measure", "requirement", "subject", "by")
"""Columns of the obligations that a share may be broken down by."""
_NUMERIC = ("sum", "mean", "median", "highest", "lowest")


def resolve_indicator(context: Context, id: str, node: Branch) -> Indicator:
    """One indicator with its references checked."""
    of, of_facts = node.scalar("of"), node.scalar("of_facts")
    written = [name for name in ("of", "of_facts", "figures") if node.get(name) is not None]
    if len(written) != 1:
        context.book.add("pack:one-figure", key_place(node, "indicator"), id, "of, of_facts, figures")
    parts = resolve_figures(context, node)
    if of is not None:
        check_duty(context, of)
        _check_share(context, node)
    kind, selected = _facts(context, of_facts) if of_facts is not None else (None, None)
    where = node.scalar("where")
    condition = None
    if kind is not None:
        _check_columns(context, node, kind)
        condition = context.expression(where, scope_of(kind), LATEST, (Type.FLAG,)) if where is not None else None
    return Indicator(
        id=id,
        words=context.words(node, id),
        clauses=context.cited(node),
        of=of.text if of is not None else None,
        of_facts=selected,
        take=node.text("take") or ("share" if of is not None else "count"),
        field=node.text("field"),
        where=condition,
        per=node.text("per"),
        target=_target(context, node),
        parts=parts,
        value=resolve_value(context, node, parts),
    )


def _facts(context: Context, of_facts: Scalar) -> tuple[Kind | None, str | None]:
    selection = context.selection(of_facts.text, of_facts.place, LATEST)
    return (None, None) if selection is None else (context.kinds[selection.kind], selection.id)


def _check_share(context: Context, node: Branch) -> None:
    """A share of obligations takes no field, no condition and no other figure."""
    for key in ("field", "where"):
        if node.get(key) is not None:
            context.book.add("pack:no-meaning", key_place(node, key), key, "of_facts")
    take, per = node.scalar("take"), node.scalar("per")
    if take is not None and take.text != "share":
        context.book.add("pack:not-a-choice", take.place, take.text, ("share",))
    if per is not None and per.text not in (*PERIODS, *_SHARED_BY):
        context.book.add("pack:unknown-column", per.place, per.text, (*PERIODS, *_SHARED_BY))


def _check_columns(context: Context, node: Branch, kind: Kind) -> None:
    field, per, take = node.scalar("field"), node.scalar("per"), node.scalar("take")
    numbers = [name for name, column in kind.columns.items() if column.type is ColumnType.NUMBER]
    if field is not None and field.text not in numbers:
        context.book.add("pack:unknown-column", field.place, field.text, numbers)
    if take is not None and take.text == "share":
        context.book.add("pack:not-a-choice", take.place, take.text, ("count", *_NUMERIC))
    if field is None and take is not None and take.text in _NUMERIC:
        context.book.add("pack:missing-key", take.place, take.text, "field")
    if per is not None and per.text not in PERIODS and per.text not in kind.columns:
        context.book.add("pack:unknown-column", per.place, per.text, (*PERIODS, *kind.columns))


def _target(context: Context, node: Branch) -> Target | None:
    target = node.branch("target")
    if target is None:
        return None
    return Target(_line(context, target.scalar("at_least")), _line(context, target.scalar("at_most")))


def _line(context: Context, scalar: Scalar | None) -> float | None:
    if scalar is None:
        return None
    if not scalar.text.startswith("$"):
        try:
            return float(scalar.text)
        except ValueError:
            return None
    name = scalar.text[1:]
    if name not in context.parameters:
        names = [f"${id}" for id in context.parameters]
        context.book.add("pack:unknown-parameter", scalar.place, scalar.text, names)
        return None
    context.used_parameters.add(name)
    value = context.values(LATEST).get(name)
    if not isinstance(value, (int, float)):
        context.book.add("pack:not-a-number-parameter", scalar.place, f"{scalar.text} = {value}", "14")
        return None
    return float(value)
