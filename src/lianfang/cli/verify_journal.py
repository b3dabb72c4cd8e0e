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
    lang: LangOption = Lang.ZH,
) -> None:
    """逐条核对日志的链；被改、被删、换位都会指出是哪一条。 Prove the journal whole, or name the first broken line."""
    with district():
        from lianfang.ledger.journal import head, verify

        broken = verify(after)
        if broken is not None:
            raise Refusal([Complaint(id="journal:broken", file=str(broken.no), zh=broken.zh, en=broken.en)])
        last = head()
        lines = 0 if last is None else last.no
        typer.echo(say(lang, f"日志完整，共 {lines} 条", f"the journal is whole: {lines} lines"))
