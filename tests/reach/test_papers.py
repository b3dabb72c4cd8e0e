"""Documents of every format give the same lines; a bad file gives a complaint in both languages, never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.core.notice.notice import read_notice
from lianfang.core.notice.paper import Line, Paper, Table
from lianfang.reach import paper_docx, papers
from lianfang.reach.papers import read_paper
from tests.reach.paper_makers import grid, locked_pdf, pdf, word

LINES = ["青溪县防控通知", "各乡镇：", "一、登记", "逐户登记，三天内完成。", "青溪县指挥部", "2031年3月8日"]
TABLE = [
    ["任务", "责任单位", "完成时限"],
    ["核对名册", "县公安局", "2031年5月底"],
    ["采购口罩", "县财政局", "长期坚持"],
]


def read(path: Path, data: bytes) -> Paper:
    path.write_bytes(data)
    paper, complaints = read_paper(path)
    assert complaints == ()
    assert paper is not None
    return paper


def refused(path: Path, data: bytes | None = None) -> str:
    if data is not None:
        path.write_bytes(data)
    paper, complaints = read_paper(path)
    assert paper is None
    (complaint,) = complaints
    for lang in ("zh", "en"):
        assert path.name in complaint.show("zh" if lang == "zh" else "en")
    assert complaint.do_zh
    assert complaint.do_en
    return complaint.id


def lines(paper: Paper) -> list[str]:
    return [item.text for item in paper.items if isinstance(item, Line) and item.text.strip()]


def tables(paper: Paper) -> list[list[list[str]]]:
    return [[list(row.cells) for row in item.rows] for item in paper.items if isinstance(item, Table)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_text_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    assert lines(read(tmp_path / "a.txt", "\r\n".join(LINES).encode(encoding))) == LINES


def test_a_word_file_gives_its_paragraphs_its_table_and_its_automatic_numbers(tmp_path: Path) -> None:
    paper = read(tmp_path / "a.docx", word(LINES[:2], TABLE, numbered=["登记", "随访"]))
    assert lines(paper) == [*LINES[:2], "一、登记", "二、随访"]
    assert tables(paper) == [TABLE]
    assert [item.number for item in paper.items] == [1, 2, 3, 4, 5]


def test_the_tasks_of_a_table_in_word_have_their_units_and_deadlines(tmp_path: Path) -> None:
    reading = read_notice(read(tmp_path / "a.docx", word([*LINES[:2], "一、任务"], TABLE)))
    assert [(t.clause, t.lead.text if t.lead else None) for t in reading.tasks] == [
        ("1.1", "县公安局"),
        ("1.2", "县财政局"),
    ]


def test_a_pdf_gives_its_lines_in_order_with_indents_and_pages(tmp_path: Path) -> None:
    first = [
        (72, 780, "青溪县防控通知"),
        (96, 760, "一、登记到户，登记到人，登记到位，一户不漏，一人不漏"),
        (72, 740, "并按时上报。"),
    ]
    paper = read(tmp_path / "a.pdf", pdf([first, [(72, 780, "二、随访"), (280, 40, "— 2 —")]]))
    assert [(line.text, line.page) for line in paper.items if isinstance(line, Line)] == [
        ("青溪县防控通知", 1),
        ("\u3000\u3000一、登记到户，登记到人，登记到位，一户不漏，一人不漏", 1),
        ("并按时上报。", 1),
        ("二、随访", 2),
        ("— 2 —", 2),
    ]
    assert [clause.id for clause in read_notice(paper).clauses] == ["1", "2"]


def test_a_ruled_table_in_a_pdf_is_read_as_rows(tmp_path: Path) -> None:
    cells = [(80 + 150 * c, 680 - 30 * r, text) for r, row in enumerate(TABLE) for c, text in enumerate(row)]
    paper = read(tmp_path / "a.pdf", pdf([[(72, 760, "任务分工表"), *cells]], lines=grid(72, 700, [150] * 3, [30] * 3)))
    assert lines(paper) == ["任务分工表"]
    assert tables(paper) == [TABLE]


def test_a_web_page_gives_its_blocks_and_its_tables_without_menus_and_scripts(tmp_path: Path) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    body = "".join(f"<p>{line}</p>" for line in LINES)
    head = "<head><title>不取</title></head><body><nav>首页</nav><script>var a='不取'</script>"
    page = f"<html>{head}<div>{body}<table>{cells}</table></div></body></html>"
    paper = read(tmp_path / "a.html", page.encode())
    assert lines(paper) == LINES
    assert tables(paper) == [TABLE]


def test_a_web_page_in_gb2312_is_read_by_its_declaration(tmp_path: Path) -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>青溪县<br>指挥部</p></body></html>'
    assert lines(read(tmp_path / "a.htm", page.encode("gb2312"))) == ["青溪县", "指挥部"]


def test_a_table_that_only_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    page = (
        f"<table><tr><td><p>一、登记</p><p>{'登记到人。' * 400}</p></td><td>侧栏</td></tr><tr><td>末</td></tr></table>"
    )
    paper = read(tmp_path / "a.html", page.encode())
    assert tables(paper) == []
    assert lines(paper)[0] == "一、登记"


def test_a_deeply_nested_web_page_is_read(tmp_path: Path) -> None:
    page = "<div>" * 3000 + "<p>一、登记</p>" + "</div>" * 3000
    assert lines(read(tmp_path / "a.html", page.encode())) == ["一、登记"]


def test_a_file_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert lines(read(tmp_path / "a.txt", word(["一、登记"]))) == ["一、登记"]


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return out.getvalue()


BAD = {
    "empty.txt": (b"", "paper:empty"),
    "blank.txt": (b" \n\n ", "paper:empty"),
    "empty.docx": (b"", "paper:empty"),
    "no-words.docx": (word([""]), "paper:no-text"),
    "noise.txt": (bytes(range(256)) * 20, "paper:encoding"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "paper:unknown-format"),
    "locked.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
        "paper:encrypted",
    ),
    "locked.pdf": (locked_pdf(), "paper:encrypted"),
    "cut.pdf": (pdf([[(72, 700, "甲")]])[:120], "paper:broken"),
    "cut.docx": (word(["甲"])[:400], "paper:broken"),
    "other.docx": (_zip({"a.txt": b"x"}), "paper:unknown-format"),
    "hollow.docx": (_zip({"word/document.xml": b"<x"}), "paper:broken"),
    "text.pdf": ("一、登记".encode(), "paper:not-what-it-says"),
    "scan.pdf": (pdf([[]]), "paper:no-text"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "paper:unknown-format"),
    "sheet.xlsx": (_zip({"xl/workbook.xml": b"<x/>"}), "paper:unknown-format"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_refused_with_words(tmp_path: Path, name: str) -> None:
    data, id = BAD[name]
    assert refused(tmp_path / name, data) == id


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt") == "paper:unreadable"
    (tmp_path / "folder.txt").mkdir()
    assert refused(tmp_path / "folder.txt") == "paper:folder"


def test_too_big_a_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "MOST_LINES", 3)
    assert refused(tmp_path / "long.txt", "甲\n".encode() * 9) == "paper:too-big"
    monkeypatch.setattr(papers, "MOST_BYTES", 3)
    assert refused(tmp_path / "heavy.txt", "甲乙".encode()) == "paper:too-big"


def test_a_word_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_docx, "MOST_UNPACKED", 100)
    assert refused(tmp_path / "bomb.docx", word(["甲"])) == "paper:too-big"


SEEDS = [word(["一、登记"], TABLE), pdf([[(72, 700, "一、登记")]]), "一、登记\n".encode("utf-16"), b"<html><p>a<table>"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SEEDS), st.data(), st.sampled_from([".txt", ".docx", ".pdf", ".html"]))
def test_a_damaged_file_never_makes_a_traceback(tmp_path: Path, seed: bytes, data: st.DataObject, ending: str) -> None:
    damaged = bytearray(seed)
    for place in data.draw(st.lists(st.integers(0, len(seed) - 1), max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    path = tmp_path / f"a{ending}"
    path.write_bytes(bytes(damaged[: data.draw(st.integers(0, len(seed)))]))
    paper, complaints = read_paper(path)
    assert (paper is None) == bool(complaints)
    if paper is not None:
        read_notice(paper)
