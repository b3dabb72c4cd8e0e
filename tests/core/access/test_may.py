"""Who may do what: the table of DESIGN section 1, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.core.access import acts
from lianfang.core.access.actor import VISITOR, Actor, Duty, jurisdiction
from lianfang.core.access.filter import Nothing
from lianfang.core.access.may import different_person, may
from lianfang.core.access.rules import RULES
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import KINDS, Thing
from tests.core.access.cast import (
    ABROAD,
    ADMIN,
    AUDITOR,
    CDC,
    CELL_PATH,
    CITIZEN,
    COMMANDER,
    EVERYBODY,
    GRID,
    HEALTH,
    LABORATORY,
    NEXT_CELL_PATH,
    OFFICER,
    OTHER_TOWN_CELL,
    ROOT,
    SITE,
    SUPERVISION,
    TOWN,
    person,
    task,
)

PLAN = Thing("plan", ROOT)
CHANGES = frozenset(acts.ACTS) - {
    *(act for act in acts.ACTS if act.startswith("see_")),
    acts.READ_JOURNAL,
    acts.VERIFY_JOURNAL,
    acts.VERIFY_PAPER,
}


def test_a_grid_worker_sees_only_her_own_cell() -> None:
    assert may(GRID, acts.SEE_SUBJECT, person(CELL_PATH))
    assert not may(GRID, acts.SEE_SUBJECT, person(NEXT_CELL_PATH))


def test_a_grid_worker_visits_and_records_but_takes_no_list_along() -> None:
    assert may(GRID, acts.SEE_ADDRESS, person())
    assert may(GRID, acts.RECORD_FACT, person(fact="home_check"))
    for act in (acts.EXPORT, acts.IMPORT_PEOPLE, acts.APPLY_IMPORT, acts.UNMASK):
        assert not may(GRID, act, person())


def test_a_cell_whose_name_begins_alike_is_another_cell() -> None:
    assert not may(GRID, acts.SEE_SUBJECT, person("headquarters/willow/bridge/bridge-cell-two/"))


def test_a_town_works_in_all_its_villages_and_in_no_other_town() -> None:
    for act in (acts.RECORD_FACT, acts.PLACE_PERSON, acts.IMPORT_PEOPLE, acts.EXPORT, acts.UNMASK):
        assert may(TOWN, act, person(NEXT_CELL_PATH))
        assert not may(TOWN, act, person(OTHER_TOWN_CELL))
    assert may(TOWN, acts.HAND_IN_TASK, task("bridge", path="headquarters/willow/bridge/"))


def test_command_sees_the_district_and_edits_no_persons_record() -> None:
    assert may(COMMANDER, acts.SEE_SUBJECT, person())
    assert may(COMMANDER, acts.ACCEPT_TASK, task("health"))
    for act in (acts.RECORD_FACT, acts.CORRECT_FACT, acts.WAIVE_OBLIGATION, acts.MERGE_PERSONS, acts.RELEASE_PERSON):
        assert not may(COMMANDER, act, person(owner="headquarters"))
    assert may(COMMANDER, acts.RECORD_FACT, Thing("subject", ROOT, subject_kind="area", subject="A-1"))


def test_the_office_returns_and_accepts_tasks_and_reminds() -> None:
    for act in (acts.RETURN_TASK, acts.ACCEPT_TASK, acts.REMIND, acts.COMMENT, acts.ESCALATE_TASK):
        assert may(OFFICER, act, task("health"))
    assert not may(OFFICER, acts.HAND_IN_TASK, task("health"))
    assert not may(OFFICER, acts.UNMASK, person())


def test_disease_control_works_on_every_person_place_and_lot_of_the_district() -> None:
    for act in (acts.RECORD_FACT, acts.CORRECT_FACT, acts.UNMASK, acts.MERGE_PERSONS, acts.SEE_ADDRESS):
        for kind in ("person", "place", "consignment"):
            assert may(CDC, act, Thing("subject", OTHER_TOWN_CELL, subject_kind=kind, subject="S-1"))


def test_a_department_sees_what_it_owes_and_what_it_supervises_and_nothing_else() -> None:
    for thing in (task("health"), task("first-site", supervisor="health")):
        assert may(HEALTH, acts.SEE_TODAY, thing)
    assert not may(HEALTH, acts.SEE_TODAY, task("education"))
    assert not may(HEALTH, acts.SEE_SUBJECT, person())
    assert may(HEALTH, acts.HAND_IN_TASK, task("health"))
    assert not may(HEALTH, acts.HAND_IN_TASK, task("first-site", supervisor="health"))
    assert may(HEALTH, acts.ACCEPT_TASK, task("first-site", supervisor="health"))
    assert not may(HEALTH, acts.ACCEPT_TASK, task("health"))


def test_a_department_inspects_what_it_supervises_but_not_itself() -> None:
    market = Thing("subject", CELL_PATH, "bridge", "health", "place", "L-1")
    assert may(HEALTH, acts.INSPECT, market)
    assert may(HEALTH, acts.RECHECK, market)
    assert not may(HEALTH, acts.INSPECT, Thing("subject", ROOT, "health", "", "facility", "F-1"))


def test_a_site_admits_and_releases_only_who_is_placed_there() -> None:
    for act in (acts.PLACE_PERSON, acts.MOVE_PERSON, acts.RELEASE_PERSON, acts.RECORD_FACT, acts.SEE_SUBJECT):
        assert may(SITE, act, person(owner="first-site"))
        assert not may(SITE, act, person(owner="second-site"))
    assert not may(SITE, acts.SEE_ADDRESS, person(owner="first-site"))


def test_a_laboratory_says_results_of_anybody_and_sees_no_address() -> None:
    assert may(LABORATORY, acts.RECORD_FACT, person(fact="test"))
    assert not may(LABORATORY, acts.RECORD_FACT, person(fact="placement"))
    assert not may(LABORATORY, acts.SEE_ADDRESS, person())
    assert not may(LABORATORY, acts.SEE_REGISTERS, person())


def test_a_laboratory_corrects_only_what_it_said_itself() -> None:
    assert may(LABORATORY, acts.CORRECT_FACT, person(kind="fact", owner="first-lab", fact="test"))
    assert not may(LABORATORY, acts.CORRECT_FACT, person(kind="fact", owner="second-lab", fact="test"))


def test_supervision_inspects_rechecks_and_reminds_everywhere() -> None:
    for act in (acts.INSPECT, acts.RECHECK, acts.REMIND, acts.SEE_SUBJECT):
        assert may(SUPERVISION, act, Thing("subject", OTHER_TOWN_CELL, subject_kind="place", subject="L-1"))
    assert not may(SUPERVISION, acts.RECORD_FACT, person())


def test_the_auditor_sees_everything_and_changes_nothing() -> None:
    assert may(AUDITOR, acts.READ_JOURNAL, Thing("journal", CELL_PATH))
    assert may(AUDITOR, acts.SEE_SUBJECT, person())
    allowed = {act for act in CHANGES if scope(AUDITOR, act) != Nothing()}
    assert allowed == {acts.UNMASK, acts.EXPORT}
    assert may(AUDITOR, acts.EXPORT, Thing("journal", ROOT))
    assert not may(AUDITOR, acts.EXPORT, person())


def test_only_the_auditor_reads_the_journal() -> None:
    journal = Thing("journal", CELL_PATH, owner="bridge-cell", supervisor="health")
    assert [a.post for a in EVERYBODY if may(a, acts.READ_JOURNAL, journal)] == ["audit"]


def test_administration_sees_no_person() -> None:
    seeing = [act for act in acts.ACTS if act not in {acts.RETAIN} and may(ADMIN, act, person(owner="information"))]
    assert seeing == []
    assert may(ADMIN, acts.MANAGE_ACCOUNTS, Thing("account", ROOT))
    assert may(ADMIN, acts.APPOINT, Thing("unit", CELL_PATH))


def test_a_citizen_sees_her_own_file_and_nobody_elses() -> None:
    for act in (acts.SEE_OWN, acts.DECLARE, acts.APPEAL):
        assert may(CITIZEN, act, person(id="P-1"))
        assert not may(CITIZEN, act, person(id="P-2"))
    assert {act for act in acts.ACTS if scope(CITIZEN, act) != Nothing()} == {
        acts.SEE_OWN,
        acts.DECLARE,
        acts.APPEAL,
        acts.VERIFY_PAPER,
    }


def test_anybody_verifies_a_paper_without_an_account_and_does_nothing_else() -> None:
    assert may(VISITOR, acts.VERIFY_PAPER, Thing("paper", ABROAD))
    assert {act for act in acts.ACTS if scope(VISITOR, act) != Nothing()} == {acts.VERIFY_PAPER}


@pytest.mark.parametrize("act", sorted(set(acts.ACTS) - {acts.VERIFY_PAPER}))
def test_nobody_of_another_district_reaches_a_record_of_ours(act: str) -> None:
    for kind in KINDS:
        for someone in EVERYBODY:
            theirs = Thing(kind, ABROAD, someone.unit or "x", someone.unit or "x", "person", "P-1", "test")
            assert not may(someone, act, theirs)


@pytest.mark.parametrize("act", sorted(acts.ACTS))
def test_who_stands_nowhere_reaches_nothing_but_a_paper(act: str) -> None:
    lost = Actor("a", "甲", "p", "", "", frozenset(Duty))
    reached = {kind for kind in KINDS if may(lost, act, Thing(kind, CELL_PATH, subject_kind="person"))}
    assert reached == ({"paper"} if act == acts.VERIFY_PAPER else set())


def test_the_plan_and_the_organisation_are_shared_by_all_who_work() -> None:
    for someone in set(EVERYBODY) - {CITIZEN}:
        assert may(someone, acts.SEE_PLAN, PLAN)
        assert may(someone, acts.SEE_ORGANISATION, Thing("unit", OTHER_TOWN_CELL))
    assert not may(CITIZEN, acts.SEE_PLAN, PLAN)


def test_who_proposed_a_plan_does_not_confirm_it() -> None:
    verdict = may(OFFICER, acts.CONFIRM_PLAN, PLAN)
    assert verdict
    assert different_person(verdict, OFFICER, COMMANDER.account) == verdict
    refused = different_person(verdict, OFFICER, OFFICER.account)
    assert not refused
    assert "另一人" in refused.zh
    assert "another person" in refused.en


def test_one_person_in_two_posts_is_still_one_person() -> None:
    deputy = replace(COMMANDER, account=OFFICER.account)
    assert not different_person(may(deputy, acts.CONFIRM_PLAN, PLAN), deputy, OFFICER.account)


def test_nobody_takes_the_second_step_when_the_first_is_not_known() -> None:
    assert not different_person(may(OFFICER, acts.CONFIRM_PLAN, PLAN), OFFICER, "")


def test_a_second_person_does_not_make_a_refusal_good() -> None:
    refused = may(GRID, acts.CONFIRM_PLAN, PLAN)
    assert different_person(refused, GRID, "somebody-else") == refused


def test_a_refusal_names_the_missing_duty_and_the_ones_held() -> None:
    refused = may(GRID, acts.EXPORT, person())
    assert "导出" in refused.zh
    assert "疾控" in refused.zh
    assert "网格员" in refused.zh
    assert "disease control" in refused.en
    assert "grid worker" in refused.en


def test_a_refusal_out_of_reach_says_nothing_about_the_record() -> None:
    refused = may(GRID, acts.SEE_SUBJECT, person(OTHER_TOWN_CELL, owner="second-site"))
    for word in ("cedar", "hill", "second-site", "P-1"):
        assert word not in refused.zh + refused.en
    assert "辖区" in refused.zh


def test_a_refusal_for_the_kind_of_record_names_the_kinds_that_are_allowed() -> None:
    refused = may(COMMANDER, acts.RECORD_FACT, person())
    assert "area" in refused.zh
    assert "area" in refused.en
    assert "person" not in refused.en


def test_a_permission_names_the_duty_and_the_reach_it_comes_from() -> None:
    allowed = may(CDC, acts.UNMASK, person())
    assert allowed.zh == "疾控可以查看隐去的号码:辖区内"
    assert allowed.en == "The duty disease control may see a masked number: inside the jurisdiction"


def test_every_act_has_a_rule_and_every_rule_an_act() -> None:
    assert {rule.act for rule in RULES} == set(acts.ACTS)


@pytest.mark.parametrize("duty", list(Duty))
def test_every_duty_can_do_something(duty: Duty) -> None:
    assert any(duty in rule.duties for rule in RULES)


def test_an_act_that_does_not_exist_is_refused_loudly() -> None:
    with pytest.raises(ValueError, match="see_today") as refusal:
        may(CDC, "fly", person())
    assert "请" in str(refusal.value)


def test_a_record_of_an_unknown_kind_or_place_is_refused_loudly() -> None:
    with pytest.raises(ValueError, match="obligation"):
        Thing("secret", ROOT)
    with pytest.raises(ValueError, match="path"):
        Thing("task", "headquarters/willow")
    with pytest.raises(ValueError, match="path"):
        replace(GRID, path="headquarters/willow")


def test_disease_control_looks_from_the_root_although_its_unit_sits_in_a_corner() -> None:
    assert jurisdiction("headquarters/health/cdc/", [Duty.CDC]) == ROOT
    assert jurisdiction("headquarters/willow/", [Duty.TOWN, Duty.GRID]) == "headquarters/willow/"
    assert jurisdiction("", [Duty.COMMAND]) == ""
