"""`lianfang coverage [PACK…|--all] [--prove]`: which clauses run, and whether a case would miss them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.arguments import read_plan, shipped_packs, shipped_plans
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.cli.screen import screen, show_table
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from rich.console import Console

    from lianfang.core.coverage import Coverage, Element, Proof
    from lianfang.core.language.measure import Words
    from lianfang.core.language.plan import Plan

UNPROVED = 1
CLAUSE_HEADS = (
    ("条文", "clause"),
    ("种类", "kind"),
    ("状态", "standing"),
    ("机制", "mechanism"),
    ("证实的用例", "proved by"),
    ("要点", "gist"),
)


@door
def coverage(
    packs: Annotated[list[str] | None, typer.Argument(metavar="[PACK]...", help="预案包 / packs")] = None,
    all: Annotated[
        bool, typer.Option("--all", help="全部自带预案 / every shipped plan (not those composed of others)")
    ] = False,
    prove: Annotated[
        bool, typer.Option("--prove", help="逐一去掉构件再跑用例 / take out each element and run the cases again")
    ] = False,
    clauses: Annotated[bool, typer.Option("--clauses", help="逐条列出 / list every clause")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """条文落实情况。 Which clauses run; with --prove exit code 1 if an element is not proved."""
    from lianfang.core.coverage import coverage as coverage_of

    chosen = tuple(dict.fromkeys((*(shipped_plans() if all else ()), *(packs or ()))))
    if not chosen:
        raise Refusal([_nothing_chosen()])
    console, proved, proofs, covers = screen(), True, _Proofs(lang), []
    for pack in chosen:
        plan = read_plan(pack)
        proof = proofs.of(plan) if prove else None
        covered = coverage_of(plan, proof)
        covers.append(covered)
        _show_counts(console, plan, covered, lang)
        if clauses:
            _show_clauses(console, covered, lang)
        if proof is not None:
            _show_unproved(console, proof, lang)
            proved = proved and not proof.unproved and not proof.failing
    _show_total(console, covers, lang)
    if not proved:
        raise typer.Exit(UNPROVED)


class _Proofs:
    """Proofs by plan, each worked out once; a composed plan takes over those of the packs it extends."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.known: dict[str, tuple[Plan, Proof]] = {}

    def of(self, plan: Plan) -> Proof:
        """The proof of a plan, with what the packs below prove."""
        from lianfang.core.coverage import taken_over

        if plan.id not in self.known:
            proof = _prove(plan, self.lang)
            bases = {pack: self._base(pack) for pack in plan.packs if pack != plan.id}
            self.known[plan.id] = plan, taken_over(plan, proof, bases) if bases else proof
        return self.known[plan.id][1]

    def _base(self, pack: str) -> tuple[Plan, Proof]:
        if pack not in self.known:
            self.of(read_plan(pack))
        return self.known[pack]


def _prove(plan: Plan, lang: str) -> Proof:
    from lianfang.core.coverage import prove

    def progress(number: int, total: int, element: Element) -> None:
        if sys.stderr.isatty():
            line = f"{plan.id}: {number}/{total} {element.key}"
            typer.echo(f"\r\x1b[2K{line[:76]}", nl=False, err=True)

    proof = prove(plan, progress)
    if sys.stderr.isatty():
        typer.echo("\r\x1b[2K", nl=False, err=True)
    return proof


def _show_total(console: Console, covers: list[Coverage], lang: str) -> None:
    """All plans in one line: accounted for are running clauses, principles, and what only a page can show."""
    from lianfang.core.coverage.clauses import STANDING_WORDS, Standing

    rows = [row for covered in covers for row in covered.rows]
    counts = {s: sum(row.standing == s for row in rows) for s in Standing}
    settled = sum(counts[s] for s in (Standing.RUNNING, Standing.PAGE, Standing.PRINCIPLE))
    each = "，".join(f"{STANDING_WORDS[s].zh} {n}" for s, n in counts.items())
    each_en = ", ".join(f"{STANDING_WORDS[s].en} {n}" for s, n in counts.items())
    zh = f"共 {len(rows)} 条，已落实 {settled} 条：{each}"
    console.print(say(lang, zh, f"{settled} of {len(rows)} clauses accounted for: {each_en}"), markup=False)
    only_pages = [f"{c.plan} {row.clause.id}" for c in covers for row in c.rows if row.standing is Standing.PAGE]
    if only_pages:
        note = say(lang, "只能在页面上看", "only on a page")
        console.print(f"{note}: {', '.join(only_pages)}", markup=False)


def _words(words: Words, lang: str) -> str:
    return say(lang, words.zh, words.en)


def _show_counts(console: Console, plan: Plan, covered: Coverage, lang: str) -> None:
    from lianfang.core.coverage.clauses import STANDING_WORDS, Standing

    heads = [say(lang, "条文种类", "kind of clause"), say(lang, "条数", "clauses")]
    heads += [_words(STANDING_WORDS[s], lang) for s in Standing]
    rows = [_count_row(covered, kind) for kind in covered.kinds()]
    rows.append([say(lang, "合计", "all"), str(len(covered.rows)), *(str(covered.count(s)) for s in Standing)])
    show_table(console, heads, rows, title=f"{plan.id}  {_words(plan.words, lang)}", right=heads[1:])
    console.print()


def _count_row(covered: Coverage, kind: str) -> list[str]:
    from lianfang.core.coverage.clauses import Standing

    number = sum(row.clause.kind == kind for row in covered.rows)
    return [kind, str(number), *(str(covered.count(s, kind)) for s in Standing)]


def _show_clauses(console: Console, covered: Coverage, lang: str) -> None:
    from lianfang.core.coverage.clauses import MECHANISM_WORDS, STANDING_WORDS

    heads = [say(lang, *h) for h in CLAUSE_HEADS]
    rows = [
        (
            row.clause.id,
            row.clause.kind,
            _words(STANDING_WORDS[row.standing], lang),
            say(lang, "、", ", ").join(_words(MECHANISM_WORDS[m], lang) for m in row.mechanisms),
            row.proofs[0] if row.proofs else _words(row.clause.page, lang) if row.clause.page else "",
            _words(row.clause.gist, lang),
        )
        for row in covered.rows
    ]
    show_table(console, heads, rows)
    console.print()


def _show_unproved(console: Console, proof: Proof, lang: str) -> None:
    if proof.failing:
        note = say(lang, "用例未通过，不能作证", "cases that fail and prove nothing")
        console.print(f"{note}: {', '.join(proof.failing)}", markup=False)
    if proof.unproved:
        heads = [say(lang, "未证实的构件", "element not proved"), say(lang, "原因", "reason")]
        show_table(
            console, heads, [(p.element.key, _words(p.reason, lang) if p.reason else "") for p in proof.unproved]
        )
        console.print()


def _nothing_chosen() -> Complaint:
    return Complaint(
        id="cli:no-pack",
        file="PACK",
        zh="没有指明预案包",
        en="no pack named",
        allowed=", ".join(shipped_packs()),
        do_zh="写出一个或几个编号，或用 --all",
        do_en="name one or more, or use --all",
    )
