"""Draw the picture of the README, a real explanation: `.venv/bin/python docs/images/draw.py FACTS SUBJECT`."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from lianfang.cli.arguments import read_all_facts, read_instant, read_plan
from lianfang.core.explain import explain
from lianfang.core.obligations.evaluate import evaluate

PACK, AS_OF, LINES, WIDTH = "qilin-2020-12", "2020-06-30T22:00", 34, 112
MEASURE = "high-risk-arrival"


def coloured(line: str) -> Text:
    """A line with its topic and its verdict in colour."""
    text = Text(line)
    text.highlight_regex(r"^\s*(条文|参数|起因|时限|证据|结论)：", "cyan")
    text.highlight_regex(r"^\s*(闭环 \d+|\d+\. ).*$", "bold")
    text.highlight_regex(r"逾期.*$|没有「.*$", "red")
    text.highlight_regex(r"迟 \d.*$", "yellow")
    text.highlight_regex(r"按时完成|已解除|解除；", "green")
    return text


def draw(facts: Path, subject: str, target: Path) -> None:
    """Write the first lines of the subject's explanation as SVG."""
    plan = read_plan(PACK)
    evaluation = evaluate(plan, read_all_facts(facts, plan), read_instant(AS_OF, plan.zone, "--as-of"))
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ lianfang explain {PACK} --facts var/demo --subject {subject} --as-of {AS_OF}", style="dim"))
    lines = explain(evaluation, subject).show("zh").splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("  闭环") and f"［{MEASURE}］" in line)
    for line in (lines[0], *lines[begin : begin + LINES]):
        console.print(coloured(line))
    svg = console.export_svg(title="lianfang explain", unique_id="lianfang")
    target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    draw(Path(sys.argv[1]), sys.argv[2], Path(__file__).parent / "explanation.svg")
