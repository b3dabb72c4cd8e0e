"""Third pass: documents into a plan - names looked up, expressions typed, windows and versions worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from lianfang.core.days.text import TimeError, parse_zone
from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.addressees import ADDRESSEE, addressee_kind
from lianfang.core.language.book import Book
from lianfang.core.language.calendars import resolve_calendar
from lianfang.core.language.context import Context
from lianfang.core.language.document import Branch, Document, Place
from lianfang.core.language.examples import expectable, resolve_case
from lianfang.core.language.extend import Pack, merge
from lianfang.core.language.indicators import resolve_indicator
from lianfang.core.language.kinds import read_kinds
from lianfang.core.language.leaving import leavable, left_kind
from lianfang.core.language.loops import is_loop_kind, kinds_asked, loop_kinds
from lianfang.core.language.lower import MOST_CONDITIONS, walk
from lianfang.core.language.measure import Measure, Words
from lianfang.core.language.measures import resolve_measure
from lianfang.core.language.organisation import Organisation
from lianfang.core.language.parameters import check_deviations, read_day, resolve_parameter
from lianfang.core.language.plan import Case, Clause, Plan

CHINA = 28_800
"""Seconds from UTC of the plan's clock if it does not say otherwise."""


def resolve(packs: tuple[Pack, ...], vocabulary: Iterable[Document], book: Book, organisation: Organisation) -> Plan:
    """A plan from a pack and what it builds on. Only a book without errors makes it one to be used."""
    root = packs[-1]
    named = merge(packs, book)
    context = _context(packs, named, vocabulary, book, organisation)
    plan = _outline(context, packs, root.plan or Branch((), Place("plan.yaml")))
    measures = _measures(context, packs)
    indicators = tuple(resolve_indicator(context, id, node) for id, node in _nodes(named, "indicator").items())
    cases = _cases(context, root, _nodes(named, "indicator"))
    selections = dict(context.every_selection())
    _check_unused(context, named, root)
    return replace(
        plan,
        kinds=context.kinds,
        selections=selections,
        measures=measures,
        indicators=indicators,
        parameters=context.parameters,
        clauses=context.clauses,
        headings=_headings(packs),
        cases=cases,
        made_from={f"{kind}/{id}": document.made_from for (kind, id), document in named.items() if document.made_from},
    )


def _nodes(named: Mapping[tuple[str, str], Document], kind: str) -> dict[str, Branch]:
    return {id: document.node for (other, id), document in named.items() if other == kind}


def _context(
    packs: tuple[Pack, ...],
    named: Mapping[tuple[str, str], Document],
    vocabulary: Iterable[Document],
    book: Book,
    organisation: Organisation,
) -> Context:
    """Everything that names refer to: kinds of fact, clauses and parameters ready, the rest as documents."""
    files = {document.id_place.file: pack.name for pack in packs[:-1] for document in pack.documents}
    measures = _nodes(named, "measure")
    context = Context(
        book=book,
        kinds=_kinds(named, vocabulary, measures, book, organisation),
        clauses={},
        parameters={},
        selections=_nodes(named, "selection"),
        measures=measures,
        zone=_zone(packs[-1].plan, book),
        first_day_counted=packs[-1].plan is None or packs[-1].plan.text("first_day") != "not_counted",
        packs=files,
    )
    context.clauses = _clauses(packs, book)
    parameters = {id: document for (kind, id), document in named.items() if kind == "parameter"}
    context.calendars = {
        id: resolve_calendar(id, context.words(node, id), node, book) for id, node in _nodes(named, "calendar").items()
    }
    context.parameters = {id: resolve_parameter(context, document) for id, document in parameters.items()}
    check_deviations(context, packs, parameters)
    _check_taken(context, named)
    return context


def _kinds(
    named: Mapping[tuple[str, str], Document],
    vocabulary: Iterable[Document],
    measures: Mapping[str, Branch],
    book: Book,
    organisation: Organisation,
) -> Mapping[str, Kind]:
    """The vocabulary, the forms of the packs, the kinds of loop, and `addressee` if the plan has units.

    A form may not take a name of the vocabulary.
    """
    shared = [document for document in vocabulary if document.kind in ("kind", "form")]
    own = [document for (kind, _), document in named.items() if kind == "kind"]
    places: dict[str, Document] = {}
    for document in (*shared, *own):
        if document.id in places or is_loop_kind(document.id) or document.id == ADDRESSEE:
            earlier = places[document.id].id_place.text if document.id in places else document.id
            book.add("pack:duplicate-id", document.id_place, document.id, earlier)
        places.setdefault(document.id, document)
    kinds = read_kinds((*shared, *own), book)
    asked = {document.node.text("of") for (kind, _), document in named.items() if kind == "selection"}
    built_in = {id: left_kind(kinds[base]) for base, id in leavable(kinds).items() if id in asked}
    built_in |= {ADDRESSEE: addressee_kind()} if organisation.units else {}
    binds = {id: node.text("binds") or "" for id, node in measures.items()}
    return {**kinds, **loop_kinds(kinds_asked(named.values()), binds), **built_in}


