"""Parameters: every number of a plan with its days, unit and source; and whether a plan may change another's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from lianfang.core.days.text import TimeError, parse_day
from lianfang.core.language.book import Book
from lianfang.core.language.context import Context, value_on
from lianfang.core.language.document import Branch, Document, Scalar, key_place
from lianfang.core.language.extend import Pack
from lianfang.core.language.plan import Parameter

_EPOCH = date(1970, 1, 1)


def resolve_parameter(context: Context, document: Document) -> Parameter:
    """One parameter with its values in order of day."""
    node = document.node
    clause, why = node.scalar("clause"), node.scalar("why")
    from_text = node.flag("from_text", True)
    if (clause is None) if from_text else (node.get("why") is None):
        needed = "clause" if from_text else "why"
        context.book.add("pack:no-source", document.id_place, document.id, needed)
    written = node.branch("why")
    return Parameter(
        id=document.id,
        words=context.words(node, document.id),
        unit=node.text("unit") or "",
        clause=context.clause(clause) if clause is not None else "",
        values=_values(node, context.book),
        from_text=from_text,
        why=why.text if why is not None else f"{written.text('zh')} / {written.text('en')}" if written else None,
    )


def read_day(text: str) -> date | None:
    """A written day; None if it is none."""
    try:
        return _EPOCH + timedelta(days=parse_day(text))
    except (TimeError, OverflowError):
        return None


def _values(node: Branch, book: Book) -> tuple[tuple[date, float | int | str], ...]:
    written = node.branch("values")
    if written is not None and not written.entries:
        book.add("pack:empty", key_place(node, "values"), "values")
    text = node.text("unit") == "text"
    found = {}
    for key, value in written.entries if written else ():
        day = read_day(key.text)
        read = _value(value, text, book) if isinstance(value, Scalar) else None
        if not isinstance(value, Scalar):
            book.add("pack:wrong-shape", value.place, "mapping" if isinstance(value, Branch) else "list", "value")
        if day is not None and read is not None:
            found[day] = read
    return tuple(sorted(found.items()))


def _value(scalar: Scalar, text: bool, book: Book) -> float | int | str | None:
    if text:
        return scalar.text
    number = read_number(scalar.text)
    if number is None:
        book.add("pack:parameter-type", scalar.place, scalar.text, "14, 97.5, unit: text")
    return number


def read_number(text: str) -> float | int | None:
    """A written number, whole where it is written whole; None if it is none."""
    if not text.isascii() or len(text) > 18 or "_" in text:
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def check_deviations(context: Context, packs: tuple[Pack, ...], own: Mapping[str, Document]) -> None:
    """A parameter that replaces one of an extended plan must keep to what that plan allows."""
    for pack in packs[:-1]:
        rule = pack.plan.text("deviations") if pack.plan else None
        if rule not in ("equal", "stricter"):
            continue
        for document in pack.documents:
            mine = own.get(document.id)
            if document.kind == "parameter" and mine is not None and mine is not document:
                _compare(context, rule, document, mine)


def _compare(context: Context, rule: str, theirs: Document, mine: Document) -> None:
    quiet = Book()
    base = resolve_parameter(_with_book(context, quiet), theirs)
    changed = context.parameters[mine.id]
    if not base.values or not changed.values:
        return
    for day in sorted({day for day, _ in (*base.values, *changed.values)}):
        before, after = value_on(base, day), value_on(changed, day)
        if not _allowed(rule, before, after):
            sign = "==" if rule == "equal" else ">="
            place = key_place(mine.node, "values")
            context.book.add("pack:deviation", place, f"{day.isoformat()}: {after}", f"{rule}: {sign} {before}")
            return


def _allowed(rule: str, before: float | int | str, after: float | int | str) -> bool:
    if rule == "equal" or isinstance(before, str) or isinstance(after, str):
        return before == after
    return after >= before


def _with_book(context: Context, book: Book) -> Context:
    return Context(book, {}, context.clauses, {}, {}, {}, packs=context.packs)
