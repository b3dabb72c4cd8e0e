"""Made-up papers of every sort."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pdfplumber

from lianfang.core.papers.code import sign_code
from lianfang.reach.documents.layout import Bar, Frame, Language, Line, Paper, Quote, Status
from lianfang.reach.documents.lots import LotExit, LotTest, lot_exit_certificate
from lianfang.reach.documents.notices import (
    IsolationNotice,
    Person,
    ReleaseCertificate,
    Tested,
    isolation_notice,
    release_certificate,
)
from lianfang.reach.documents.qr import verify_at
from lianfang.reach.documents.rectification import Finding, RectificationNotice, rectification_notice
from lianfang.reach.documents.reports import (
    ClauseSheet,
    FileRow,
    FileStep,
    Owed,
    PersonFile,
    TaskSheet,
    TaskStep,
    UnitProgress,
    clause_sheet,
    person_file,
    task_sheet,
)

FRAME = Frame("示例区疫情防控工作方案", "第3版", "2026-11-22 21:40", "区指挥部办公室 值班岗", "演示数据")
ENGLISH = Frame("Sample district plan", "version 3", "2026-11-22 21:40", "Command office", "demo", "en")
QUOTE = Quote("2.2.c2", "对高风险地区来区人员，实行14天集中隔离，期间开展4次核酸检测。", "示例方案")
PERSON = Person("样某丙", "000000********0163", "100****0077", "示例路2幢301")
CODE = sign_code("2026-000017", b"k" * 32, "A")
VERIFY = verify_at("https://lianfang.invalid/", CODE)
OFFICE = "示例街道疫情防控指挥部"
DATE = "2026年11月22日"
DUE = Status("due", "应办")

NOTICE = IsolationNotice(
    "示防隔〔2026〕17号",
    OFFICE,
    DATE,
    PERSON,
    "集中隔离14天",
    "你于11月8日从高风险地区来区",
    "示例隔离点301室",
    "11月8日",
    "11月21日",
    "11月22日0时",
    "100-0000-0000",
    (Tested("第1次核酸", "11月9日前"), Tested("第2次核酸", "11月12日前")),
    ("不离开房间", "每日两次测温并报告"),
    (QUOTE,),
    VERIFY,
)
RELEASE = ReleaseCertificate(
    "示防解〔2026〕17号",
    OFFICE,
    DATE,
    PERSON,
    "集中隔离",
    "示例隔离点301室",
    "11月8日",
    "11月22日10时",
    (Tested("核酸", "11-09 09:00", "阴性"),),
    "居家健康监测7天",
    (QUOTE,),
    VERIFY,
)
LOT = LotExit(
    "示冷出〔2026〕3号",
    OFFICE,
    DATE,
    "L-0003",
    "冷冻鱼",
    "120件 2400公斤",
    "境外",
    "示例冷库2号库",
    "11-10 08:00",
    "11-11 已消毒",
    "示例市场",
    "",
    (LotTest("外包装", "11-11 10:00", "20", "阴性"),),
    (QUOTE,),
    VERIFY,
)
RECTIFICATION = RectificationNotice(
    "示督改〔2026〕5号",
    OFFICE,
    DATE,
    "示例市场",
    "示例路9号",
    "11-21 15:00",
    "检查一组",
    (
        Finding("入口未测温", "3.1.a", "设专人测温并登记", "11-23"),
        Finding("消毒记录缺2天", "3.1.c", "补记并每日公示", "11-24"),
    ),
    "11-25",
    "100-0000-0001",
    (QUOTE,),
    VERIFY,
)
TASK = TaskSheet(
    "设置集中隔离点",
    QUOTE,
    "区卫生健康局",
    "各镇街",
    "11-25 18:00",
    DUE,
    (TaskStep("落实房源", "合同照片", "11-23", Status("met", "已办")), TaskStep("配备人员", "名单", "11-24", DUE)),
    ("名单缺电话",),
)
CLAUSE = ClauseSheet(
    "2.2.c2",
    "高风险：期间4次核酸",
    QUOTE.text,
    "区卫生健康局",
    "各镇街",
    "286 人",
    (UnitProgress("合计", "286", Bar(122, 24, 7, 14), "73.1%"), UnitProgress("虚拟乡", "22", Bar(12, 2, 1), "80.0%")),
    tuple(Owed("样*丙", "首次采样", "示例街道", "11-21 09:12", "36小时28分") for _ in range(14)),
)
FILE = PersonFile(
    "样*丙",
    (Line("证件号码", "000000********0163"),),
    "1 次核酸结果（示例街道，11-22 12:00 前）",
    (FileStep("2.2.c2", "集中隔离", "11-08", "11-22", Status("held", "待补")),),
    (FileStep("2.2.c2", "第4次核酸", "11-20", "11-21", Status("overdue", "逾期")),),
    (FileRow("11-08 10:00", "抵达", "高风险地区"),),
)


def every_paper(english: bool = False) -> dict[str, Paper]:
    """One paper of every sort."""
    lang: Language = "en" if english else "zh"
    return {
        "isolation notice": isolation_notice(NOTICE, lang),
        "release certificate": release_certificate(RELEASE, lang),
        "lot exit": lot_exit_certificate(LOT, lang),
        "rectification": rectification_notice(RECTIFICATION, lang),
        "task": task_sheet(TASK, lang),
        "clause": clause_sheet(CLAUSE, lang),
        "person file": person_file(FILE, lang),
    }


def pages(raw: bytes) -> list[str]:
    """The text of every page of a PDF, without blanks: what is set apart by spacing reads on."""
    with pdfplumber.open(io.BytesIO(raw)) as opened:
        return ["".join((page.extract_text() or "").split()) for page in opened.pages]


def font_names(raw: bytes) -> set[str]:
    """The fonts inside a PDF, without the prefix of a subset."""
    with pdfplumber.open(io.BytesIO(raw)) as opened:
        return {sign["fontname"].split("+")[-1] for page in opened.pages for sign in page.chars}


def joined(texts: Iterable[str]) -> str:
    """Texts without blanks, as `pages` gives them."""
    return "".join("".join(text.split()) for text in texts)
