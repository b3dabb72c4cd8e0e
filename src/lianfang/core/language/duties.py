"""Obligations by name: `measure`, `measure/requirement`, `measure/requirement/child`."""

from __future__ import annotations

from lianfang.core.language.context import Context
from lianfang.core.language.document import Branch, Scalar


def check_duty(context: Context, of: Scalar) -> None:
    """`measure` or `measure/requirement[/child]` must exist."""
    measure, _, path = of.text.partition("/")
    node = context.measures.get(measure)
    if node is None:
        context.book.add("pack:unknown-measure", of.place, measure, context.measures)
    elif path and path not in (names := requirement_paths(node)):
        context.book.add("pack:unknown-requirement", of.at(len(measure) + 1), path, names)


def requirement_paths(node: Branch, key: str = "requires", above: str = "") -> tuple[str, ...]:
    """Every requirement of a measure as `parent/child`."""
    found: list[str] = []
    for branch in node.branches(key):
        path = above + (branch.text("requirement") or "")
        found += [path, *requirement_paths(branch, "then", f"{path}/")]
    return tuple(found)
