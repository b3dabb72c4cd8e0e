"""The certificate with which a lot of goods leaves the store."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.reach.documents.layout import Language, Letter, Line, Quote, Table, TableColumn, Verify


@dataclass(frozen=True, slots=True)
class LotTest:
    """One test of a lot: of what (goods, inner or outer packing), when sampled, how many samples, the result."""

    what: str
    when: str
    samples: str
    result: str


@dataclass(frozen=True, slots=True)
class LotExit:
    """Says that a lot may leave its store: which goods, from where, tested and disinfected how, to whom."""

    number: str
    office: str
    date: str
    lot: str
    goods: str
    amount: str
    origin: str
    store: str
    arrived: str
    disinfected: str
    receiver: str
    vehicle: str = ""
    tests: tuple[LotTest, ...] = ()
    quotes: tuple[Quote, ...] = ()
    verify: Verify | None = None


_LABELS = {
    "zh": ("批次", "品名", "数量", "来源", "存放冷库（仓库）", "入库时间", "消毒", "接收单位", "车辆"),
    "en": ("Lot", "Goods", "Amount", "Origin", "Store", "Stored at", "Disinfected", "Receiver", "Vehicle"),
}
_HEADS = {"zh": ("检测对象", "采样时间", "份数", "结果"), "en": ("Sample of", "Sampled at", "Samples", "Result")}
_WORDS = {
    "zh": (
        "出库证明",
        "下列货物经检测、消毒，符合下列条文的要求，准予出库。货物去向须如实登记；本证明随货同行，一批一证。",
        "检测结果",
        "特此证明。",
    ),
    "en": (
        "Certificate of exit from store",
        "The goods below have been tested and disinfected, meet the clauses below, and may leave the store. Where they"
        " go must be recorded; this certificate travels with the goods, one for each lot.",
        "Test results",
        "This is to certify the above.",
    ),
}


def lot_exit_certificate(one: LotExit, lang: Language = "zh") -> Letter:
    """The certificate as a letter."""
    title, opening, tests, closing = _WORDS[lang]
    texts = (
        *(one.lot, one.goods, one.amount, one.origin, one.store, one.arrived, one.disinfected),
        *(one.receiver, one.vehicle),
    )
    rows = tuple((test.what, test.when, test.samples, test.result) for test in one.tests)
    table = Table(tests, tuple(TableColumn(head) for head in _HEADS[lang]), rows)
    return Letter(
        title=title,
        number=one.number,
        office=one.office,
        date=one.date,
        paragraphs=(opening,),
        lines=tuple(Line(label, text) for label, text in zip(_LABELS[lang], texts, strict=True) if text),
        quotes=one.quotes,
        tables=(table,) if rows else (),
        closing=closing,
        verify=one.verify,
    )
