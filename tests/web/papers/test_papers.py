"""Papers on the page: issue many, print, withdraw; masked names, own jurisdiction."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from lianfang.acts.in_force import InForce
from lianfang.ledger.models import Paper
from lianfang.reach.documents.letterhead import default_letterhead
from tests import cast
from tests.web.today.visit import visit


def issued(*persons: str, unit: str = "east-cell") -> list[Paper]:
    for person in persons:
        cast.arrived(person, unit=unit)
    about = [str(cast.loop(person, "high-risk-arrival").pk) for person in persons]
    visit(cast.xiao_li()).post("/papers/issue/isolation_notice/done/", {"about": about, "key": "k"})
    return list(Paper.objects.order_by("pk"))


def test_those_without_a_notice_are_offered_and_then_no_more(town: InForce) -> None:
    cast.arrived("P-1")
    browser = visit(cast.lao_wang())
    offered = browser.get("/papers/issue/isolation_notice/").content.decode()
    assert "/subject/person/P-1/" in offered
    assert "测试甲" not in offered

    issued_to = str(cast.loop("P-1", "high-risk-arrival").pk)
    answer = browser.post("/papers/issue/isolation_notice/done/", {"about": [issued_to], "key": "k"}, follow=True)

    assert "刚开具的 1 份" in answer.content.decode()
    assert "/subject/person/P-1/" not in browser.get("/papers/issue/isolation_notice/").content.decode()


def test_a_street_is_offered_and_shown_only_its_own(town: InForce) -> None:
    issued("P-2", unit="west-cell")
    browser = visit(cast.lao_wang())

    assert "P-2" not in browser.get("/papers/").content.decode()
    assert browser.get(f"/papers/print/?n={Paper.objects.get().pk}").status_code == 404


def test_ticked_papers_are_one_pdf(town: InForce) -> None:
    one, two = issued("P-1", "P-2")

    answer = visit(cast.lao_wang()).get(f"/papers/print/?n={one.pk}&n={two.pk}")

    assert answer["Content-Type"] == "application/pdf"
    assert cast.journalled("print_paper")[0].details["papers"] == [one.pk, two.pk]


def test_a_withdrawn_paper_is_printed_no_more_and_its_page_says_not_valid(town: InForce) -> None:
    (paper,) = issued("P-1")
    browser = visit(cast.lao_wang())

    browser.post(f"/papers/{paper.pk}/withdraw/", {"why": "写错了"})

    assert browser.get(f"/papers/print/?n={paper.pk}").status_code == 404
    assert browser.get(f"/papers/{paper.pk}/word/").status_code == 404
    assert "无效" in browser.get(f"/v/{paper.code}").content.decode()


def test_a_certificate_for_who_is_not_released_is_refused_with_the_reason(town: InForce) -> None:
    cast.arrived("P-1")
    about = str(cast.loop("P-1", "high-risk-arrival").pk)

    answer = visit(cast.lao_wang()).post(
        "/papers/issue/release_certificate/done/", {"about": [about], "key": "k"}, follow=True
    )

    assert "还没有解除" in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_paper_is_found_by_name_number_and_code(town: InForce) -> None:
    (paper,) = issued("P-1")
    browser = visit(cast.lao_wang())

    for q in ("测试", str(paper.pk), paper.code.lower(), "P-1"):
        assert "/subject/person/P-1/" in browser.get("/papers/", {"q": q}).content.decode()
    assert "/subject/person/P-1/" not in browser.get("/papers/", {"q": "查无此人"}).content.decode()


def test_an_offices_own_letterhead_is_used_and_a_broken_one_is_refused(town: InForce) -> None:
    browser, own = visit(cast.lao_wang()), default_letterhead()

    for name, content, told in (("坏.docx", b"nothing", "Word"), ("抬头.docx", own, "文书模板已换")):
        sent = SimpleUploadedFile(name, content)
        assert told in browser.post("/papers/letterhead/", {"file": sent}, follow=True).content.decode()

    assert browser.get("/papers/letterhead/file/").content == own


def test_who_may_not_issue_has_no_papers_page(town: InForce) -> None:
    for who in ("zhao_jie", "grid_worker", "health_bureau"):
        answer = visit(getattr(cast, who)()).get("/papers/issue/isolation_notice/")
        assert answer.status_code == 403 or "P-" not in answer.content.decode()
