"""A plan comes into force by two people; what it would change is worked out before."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from lianfang.acts import begin_proposal as proposals
from lianfang.acts.begin_proposal import begin_proposal, run_proposal
from lianfang.acts.confirm_plan import confirm_plan, turn_down_plan
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.propose_plan import propose_plan
from lianfang.acts.refused import Refused
from lianfang.acts.what_if_plan import RESULT, begin_what_if, run_what_if
from lianfang.core.access.actor import Actor, Duty
from lianfang.ledger.models import Account, Holding, PlanVersion, Progress
from tests import cast
from tests.acts.conftest import PACK
from tests.cast import NOON

SECOND = NOON + timedelta(minutes=1)


def second_person() -> Actor:
    return cast.officer("laozheng", "headquarters", Duty.COMMAND, name="老郑")


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The town's plan with longer days in central isolation, beside the packs it builds on."""
    for name in ("town", "demo", "elements"):
        shutil.copytree(PACK.parent / name, tmp_path / name)
    file = tmp_path / "demo" / "parameters" / "days.yaml"
    text = file.read_text(encoding="utf-8")
    assert "2020-07-01: 21" in text
    file.write_text(text.replace("2020-07-01: 21", "2020-07-01: 24", 1), encoding="utf-8")
    return tmp_path / "town"


def digest(version: int) -> str:
    return PlanVersion.objects.get(pk=version).digest


def proposed(pack: Path) -> int:
    done = propose_plan(pack, actor=cast.office(), now=NOON)
    assert done.version is not None
    return done.version


def test_a_proposed_plan_waits_and_nothing_changes_yet(town: InForce, changed: Path) -> None:
    version = proposed(changed)

    assert in_force(NOON).digest == town.digest
    assert PlanVersion.objects.get(pk=version).in_force_from is None
    assert len(cast.journalled("propose_plan")) == 1


def test_the_same_texts_proposed_twice_are_one_version(town: InForce, changed: Path) -> None:
    assert proposed(changed) == proposed(changed)


def test_the_plan_in_force_is_not_proposed_again(town: InForce) -> None:
    with pytest.raises(Refused, match="正在执行"):
        propose_plan(PACK, actor=cast.office(), now=NOON)


def test_a_pack_with_errors_makes_no_version_and_names_file_line_and_column(town: InForce, changed: Path) -> None:
    (changed / "broken.yaml").write_text("measure: odd\nnonsense: 1\n", encoding="utf-8")

    done = propose_plan(changed, actor=cast.office(), now=NOON)

    assert done.version is None
    assert any(one.file.endswith("broken.yaml") and one.line and one.column for one in done.complaints)
    assert not PlanVersion.objects.exists()


def test_whoever_proposed_does_not_confirm(town: InForce, changed: Path) -> None:
    version = proposed(changed)

    with pytest.raises(Refused, match="另一人"):
        confirm_plan(version, actor=cast.office(), now=SECOND)

    assert in_force(SECOND).digest == town.digest


def test_the_second_person_puts_it_in_force_and_everybody_is_evaluated_anew(town: InForce, changed: Path) -> None:
    cast.arrived("P-1")
    version = proposed(changed)

    job = confirm_plan(version, actor=second_person(), now=SECOND)
    assert job is not None

    assert in_force(SECOND).digest == digest(version) != town.digest
    assert job is not None
    assert Progress.objects.get(pk=job).job == "reevaluate"
    assert confirm_plan(version, actor=second_person(), now=SECOND) is None
    assert in_force(SECOND).digest == digest(version)


def test_the_next_version_ends_the_one_before(town: InForce, changed: Path) -> None:
    first = proposed(changed)
    confirm_plan(first, actor=second_person(), now=SECOND)
    (changed / "more.yaml").write_text("unit: newest\nname: {zh: 新设单位, en: a new unit}\n", encoding="utf-8")
    second = proposed(changed)
    later = SECOND + timedelta(hours=1)

    confirm_plan(second, actor=second_person(), now=later)

    assert PlanVersion.objects.get(pk=first).in_force_until == later
    assert in_force(later).digest == digest(second)
    assert in_force(SECOND).digest == digest(first) != digest(second)


def test_a_version_that_was_turned_down_never_comes_into_force(town: InForce, changed: Path) -> None:
    version = proposed(changed)

    assert turn_down_plan(version, "天数没有依据", actor=second_person(), now=SECOND)

    assert confirm_plan(version, actor=second_person(), now=SECOND) is None
    assert in_force(SECOND).digest == town.digest
    assert [line.reason for line in cast.journalled("turn_down_plan")] == ["天数没有依据"]


@pytest.mark.parametrize("who", ["xiao_li", "lao_wang", "zhao_jie"])
def test_only_command_and_its_office_propose_and_confirm(town: InForce, changed: Path, who: str) -> None:
    version = proposed(changed)
    actor = getattr(cast, who)()

    for do in (
        lambda: propose_plan(changed, actor=actor, now=NOON),
        lambda: confirm_plan(version, actor=actor, now=SECOND),
        lambda: begin_what_if(version, actor=actor, now=NOON),
    ):
        with pytest.raises(Refused) as refused:
            do()
        assert refused.value.forbidden


def test_what_if_moves_the_releases_of_those_who_are_isolated_and_changes_nothing(town: InForce, changed: Path) -> None:
    cast.arrived("P-1")
    before = cast.loop("P-1", "high-risk-arrival").release
    progress = begin_what_if(proposed(changed), actor=cast.office(), now=NOON)

    run_what_if(progress, now=NOON)

    row = Progress.objects.get(pk=progress)
    assert (row.state, row.done) == ("done", row.total)
    assert row.cursor[RESULT]["moved"] == 1
    assert [one["subject"] for one in row.cursor[RESULT]["releases"]] == ["P-1"]
    assert row.cursor[RESULT]["releases"][0]["days"] > 0
    assert cast.loop("P-1", "high-risk-arrival").release == before


def test_files_that_are_sent_are_checked_in_a_job_and_say_how_they_differ(town: InForce, changed: Path) -> None:
    actor = cast.office()
    account = Account.objects.create(username=actor.account)
    Holding.objects.create(
        account=account, post=actor.post, unit_id=actor.unit, duties=["office"], since=NOON - timedelta(days=9)
    )
    packed = shutil.make_archive(str(changed / "pack"), "zip", root_dir=changed.parent / "demo")

    progress = begin_proposal("", [("pack.zip", Path(packed).read_bytes())], actor=actor, now=NOON)
    run_proposal(progress, now=NOON)

    row = Progress.objects.get(pk=progress)
    assert row.state == "done", row.message
    assert PlanVersion.objects.get(pk=row.cursor["version"]).plan == "demo"
    assert row.cursor["changes"] > 0
    assert row.cursor["groups"][0]["changes"]


def test_what_is_no_pack_is_refused_at_once(town: InForce) -> None:
    with pytest.raises(Refused, match=r"plan\.yaml"):
        begin_proposal("", [("notes.yaml", b"a: 1\n")], actor=cast.office(), now=NOON)
    with pytest.raises(Refused, match="没有方案包"):
        begin_proposal("no-such-pack", actor=cast.office(), now=NOON)

    assert not Progress.objects.filter(job=proposals.JOB).exists()
