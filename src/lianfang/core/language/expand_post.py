"""`post:` with clauses - somebody must hold the post."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.language.addressees import ADDRESSEE
from lianfang.core.language.document import Document
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import document, listed, quoted, said
from lianfang.core.language.organisation import Unit


def expand_post(source: Document, desk: Desk) -> Iterator[Document]:
    """A measure `post-<id>` on the unit being addressed: a holder of the post is named, in time."""
    node, id = source.node, f"post-{source.id}"
    post, clauses = desk.organisation.posts.get(source.id), node.get("clauses")
    if post is None or clauses is None or not isinstance(desk.organisation.named(post.unit), Unit):
        return
    called = listed(tuple(dict.fromkeys((post.id, post.words.zh, post.words.en))))
    yield document(
        source,
        "selection",
        f"{id}-holders",
        {
            "name": node.get("name"),
            "of": "post_holder",
            "where": f"post in {called}",
        },
    )
    yield document(
        source,
        "measure",
        id,
        {
            "name": node.get("name"),
            "clauses": clauses,
            "binds": "unit",
            "opens": {"on": ADDRESSEE, "where": f"unit_id == {quoted(post.unit)}"},
            "requires": [
                {
                    "requirement": "filled",
                    "name": said("确定任职人员", "a holder is named"),
                    "clauses": clauses,
                    "by": {"of": "name"},
                    "evidence": f"{id}-holders",
                    "anchor": "opening",
                    "from": "any",
                    "due": node.get("within") or "0 d",
                    "gates": "true",
                }
            ],
        },
    )
