"""The rules: which duty may do what, and how far it reaches. One table, to be read by the people it binds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianfang.core.access import acts
from lianfang.core.access.actor import STAFF, Duty


class Reach(StrEnum):
    """How far a duty reaches from where its holder stands."""

    ANYWHERE = "anywhere"
    DISTRICT = "district"
    JURISDICTION = "jurisdiction"
    OWN_UNIT = "own_unit"
    SUPERVISED = "supervised"
    SELF = "self"

    @property
    def zh(self) -> str:
        """The reach in Chinese."""
        return _REACHES[self][0]

    @property
    def en(self) -> str:
        """The reach in English."""
        return _REACHES[self][1]


_REACHES = {
    Reach.ANYWHERE: ("任何记录", "any record"),
    Reach.DISTRICT: ("本区公用的内容", "what the whole district shares"),
    Reach.JURISDICTION: ("辖区内", "inside the jurisdiction"),
    Reach.OWN_UNIT: ("本单位承担或所属", "owed or owned by the unit"),
    Reach.SUPERVISED: ("本单位主管", "supervised by the unit"),
    Reach.SELF: ("本人", "about oneself"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Somebody with one of the duties may do the act as far as `reach`; no duties: everybody, without an account.

    `kinds`, `subjects` and `facts` narrow it to some kinds of record, of subject and of fact; empty is all.
    """

    act: str
    duties: frozenset[Duty]
    reach: Reach
    kinds: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


COMMAND, OFFICE, CDC, DEPARTMENT = Duty.COMMAND, Duty.OFFICE, Duty.CDC, Duty.DEPARTMENT
TOWN, GRID, SITE, LABORATORY = Duty.TOWN, Duty.GRID, Duty.SITE, Duty.LABORATORY
SUPERVISION, AUDIT, ADMIN, CITIZEN = Duty.SUPERVISION, Duty.AUDIT, Duty.ADMIN, Duty.CITIZEN

ANYWHERE, DISTRICT, JURISDICTION = Reach.ANYWHERE, Reach.DISTRICT, Reach.JURISDICTION
OWN_UNIT, SUPERVISED, SELF = Reach.OWN_UNIT, Reach.SUPERVISED, Reach.SELF

NOT_PERSONS = frozenset({"place", "consignment", "facility", "unit", "area", "response"})
"""What command may speak about: the levels of areas, responses, units and sites, never a person's own record."""

LABORATORY_FACTS = frozenset({"test", "environment_sample"})
"""What a laboratory says about people and places of others, which it knows by code."""

DUE = frozenset({"obligation", "task"})
PLANS = frozenset({"plan"})
OFFICES = frozenset({"unit", "account"})


def _rule(
    act: str,
    reach: Reach,
    *duties: Duty,
    kinds: frozenset[str] = frozenset(),
    subjects: frozenset[str] = frozenset(),
    facts: frozenset[str] = frozenset(),
) -> Rule:
    return Rule(act, frozenset(duties), reach, kinds, subjects, facts)


SEEING = (
    _rule(acts.SEE_TODAY, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, GRID, SITE, SUPERVISION, AUDIT),
    _rule(acts.SEE_TODAY, OWN_UNIT, DEPARTMENT, SITE, LABORATORY, TOWN, GRID),
    _rule(acts.SEE_TODAY, SUPERVISED, DEPARTMENT),
    _rule(acts.SEE_SUBJECT, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, GRID, SITE, LABORATORY, SUPERVISION, AUDIT),
    _rule(acts.SEE_SUBJECT, OWN_UNIT, DEPARTMENT, SITE),
    _rule(acts.SEE_SUBJECT, SUPERVISED, DEPARTMENT),
    _rule(acts.SEE_ADDRESS, JURISDICTION, CDC, TOWN, GRID),
    _rule(acts.UNMASK, JURISDICTION, CDC, TOWN, AUDIT),
    _rule(acts.SEE_REGISTERS, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, GRID, SITE, SUPERVISION, AUDIT),
    _rule(acts.SEE_REGISTERS, OWN_UNIT, DEPARTMENT, SITE),
    _rule(acts.SEE_REGISTERS, SUPERVISED, DEPARTMENT),
    _rule(acts.SEE_BOARD, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, SUPERVISION, AUDIT),
    _rule(acts.SEE_FIGURES, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, GRID, SITE, SUPERVISION, AUDIT),
    _rule(acts.SEE_FIGURES, OWN_UNIT, DEPARTMENT, SITE, LABORATORY),
    _rule(acts.SEE_FIGURES, SUPERVISED, DEPARTMENT),
    _rule(acts.SEE_PLAN, DISTRICT, *STAFF, kinds=PLANS),
    _rule(acts.SEE_PLANS, DISTRICT, *STAFF, kinds=PLANS),
    _rule(acts.SEE_ORGANISATION, DISTRICT, *STAFF, kinds=OFFICES),
)
"""Looking. Administration sees no person; a laboratory opens a file by its code but has no register to browse."""

