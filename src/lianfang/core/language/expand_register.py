"""`register:` - entries that are complete, unique and made in time, counted level by level."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.language.document import Branch, Document, Scalar
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, said, word


def expand_register(source: Document, desk: Desk) -> Iterator[Document]:
    """A measure `register-<id>` on each entry that checks its columns, one on what must be entered, and its figures."""
    node, id = source.node, f"register-{source.id}"
    entries = f"{id}-entries"
    chosen: dict[str, Grown] = {"name": node.get("name"), "of": node.get("of"), "where": node.get("where")}
    yield document(source, "selection", entries, chosen)
    measure: dict[str, Grown] = {
        **{key: node.get(key) for key in ("name", "clauses", "binds")},
        "opens": {"on": entries},
        "requires": [_filled(column) for column in node.scalars("required")],
        "again": "own",
    }
    yield document(source, "measure", id, measure)
    entry = node.branch("entry")
    if entry is not None:
        yield _entry(source, entry, entries)
    yield from _figures(source, id, entries)


def _figures(source: Document, id: str, entries: str) -> Iterator[Document]:
    """How complete the register is, what is on it twice, and how much is on it level by level."""
    node = source.node
    shared: dict[str, Grown] = {key: node.get(key) for key in ("name", "clauses")}
    yield document(source, "indicator", id, {**shared, "of": id, "target": node.get("target")})
    unique = tuple(node.scalars("unique"))
    if unique:
        twice: dict[str, Grown] = {
            "name": said("重复登记", "entries made twice"),
            "clauses": node.get("clauses"),
            "figures": {"entries": {"of_facts": entries}, "different": {"of_facts": entries, "distinct": unique}},
            "value": "entries - different",
            "target": {"at_most": "0"},
        }
        yield document(source, "indicator", f"{id}-duplicates", twice)
    for level in node.scalars("levels"):
        yield document(source, "indicator", f"{id}-by-{level.text}", {**shared, "of_facts": entries, "per": level})


def _filled(column: Scalar) -> Grown:
    return {
        "requirement": column,
        "name": said(f"填写 {column.text}", f"{column.text} is filled in"),
        "check": word(f"is_known({column.text})", column.place),
        "gates": "true",
    }


def _entry(source: Document, entry: Branch, entries: str) -> Document:
    """What must be on the register opens a measure that an entry ends."""
    clauses = entry.get("clauses") or source.node.get("clauses")
    return document(
        source,
        "measure",
        f"register-{source.id}-entry",
        {
            "name": source.node.get("name"),
            "clauses": clauses,
            "binds": source.node.get("binds"),
            "opens": {"on": entry.get("after")},
            "requires": [
                {
                    "requirement": "entered",
                    "name": said("登记", "entered"),
                    "clauses": clauses,
                    "by": entry.get("by"),
                    "evidence": entries,
                    "anchor": "opening",
                    "within": entry.get("within"),
                    "gates": "true",
                }
            ],
        },
    )
