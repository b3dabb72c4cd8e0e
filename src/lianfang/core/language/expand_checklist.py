"""`checklist:` - items that pass or fail; one that fails is put right and looked at again, or the place is closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.core.language.document import Branch, Document, Node, key_place
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, quoted, said

_PLACE = "place"
"""What a checklist is about if it does not say; its facts have the plain names."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One item while it is being written out: its document, its own lines, the id of its measure, its key in facts."""

    source: Document
    node: Branch
    id: str
    key: str

    @property
    def whole(self) -> Branch:
        """The checklist."""
        return self.source.node

    @property
    def binds(self) -> str:
        """What is checked: a place, a unit, a consignment …"""
        return self.whole.text("binds") or _PLACE

    @property
    def of(self) -> str:
        """The kind of fact that one item checked is."""
        return self.whole.text("of") or _about(self.binds, "checked_item")

    @property
    def clauses(self) -> Node | None:
        """The item's own clauses, otherwise those of the checklist."""
        return self.node.get("clauses") or self.whole.get("clauses")


def _about(binds: str, kind: str) -> str:
    """`rectification` of places, `unit_rectification` of units …"""
    return kind if binds == _PLACE else f"{binds}_{kind}"


def expand_checklist(source: Document, desk: Desk) -> Iterator[Document]:
    """For each item a score and a measure that a failure opens; the checklist scores as its worst item does."""
    items = [_item(source, node) for node in source.node.branches("items")]
    _check_repeated(source, desk)
    for item in items:
        fails = _fails(item, desk)
        yield from _selections(item, fails)
        yield _measure(item)
        yield document(
            source,
            "indicator",
            item.id,
            {
                "name": item.node.get("name"),
                "figures": _passed(item, ""),
                "value": "100 * passed / checked",
            },
        )
    if items:
        yield _score(source, items)


def _item(source: Document, node: Branch) -> _Item:
    id = node.text("item") or ""
    return _Item(source, node, f"{source.id}-{id}", f"{source.id}/{id}")


def _check_repeated(source: Document, desk: Desk) -> None:
    seen: dict[str, str] = {}
    for node in source.node.branches("items"):
        key = node.scalar("item")
        if key is not None and key.text in seen:
            desk.book.add("pack:duplicate-id", key.place, key.text, seen[key.text])
        elif key is not None:
            seen[key.text] = key.place.text


def _fails(item: _Item, desk: Desk) -> str:
    """When an item fails: no, a number beyond its limits, a photo or text that is not there."""
    kind, low, high = (item.node.text(key) for key in ("kind", "low", "high"))
    for key in ("low", "high"):
        if kind != "number" and item.node.get(key) is not None:
            desk.book.add("pack:no-meaning", key_place(item.node, key), key, "kind: number")
    if kind == "yes_no":
        return "is_known(ok) and not ok"
    if kind != "number":
        return "not is_known(note) or note == ''"
    if low is None and high is None:
        desk.book.add("pack:missing-key", key_place(item.node, "kind"), "number", "low, high")
    beyond = [f"value {sign} {limit}" for sign, limit in (("<", low), (">", high)) if limit is not None]
    return " or ".join(beyond) or "false"


def _selections(item: _Item, fails: str) -> Iterator[Document]:
    about = f"item == {quoted(item.key)}"
    for name, zh, en, where in (
        ("checked", "已查", "checked", about),
        ("passed", "合格", "passed", f"{about} and not ({fails})"),
        ("failed", "不合格", "failed", f"{about} and ({fails})"),
    ):
        yield document(
            item.source, "selection", f"{item.id}-{name}", {"name": said(zh, en), "of": item.of, "where": where}
        )
    steps = [("rectified", "已整改", "put right", "step == 'done'")]
    if item.whole.get("recheck") is not None:
        other = " and second_person" if (item.whole.branch("recheck") or item.node).flag("by_other", False) else ""
        steps += [
            ("rechecked", "已复查", "checked again", f"step in ['verified', 'failed']{other}"),
            ("verified", "复查合格", "found in order", f"step == 'verified'{other}"),
            ("refuted", "复查不合格", "found not in order", f"step == 'failed'{other}"),
        ]
    for name, zh, en, step in steps:
        where = f"what == {quoted(item.key)} and {step}"
        written: dict[str, Grown] = {"name": said(zh, en), "of": _about(item.binds, "rectification"), "where": where}
        yield document(item.source, "selection", f"{item.id}-{name}", written)


