"""What every role of the demonstration is invited to try: three steps, each with the page it happens on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One thing to try and the name of the page's address."""

    words: Promise
    url: str


TODAY = Step(_("看今天应办什么，逾期的在最前面"), "today")
PLAN = Step(_("打开活的方案，从变红的条文看到人"), "plan")
BOARD = Step(_("看指挥看板，点任何一个数看它的名单"), "board")
REGISTER = Step(_("在台账里按措施、阶段、单位筛选，导出 Excel"), "register")
TASKS = Step(_("交件、验收或退回一项任务"), "tasks")

STEPS: Mapping[str, tuple[Step, ...]] = {
    "wangge": (TODAY, Step(_("点一下记一件，点错了撤回"), "today"), Step(_("登记一位刚回来的人"), "record")),
    "zhihui": (BOARD, PLAN, Step(_("批一件等待决定的事"), "board")),
    "bangong": (PLAN, TASKS, Step(_("提出一个新版方案，等另一人确认"), "plans")),
    "bangong2": (Step(_("确认别人提出的方案"), "plans"), TASKS, PLAN),
    "jikong": (
        REGISTER,
        Step(_("查一个人，看她的时间图和每个日期的依据"), "search"),
        Step(_("记录一份阳性，看闭环怎么变"), "record"),
    ),
    "weijian": (TODAY, TASKS, PLAN),
    "shijian": (Step(_("检查一处场所，提出整改"), "supervision"), TODAY, TASKS),
    "qingxi": (TODAY, Step(_("导入一张来返人员表：先看计划，再应用"), "intakes"), REGISTER),
    "geli": (TODAY, Step(_("看房间，接收、换房、解除"), "register"), Step(_("开一张解除隔离证明"), "papers")),
    "jianyan": (TODAY, Step(_("按编号填报一批结果"), "record"), Step(_("按编号查一份样本"), "search")),
    "ducha": (Step(_("看哪些检查到期，去复查"), "supervision"), PLAN, BOARD),
    "shenji": (Step(_("看谁看过谁的档案"), "journal"), Step(_("核对日志的链"), "journal"), PLAN),
    "guanli": (Step(_("看岗位和值守，任免一个人"), "organisation"), Step(_("开通第二重验证"), "account")),
    "linqu": (Step(_("打开今日应办：什么也没有，这正是要看的"), "today"),),
    "jumin": (Step(_("看自己的事和每个日期的依据"), "own"), Step(_("申报一次行程"), "own")),
}