RECORDING = (
    _rule(acts.RECORD_FACT, JURISDICTION, CDC, TOWN, GRID, SITE),
    _rule(acts.RECORD_FACT, JURISDICTION, COMMAND, OFFICE, subjects=NOT_PERSONS),
    _rule(acts.RECORD_FACT, JURISDICTION, LABORATORY, facts=LABORATORY_FACTS),
    _rule(acts.RECORD_FACT, OWN_UNIT, DEPARTMENT, SITE, LABORATORY, SUPERVISION),
    _rule(acts.RECORD_FACT, SUPERVISED, DEPARTMENT, subjects=NOT_PERSONS),
    _rule(acts.RECORD_MANY, JURISDICTION, CDC, TOWN, GRID, SITE),
    _rule(acts.RECORD_MANY, JURISDICTION, LABORATORY, facts=LABORATORY_FACTS),
    _rule(acts.RECORD_MANY, OWN_UNIT, DEPARTMENT, SITE, LABORATORY),
    _rule(acts.CORRECT_FACT, JURISDICTION, CDC, TOWN),
    _rule(acts.CORRECT_FACT, OWN_UNIT, COMMAND, OFFICE, subjects=NOT_PERSONS),
    _rule(acts.CORRECT_FACT, OWN_UNIT, DEPARTMENT, GRID, SITE, SUPERVISION),
    _rule(acts.CORRECT_FACT, OWN_UNIT, LABORATORY),
    _rule(acts.WAIVE_OBLIGATION, JURISDICTION, OFFICE, CDC),
    _rule(acts.WAIVE_OBLIGATION, JURISDICTION, COMMAND, subjects=NOT_PERSONS),
    _rule(acts.PLACE_PERSON, JURISDICTION, CDC, TOWN, SITE),
    _rule(acts.PLACE_PERSON, OWN_UNIT, SITE),
    _rule(acts.MOVE_PERSON, JURISDICTION, CDC, TOWN, SITE),
    _rule(acts.MOVE_PERSON, OWN_UNIT, SITE),
    _rule(acts.RELEASE_PERSON, JURISDICTION, CDC, TOWN, SITE),
    _rule(acts.RELEASE_PERSON, OWN_UNIT, SITE),
    _rule(acts.SEE_DUPLICATES, JURISDICTION, CDC, AUDIT),
    _rule(acts.MERGE_PERSONS, JURISDICTION, CDC),
    _rule(acts.UNMERGE_PERSONS, JURISDICTION, CDC),
)
"""Saying what happened. Who is not disease control or a town corrects only what its own unit said."""

