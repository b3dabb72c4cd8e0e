"""Papers as Word, on the letterhead that comes along or on the office's own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lianfang.reach.documents.faults import PaperRefused, refuse
from lianfang.reach.documents.layout import Bar, Frame, Letter, Paper, Report, Status, Table
from lianfang.reach.documents.letterhead import default_letterhead
from lianfang.reach.documents.qr import png
from lianfang.reach.documents.template_places import broken_mark, place_of

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
_FIRST_WORD = re.compile(r"\w+")
_ALWAYS = ("方案", "版本", "截至", "打印人", "水印", "标题", "条文", "项目", "表格", "签收", "二维码", "核验码")
_LETTER = ("编号", "收件人", "正文", "结语", "机关", "日期")
_REPORT = ("要点", "说明")
_FILTERS = frozenset("default d e escape first join last length lower replace trim upper".split())


def word(paper: Paper, frame: Frame, template: bytes | None = None, file: str = "") -> bytes:
    """The paper as .docx. `template` is the office's own letterhead, `file` its name; without one the shipped is used.

    A template may use the names of `names_of` in double brackets, loops and conditions; nothing else is run. Raises
    PaperRefused naming the place in the template.
    """
    named = file or ("模板.docx" if template is not None else "letterhead")
    opened = _opened(template if template is not None else default_letterhead(frame.lang), named)
    words = _words(paper, frame, opened)
    _check_names(opened, words, named)
    try:
        opened.render(words, _environment(), autoescape=True)
    except TemplateError as error:
        raise _refusal(opened, error, named) from error
    except (TypeError, ValueError, ArithmeticError, OverflowError) as error:
        raise refuse("template:not-allowed", named, str(error)[:100]) from error
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def names_of(paper: Paper) -> tuple[str, ...]:
    """The names a template may use for a paper: those of every paper, of its kind, and its own facts (姓名 …)."""
    kind = _LETTER if isinstance(paper, Letter) else _REPORT
    return (*_ALWAYS, *kind, *(name for name in _facts(paper) if name not in (*_ALWAYS, *kind)))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Marks of a template: no functions, nothing that could fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(operator)


def _environment() -> _Sandbox:
    made = _Sandbox(undefined=StrictUndefined)
    made.globals.clear()
    made.filters = {name: filter for name, filter in made.filters.items() if name in _FILTERS}
    return made


def _opened(raw: bytes, file: str) -> DocxTemplate:
    if len(raw) > MOST_BYTES:
        raise refuse("template:too-big", file, f"{len(raw) >> 20} MB", f"≤ {MOST_BYTES >> 20} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise refuse("template:too-big", file, f"{unpacked >> 20} MB", f"≤ {MOST_UNPACKED >> 20} MB")
        opened = DocxTemplate(io.BytesIO(raw))
        opened.init_docx()
    except PaperRefused:
        raise
    except Exception as error:  # a damaged file fails in as many ways as there are damages
        raise refuse("template:broken", file, type(error).__name__) from error
    return opened


def _check_names(opened: DocxTemplate, words: Mapping[str, object], file: str) -> None:
    """Every name of the template must be one the paper has; a mark that cannot be read is named with its place."""
    broken = broken_mark(opened)
    if broken is not None:
        raise refuse("template:syntax", file, broken.text, place=broken.where)
    try:
        unknown = sorted(opened.get_undeclared_template_variables(_environment(), context=dict(words)))
    except TemplateError as error:
        raise _refusal(opened, error, file) from error
    if unknown:
        place = place_of(opened, unknown[0])
        raise refuse("template:unknown-name", file, "、".join(unknown), "、".join(words), place)


def _refusal(opened: DocxTemplate, error: TemplateError, file: str) -> PaperRefused:
    """What jinja found, in the words of the office."""
    if isinstance(error, SecurityError):
        return refuse("template:not-allowed", file, str(error.message or ""))
    if isinstance(error, UndefinedError):
        name = next(iter(re.findall(r"'(\w+)'$", error.message or "")), "")
        return refuse("template:unknown-name", file, name or error.message or "", place=place_of(opened, name))
    found = error.message or ""
    if found.startswith("Unexpected end of template"):
        return refuse("template:syntax", file, "for … endfor, if … endif")
    if isinstance(error, TemplateSyntaxError):
        name = next(iter(re.findall(r"'(\w+)'", found)), "")
        return refuse("template:syntax", file, found, place=place_of(opened, name))
    return refuse("template:syntax", file, found)


def _words(paper: Paper, frame: Frame, opened: DocxTemplate) -> dict[str, object]:
    """What the names of a template stand for."""
    verify = paper.verify
    picture = InlineImage(opened, io.BytesIO(png(verify)), width=Mm(24)) if verify else ""
    known: dict[str, object] = {
        "方案": frame.plan,
        "版本": frame.version,
        "截至": frame.as_of,
        "打印人": frame.printed_by,
        "水印": frame.watermark,
        "标题": paper.title,
        "条文": [{"编号": one.mark, "原文": one.text, "方案": one.plan} for one in paper.quotes],
        "项目": [{"名称": one.label, "内容": one.text} for one in paper.lines],
        "表格": [_table(table, frame) for table in paper.tables],
        "签收": paper.receipt,
        "二维码": picture,
        "核验码": verify.code if verify else "",
    }
    return {**_facts(paper), **dict.fromkeys((*_LETTER, *_REPORT), ""), **known, **_own(paper)}


def _own(paper: Paper) -> dict[str, object]:
    if isinstance(paper, Report):
        return {"要点": list(paper.about), "说明": paper.note}
    return {
        "编号": paper.number,
        "收件人": paper.to,
        "正文": list(paper.paragraphs),
        "结语": paper.closing,
        "机关": paper.office,
        "日期": paper.date,
    }


def _facts(paper: Paper) -> dict[str, object]:
    """The facts of a paper under the first word of their labels: 起始日（第1天） is 起始日."""
    named = ((_FIRST_WORD.match(one.label), one.text) for one in paper.lines)
    return {match[0]: text for match, text in named if match is not None}


def _table(table: Table, frame: Frame) -> dict[str, object]:
    rows = [[_text(cell, frame) for cell in row] for row in table.rows]
    return {"标题": table.title, "列": [column.head for column in table.columns], "行": rows, "说明": table.note}


def _text(cell: str | Bar | Status, frame: Frame) -> str:
    """A cell in words: a bar is its figures, a status its word."""
    if isinstance(cell, Bar):
        words = ("已办", "应办", "待补", "逾期") if frame.lang == "zh" else ("met", "due", "owed", "overdue")
        counts = (cell.met, cell.due, cell.held, cell.overdue)
        return " ".join(f"{word} {count}" for word, count in zip(words, counts, strict=True) if count)
    return cell.word if isinstance(cell, Status) else cell
