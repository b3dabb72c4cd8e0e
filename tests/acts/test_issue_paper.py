"""Papers: issued only where they are true, kept as issued, verified without a word about anybody, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.issue_paper import issue_paper, issue_papers
from lianfang.acts.paper_copy import words_of
from lianfang.acts.print_papers import print_pdf, print_word
from lianfang.acts.refused import Refused
from lianfang.acts.set_letterhead import set_letterhead
from lianfang.acts.verify_paper import Verified, verify_paper
from lianfang.acts.withdraw_paper import withdraw_paper
from lianfang.ledger.models import Loop, Paper, Person
from lianfang.reach.documents.layout import Letter
from tests import cast
from tests.cast import NOON


def isolated(person: str = "P-1", unit: str = "east-cell") -> Loop:
    cast.arrived(person, unit=unit)
    return cast.loop(person, "high-risk-arrival")


def notice(loop: Loop) -> Paper:
    return Paper.objects.get(pk=issue_paper("isolation_notice", str(loop.pk), actor=cast.lao_wang(), now=NOON))


def test_a_notice_says_who_where_from_when_and_until_when(town: InForce) -> None:
    words = words_of(notice(isolated()))

    assert isinstance(words, Letter)
    said = {line.label: line.text for line in words.lines}
    assert said["姓名"] == "测试甲"
    assert said["起始日（第1天）"] == "2021年1月7日"
    assert words.office == "东镇"
    assert len(cast.journalled("issue_paper")) == 1


def test_a_certificate_for_somebody_who_is_not_released_is_refused_with_what_is_missing(town: InForce) -> None:
    loop = isolated()

    with pytest.raises(Refused, match="还没有解除"):
        issue_paper("release_certificate", str(loop.pk), actor=cast.lao_wang(), now=NOON)

    assert not Paper.objects.exists()


def test_many_at_once_issue_what_is_true_and_name_the_rest(town: InForce) -> None:
    own, other = isolated("P-1"), isolated("P-2", "west-cell")

    done = issue_papers("isolation_notice", [str(other.pk), str(own.pk)], actor=cast.lao_wang(), now=NOON)

    assert len(done.papers) == 1
    assert [trouble.place for trouble in done.refused] == [0]
    assert Paper.objects.get().subject == "P-1"


def test_the_same_key_issues_once(town: InForce) -> None:
    about = [str(isolated().pk)]

    first = issue_papers("isolation_notice", about, actor=cast.lao_wang(), now=NOON, key="k")

    assert issue_papers("isolation_notice", about, actor=cast.lao_wang(), now=NOON, key="k") == first
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("who", ["zhao_jie", "grid_worker", "xiao_chen"])
def test_who_may_not_issue_papers_issues_none(town: InForce, who: str) -> None:
    loop = isolated()

    with pytest.raises(Refused):
        issue_paper("isolation_notice", str(loop.pk), actor=getattr(cast, who)(), now=NOON)

    assert not Paper.objects.exists()


def test_anybody_verifies_a_code_however_it_is_typed(town: InForce) -> None:
    paper = notice(isolated())

    assert verify_paper(paper.code) == Verified(True, NOON)
    assert verify_paper(f" {paper.code.lower().replace('0', 'o')} ") == Verified(True, NOON)


def test_a_forged_code_and_an_unknown_one_are_answered_alike(town: InForce) -> None:
    code = notice(isolated()).code
    forged = code[:-1] + ("0" if code[-1] != "0" else "2")

    assert verify_paper(forged) == verify_paper("A-000-000") == verify_paper("") == Verified(False)


def test_a_withdrawn_paper_is_not_valid_any_more_and_stays_so(town: InForce) -> None:
    paper, later = notice(isolated()), NOON + timedelta(hours=1)

    assert withdraw_paper(paper.pk, "写错了房间", actor=cast.lao_wang(), now=later)
    assert not withdraw_paper(paper.pk, "再来一次", actor=cast.lao_wang(), now=later)

    assert verify_paper(paper.code) == Verified(False, NOON, later)
    assert [line.reason for line in cast.journalled("withdraw_paper")] == ["写错了房间"]


def test_withdrawing_needs_a_reason_and_the_right_to_issue(town: InForce) -> None:
    paper = notice(isolated())

    with pytest.raises(Refused, match="理由"):
        withdraw_paper(paper.pk, "  ", actor=cast.lao_wang(), now=NOON)
    with pytest.raises(Refused) as refused:
        withdraw_paper(paper.pk, "外区来的", actor=cast.xiao_chen(), now=NOON)

    assert refused.value.forbidden
    assert verify_paper(paper.code).valid


def test_a_later_print_says_what_was_issued(town: InForce) -> None:
    paper = notice(isolated())
    before = words_of(paper)
    Person.objects.filter(pk="P-1").update(name="改名后")

    assert words_of(paper) == before


def test_papers_are_printed_as_pdf_and_word_and_each_print_is_journalled(town: InForce) -> None:
    papers, out = [notice(isolated("P-1")), notice(isolated("P-2"))], BytesIO()

    assert print_pdf(papers, out, actor=cast.lao_wang(), now=NOON) == 2
    assert out.getvalue().startswith(b"%PDF-")
    assert print_word(papers[0], actor=cast.lao_wang(), now=NOON).startswith(b"PK")
    assert [line.details["form"] for line in cast.journalled("print_paper")] == ["pdf", "docx"]


def test_a_letterhead_that_is_no_word_file_is_refused_with_what_to_do(town: InForce) -> None:
    with pytest.raises(Refused, match="Word"):
        set_letterhead("east", "模板.docx", b"not a document", actor=cast.lao_wang(), now=NOON)
