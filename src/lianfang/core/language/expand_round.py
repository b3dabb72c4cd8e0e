"""`round:` - the same thing done again and again, or once, at everything on a register for as long as it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianfang.core.language.document import Document, Scalar, key_place
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, said
from lianfang.core.language.leaving import LEFT

ONCE, NEVER = "once", "never"
_DAY = 24 * 60
_HOURS = re.compile(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])")


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
            "requires": list(_requirements(source, desk, every)),
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
            "of": f"{id}/done" if node.get("hours") is None else id,
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


def _requirements(source: Document, desk: Desk, every: Scalar) -> Iterator[Grown]:
    """What is done: once a period, or once in each of the hours of its day."""
    node = source.node
    windows = _in_hours(source, desk, every) or [("done", _window(source, every))]
    for id, window in windows:
        yield {
            "requirement": id,
            "name": node.get("name"),
            "clauses": node.get("clauses"),
            "by": node.get("by"),
            "evidence": node.get("evidence"),
            **window,
        }


def _in_hours(source: Document, desk: Desk, every: Scalar) -> list[tuple[str, dict[str, Grown]]]:
    """A requirement for each stretch of hours; what comes late counts until the next stretch or the day's end."""
    hours, daily = _hours(source, desk), every.text == "1 d"
    if not hours:
        return []
    if every.text == ONCE or not (daily or every.text[:1].isalpha()):
        desk.book.add("pack:no-meaning", key_place(source.node, "hours"), "hours", "every: 1 d, calendar")
        return []
    first = "1 d + " if daily else ""
    anchor: dict[str, Grown] = {"anchor": "joined", "anchored_to": "day"} if daily else {"anchor": "opening"}
    ends = [start for start, _ in hours[1:]] + [_DAY]
    return [
        (
            f"done-{number}",
            {
                **anchor,
                "every": every,
                "from": f"{first}{start} min",
                "due": f"{first}{due} min",
                "until": f"{first}{until} min",
            },
        )
        for number, ((start, due), until) in enumerate(zip(hours, ends, strict=False), 1)
    ]


def _hours(source: Document, desk: Desk) -> list[tuple[int, int]]:
    """Stretches of hours as minutes of the day, in order."""
    found: list[tuple[int, int]] = []
    for scalar in source.node.scalars("hours"):
        read = _HOURS.fullmatch(scalar.text)
        start, due = (int(read[n]) * 60 + int(read[n + 1]) for n in (1, 3)) if read else (0, 0)
        if start >= due or due > _DAY or (found and start < found[-1][1]):
            desk.book.add("pack:not-hours", scalar.place, scalar.text, "07:30-09:00")
        else:
            found.append((start, due))
    return found


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
