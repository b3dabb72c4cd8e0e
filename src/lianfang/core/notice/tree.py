"""Paragraphs become a tree: what is numbered stands under its number, the rest under what comes before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from lianfang.core.notice.blocks import Block
from lianfang.core.notice.labels import Labelled, cut_labels
from lianfang.core.notice.markers import Marker, Style
from lianfang.core.notice.names import only_units
from lianfang.core.notice.paper import Table
from lianfang.core.notice.reading import Doubt, Quote
from lianfang.core.notice.sentences import spaced_heading, speak

MANY = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A label (责任单位, 完成时限 …) and the line it stands on."""

    labelled: Labelled
    line: int


@dataclass(slots=True)
class Node:
    """A numbered item while the tree grows; `id` is final only when all are there."""

    id: str
    parent: Node | None
    label: str = ""
    marker: Marker | None = None
    heading: Quote | None = None
    sentences: list[Quote] = field(default_factory=list)
    loose: list[Block] = field(default_factory=list)  # paragraphs without a number
    said: list[Said] = field(default_factory=list)
    later: list[tuple[int, Said]] = field(default_factory=list)  # after how many loose paragraphs a label stands
    tables: list[Table] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    line: int = 1
    last_line: int = 1
    duty: bool = False
    cut: bool = False  # the last paragraph lost words to a label


@dataclass(slots=True)
class Tree:
    """The items of one part, in order, and what was doubtful about the numbering."""

    root: Node
    nodes: list[Node] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class Ids:
    """The ids that are given already; none is given twice."""

    taken: set[str] = field(default_factory=lambda: {"0"})
    free: dict[str, int] = field(default_factory=dict)  # from where on to look below an item

    def give(self, parent: str, wanted: int = 1) -> str:
        """The id of an item below `parent`; a number that is taken goes on to the next free one."""
        number = wanted
        if _id(parent, number) in self.taken:
            number = max(number, self.free.get(parent, 1))
        while (found := _id(parent, number)) in self.taken:
            number += 1
        self.taken.add(found)
        if number == self.free.get(parent, 1):
            self.free[parent] = number + 1
        return found


def _id(parent: str, number: int) -> str:
    return f"{parent}.{number}" if parent else str(number)


def in_order(node: Node) -> Iterable[Node]:
    """Everything below an item, depth first and without recursion: a mischievous text may nest deeply."""
    waiting = list(reversed(node.children))
    while waiting:
        here = waiting.pop()
        yield here
        waiting += reversed(here.children)


def grow(body: Sequence[Block], prefix: str, ids: Ids) -> Tree:
    """The tree of one part; ids begin with `prefix` (empty for the plan itself) and are never given twice."""
    tree = Tree(Node(prefix, None, line=body[0].line if body else 1))
    here = tree.root
    for block in body:
        if block.marker is not None:
            here = _climb(here, block.marker)
            here = _begin(tree, here, block, block.marker, ids)
        else:
            _lay_down(here, block)
    _close_the_document(tree, ids)
    for node in (tree.root, *tree.nodes):
        _spread(tree, node, ids)
    return tree


def _climb(here: Node, marker: Marker) -> Node:
    """The item under which a number belongs: the nearest with an outer way of numbering."""
    while here.parent is not None and here.marker is not None and not _holds(here.marker, marker):
        here = here.parent
    return here


def _holds(outer: Marker, inner: Marker) -> bool:
    if inner.style is Style.DECIMAL and outer.style is Style.DECIMAL:
        return len(outer.path) < len(inner.path) and inner.path[: len(outer.path)] == outer.path
    return outer.style < inner.style


def _begin(tree: Tree, parent: Node, block: Block, marker: Marker, ids: Ids) -> Node:
    wanted = str(marker.value)
    node = Node(
        ids.give(parent.id, marker.value), parent, marker.label, marker, line=block.line, last_line=block.last_line
    )
    given = node.id.rsplit(".", 1)[-1]
    if given != wanted:
        zh, en = f"编号重复，暂编为 {node.id}", f"the number comes twice; called {node.id} here"
        tree.doubts.append(Doubt(block.line, "number", marker.label, zh, en))
    elif block.skips:
        tree.doubts.append(Doubt(block.line, "number", marker.label, "编号不连续", "the numbering skips"))
    parent.children.append(node)
    tree.nodes.append(node)
    text, labelled = cut_labels(block.text)
    node.said += [Said(one, block.line) for one in labelled]
    head = spaced_heading(block.loose, marker.label, text)
    spoken = speak(text[len(head) :], numbered=False) if head else speak(text, numbered=True)
    heading = head or spoken.heading
    node.heading = Quote(heading, block.line) if heading else None
    node.sentences += [Quote(sentence, block.line) for sentence in spoken.sentences]
    node.duty = node.heading is not None and bool(node.sentences) and bool(only_units(node.heading.text))
    return node