WORKING = (
    _rule(acts.REMIND, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, SUPERVISION),
    _rule(acts.REMIND, SUPERVISED, DEPARTMENT),
    _rule(acts.HAND_IN_TASK, JURISDICTION, TOWN, GRID, kinds=DUE),
    _rule(acts.HAND_IN_TASK, OWN_UNIT, OFFICE, CDC, DEPARTMENT, SITE, LABORATORY, SUPERVISION, kinds=DUE),
    _rule(acts.ACCEPT_TASK, JURISDICTION, COMMAND, OFFICE, kinds=DUE),
    _rule(acts.ACCEPT_TASK, SUPERVISED, DEPARTMENT, kinds=DUE),
    _rule(acts.RETURN_TASK, JURISDICTION, COMMAND, OFFICE, kinds=DUE),
    _rule(acts.RETURN_TASK, SUPERVISED, DEPARTMENT, kinds=DUE),
    _rule(acts.ESCALATE_TASK, JURISDICTION, OFFICE, TOWN, SUPERVISION),
    _rule(acts.ESCALATE_TASK, OWN_UNIT, CDC, DEPARTMENT, GRID, SITE, LABORATORY),
    _rule(acts.ESCALATE_TASK, SUPERVISED, DEPARTMENT),
    _rule(acts.COMMENT, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, GRID, SITE, SUPERVISION),
    _rule(acts.COMMENT, OWN_UNIT, DEPARTMENT, SITE, LABORATORY),
    _rule(acts.COMMENT, SUPERVISED, DEPARTMENT),
    _rule(acts.ATTACH, JURISDICTION, COMMAND, OFFICE, CDC, TOWN, GRID, SITE, SUPERVISION),
    _rule(acts.ATTACH, OWN_UNIT, DEPARTMENT, SITE, LABORATORY),
    _rule(acts.ATTACH, SUPERVISED, DEPARTMENT),
    _rule(acts.INSPECT, JURISDICTION, CDC, TOWN, SUPERVISION),
    _rule(acts.INSPECT, OWN_UNIT, DEPARTMENT, kinds=DUE),
    _rule(acts.INSPECT, SUPERVISED, DEPARTMENT, SUPERVISION),
    _rule(acts.RECTIFY, JURISDICTION, TOWN, GRID, SITE),
    _rule(acts.RECTIFY, OWN_UNIT, OFFICE, CDC, DEPARTMENT, SITE, LABORATORY),
    _rule(acts.RECHECK, JURISDICTION, CDC, TOWN, SUPERVISION),
    _rule(acts.RECHECK, OWN_UNIT, DEPARTMENT, kinds=DUE),
    _rule(acts.RECHECK, SUPERVISED, DEPARTMENT, SUPERVISION),
)
"""Tasks, inspections and what is said about them."""

PAPERS = (
    _rule(acts.IMPORT_PEOPLE, JURISDICTION, CDC, TOWN),
    _rule(acts.APPLY_IMPORT, JURISDICTION, CDC, TOWN),
    _rule(acts.EXPORT, JURISDICTION, OFFICE, CDC, TOWN),
    _rule(acts.EXPORT, JURISDICTION, COMMAND, SUPERVISION, kinds=DUE | {"figure"}),
    _rule(acts.EXPORT, JURISDICTION, AUDIT, kinds=frozenset({"journal"})),
    _rule(acts.EXPORT, OWN_UNIT, DEPARTMENT, kinds=DUE | {"figure"}),
    _rule(acts.EXPORT, SUPERVISED, DEPARTMENT, kinds=DUE | {"figure"}),
    _rule(acts.ISSUE_PAPER, JURISDICTION, OFFICE, CDC, TOWN, SITE),
    _rule(acts.ISSUE_PAPER, JURISDICTION, SUPERVISION, subjects=NOT_PERSONS),
    _rule(acts.ISSUE_PAPER, OWN_UNIT, SITE),
    _rule(acts.ISSUE_PAPER, SUPERVISED, DEPARTMENT, subjects=NOT_PERSONS),
    Rule(acts.VERIFY_PAPER, frozenset(), ANYWHERE, kinds=frozenset({"paper"})),
)
"""What goes in and out in bulk or on paper. A grid worker takes no list along; anybody may verify a paper."""

GOVERNING = (
    _rule(acts.PROPOSE_PLAN, JURISDICTION, COMMAND, OFFICE, kinds=PLANS),
    _rule(acts.CONFIRM_PLAN, JURISDICTION, COMMAND, OFFICE, kinds=PLANS),
    _rule(acts.APPOINT, JURISDICTION, OFFICE, ADMIN, kinds=OFFICES),
    _rule(acts.MANAGE_ACCOUNTS, JURISDICTION, ADMIN, kinds=OFFICES),
    _rule(acts.READ_JOURNAL, JURISDICTION, AUDIT, kinds=frozenset({"journal"})),
    _rule(acts.VERIFY_JOURNAL, JURISDICTION, AUDIT, ADMIN, kinds=frozenset({"journal"})),
    _rule(acts.RETAIN, JURISDICTION, ADMIN),
)
"""The plan, the posts, the journal. Who proposes a plan does not confirm it: see `two_persons`."""

OWN = (
    _rule(acts.SEE_OWN, SELF, CITIZEN),
    _rule(acts.DECLARE, SELF, CITIZEN),
    _rule(acts.APPEAL, SELF, CITIZEN),
)
"""A citizen and her own record."""

RULES: tuple[Rule, ...] = (*SEEING, *RECORDING, *WORKING, *PAPERS, *GOVERNING, *OWN)
"""Every rule there is; what no rule allows is refused."""
