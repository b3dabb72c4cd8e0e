"""explain(evaluation, subject): why each loop and obligation of a subject is as it is."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.explain.document import Explanation, Line, Topic
from lianfang.core.explain.duty import duty_lines
from lianfang.core.explain.loop import Loop, Row, loops_of
from lianfang.core.explain.loop_lines import loop_lines
from lianfang.core.explain.speech import moment
from lianfang.core.language.measure import Words
from lianfang.core.obligations.evaluation import Evaluation


def explain(evaluation: Evaluation, subject: str, kind: str | None = None) -> Explanation:
    """Explain everything the plan says about a subject at the evaluation's instant.

    `subject` is the name or id of the facts; `kind` (person, place …) is needed only when a person and a place share a
    name. A subject without loops, or unknown, gets an explanation that says so. The evaluation must hold all statuses.
    """
    loops = _loops(evaluation, subject, kind)
    lines = [Line(0, Topic.TITLE, _title(evaluation, subject, len(loops)))]
    for number, loop in enumerate(loops, 1):
        lines += loop_lines(loop, number)
        lines += _duties(loop)
    return Explanation(subject, tuple(lines))


def _loops(evaluation: Evaluation, subject: str, kind: str | None) -> list[Loop]:
    kinds = dict.fromkeys(m.subject for m in evaluation.plan.measures)
    found: list[Loop] = []
    for wanted in kinds if kind is None else (kind,):
        code = evaluation.facts.code(wanted, subject)
        if code is not None and code < len(evaluation.result.loops.first) - 1:
            found += loops_of(evaluation, wanted, code)
    return found


def _title(evaluation: Evaluation, subject: str, count: int) -> Words:
    plan, when = evaluation.plan, moment(evaluation.as_of, evaluation.plan.zone)
    zh = f"有 {count} 个闭环" if count else "没有闭环"
    en = f"{count} loop{'' if count == 1 else 's'}" if count else "no loop"
    return Words(
        f"{subject}：截至 {when.zh} {zh}（方案：{plan.words.zh}，{plan.issued} 印发）",
        f"{subject}: {en} as of {when.en} (plan: {plan.words.en}, issued {plan.issued})",
    )


def _duties(loop: Loop) -> Iterator[Line]:
    rows: dict[str, list[Row]] = {}
    for row in loop.rows:
        rows.setdefault(row["requirement"], []).append(row)
    present = [(path, r) for path, r in loop.requirements().items() if path in rows]
    for number, (path, requirement) in enumerate(present, 1):
        ordered = sorted(rows[path], key=lambda row: row["occurrence"])
        yield from duty_lines(loop, path, requirement, ordered, number)