def _lay_down(here: Node, block: Block) -> None:
    here.last_line = max(here.last_line, block.last_line)
    if block.table is not None:
        here.tables.append(block.table)
        return
    text, labelled = cut_labels(block.text)
    if text:
        torn = block.cut_off or here.cut or not block.text.startswith(text)
        here.loose.append(replace(block, text=text, loose="", lines=1, cut_off=torn))
    here.cut = text != block.text
    here.later += [(len(here.loose), Said(one, block.line)) for one in labelled]


def _close_the_document(tree: Tree, ids: Ids) -> None:
    """Paragraphs after the last of several items close the document, if no other item has any; that is doubtful."""
    last = tree.nodes[-1] if tree.nodes else None
    if last is None or last.parent is None or not last.loose or not last.sentences or last.said or last.later:
        return
    siblings = last.parent.children
    if len(siblings) < MANY or any(node.loose or node.children for node in siblings[:-1]):
        return
    node = Node(ids.give(tree.root.id, len(tree.root.children) + 1), tree.root)
    node.loose, last.loose = last.loose, []
    node.line, node.last_line = node.loose[0].line, node.loose[-1].last_line
    tree.root.children.append(node)
    tree.nodes.append(node)
    zh, en = (
        f"最后一项之后的段落，作为结尾 {node.id}",
        f"paragraphs after the last item, taken as the closing {node.id}",
    )
    tree.doubts.append(Doubt(node.line, "clause", node.loose[0].text[:20], zh, en))


def _spread(tree: Tree, node: Node, ids: Ids) -> None:
    """Paragraphs without a number become sentences of their item, or items of their own where there are several."""
    if _item_by_item(tree, node, ids):
        return
    node.said += [said for _, said in node.later]
    rows = _gathered(node.loose)
    node.loose = []
    duties = [bool(_duty(block.text)) for block in rows]
    own = node is not tree.root and not node.children and (len(rows) >= MANY or sum(duties) > 1)
    own = (
        own
        or (sum(duties) >= MANY and not node.children)
        or (node is tree.root and not tree.nodes and len(rows) >= MANY)
    )
    if not own or node.sentences:
        for block in rows:
            node.sentences += [Quote(sentence, block.line) for sentence in speak(block.text, numbered=False).sentences]
        return
    for block in rows:
        child = Node(ids.give(node.id), node, line=block.line, last_line=block.last_line)
        _fill(child, block)
        node.children.append(child)
        tree.nodes.append(child)


def _item_by_item(tree: Tree, node: Node, ids: Ids) -> bool:
    """Paragraphs without a number that each have labels of their own become items; whether it was so."""
    places = {place for place, _ in node.later if place}
    several = len(places) > 1 or (places and (node is tree.root or any(place == 0 for place, _ in node.later)))
    if not several or node.children:
        return False
    node.said += [said for place, said in node.later if place == 0]
    for place, block in enumerate(node.loose, 1):
        child = Node(ids.give(node.id), node, line=block.line, last_line=block.last_line)
        _fill(child, block)
        child.said += [said for at, said in node.later if at == place]
        node.children.append(child)
        tree.nodes.append(child)
    node.loose = []
    return True


def _fill(child: Node, block: Block) -> None:
    unit = _duty(block.text)
    if unit:
        child.duty = True
        child.heading = Quote(unit, block.line)
        spoken = speak(block.text[len(unit) + 1 :].strip(), numbered=False)
    else:
        spoken = speak(block.text, numbered=True)
        child.heading = Quote(spoken.heading, block.line) if spoken.heading else None
    child.sentences += [Quote(sentence, block.line) for sentence in spoken.sentences]


def _duty(text: str) -> str | None:
    """The unit before the colon of a duty row (某局:负责……)."""
    place = text.find(":")
    if place < 1 or place + 1 >= len(text):
        return None
    return text[:place] if only_units(text[:place]) else None


def _gathered(blocks: Sequence[Block]) -> list[Block]:
    """Three and more short lines without an end (a roster) count as one paragraph."""
    rows: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if block.cut_off:
            rows, run = rows + _one_row(run), []
        if not block.ends and len(block.text) <= 40 and not _duty(block.text):
            run.append(block)
            continue
        rows += _one_row(run)
        run = []
        rows.append(block)
    return rows + _one_row(run)


def _one_row(run: Sequence[Block]) -> list[Block]:
    if len(run) < MANY:
        return list(run)
    return [Block(" ".join(block.text for block in run), run[0].line, run[-1].last_line)]
