"""Small documents in every format, written by hand for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(
    pages: Sequence[Sequence[tuple[int, int, str]]], lines: str = "", trailer: str = "", encrypt: str = ""
) -> bytes:
    """A PDF whose text stands at (x, y); `lines` is drawn on every page."""
    count = len(pages)
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(count))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        4: "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 >>",
        5: "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /Ascent 800 "
        "/Descent -200 /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
    }
    if encrypt:
        objects[6] = encrypt
    for n, page in enumerate(pages):
        words = "".join(f"BT /F1 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in page)
        stream = lines + words
        objects[10 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[11 + 2 * n] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    return _assembled(objects, trailer)


def _assembled(objects: dict[int, str], trailer: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start, most = out.tell(), max(objects) + 1
    out.write(f"xref\n0 {most}\n0000000000 65535 f \n".encode())
    for number in range(1, most):
        out.write(f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n")
    out.write(f"trailer\n<< /Size {most} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    key = "<" + "41" * 32 + ">"
    encrypt = f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -44 >>"
    return pdf([[(72, 700, "甲")]], trailer=f"/Encrypt 6 0 R /ID [<{'00' * 16}> <{'00' * 16}>]", encrypt=encrypt)


def grid(left: int, top: int, widths: Sequence[int], heights: Sequence[int]) -> str:
    """The ruling of a table as PDF strokes."""
    right, bottom = left + sum(widths), top - sum(heights)
    xs = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
    ys = [top - sum(heights[:n]) for n in range(len(heights) + 1)]
    strokes = [f"{x} {top} m {x} {bottom} l S" for x in xs] + [f"{left} {y} m {right} {y} l S" for y in ys]
    return "\n".join(strokes) + "\n"


def word(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = (), numbered: Sequence[str] = ()) -> bytes:
    """A Word file: plain paragraphs, then automatically numbered ones (一、), then a table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if numbered:
        _declare_list(document)
    for text in numbered:
        paragraph = document.add_paragraph(text)
        mark = f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(mark))
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for place, row in enumerate(table):
            for column, text in enumerate(row):
                made.cell(place, column).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _declare_list(document: docx.document.Document) -> None:
    root = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{level}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
