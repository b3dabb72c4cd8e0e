"""`round:` - the same thing done again and again, or once, at everything on a register for as long as it is there."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.language.document import Document, Scalar, key_place
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, said
from lianfang.core.language.leaving import LEFT

ONCE, NEVER = "once", "never"


def expand_round(source: Document, desk: Desk) -> Iterator[Document]:
    """An open-ended measure `round-<id>` on each target with a recurring requirement `done`, and its share."""
    node, id = source.node, f"round-{source.id}"
    over, every = node.scalar("over"), node.scalar("every")
    if over is None or every is None:
        return
    _check_every(source, desk, every)
    left: Grown = node.get("left")
    if left is None:
        left = f"{id}-left"
        yield document(
            source,
            "selection",
            f"{id}-left",
            {
                "name": said("已移出", "left"),
                "of": Scalar(over.text + LEFT, "", over.place, one_line=False),
                "where": node.get("where"),
            },
        )
    yield document(
        source,
        "measure",
        id,
        {
            "name": node.get("name"),
            "clauses": node.get("clauses"),
            "binds": node.get("binds"),
            "opens": {"on": over, "where": node.get("where")},
            "inputs": {"joined": "opened - 1 s", "due_on": node.get("due")},
            "stages": [{"stage": "on-the-register", "name": said("在册", "on the register"), "days": "open"}],
            "requires": [
                {
                    "requirement": "done",
                    "name": node.get("name"),
                    "clauses": node.get("clauses"),
                    "by": node.get("by"),
                    "evidence": node.get("evidence"),
                    **_window(source, every),
                }
            ],
            "exits": [{"exit": "left", "name": said("移出", "left"), "on": left}]
            if node.text("left") != NEVER
            else None,
        },
    )
    yield document(
        source,
        "indicator",
        id,
        {
            "name": node.get("name"),
            "clauses": node.get("clauses"),
            "of": f"{id}/done",
            "per": _per(every.text),
            "target": node.get("target"),
        },
    )


def _check_every(source: Document, desk: Desk, every: Scalar) -> None:
    """`once` has a last day, everything else a period."""
    due = source.node.scalar("due")
    if every.text == ONCE and due is None:
        desk.book.add("pack:missing-key", every.place, ONCE, "due")
    if every.text != ONCE and due is not None:
        desk.book.add("pack:no-meaning", key_place(source.node, "due"), "due", "every: once")
    anchored = source.node.scalar("anchored_to")
    if anchored is not None and not every.text.endswith((" d", " mo")):
        desk.book.add("pack:no-meaning", anchored.place, anchored.text, "every: 1 d, 7 d, 1 mo")


def _window(source: Document, every: Scalar) -> dict[str, Grown]:
    """Within each period from the joining on; on the calendar from the first whole period."""
    anchored = source.node.get("anchored_to")
    if every.text == ONCE:
        return {"anchor": "due_on", "from": "any", "due": "0 d", "applies": f"opened < {source.node.text('due')} + 1 d"}
    if anchored is None:
        return {"anchor": "opening", "every": every}
    return {
        "anchor": "joined",
        "anchored_to": anchored,
        "every": every,
        "from": every,
        "due": Scalar(f"{every.text} + {every.text} - 1 d", "", every.place, one_line=False),
    }


def _per(every: str) -> str | None:
    """The share by the calendar period that the round runs in."""
    if every == ONCE:
        return None
    return "month" if every.endswith("mo") else "week" if every in ("7 d", "14 d") else "day"
