"""Versions of the plan on the page: proposed by one, confirmed by another, with what it would change; parameters."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianfang.acts.begin_proposal import run_proposal
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.what_if_plan import run_what_if
from lianfang.core.access.actor import Actor, Duty
from lianfang.ledger.models import PlanVersion, Progress
from tests import cast
from tests.acts.conftest import PACK
from tests.cast import NOON
from tests.web.today.visit import visit


def second_person() -> Actor:
    return cast.officer("laozheng", "headquarters", Duty.COMMAND, name="老郑")


@pytest.fixture
def packed(tmp_path: Path) -> SimpleUploadedFile:
    """The demonstration plan with longer days in central isolation, as a zip."""
    folder = tmp_path / "demo"
    shutil.copytree(PACK.parent / "demo", folder)
    days = folder / "parameters" / "days.yaml"
    days.write_text(days.read_text(encoding="utf-8").replace("2020-07-01: 21", "2020-07-01: 24"), encoding="utf-8")
    made = shutil.make_archive(str(tmp_path / "pack"), "zip", root_dir=folder)
    return SimpleUploadedFile("pack.zip", Path(made).read_bytes())


def proposed(packed: SimpleUploadedFile) -> int:
    answer = visit(cast.office()).post("/plans/propose/", {"files": packed, "pack": ""})
    job = Progress.objects.get(job="propose_plan")
    assert answer["Location"] == f"/plans/proposal/{job.pk}/"
    run_proposal(job.pk, now=NOON)
    job.refresh_from_db()
    return int(job.cursor["version"])


def test_a_pack_that_was_sent_is_checked_and_shows_what_it_changes(town: InForce, packed: SimpleUploadedFile) -> None:
    version = proposed(packed)

    text = visit(cast.zhao_jie()).get(f"/plans/{version}/").content.decode()

    assert "等第二人复核" in text
    assert "处不同" in text
    assert "复核生效" not in text


def test_the_complaints_of_a_broken_pack_have_file_line_and_column(town: InForce, tmp_path: Path) -> None:
    browser = visit(cast.office())
    text = b"plan: broken\nname: {zh: x, en: x}\nnonsense: 1\n"
    browser.post("/plans/propose/", {"files": SimpleUploadedFile("plan.yaml", text), "pack": ""})
    job = Progress.objects.get(job="propose_plan")
    assert "正在逐条检查" in browser.get(f"/plans/proposal/{job.pk}/").content.decode()

    run_proposal(job.pk, now=NOON)

    page = browser.get(f"/plans/proposal/{job.pk}/").content.decode()
    assert "处要改" in page
    assert '<td>plan.yaml</td><td class="number">3</td>' in page
    assert not PlanVersion.objects.exists()


def test_whoever_proposed_is_not_offered_to_confirm_and_cannot(town: InForce, packed: SimpleUploadedFile) -> None:
    version, browser = proposed(packed), visit(cast.office())

    assert "须由另一人复核生效" in browser.get(f"/plans/{version}/").content.decode()
    browser.post(f"/plans/{version}/confirm/")

    assert in_force(NOON).digest == town.digest


def test_the_second_person_puts_it_in_force(town: InForce, packed: SimpleUploadedFile) -> None:
    version = proposed(packed)

    visit(second_person()).post(f"/plans/{version}/confirm/")

    row = PlanVersion.objects.get(pk=version)
    assert (row.confirmed_by, row.in_force_from) == ("laozheng", NOON)
    assert "正在按新版本重新推算" in visit(cast.office()).get("/plans/").content.decode()


def test_turning_down_needs_a_reason(town: InForce, packed: SimpleUploadedFile) -> None:
    version, browser = proposed(packed), visit(second_person())

    browser.post(f"/plans/{version}/turn-down/", {"why": ""})
    assert PlanVersion.objects.get(pk=version).in_force_until is None
    browser.post(f"/plans/{version}/turn-down/", {"why": "没有依据"})

    assert "已退回" in browser.get(f"/plans/{version}/").content.decode()


def test_what_it_would_change_is_shown_with_masked_names(town: InForce, packed: SimpleUploadedFile) -> None:
    cast.arrived("P-1")
    version, browser = proposed(packed), visit(cast.office())
    browser.post(f"/plans/{version}/what-if/")
    job = Progress.objects.get(job="what_if")
    assert "正在读全部事实" in browser.get(f"/plans/{version}/").content.decode()

    run_what_if(job.pk, now=NOON)

    text = browser.get(f"/plans/{version}/").content.decode()
    assert "解除日期变动" in text
    assert "/subject/person/P-1/" in text
    assert "测试甲" not in text


def test_other_staff_read_the_versions_and_change_none(town: InForce, packed: SimpleUploadedFile) -> None:
    version = proposed(packed)
    browser = visit(cast.lao_wang())

    assert browser.get("/plans/").status_code == 200
    for address in ("propose/", f"{version}/what-if/", f"{version}/confirm/", f"{version}/turn-down/"):
        assert browser.post(f"/plans/{address}").status_code == 403


def test_the_pack_of_a_version_can_be_taken_along(town: InForce, packed: SimpleUploadedFile) -> None:
    answer = visit(cast.lao_wang()).get(f"/plans/{proposed(packed)}/pack/")

    assert answer["Content-Type"] == "application/zip"
    assert answer.content.startswith(b"PK")


def test_parameters_show_what_holds_today_and_what_held_before(town: InForce) -> None:
    text = visit(cast.lao_wang()).get("/plans/parameters/?q=high_risk.central_days").content.decode()

    assert "21 天" in text
    assert "2020-07-01" in text
    assert "14 天" in text


def test_a_notice_is_read_into_a_draft_and_nothing_is_kept(town: InForce) -> None:
    words = "关于做好防控工作的通知\n一、健全机制。由区卫生健康局牵头，12月底前完成。\n二、加强值守。每日报告一次。\n"
    browser = visit(cast.office())

    looked = browser.post("/plans/notice/", {"file": SimpleUploadedFile("通知.txt", words.encode()), "want": "look"})
    draft = browser.post("/plans/notice/", {"file": SimpleUploadedFile("通知.txt", words.encode()), "want": "draft"})

    assert "健全机制" in looked.content.decode()
    assert draft.content.startswith(b"PK")
    assert not Progress.objects.exists()


def test_a_notice_of_a_strange_kind_is_refused_with_what_is_allowed(town: InForce) -> None:
    answer = visit(cast.office()).post("/plans/notice/", {"file": SimpleUploadedFile("a.exe", b"MZ"), "want": "look"})

    assert answer.status_code == 422
    assert ".docx" in answer.content.decode()


def test_the_confirmation_takes_effect_at_once_and_not_before(town: InForce, packed: SimpleUploadedFile) -> None:
    version = proposed(packed)
    visit(second_person()).post(f"/plans/{version}/confirm/")

    assert in_force(NOON - timedelta(seconds=1)).digest == town.digest
    assert in_force(NOON).digest == PlanVersion.objects.get(pk=version).digest
