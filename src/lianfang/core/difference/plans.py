"""diff(plan_a, plan_b): what was added, removed and changed from one checked plan to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lianfang.core.difference import sources
from lianfang.core.difference.change import Change, Head, Op, Pair, PlanDifference, Sort
from lianfang.core.difference.elements import Reader, elements_of, indicator
from lianfang.core.difference.pairing import Sides, newest, pair_measures
from lianfang.core.difference.said import Element, Said, field_changes, only
from lianfang.core.difference.versions import Span, spans, spread
from lianfang.core.language.measure import Measure, Words
from lianfang.core.language.plan import Plan

ORDERS = (("stage_order", Sort.STAGE), ("requirement_order", Sort.REQUIREMENT), ("exit_order", Sort.EXIT))
PATHS = {Sort.MEASURE: "", Sort.STAGE: "stages/", Sort.REQUIREMENT: "requires/", Sort.EXIT: "exits/"}

Pairs = Sequence[tuple[Element | None, Element | None]]


def diff(before: Plan, after: Plan) -> PlanDifference:
    """What a second plan changes against a first: clauses, parameters, selections, measures with their stages,
    requirements and exits, and indicators; every change with the clauses it touches. A plan against itself: nothing.
    """
    sides = Sides(before, after)
    pairs = pair_measures(sides)
    changes = [
        *_changes(sides, [(sources.head(before), sources.head(after))]),
        *_changes(sides, _clauses(sides)),
        *_changes(sides, _by_id(*(sources.units(p) for p in (before, after)))),
        *_changes(sides, _by_id(*(map(sources.parameter, p.parameters.values()) for p in (before, after)))),
        *_changes(sides, _by_id(*(sources.selections(Reader.of(p), p) for p in (before, after)))),
        *(change for pair in pairs for change in _measure_changes(sides, pair)),
        *_changes(sides, _by_id(*([indicator(Reader.of(p), i) for i in p.indicators] for p in (before, after)))),
    ]
    moved = frozenset(c.id for c in changes if c.sort is Sort.PARAMETER)
    users = _parameters_used(before), _parameters_used(after)
    explained = tuple(_explained(change, moved, users) for change in changes)
    return PlanDifference(_head(before), _head(after), after.zone, explained, pairs, _gists(sides, changes))


def _head(plan: Plan) -> Head:
    return Head(plan.id, plan.words, plan.issued)


def _gists(sides: Sides, changes: Sequence[Change]) -> tuple[tuple[str, Words], ...]:
    """The gist of every clause that a change cites, second plan first, in the order of the documents."""
    wanted = {clause for change in changes for clause in change.clauses}
    found: dict[str, Words] = {}
    for plan in (sides.after, sides.before):
        for c in plan.clauses.values():
            found.setdefault(sides.clause(plan, c.id), c.gist)
    return tuple((id, gist) for id, gist in found.items() if id in wanted)


def _clauses(sides: Sides) -> Pairs:
    before = {sides.clause(sides.before, c.id): c for c in sides.before.clauses.values()}
    after = {sides.clause(sides.after, c.id): c for c in sides.after.clauses.values()}
    mine = [sources.clause(sides, sides.before, c, after.get(id)) for id, c in before.items()]
    theirs = [sources.clause(sides, sides.after, c, before.get(id)) for id, c in after.items()]
    return _by_id(mine, theirs)


def _by_id(before: Iterable[Element], after: Iterable[Element]) -> Pairs:
    """Elements paired by sort and id, in the order of the second plan; those only the first has come last."""
    old = {(e.sort, e.id): e for e in before}
    new = {(e.sort, e.id): e for e in after}
    return [*((old.get(key), e) for key, e in new.items()), *((e, None) for key, e in old.items() if key not in new)]


def _by_id_or_name(before: Iterable[Element], after: Iterable[Element]) -> Pairs:
    """Elements of one measure paired by id, else by name."""
    pairs = _by_id(before, after)
    gone = {(old.sort, old.words.zh): old for old, new in pairs if old is not None and new is None}
    found: list[tuple[Element | None, Element | None]] = []
    for old, new in pairs:
        if old is None and new is not None:
            old = gone.pop((new.sort, new.words.zh), None)
        found.append((old, new))
    paired = {id(old) for old, new in found if new is not None}
    return [(old, new) for old, new in found if new is not None or id(old) not in paired]


def _changes(
    sides: Sides, pairs: Pairs, before: Measure | None = None, after: Measure | None = None
) -> Iterator[Change]:
    """A change for each pair that differs."""
    for old, new in pairs:
        element = new or old
        if element is None:
            continue
        if old is not None and new is not None:
            ids = ((_id_said(old),), (_id_said(new),)) if old.id != new.id else ((), ())
            mine, theirs = _common(sides, sides.before, old), _common(sides, sides.after, new)
            op, fields = Op.CHANGED, field_changes((*ids[0], *mine), (*ids[1], *theirs))
        else:
            op, fields = (Op.REMOVED if new is None else Op.ADDED), only(element.fields, before=new is None)
        if op is Op.CHANGED and not fields:
            continue
        cited = (
            *(sides.clauses(sides.after, new.clauses) if new else ()),
            *(sides.clauses(sides.before, old.clauses) if old else ()),
        )
        measure = after or before
        yield Change(
            op,
            element.sort,
            element.id,
            element.words,
            None if measure is None else measure.id,
            None if measure is None else measure.words,
            tuple(dict.fromkeys(cited)),
            fields,
        )


def _common(sides: Sides, plan: Plan, element: Element) -> tuple[Said, ...]:
    """The fields with clauses called by their common names."""
    if not sides.related:
        return element.fields
    named = frozenset(sides.clauses(plan, element.clauses))
    clauses = ("clauses", "suspends_clauses", "clause")
    return tuple(replace(s, compared=named) if s.field in clauses else s for s in element.fields)


def _measure_changes(sides: Sides, pair: Pair) -> Iterator[Change]:
    """The changes of a measure over all its versions; one that does not hold for all openings is dated."""
    old = [m for m in sides.before.measures if m.id == pair.before]
    new = [m for m in sides.after.measures if m.id == pair.after]
    if not old or not new:
        last = (old or new)[-1]
        yield from _version_changes(sides, last if old else None, last if new else None)
        return
    found: list[tuple[Span, tuple[Change, ...]]] = []
    for span, a, b in spans(old, new):
        found.append((span, tuple(_version_changes(sides, a, b))))
    yield from spread(found)


def _version_changes(sides: Sides, before: Measure | None, after: Measure | None) -> Iterator[Change]:
    old = [] if before is None else list(elements_of(Reader.of(sides.before), before))
    new = [] if after is None else list(elements_of(Reader.of(sides.after), after))
    if old and new:
        ids = _id_said(old[0]), _id_said(new[0])
        old[0] = replace(old[0], id=new[0].id, fields=(ids[0], *old[0].fields, *_orders(old, new)))
        new[0] = replace(new[0], fields=(ids[1], *new[0].fields, *_orders(new, old)))
    yield from _changes(sides, _by_id_or_name(old, new), before, after)


def _id_said(element: Element) -> Said:
    return Said("id", element.id, Words(element.id, element.id))


def _orders(mine: Sequence[Element], theirs: Sequence[Element]) -> Iterator[Said]:
    """The order of the parts that both versions have: which stage comes first, which exit decides."""
    both = {(e.sort, e.id) for e in theirs}
    for field, sort in ORDERS:
        ids = tuple(e.id for e in mine if e.sort is sort and (sort, e.id) in both)
        yield Said(field, ids, Words(", ".join(ids), ", ".join(ids)))


def _parameters_used(plan: Plan) -> Mapping[tuple[str, str], frozenset[str]]:
    """Parameters by measure and by the path of the element they stand in."""
    found: dict[tuple[str, str], set[str]] = {}
    for measure in newest(plan).values():
        for path, name in measure.parameters.items():
            found.setdefault((measure.id, _element_path(path)), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _element_path(path: str) -> str:
    """`requires/a/b/due#2` stands in the element `requires/a/b`; what opens or suspends stands in the measure."""
    part = path.partition("#")[0]
    return part.rpartition("/")[0] if part.startswith(("stages/", "requires/", "exits/")) else ""


def _explained(
    change: Change,
    moved: frozenset[str],
    users: tuple[Mapping[tuple[str, str], frozenset[str]], Mapping[tuple[str, str], frozenset[str]]],
) -> Change:
    """The change with the changed parameters that stand in its element."""
    if change.measure is None or change.op is not Op.CHANGED:
        return change
    path = "" if change.sort is Sort.MEASURE else PATHS[change.sort] + change.id
    names = frozenset[str]().union(*(used.get((change.measure, path), frozenset()) for used in users))
    return replace(change, because=tuple(sorted(names & moved)))
