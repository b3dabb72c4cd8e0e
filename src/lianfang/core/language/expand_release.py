"""`release:` - what the public is told: drafted, reviewed by another, reported upward, published without names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Scalar
from lianfang.core.language.expand import Desk
from lianfang.core.language.expand_workflow import expand_workflow
from lianfang.core.language.extend import Pack
from lianfang.core.language.growth import Grown, document, said
from lianfang.core.language.measure import Selection

_NAMES = {
    "draft": said("起草", "draft"),
    "report_up": said("报上级", "report upward"),
    "publish": said("发布", "publish"),
}


def expand_release(source: Document, desk: Desk) -> Iterator[Document]:
    """The workflow draft, review, report_up, publish, under the id of the release."""
    node = source.node
    _check_two_people(node, desk)
    steps = [_step(node, key) for key in _NAMES if node.branch(key) is not None]
    kept: dict[str, Grown] = {key: node.get(key) for key in ("name", "clauses", "binds", "opens", "exits", "ends_as")}
    yield from expand_workflow(document(source, "workflow", source.id, {**kept, "steps": steps}), desk)


def _step(node: Branch, key: str) -> Grown:
    part = node.branch(key) or Branch((), node.place)
    review = node.branch("review") if key == "draft" else None
    return {
        "step": key,
        "name": _NAMES[key],
        **{name: part.get(name) for name in ("by", "within", "evidence", "clauses")},
        "approve_by": review.get("by") if review else None,
        "approve_within": review.get("within") if review else None,
    }


def _check_two_people(node: Branch, desk: Desk) -> None:
    """Whoever drafts does not review."""
    draft, review = node.branch("draft"), node.branch("review")
    author = draft.scalar("by") if draft else None
    drafting = desk.organisation.named(author.text) if author is not None else None
    for scalar in review.scalars("by") if review else ():
        if drafting is not None and desk.organisation.named(scalar.text) is drafting:
            others = [id for id in desk.organisation.posts if id != drafting.id]
            desk.book.add("pack:same-approver", scalar.place, scalar.text, others)


def published(packs: Iterable[Pack]) -> tuple[Scalar, ...]:
    """What each release publishes, as written."""
    nodes = (d.node.branch("publish") for pack in packs for d in pack.documents if d.kind == "release")
    found = (node.scalar("evidence") for node in nodes if node is not None)
    return tuple(scalar for scalar in found if scalar is not None)


def check_published(
    evidence: Iterable[Scalar], selections: Mapping[str, Selection], kinds: Mapping[str, Kind], book: Book
) -> None:
    """Nothing that is published may have a column for personal data."""
    for scalar in evidence:
        selection = selections.get(scalar.text)
        kind = kinds.get(selection.kind) if selection is not None else None
        personal = [name for name, column in kind.columns.items() if column.personal] if kind is not None else []
        if kind is not None and (personal or kind.subject == "person"):
            book.add("pack:personal", scalar.place, f"{kind.id}: {', '.join(personal or ['person'])}")
