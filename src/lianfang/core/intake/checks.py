"""What a cell may not hold though its type allows it: formula errors, impossible numbers, names, telephones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.facts.faults import shorten
from lianfang.core.facts.vocabulary import Column, Mask
from lianfang.core.identity.fault import Fault
from lianfang.core.identity.names import check_name
from lianfang.core.identity.numbers import DocumentType, full_number, normalise_number, read_number
from lianfang.core.identity.phones import check_phone
from lianfang.core.intake.known import Value
from lianfang.core.intake.outcome import Problem

_FORMULA = r"^#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$"
_DOTTED = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})")
_EIGHT = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})(?=$|\s)")

_DOCUMENTS = frozenset(type.value for type in DocumentType)
_LOST = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d+")

FORMULA_ERROR = Problem(
    "sheet:formula-error",
    "",
    "",
    "公式出错，没有值；请在表格软件中改正公式或直接填值",
    "the formula failed and has no value; do: correct the formula or type the value",
)

Cells = Mapping[str, tuple[Value | None, ...]]


def formula_errors(written: pa.Array) -> pa.Array:
    """Which cells hold the error of a formula (`#REF!`, `#N/A` …)."""
    return pc.match_substring_regex(written, _FORMULA).fill_null(False)


def plain_text(text: str) -> str:
    """Half-width letters and digits, no blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def plain_time(text: str) -> str:
    """A day or time in a form the facts know: 2026.11.2 and 20261102 become 2026-11-2 and 2026-11-02."""
    plain = " ".join(plain_text(text).split())
    return _EIGHT.sub(r"\1-\2-\3", _DOTTED.sub(r"\1-\2-\3", plain), count=1)


def plain_number(text: str) -> str:
    """A document number as it is kept: an old one of 15 digits as the 18 it became; lost digits stay to be seen."""
    if _LOST.fullmatch(text.strip()):
        return text.strip()
    number = normalise_number(text)
    return full_number(number) if len(number) == 15 and number.isascii() and number.isdigit() else number


def check_cells(
    cells: Cells, columns: Mapping[str, Column], address: Callable[[str, int], str], now: int
) -> Iterator[tuple[int, tuple[Problem, ...]]]:
    """The rows whose numbers, names or telephones cannot be right, with the reasons; warnings refuse nothing."""
    today = datetime.fromtimestamp(now, UTC).date()
    types = cells.get("id_type", ())
    judges = {
        name: (column.hidden, _JUDGES[column.hidden]) for name, column in columns.items() if column.hidden in _JUDGES
    }
    for name, (mask, judge) in judges.items():
        judged: dict[tuple[str, str], tuple[Fault, ...]] = {}
        for index, value in enumerate(cells[name]):
            if value is None:
                continue
            kind = str(types[index] or "") if types and mask is Mask.NUMBER else ""
            key = (str(value), kind)
            if key not in judged:
                judged[key] = judge(key[0], kind, today)
            if judged[key]:
                cell = address(name, index)
                yield index, tuple(_problem(fault, cell, name, str(value)) for fault in judged[key])


def _judge_number(text: str, kind: str, today: date) -> tuple[Fault, ...]:
    type = DocumentType(kind) if kind in _DOCUMENTS else None
    return _errors(read_number(text, type, today).faults)


def _judge_name(text: str, kind: str, today: date) -> tuple[Fault, ...]:
    return _errors(check_name(text))


def _judge_phone(text: str, kind: str, today: date) -> tuple[Fault, ...]:
    return _errors(check_phone(text))


def _errors(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(fault for fault in faults if fault.level == "error")


def _problem(fault: Fault, cell: str, column: str, found: str) -> Problem:
    return Problem(fault.id, cell, column, fault.zh, fault.en, found=shorten(found))


_JUDGES: Mapping[Mask, Callable[[str, str, date], tuple[Fault, ...]]] = {
    Mask.NUMBER: _judge_number,
    Mask.NAME: _judge_name,
    Mask.PHONE: _judge_phone,
}
