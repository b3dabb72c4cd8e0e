"""The whole table once more, act by act: whoever changes a rule changes it here too, where it is seen."""

from __future__ import annotations

import pytest

from lianfang.core.access.actor import Duty
from lianfang.core.access.acts import ACTS
from lianfang.core.access.filter import Nothing
from lianfang.core.access.may import may
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import Thing
from tests.core.access.cast import CELL_PATH, EVERYBODY

AT_ALL = """
see_today: command office cdc department town grid site laboratory supervision audit
see_plan: command office cdc department town grid site laboratory supervision audit admin
see_plans: command office cdc department town grid site laboratory supervision audit admin
see_organisation: command office cdc department town grid site laboratory supervision audit admin
see_subject: command office cdc department town grid site laboratory supervision audit
see_registers: command office cdc department town grid site supervision audit
see_address: cdc town grid
unmask: cdc town audit
see_board: command office cdc town supervision audit
see_figures: command office cdc department town grid site laboratory supervision audit
record_fact: command office cdc department town grid site laboratory supervision
record_many: cdc department town grid site laboratory
correct_fact: command office cdc department town grid site laboratory supervision
waive_obligation: command office cdc
remind: command office cdc department town supervision
hand_in_task: office cdc department town grid site laboratory supervision
accept_task: command office department
return_task: command office department
escalate_task: office cdc department town grid site laboratory supervision
comment: command office cdc department town grid site laboratory supervision
attach: command office cdc department town grid site laboratory supervision
inspect: cdc department town supervision
recheck: cdc department town supervision
rectify: office cdc department town grid site laboratory
place_person: cdc town site
move_person: cdc town site
release_person: cdc town site
import_people: cdc town
apply_import: cdc town
export: command office cdc department town supervision audit
issue_paper: office cdc department town site supervision
verify_paper: command office cdc department town grid site laboratory supervision audit admin citizen
propose_plan: command office
confirm_plan: command office
appoint: office admin
read_journal: audit
verify_journal: audit admin
see_duplicates: cdc audit
merge_persons: cdc
unmerge_persons: cdc
manage_accounts: admin
retain: admin
see_own: citizen
declare: citizen
appeal: citizen
"""
"""Who may do an act to some record."""

TO_A_NEIGHBOUR = """
see_subject: command office cdc town grid laboratory supervision audit
see_registers: command office cdc town grid supervision audit
see_address: cdc town grid
unmask: cdc town audit
record_fact: cdc town grid
correct_fact: cdc town
waive_obligation: office cdc
remind: command office cdc town supervision
comment: command office cdc town grid supervision
attach: command office cdc town grid supervision
place_person: cdc town
move_person: cdc town
release_person: cdc town
export: office cdc town
issue_paper: office cdc town
"""
"""Who may do it to the file of somebody who lives in the cell, is placed nowhere and is nobody's own."""


def table(text: str) -> dict[str, set[str]]:
    """The duties by act."""
    return {act: set(duties.split()) for act, _, duties in (line.partition(":") for line in text.strip().splitlines())}


@pytest.mark.parametrize("act", sorted(ACTS))
def test_who_may_do_an_act_at_all(act: str) -> None:
    able = {duty.value for someone in EVERYBODY for duty in someone.duties if scope(someone, act) != Nothing()}
    assert able == table(AT_ALL)[act]


@pytest.mark.parametrize(("act", "duties"), sorted(table(TO_A_NEIGHBOUR).items()))
def test_who_may_do_an_act_to_somebody_who_lives_in_the_cell(act: str, duties: set[str]) -> None:
    neighbour = Thing("subject", CELL_PATH, subject_kind="person", subject="P-9")
    assert {someone.post for someone in EVERYBODY if may(someone, act, neighbour)} == duties


def test_the_table_speaks_of_every_act_and_every_duty() -> None:
    assert set(table(AT_ALL)) == set(ACTS)
    assert set().union(*table(AT_ALL).values()) == {duty.value for duty in Duty}
