"""An evaluation on the screen: the counts, then the rows that need somebody first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lianfang.cli.lang import say
from lianfang.cli.screen import show_rest, show_table
from lianfang.cli.words import STATES, STATUSES, state_word, status_word

if TYPE_CHECKING:
    from rich.console import Console

    from lianfang.core.language.measure import Requirement, Words
    from lianfang.core.language.plan import Plan
    from lianfang.reach.results import Results

Row = Mapping[str, Any]


class Names:
    """What the plan calls its measures, stages and requirements, in one language."""

    def __init__(self, plan: Plan, lang: str) -> None:
        self.lang = lang
        self.measures = {m.id: self._word(m.words) for m in plan.measures}
        self.stages = {(m.id, s.id): self._word(s.words) for m in plan.measures for s in m.stages}
        self.requirements = {
            (m.id, path): self._word(words) for m in plan.measures for path, words in _paths(m.requirements)
        }

    def _word(self, words: Words) -> str:
        return say(self.lang, words.zh, words.en)

    def measure(self, row: Row) -> str:
        """The measure of a row."""
        return self.measures.get(row["measure"], str(row["measure"]))

    def stage(self, row: Row) -> str:
        """The stage of a row."""
        return self.stages.get((row["measure"], row["stage"]), str(row["stage"] or ""))

    def requirement(self, row: Row, column: str = "requirement") -> str:
        """The requirement a row names in a column; empty where it names none."""
        path = row[column] or ""
        return self.requirements.get((row["measure"], path), path)


def _paths(requirements: tuple[Requirement, ...], before: str = "") -> Iterator[tuple[str, Words]]:
    for requirement in requirements:
        path = before + requirement.id
        yield path, requirement.words
        yield from _paths(requirement.then, path + "/")


def show_summary(console: Console, results: Results, lang: str) -> None:
    """Name the plan and the instant, then count loops by state and obligations by status."""
    from lianfang.reach.results import counts

    name = say(lang, results.plan.words.zh, results.plan.words.en)
    as_of = local(results.as_of, results.zone)
    console.print(f"[bold]{escaped(name)}[/]  {say(lang, '截至', 'as of')} {as_of}")
    states = counts(results.loops, "state")
    statuses = counts(results.obligations, "status")
    loops = [
        f"{state_word(s, lang)} {states[s]:,}" for s in (*STATES, *sorted(set(states) - set(STATES))) if s in states
    ]
    duties = [f"{status_word(s, lang)} {statuses[s]:,}" for s in STATUSES if s in statuses]
    none, colon = say(lang, "无", "none"), say(lang, "：", ": ")
    console.print(f"{say(lang, '闭环', 'loops')} {results.loops.num_rows:,}{colon}{' · '.join(loops) or none}")
    console.print(
        f"{say(lang, '应办', 'obligations')} {results.obligations.num_rows:,}{colon}{' · '.join(duties) or none}"
    )


def show_rows(console: Console, results: Results, which: str, *, most: int | None, lang: str) -> None:
    """Print one of the tables, the first `most` rows of it; obligations with the most urgent first."""
    from lianfang.reach.results import most_urgent_first

    table = results.tables()[which]
    if which == "obligations":
        table = most_urgent_first(table, tuple(STATUSES))
    shown = table if most is None else table.slice(0, most)
    names = Names(results.plan, lang)
    heads, cells = SHOWN[which]
    console.print()
    show_table(console, [say(lang, *h) for h in heads], [cells(row, names, results.zone) for row in shown.to_pylist()])
    show_rest(console, shown.num_rows, table.num_rows, lang)


def local(instant: int | None, zone: int) -> str:
    """An instant as `2020-06-15 08:00`; empty if unknown."""
    from lianfang.core.days.text import show_instant

    return "" if instant is None else show_instant(instant, zone).replace("T", " ")[:16]


def escaped(text: str) -> str:
    """Text from a plan or a fact, with brackets that rich would take for styles put out of action."""
    from rich.markup import escape

    return escape(text)


def _obligation(row: Row, names: Names, zone: int) -> tuple[str, ...]:
    what = f"{names.measure(row)} · {names.requirement(row)}"
    done = local(row["evidence_at"], zone)
    return (
        status_word(row["status"], names.lang),
        local(row["due"], zone),
        row["subject"],
        what,
        done,
        row["by"] or "",
    )


def _loop(row: Row, names: Names, zone: int) -> tuple[str, ...]:
    waits = names.requirement(row, "waits_for")
    ends = local(row["release"] if row["ended"] is None else row["ended"], zone)
    opened = local(row["opened"], zone)
    state = state_word(row["outcome"], names.lang)
    return (state, row["subject"], names.measure(row), names.stage(row), opened, ends, waits)


def _stage(row: Row, names: Names, zone: int) -> tuple[str, ...]:
    end = None if row["to"] is None else max(row["from"], row["to"] - 1)
    return (row["subject"], names.measure(row), names.stage(row), local(row["from"], zone), local(end, zone))


SUBJECT = ("对象", "subject")
MEASURE = ("措施", "measure")
STAGE = ("阶段", "stage")
SHOWN = {
    "obligations": (
        (("状态", "status"), ("期限", "due"), SUBJECT, ("事项", "what"), ("办理时间", "done"), ("责任方", "by")),
        _obligation,
    ),
    "loops": (
        (("状态", "state"), SUBJECT, MEASURE, STAGE, ("开启", "opened"), ("解除", "ends"), ("等待", "waits for")),
        _loop,
    ),
    "stages": ((SUBJECT, MEASURE, STAGE, ("自", "from"), ("至", "to")), _stage),
}
