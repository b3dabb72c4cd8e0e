"""What was filled in on a checklist: read from the form, checked for what is missing, kept to be shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from lianfang.acts.inspect import Checked
from lianfang.core.language.measure import Words
from lianfang.web.parts.said import said
from lianfang.web.supervision.checklists import NUMBER, TEXT, YES_NO, Checklist, Item

OWN_LINES = 3
"""So many problems can be written down that stand on no checklist."""

OWN = "own"
LONGEST = 300
_SHOWN = "%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the form as it was filled in; `no` is its number, `wrong` what is missing or not allowed."""

    no: int
    item: Item
    ok: str = ""
    value: str = ""
    note: str = ""
    due: str = ""
    who: str = ""
    wrong: str = ""
    own: bool = False

    @property
    def answered(self) -> bool:
        """Whether anything was filled in."""
        return bool(self.value if self.item.kind == NUMBER else self.note if self.item.kind == TEXT else self.ok)

    @property
    def passed(self) -> bool:
        """Whether it was found in order."""
        if self.item.kind == NUMBER:
            number = _number(self.value)
            return number is not None and _within(number, self.item)
        return bool(self.note) if self.item.kind == TEXT else self.ok == "yes"

    @property
    def until(self) -> datetime | None:
        """By when it has to be put right."""
        return _moment(self.due)

    @property
    def checked(self) -> Checked:
        """As the act takes it; what is to be done by whom until when stands in the note."""
        value = _number(self.value) if self.item.kind == NUMBER else None
        return Checked(self.item.key, self.passed, value, _note(self)[:LONGEST], self.item.critical or None)


def blank(chosen: Checklist | None) -> tuple[Line, ...]:
    """The empty form."""
    return read_lines(chosen, {}, look=False)


def read_lines(chosen: Checklist | None, sent: Mapping[str, str], *, look: bool = True) -> tuple[Line, ...]:
    """The form as it was sent; with `look` each line says what is missing."""
    items = chosen.items if chosen else ()
    lines = [_line(no, item, sent) for no, item in enumerate(items, 1)]
    lines += [_own(no, sent) for no in range(len(items) + 1, len(items) + 1 + OWN_LINES)]
    return tuple(_looked_at(line) for line in lines) if look else tuple(lines)


def _line(no: int, item: Item, sent: Mapping[str, str]) -> Line:
    def given(name: str) -> str:
        return sent.get(f"{name}-{no}", "").strip()[:LONGEST]

    return Line(no, item, given("ok"), given("value"), given("note"), given("due"), given("who"))


def _own(no: int, sent: Mapping[str, str]) -> Line:
    """A problem outside the checklist: it is called by its own words."""
    line = _line(no, Item(OWN, Words("", "")), sent)
    named = Item(line.note, Words(line.note, line.note)) if line.note else line.item
    return Line(no, named, "no" if line.note else "", "", line.note, line.due, line.who, own=True)


def _looked_at(line: Line) -> Line:
    return replace(line, wrong=_wrong(line))


def _wrong(line: Line) -> str:
    if line.own:
        return gettext("整改期限看不懂；请选日期和时间。") if line.due and line.until is None else ""
    if not line.answered:
        return gettext("还没有填")
    if line.item.kind == NUMBER and _number(line.value) is None:
        return gettext("“%(text)s”不是数；请填数字。") % {"text": line.value}
    if line.item.kind == YES_NO and not line.passed and not line.note:
        return gettext("不合格须写明问题")
    return gettext("整改期限看不懂；请选日期和时间。") if line.due and line.until is None else ""


def missing(lines: Sequence[Line]) -> str:
    """What is missing, in one sentence; nothing if all is there."""
    names = [said(line.item.words) or line.note for line in lines if line.wrong]
    if not names:
        return ""
    return gettext("还差 %(n)s 项：%(names)s。") % {"n": len(names), "names": "、".join(names)}


def filled(lines: Sequence[Line]) -> list[Line]:
    """The lines that say something."""
    return [line for line in lines if line.answered]


def _note(line: Line) -> str:
    if line.passed:
        return line.note
    parts = [line.note]
    if line.who:
        parts.append(gettext("整改责任人：%(who)s") % {"who": line.who})
    if line.until is not None:
        parts.append(gettext("整改期限：%(due)s") % {"due": timezone.localtime(line.until).strftime(_SHOWN)})
    return "；".join(part for part in parts if part)


def _within(number: float, item: Item) -> bool:
    return (item.low is None or number >= item.low) and (item.high is None or number <= item.high)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if timezone.is_naive(found) else found
