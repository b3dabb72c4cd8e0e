"""`lianfang what-if PLAN_A PLAN_B --facts DIR --as-of T`: what changes for whom if the second plan stood instead."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianfang.cli.arguments import AsOfOption, FactsOption, read_all_facts, read_instant, read_plan
from lianfang.cli.diff import AfterArgument, BeforeArgument, JsonOption, show_pairs, spoken
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.overview import Names, local
from lianfang.cli.refusal import Refusal, door
from lianfang.cli.screen import screen, show_rest, show_table
from lianfang.cli.words import state_word

if TYPE_CHECKING:
    from rich.console import Console

    from lianfang.core.difference import Difference
    from lianfang.core.difference.owed import Evidence
    from lianfang.core.language.plan import Plan

FIRST = 50
"""How many rows of a list are shown."""
BAR = 40


@door
def what_if(
    before: BeforeArgument,
    after: AfterArgument,
    facts: FactsOption,
    as_of: AsOfOption,
    json: JsonOption = False,
    all: Annotated[bool, typer.Option("--all", help="列表不限 50 行 / lift the limit of 50 rows")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """换用新预案，谁会受影响。 What changes for whom if the second plan replaces the first."""
    from lianfang.core.difference import kinds_of_both
    from lianfang.core.difference import what_if as what_if_of
    from lianfang.core.difference.written import what_if_json

    plan_a, plan_b = read_plan(before), read_plan(after)
    instant = read_instant(as_of, plan_b.zone, "--as-of")
    kinds, complaints = kinds_of_both(plan_a, plan_b)
    if clashing := [c for c in complaints if any(facts.glob(f"{c.column}.*"))]:
        raise Refusal(clashing)
    difference = what_if_of(plan_a, plan_b, read_all_facts(facts, replace(plan_b, kinds=kinds)), instant)
    if json:
        for piece in what_if_json(difference):
            sys.stdout.write(piece)
        return
    _Page(screen(), difference, plan_a, plan_b, lang, None if all else FIRST).show()


class _Page:
    """The difference on the screen: counts, then lists, each with its first rows."""

    def __init__(
        self, console: Console, difference: Difference, plan_a: Plan, plan_b: Plan, lang: str, most: int | None
    ) -> None:
        self.console, self.difference, self.lang, self.most = console, difference, lang, most
        self.names = Names(plan_a, lang), Names(plan_b, lang)
        self.kinds = {**plan_a.kinds, **plan_b.kinds}

    def show(self) -> None:
        """Everything, in the order in which an officer asks."""
        self._heads()
        show_pairs(self.console, self.difference.pairs, self.lang)
        if self.difference.nothing:
            self.console.print(self._say("对任何人都没有变化。", "Nothing changes for anybody."), markup=False)
            return
        self._turns()
        self._releases()
        self._owed()
        self._days()

    def _say(self, zh: str, en: str) -> str:
        return say(self.lang, zh, en)

    def _heads(self) -> None:
        d = self.difference
        for sign, plan, loops in (("A", d.before, d.loops_before), ("B", d.after, d.loops_after)):
            name = f"{sign}  {plan.id}  {spoken(plan.words, self.lang)}"
            self.console.print(f"{name}  {self._say('闭环', 'loops')} {loops:,}", markup=False)
        self.console.print(f"{self._say('截至', 'as of')} {local(d.as_of, d.zone)}", markup=False)

    def _table(
        self, zh: str, en: str, heads: Sequence[tuple[str, str]], rows: Sequence[tuple[str, ...]], total: int
    ) -> None:
        """A titled table of at most `most` rows, and how many more there are."""
        if not rows:
            return
        words = [self._say(*head) for head in heads]
        numbers = [w for w, column in zip(words, zip(*rows, strict=True), strict=True) if all(map(_is_number, column))]
        self.console.print()
        show_table(self.console, words, rows, title=self._say(zh, en), right=numbers)
        show_rest(self.console, len(rows), total, self.lang)

    def _turns(self) -> None:
        from lianfang.core.difference.turns import TURN_WORDS, Turn

        turns = self.difference.turns
        rows = [
            (
                spoken(TURN_WORDS[c.turn], self.lang),
                self._measure(c.before, c.after),
                self._states(c.state_before, c.state_after),
                f"{c.loops:,}",
                f"{c.subjects:,}",
            )
            for c in turns.counts
        ]
        heads = [("", ""), MEASURE, ("A → B", "A → B"), ("闭环", "loops"), ("对象数", "subjects")]
        self._table("闭环：新开与关闭", "Loops opened and closed", heads, rows[: self.most], len(rows))
        listed = [
            (
                spoken(TURN_WORDS[Turn(row["turn"])], self.lang),
                row["subject"],
                self._measure(row["measure_before"], row["measure_after"]),
                local(row["opened"], self.difference.zone),
                self._states(row["state_before"], row["state_after"]),
            )
            for row in turns.table.slice(0, self.most).to_pylist()
        ]
        heads = [("", ""), SUBJECT, MEASURE, ("开启", "opened"), ("A → B", "A → B")]
        self._table("涉及谁", "Whose", heads, listed, turns.table.num_rows)

    def _releases(self) -> None:
        found = self.difference.releases
        most = max((loops for _, loops in found.histogram), default=1)
        bars = [
            (self._days_moved(days), f"{loops:,}", "█" * max(1, round(BAR * loops / most)))
            for days, loops in found.histogram
        ]
        heads = [("移动", "moved"), ("闭环", "loops"), ("", "")]
        self._table("解除日期的移动", "Release dates moved", heads, bars[: self.most], len(bars))
        if found.dated or found.undated:
            zh = f"原无解除日期、现有：{found.dated:,}；原有、现无（待补或不定期）：{found.undated:,}"
            en = f"now with a release date: {found.dated:,}; now without (held or open): {found.undated:,}"
            self.console.print(self._say(zh, en), markup=False)
        listed = [self._release(row) for row in found.table.slice(0, self.most).to_pylist()]
        heads = [SUBJECT, MEASURE, ("A 解除", "release A"), ("B 解除", "release B"), ("移动", "moved")]
        self._table("谁的解除日期改变", "Whose release moves", heads, listed, found.table.num_rows)

    def _release(self, row: dict[str, Any]) -> tuple[str, ...]:
        zone, none = self.difference.zone, self._say("未定", "none yet")
        dates = (local(row[name], zone) or none for name in ("release_before", "release_after"))
        moved = "" if row["days"] is None else self._days_moved(row["days"])
        return (row["subject"], self._measure(row["measure_before"], row["measure_after"]), *dates, moved)

    def _days_moved(self, days: int) -> str:
        if days == 0:
            return self._say("不变", "unmoved")
        many = "" if abs(days) == 1 else "s"
        later = self._say(f"推迟 {days} 天", f"{days} day{many} later")
        return later if days > 0 else self._say(f"提前 {-days} 天", f"{-days} day{many} earlier")

    def _owed(self) -> None:
        by_evidence = self.difference.by_evidence()
        counts = [(o.owed_before, o.owed_after, o.added, o.removed, o.moved) for o in by_evidence[: self.most]]
        rows = [
            (self._evidence(o.evidence), *(f"{n:,}" for n in numbers))
            for o, numbers in zip(by_evidence, counts, strict=False)
        ]
        heads = [("凭据", "evidence"), ("A", "A"), ("B", "B"), *CHANGED]
        self._table("尚欠的应办事项，按凭据", "Obligations still owed, by evidence", heads, rows, len(by_evidence))
        self._owed_by_requirement()

    def _owed_by_requirement(self) -> None:
        changed = [o for o in self.difference.owed if o.added or o.removed or o.moved]
        changed.sort(key=lambda o: -(o.added + o.removed + o.moved))
        rows = [
            (
                self._measure(o.measure_before, o.measure_after),
                self._requirement(o.measure_before, o.requirement_before, o.measure_after, o.requirement_after),
                *(f"{n:,}" for n in (o.added, o.removed, o.moved)),
            )
            for o in changed[: self.most]
        ]
        heads = [MEASURE, ("要求", "requirement"), *CHANGED]
        self._table("按要求", "By requirement", heads, rows, len(changed))

    def _days(self) -> None:
        from lianfang.core.days.text import show_date

        d = self.difference
        rows = [
            (show_date(d.first_day + n * 86_400, d.zone), *(f"{v:,}" for v in numbers))
            for n, numbers in enumerate(zip(d.rooms.before, d.rooms.after, d.tubes.before, d.tubes.after, strict=True))
        ]
        heads = [("日期", "day"), ("隔离房间 A", "rooms A"), ("隔离房间 B", "rooms B")]
        heads += [("检测 A", "tests A"), ("检测 B", "tests B")]
        self._table("今后 21 天：隔离房间与到期检测", "The coming 21 days: rooms and tests due", heads, rows, len(rows))

    def _measure(self, before: str | None, after: str | None) -> str:
        old = self.names[0].measures.get(before or "", before or "")
        new = self.names[1].measures.get(after or "", after or "")
        return new or old if before is None or after is None or old == new else f"{old} → {new}"

    def _requirement(self, m: str | None, before: str | None, n: str | None, after: str | None) -> str:
        if n is not None and after is not None:
            return self.names[1].requirements.get((n, after), after)
        return self.names[0].requirements.get((m or "", before or ""), before or "")

    def _states(self, before: str | None, after: str | None) -> str:
        none = self._say("无", "none")
        return " → ".join(none if state is None else state_word(state, self.lang) for state in (before, after))

    def _evidence(self, evidence: Evidence) -> str:
        if evidence.kind is None:
            return self._say("（条件，当场判定）", "(a condition, decided at once)")
        kind = self.kinds.get(evidence.kind)
        name = evidence.kind if kind is None else self._say(kind.zh, kind.en)
        return self._say(f"{name}结果", f"{name} result") if evidence.result else name


MEASURE = ("措施", "measure")
SUBJECT = ("对象", "subject")
CHANGED = [("增", "added"), ("减", "removed"), ("改期", "moved")]


def _is_number(text: str) -> bool:
    return text.replace(",", "").isdigit()
