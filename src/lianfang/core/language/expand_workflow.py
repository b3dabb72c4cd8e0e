"""`workflow:` - steps that must follow each other, each with its approvals; nothing done ahead of its turn counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.core.language.document import Branch, Document, Scalar
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, listed, quoted, said, word
from lianfang.core.language.organisation import Post


@dataclass(frozen=True, slots=True)
class _Link:
    """One thing that has to happen before the next may."""

    requirement: dict[str, Grown]
    within: Grown


def expand_workflow(source: Document, desk: Desk) -> Iterator[Document]:
    """A measure whose steps are chained, with selections of the approvals that each step needs."""
    node = source.node
    kind = _approval_kind(node.text("binds") or "")
    links: list[_Link] = []
    for step in node.branches("steps"):
        links.append(_done(step))
        for selection, link in _approvals(source, step, kind, desk):
            yield selection
            links.append(link)
    refusals = list(_refusals(source, kind))
    yield from refusals
    yield document(
        source,
        "measure",
        source.id,
        {
            **{key: node.get(key) for key in ("name", "clauses", "binds", "clock", "opens", "inputs", "ends_as")},
            "again": "restart" if node.get("refuses_while") is not None else None,
            "requires": [*_obstacles(node), _chained(tuple(links), 0)] if links else None,
            "exits": [*node.branches("exits"), *(_refused(refusal) for refusal in refusals)],
        },
    )


def _approval_kind(binds: str) -> str:
    """The kind of fact that approvals about this subject are."""
    return "approval" if binds == "person" else f"{binds}_approval"


def _done(step: Branch) -> _Link:
    wanted: dict[str, Grown] = {key: step.get(key) for key in ("name", "clauses", "by", "evidence")}
    return _Link({"requirement": step.get("step"), **wanted}, step.get("within"))


def _approvals(source: Document, step: Branch, kind: str, desk: Desk) -> Iterator[tuple[Document, _Link]]:
    """What the experts say, then every post that has to approve, in the order listed; each is somebody else."""
    id = step.text("step") or ""
    about = f"step == {quoted(f'{source.id}/{id}')} and outcome == 'approved'"
    if step.flag("expert", False):
        name = f"{id}-experts"
        words = said("专家意见", "opinion of experts")
        yield _approval(source, step, name, words, kind, f"{about} and expert")
    seen: set[str] = set()
    for post in step.scalars("approve_by"):
        found = desk.named(post)
        if found is not None and not isinstance(found, Post):
            desk.book.add("pack:not-a-post", post.place, post.text, desk.organisation.posts)
        elif found is not None and found.id in seen:
            desk.book.add("pack:same-approver", post.place, post.text, sorted(set(desk.organisation.posts) - seen))
        elif found is not None:
            seen.add(found.id)
            called = listed((found.id, found.words.zh, found.words.en))
            words = {"zh": f"{found.words.zh}审批", "en": f"approval by the {found.words.en}"}
            yield _approval(source, step, f"{id}-{found.id}", words, kind, f"{about} and post in {called}", post)


def _approval(
    source: Document, step: Branch, name: str, words: Grown, kind: str, where: str, post: Scalar | None = None
) -> tuple[Document, _Link]:
    selection = document(source, "selection", f"{source.id}-{name}", {"name": words, "of": kind, "where": where})
    requirement: dict[str, Grown] = {
        "requirement": name,
        "name": words,
        "clauses": step.get("clauses"),
        "by": {"zh": post, "en": post} if post is not None else None,
        "evidence": f"{source.id}-{name}",
    }
    return selection, _Link(requirement, step.get("approve_within") or step.get("within"))


def _chained(links: tuple[_Link, ...], at: int) -> Grown:
    """A link with all that come after it; the last one ends the workflow."""
    link, last = links[at], at == len(links) - 1
    window: dict[str, Grown] = {"within": link.within} if link.within else {"from": "0 h", "due": "none"}
    return {
        **link.requirement,
        **window,
        "anchor": "opening" if at == 0 else None,
        "gates": "true" if last else None,
        "then": None if last else [_chained(links, at + 1)],
    }


def _obstacles(node: Branch) -> Iterator[Grown]:
    """What stands in the way when it begins; with an obstacle the workflow never ends, and has to be asked for anew."""
    for obstacle in node.branches("refuses_while"):
        written = obstacle.scalar("is")
        yield {
            "requirement": obstacle.get("reason"),
            "name": obstacle.get("name"),
            "clauses": obstacle.get("clauses") or node.get("clauses"),
            "check": word(f"not ({written.text})", written.place) if written is not None else None,
            "gates": "true",
        }


def _refusals(source: Document, kind: str) -> Iterator[Document]:
    """A refusal by anybody who is asked ends the workflow."""
    for step in source.node.branches("steps"):
        if step.get("approve_by") is None and not step.flag("expert", False):
            continue
        id = step.text("step") or ""
        where = f"step == {quoted(f'{source.id}/{id}')} and outcome == 'refused'"
        words = said("不同意", "refused")
        yield document(source, "selection", f"{source.id}-{id}-refused", {"name": words, "of": kind, "where": where})


def _refused(refusal: Document) -> Grown:
    return {"exit": refusal.id, "name": said("不同意", "refused"), "on": refusal.id, "as": "cancelled"}
