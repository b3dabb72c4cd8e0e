"""`lianfang verify-journal`: whether the journal of acts and views is whole."""

from __future__ import annotations

from typing import Annotated

import typer

from lianfang.cli.district import district
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.core.complaint import Complaint


@door
def verify_journal(
    after: Annotated[int, typer.Option(min=0, metavar="N", help="从第 N 条之后查起 / begin after line N")] = 0,
    head: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="NO:HEX", help="另处抄存的末行凭证，可多次 / a head kept elsewhere, repeatable"),
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """逐条核对日志的链；被改、被删、换位都会指出是哪一条。 Prove the journal whole, or name the first broken line."""
    kept = [_parted(each) for each in head or ()]
    with district():
        from lianfang.ledger import journal

        broken = journal.verify(after, heads=[journal.Head(no, digest) for no, digest in kept])
        if broken is not None:
            raise Refusal([Complaint(id="journal:broken", file=str(broken.no), zh=broken.zh, en=broken.en)])
        last = journal.head()
        typer.echo(say(lang, f"日志完整，共 {last.no} 条", f"the journal is whole: {last.no} lines"))
        typer.echo(say(lang, "末行凭证（另处抄存）：", "head (keep it elsewhere): ") + f"{last.no}:{last.digest.hex()}")


def _parted(head: str) -> tuple[int, bytes]:
    no, _, digest = head.partition(":")
    try:
        return int(no), bytes.fromhex(digest)
    except ValueError as fault:
        raise Refusal([_no_head(head)]) from fault


def _no_head(head: str) -> Complaint:
    return Complaint(
        id="journal:no-head",
        file="--head",
        zh="不是末行凭证",
        en="this is not the head of a journal",
        found=head,
        allowed="NO:HEX",
        do_zh="照抄 backup 或 verify-journal 打印的那一行",
        do_en="copy the line that backup or verify-journal printed",
    )
