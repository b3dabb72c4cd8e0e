"""Issue papers: each gets its number and its signed code, and its words are kept as they were issued."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check, obligation_of, subject_of, thing_of
from lianfang.acts.paper_code import code_of
from lianfang.acts.paper_copy import keep_words
from lianfang.acts.paper_persons import certificate_of_release, notice_of_isolation
from lianfang.acts.paper_texts import Sheet, loop_of, unit_name
from lianfang.acts.paper_things import certificate_of_exit, notice_to_put_right, sheet_of_task
from lianfang.acts.recorded import Trouble
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import ISSUE_PAPER
from lianfang.core.language.measure import Words
from lianfang.ledger import journal
from lianfang.ledger.models import Paper
from lianfang.ledger.sent import once
from lianfang.reach.documents.layout import Letter, Report
from lianfang.reach.documents.qr import verify_at

MOST = 1_000
Compose = Callable[[Sheet, str], Letter | Report]


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of paper: its name, the letter of its numbers, whether it is about a loop or an obligation."""

    words: Words
    letter: str
    compose: Compose
    of_obligation: bool = False


SORTS: Mapping[str, Sort] = {
    "isolation_notice": Sort(Words("隔离通知书", "notice of isolation"), "隔", notice_of_isolation),
    "release_certificate": Sort(Words("解除隔离证明", "certificate of release"), "解", certificate_of_release),
    "lot_exit": Sort(Words("出库证明", "certificate of exit from store"), "出", certificate_of_exit),
    "rectification": Sort(Words("整改通知书", "notice to put right"), "改", notice_to_put_right),
    "task_sheet": Sort(Words("任务单", "task sheet"), "任", sheet_of_task, of_obligation=True),
}
"""Every sort of paper that can be issued."""


@dataclass(frozen=True, slots=True)
class Issued:
    """The numbers of the papers that were issued, and what was refused with its place (from 0) and reason."""

    papers: tuple[int, ...]
    refused: tuple[Trouble, ...] = ()


def issue_papers(sort: str, abouts: Sequence[str], *, actor: Actor, now: datetime, key: str = "") -> Issued:
    """Issue one sort of paper about many loops (a task sheet: obligations); those that may not be are named.

    The same key sent twice issues once. At most MOST at a time.
    """
    kind = _sort(sort)
    if not abouts or len(abouts) > MOST:
        raise Refused(
            f"一次开具 1 到 {MOST} 份，现为 {len(abouts)} 份；请分批。",
            f"1 to {MOST} papers at once, found {len(abouts)}; issue them in parts.",
        )

    def do() -> Mapping[str, object]:
        done = _issue(sort, kind, list(dict.fromkeys(abouts)), actor, now)
        return {"papers": list(done.papers), "refused": [asdict(trouble) for trouble in done.refused]}

    with transaction.atomic():
        plain = dict(once(actor, key, ISSUE_PAPER, do, now=now))
    papers, refused = plain.get("papers"), plain.get("refused")
    numbers = tuple(int(number) for number in papers) if isinstance(papers, list) else ()
    return Issued(numbers, tuple(Trouble(**trouble) for trouble in refused) if isinstance(refused, list) else ())


def issue_paper(sort: str, about: str, *, actor: Actor, now: datetime, key: str = "") -> int:
    """Issue one paper about a loop (a task sheet: an obligation); gives its number, or is refused with the reason."""
    done = issue_papers(sort, [about], actor=actor, now=now, key=key)
    if done.refused:
        why = done.refused[0]
        raise Refused(why.zh, why.en)
    return done.papers[0]


def _issue(sort: str, kind: Sort, abouts: Sequence[str], actor: Actor, now: datetime) -> Issued:
    papers: list[int] = []
    refused: list[Trouble] = []
    for place, about in enumerate(abouts):
        try:
            papers.append(_one(sort, kind, about, actor, now))
        except Refused as why:
            refused.append(Trouble(place, why.zh, why.en))
    if papers:
        details = {"sort": sort, "papers": papers, "refused": len(refused)}
        journal.write(actor, ISSUE_PAPER, f"paper:{papers[0]}", now=now, details=details)
    return Issued(tuple(papers), tuple(refused))


def _one(sort: str, kind: Sort, about: str, actor: Actor, now: datetime) -> int:
    subject_kind, subject, loop = _about(kind, about)
    check(actor, ISSUE_PAPER, thing_of(subject_of(subject_kind, subject), now, kind="paper"))
    code = code_of(secrets.token_hex(6))
    with transaction.atomic():
        row = Paper.objects.create(
            code=code,
            kind=sort,
            subject_kind=subject_kind,
            subject=subject,
            loop=loop,
            issued_at=now,
            issued_by=actor.account,
            unit=actor.unit,
        )
        number = f"{kind.letter}〔{now.year}〕{row.pk}号"
        verify = verify_at(str(settings.BASE_URL), code)
        sheet = Sheet(in_force(now), number, unit_name(actor.unit), now, verify)
        keep_words(row, kind.compose(sheet, about), actor, now)
    return int(row.pk)


def _about(kind: Sort, about: str) -> tuple[str, str, UUID]:
    if kind.of_obligation:
        row = obligation_of(about)
        return row.subject_kind, row.subject, row.loop
    loop = loop_of(about)
    return loop.subject_kind, loop.subject, loop.pk


def _sort(sort: str) -> Sort:
    if sort not in SORTS:
        zh, en = "、".join(one.words.zh for one in SORTS.values()), ", ".join(SORTS)
        raise Refused(f"没有“{sort}”这种文书；可以开具：{zh}。", f"There is no paper {sort!r}; there are: {en}.")
    return SORTS[sort]
