"""What an officer or a citizen can do, each act with its Chinese and English name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Called:
    """How an act is called in Chinese (the source) and English."""

    zh: str
    en: str


SEE_TODAY = "see_today"
SEE_PLAN = "see_plan"
SEE_PLANS = "see_plans"
SEE_SUBJECT = "see_subject"
SEE_ADDRESS = "see_address"
UNMASK = "unmask"
RECORD_FACT = "record_fact"
CORRECT_FACT = "correct_fact"
RECORD_MANY = "record_many"
WAIVE_OBLIGATION = "waive_obligation"
REMIND = "remind"
HAND_IN_TASK = "hand_in_task"
ACCEPT_TASK = "accept_task"
RETURN_TASK = "return_task"
ESCALATE_TASK = "escalate_task"
COMMENT = "comment"
ATTACH = "attach"
INSPECT = "inspect"
RECTIFY = "rectify"
RECHECK = "recheck"
PLACE_PERSON = "place_person"
MOVE_PERSON = "move_person"
RELEASE_PERSON = "release_person"
IMPORT_PEOPLE = "import_people"
APPLY_IMPORT = "apply_import"
EXPORT = "export"
ISSUE_PAPER = "issue_paper"
VERIFY_PAPER = "verify_paper"
SEE_REGISTERS = "see_registers"
SEE_BOARD = "see_board"
SEE_FIGURES = "see_figures"
SEE_ORGANISATION = "see_organisation"
APPOINT = "appoint"
PROPOSE_PLAN = "propose_plan"
CONFIRM_PLAN = "confirm_plan"
READ_JOURNAL = "read_journal"
VERIFY_JOURNAL = "verify_journal"
SEE_DUPLICATES = "see_duplicates"
MERGE_PERSONS = "merge_persons"
UNMERGE_PERSONS = "unmerge_persons"
MANAGE_ACCOUNTS = "manage_accounts"
RETAIN = "retain"
SEE_OWN = "see_own"
DECLARE = "declare"
APPEAL = "appeal"

ACTS: Mapping[str, Called] = {
    SEE_TODAY: Called("查看今日应办", "see what is due today"),
    SEE_PLAN: Called("查看活的方案", "see the living plan"),
    SEE_PLANS: Called("查看方案版本", "see the versions of the plan"),
    SEE_SUBJECT: Called("查看档案", "see a file"),
    SEE_ADDRESS: Called("查看详细住址", "see the full address"),
    UNMASK: Called("查看隐去的号码", "see a masked number"),
    RECORD_FACT: Called("登记事实", "record a fact"),
    CORRECT_FACT: Called("更正事实", "correct a fact"),
    RECORD_MANY: Called("成批登记", "record many facts at once"),
    WAIVE_OBLIGATION: Called("豁免应办事项", "waive an obligation"),
    REMIND: Called("催办", "remind"),
    HAND_IN_TASK: Called("上报任务", "hand in a task"),
    ACCEPT_TASK: Called("验收任务", "accept a task"),
    RETURN_TASK: Called("退回任务", "return a task"),
    ESCALATE_TASK: Called("提请上级协调", "escalate a task"),
    COMMENT: Called("留言", "comment"),
    ATTACH: Called("上传附件", "attach a file"),
    INSPECT: Called("检查", "inspect"),
    RECTIFY: Called("报整改", "report a rectification"),
    RECHECK: Called("复查", "recheck"),
    PLACE_PERSON: Called("安置入住", "place a person"),
    MOVE_PERSON: Called("调换房间或地点", "move a person"),
    RELEASE_PERSON: Called("解除隔离", "release a person"),
    IMPORT_PEOPLE: Called("准备导入", "prepare an import"),
    APPLY_IMPORT: Called("执行导入", "apply an import"),
    EXPORT: Called("导出", "export"),
    ISSUE_PAPER: Called("开具文书", "issue a paper"),
    VERIFY_PAPER: Called("核验文书", "verify a paper"),
    SEE_REGISTERS: Called("查看台账", "see the registers"),
    SEE_BOARD: Called("查看指挥大屏", "see the command board"),
    SEE_FIGURES: Called("查看指标", "see the figures"),
    SEE_ORGANISATION: Called("查看组织机构", "see the organisation"),
    APPOINT: Called("任免岗位", "appoint to a post"),
    PROPOSE_PLAN: Called("提请方案生效", "propose that a plan comes into force"),
    CONFIRM_PLAN: Called("确认方案生效", "confirm that a plan comes into force"),
    READ_JOURNAL: Called("查阅日志", "read the journal"),
    VERIFY_JOURNAL: Called("校验日志", "verify the journal"),
    SEE_DUPLICATES: Called("查看疑似同一人", "see likely duplicates"),
    MERGE_PERSONS: Called("合并人员", "merge two persons' records"),
    UNMERGE_PERSONS: Called("撤销合并", "take a merge back"),
    MANAGE_ACCOUNTS: Called("管理账号", "manage accounts"),
    RETAIN: Called("到期清除", "delete what is past its retention"),
    SEE_OWN: Called("查看本人事项", "see one's own obligations"),
    DECLARE: Called("申报", "declare"),
    APPEAL: Called("申诉", "appeal"),
}
"""Every act there is; anything else is refused."""
