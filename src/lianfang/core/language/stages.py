"""The stages of a measure: days, where they are counted from, what cuts them short."""

from __future__ import annotations

from lianfang.core.language.document import Branch
from lianfang.core.language.draft import Draft
from lianfang.core.language.measure import Anchor, Fixed, Input, Stage, Words
from lianfang.core.language.predicate_tree import Constant, Expression, Operation, Type

HANDLING = Stage("handling", Words("处置", "handling"))
"""The only stage of a measure that names none: it ends when its gating requirements are met."""

MOST_DAYS = 36_500
MOST_MONTHS = 1_200
_COUNTED = ("stage_start", "day_one", "opening")


def resolve_stages(draft: Draft) -> tuple[Stage, ...]:
    """The stages in order; sets the draft's stage ids, so it comes before requirements and exits."""
    nodes = tuple(draft.node.branches("stages"))
    draft.stages = tuple(node.text("stage") or "" for node in nodes) or (HANDLING.id,)
    _check_repeated(draft, nodes)
    return tuple(_stage(draft, node, place) for place, node in enumerate(nodes)) or (HANDLING,)


def _check_repeated(draft: Draft, nodes: tuple[Branch, ...]) -> None:
    for number, node in enumerate(nodes):
        key = node.scalar("stage")
        if key is not None and key.text in draft.stages[:number]:
            first = nodes[draft.stages.index(key.text)].scalar("stage")
            draft.context.book.add("pack:duplicate-id", key.place, key.text, first.place.text if first else "")


def _stage(draft: Draft, node: Branch, place: int) -> Stage:
    id = draft.stages[place]
    path = f"stages/{id}"
    counted_from = draft.anchor(node.scalar("counted_from"), Fixed.STAGE_START, _COUNTED)
    months = draft.whole(node.scalar("months"), f"{path}/months", 0, ("mo", "count"), MOST_MONTHS)
    days = _days(draft, node, path)
    if _one_day_more(draft, place, counted_from) and (days != 0 or months != 0):
        days = _plus_one(draft, days)
    return Stage(
        id=id,
        words=draft.context.words(node, id),
        clauses=draft.context.cited(node),
        place=node.text("place"),
        days=days,
        months=months if isinstance(months, int) else 0,
        counted_from=counted_from,
        cut_by=draft.selection(node.scalar("cut_by"), f"{path}/cut_by"),
        binding=node.flag("binding", True),
    )


def _days(draft: Draft, node: Branch, path: str) -> int | Input | None:
    scalar = node.scalar("days")
    if scalar is not None and scalar.text == "open":
        return None
    return draft.whole(scalar, f"{path}/days", 0, ("d", "count"), MOST_DAYS)


def _one_day_more(draft: Draft, place: int, counted_from: Anchor) -> bool:
    """Civil-law counting leaves the first day out: once, in whatever the days are counted from it."""
    if draft.context.first_day_counted or not draft.civil:
        return False
    return place == 0 or counted_from != Fixed.STAGE_START


def _plus_one(draft: Draft, days: int | Input | None) -> int | Input | None:
    if days is None or isinstance(days, int):
        return None if days is None else days + 1
    name = f"{days.name}+1"
    given = draft.inputs.get(days.name)
    if given is None:
        return days
    tree = Operation("+", (given.tree, Constant(1.0, Type.NUMBER)), Type.NUMBER, given.tree.height + 1)
    draft.inputs[name] = Expression(f"{given.text} + 1", tree, Type.NUMBER, given.columns, given.parameters)
    return Input(name)