def _zone(plan: Branch | None, book: Book) -> int:
    written = plan.scalar("utc_offset") if plan else None
    if written is None:
        return CHINA
    try:
        return parse_zone(written.text)
    except TimeError:
        book.add("pack:utc-offset", written.place, written.text, "+08:00")
        return CHINA


def _clauses(packs: tuple[Pack, ...], book: Book) -> dict[str, Clause]:
    """The clauses by full id; those of extended packs are called `pack:clause`."""
    clauses: dict[str, Clause] = {}
    for pack in packs:
        prefix = "" if pack is packs[-1] else f"{pack.name}:"
        for document in pack.documents:
            listed = document.node.branch("clauses") if document.kind == "clauses" else None
            for key, node in listed.entries if listed else ():
                id = f"{prefix}{key.text}"
                if id in clauses:
                    book.add("pack:duplicate-id", key.place, key.text, "clauses")
                elif isinstance(node, Branch):
                    gist = Words(node.text("zh") or "", node.text("en") or "")
                    page = node.branch("page")
                    shown = Words(page.text("zh") or "", page.text("en") or "") if page else None
                    clauses[id] = Clause(id, node.text("kind") or "", gist, shown)
    return clauses


def _headings(packs: tuple[Pack, ...]) -> dict[str, Words]:
    """What the sections of the papers are called, by full id like clauses; the paper itself has the empty number."""
    found = {}
    for pack in packs:
        prefix = "" if pack is packs[-1] else f"{pack.name}:"
        for document in pack.documents:
            listed = document.node.branch("headings") if document.kind == "clauses" else None
            for key, node in listed.entries if listed else ():
                if isinstance(node, Branch):
                    found[f"{prefix}{key.text}"] = Words(node.text("zh") or "", node.text("en") or "")
        if pack.plan is not None and isinstance(name := pack.plan.get("name"), Branch):
            found[prefix] = Words(name.text("zh") or "", name.text("en") or "")
    return found


def _check_taken(context: Context, named: Mapping[tuple[str, str], Document]) -> None:
    """A selection may not be called like a kind of fact: one name, one meaning."""
    for (kind, id), document in named.items():
        if kind == "selection" and id in context.kinds:
            context.book.add("pack:taken-name", document.id_place, id)


def _outline(context: Context, packs: tuple[Pack, ...], node: Branch) -> Plan:
    """The plan's own document; what it holds comes in later."""
    return Plan(
        id=packs[-1].name,
        words=context.words(node, packs[-1].name),
        issued=read_day(node.text("issued") or "") or date(1970, 1, 1),
        zone=context.zone,
        first_day_counted=context.first_day_counted,
        packs=tuple(pack.name for pack in packs),
    )


def _measures(context: Context, packs: tuple[Pack, ...]) -> tuple[Measure, ...]:
    """All versions of all measures in plan order: as listed, then as written."""
    listed: list[str] = []
    for pack in packs:
        for scalar in pack.plan.scalars("order") if pack.plan else ():
            if scalar.text not in context.measures:
                context.book.add("pack:unknown-measure", scalar.place, scalar.text, context.measures)
        order = [scalar.text for scalar in pack.plan.scalars("order")] if pack.plan else []
        listed = [id for id in listed if id not in order] + order
    ids = dict.fromkeys([id for id in listed if id in context.measures] + list(context.measures))
    found = tuple(measure for id in ids for measure in resolve_measure(context, id, context.measures[id]))
    for measure in found:
        _check_conditions(context, measure)
    return found


def _check_conditions(context: Context, measure: Measure) -> None:
    every = [requirement for _, requirement in walk(measure.requirements)]
    count = sum((r.applies is not None) + (r.condition is not None) for r in every)
    if count > MOST_CONDITIONS:
        place = context.measures[measure.id].place
        context.book.add("pack:too-many-conditions", place, str(count), str(MOST_CONDITIONS))


def _cases(context: Context, root: Pack, indicators: Mapping[str, Branch]) -> tuple[Case, ...]:
    """The pack's own cases; those of the packs it builds on are about other plans."""
    seen: dict[str, Document] = {}
    for document in root.documents:
        if document.kind != "case":
            continue
        if document.id in seen:
            context.book.add("pack:duplicate-id", document.id_place, document.id, seen[document.id].id_place.text)
        seen.setdefault(document.id, document)
    known = expectable(context.measures, indicators)
    return tuple(resolve_case(context, document, known) for document in seen.values())


def _check_unused(context: Context, named: Mapping[tuple[str, str], Document], root: Pack) -> None:
    """Parameters and selections that nothing uses are warned about, in the pack's own files only."""
    own = {document.id_place for document in root.documents}
    for (kind, id), document in named.items():
        if document.id_place not in own:
            continue
        if kind == "parameter" and id not in context.used_parameters:
            context.book.add("pack:unused-parameter", document.id_place, id)
        if kind == "selection" and id not in context.used_selections:
            context.book.add("pack:unused-selection", document.id_place, id)
