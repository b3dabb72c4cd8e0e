"""`resource:` - what is needed, what is held, what is lacking; a shortage that must be closed is a measure."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.language.document import Branch, Document
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, said, word


def expand_resource(source: Document, desk: Desk) -> Iterator[Document]:
    """An indicator with the figures `need` and `held`; with `short` also the measure that a shortage opens."""
    node = source.node
    figures: dict[str, Grown] = {}
    written = node.branch("figures")
    for key, value in written.entries if written else ():
        if key.text in ("need", "held"):
            desk.book.add("pack:taken-name", key.place, key.text)
        figures[key.text] = value
    figures |= {"need": node.get("need"), "held": node.get("held")}
    shared = {key: node.get(key) for key in ("name", "clauses")}
    yield document(
        source,
        "indicator",
        source.id,
        {
            **shared,
            "figures": figures,
            "per": node.get("per"),
            "target": node.get("target"),
        },
    )
    short = node.branch("short")
    if short is not None:
        yield from _shortage(source, short)


def _shortage(source: Document, short: Branch) -> Iterator[Document]:
    """A count that is not enough opens the measure, a later one that is enough closes it."""
    id, of, enough, where = source.id, short.scalar("of"), short.scalar("enough"), short.text("where")
    clauses = short.get("clauses") or source.node.get("clauses")
    if of is None or enough is None:
        return
    which = f"({where}) and " if where else ""
    there = word(f"{which}({enough.text})", enough.place)
    lacking = word(f"{which}not ({enough.text})", enough.place)
    yield document(
        source,
        "selection",
        f"{id}-enough",
        {
            "name": said("已补足", "enough"),
            "of": of,
            "where": there,
        },
    )
    yield document(
        source,
        "measure",
        f"{id}-short",
        {
            "name": source.node.get("name"),
            "clauses": clauses,
            "binds": short.get("binds") or "unit",
            "opens": {"on": of, "where": lacking},
            "requires": [
                {
                    "requirement": "gap-closed",
                    "name": said("补足缺口", "shortage made up"),
                    "clauses": clauses,
                    "evidence": f"{id}-enough",
                    "anchor": "opening",
                    "within": short.get("within"),
                    "by": short.get("by"),
                    "gates": "true",
                }
            ],
        },
    )