def _measure(item: _Item) -> Document:
    return document(
        item.source,
        "measure",
        item.id,
        {
            "name": item.node.get("name"),
            "clauses": item.clauses,
            "binds": item.whole.get("binds") or _PLACE,
            "opens": {"on": f"{item.id}-failed"},
            "requires": list(_requirements(item)),
        },
    )


def _requirements(item: _Item) -> Iterator[Grown]:
    rectify, recheck = item.whole.branch("rectify"), item.whole.branch("recheck")
    closing, critical = item.whole.branch("if_fails"), item.node.flag("critical", False)
    if closing is not None and critical:
        yield {**_closed(closing), "requirement": "closed", "anchor": "opening"}
    if rectify is None:
        return
    shared: dict[str, Grown] = {
        "clauses": rectify.get("clauses"),
        "by": rectify.get("by"),
        "evidence": f"{item.id}-rectified",
        "within": rectify.get("within"),
    }
    again = list(_rechecked(item, recheck)) if recheck is not None else []
    yield {
        "requirement": "rectified",
        "name": said("整改", "put right"),
        **shared,
        "anchor": "opening",
        "gates": "true" if recheck is None else None,
        "then": again or None,
    }
    if recheck is None:
        return
    yield {
        "requirement": "rectified-again",
        "name": said("再次整改", "put right again"),
        **shared,
        "after_each": f"{item.id}-refuted",
        "then": again[:1],
    }
    if closing is not None and not critical:
        yield {**_closed(closing), "requirement": "closed", "after_each": f"{item.id}-refuted"}


def _closed(closing: Branch) -> dict[str, Grown]:
    shared: dict[str, Grown] = {key: closing.get(key) for key in ("evidence", "within", "by", "clauses")}
    return {"name": said("关停等处置", "closed"), **shared}


def _rechecked(item: _Item, recheck: Branch) -> Iterator[Grown]:
    """A second look in time, and in the end one that finds all in order."""
    shared: dict[str, Grown] = {"by": recheck.get("by"), "clauses": recheck.get("clauses")}
    yield {
        "requirement": "rechecked",
        "name": said("复查", "checked again"),
        **shared,
        "evidence": f"{item.id}-rechecked",
        "within": recheck.get("within"),
    }
    yield {
        "requirement": "verified",
        "name": said("复查合格", "found in order"),
        **shared,
        "evidence": f"{item.id}-verified",
        "from": "0 h",
        "due": "none",
        "gates": "true",
    }


def _passed(item: _Item, number: str) -> dict[str, Grown]:
    return {
        f"passed{number}": {"of_facts": f"{item.id}-passed"},
        f"checked{number}": {"of_facts": f"{item.id}-checked"},
    }


def _score(source: Document, items: list[_Item]) -> Document:
    """The share of passes of the item that passes least often; items never checked are left out."""
    figures: dict[str, Grown] = {}
    for number, item in enumerate(items, 1):
        figures |= _passed(item, f"_{number}")
        figures[f"score_{number}"] = f"100 * passed_{number} / checked_{number}"
    scores = ", ".join(f"score_{number}" for number, _ in enumerate(items, 1))
    return document(
        source,
        "indicator",
        source.id,
        {
            "name": source.node.get("name"),
            "clauses": source.node.get("clauses"),
            "figures": figures,
            "value": f"earlier({scores})",
            "target": source.node.get("target"),
        },
    )
