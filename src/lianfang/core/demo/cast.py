"""The accounts of the made-up district: one of every role, with a post, a unit and what they come for."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.access.actor import Duty


@dataclass(frozen=True, slots=True)
class Role:
    """One made-up account: how it signs in, its post, unit and duties, and who you are when you use it."""

    account: str
    title: str
    post: str
    unit: str
    duties: tuple[Duty, ...]
    zh: str
    en: str
    deputy: bool = False


CAST: tuple[Role, ...] = (
    Role(
        *("wangge", "样老王", "石桥网格 网格员", "qingxi-shiqiao-cell", (Duty.GRID,)),
        zh="你是石桥网格的网格员，在手机上看今天要走访谁、测谁、送谁。",
        en="You are the grid worker of Shiqiao: today's list on your phone.",
    ),
    Role(
        *("zhihui", "例指挥", "指挥长", "headquarters", (Duty.COMMAND,)),
        zh="你是指挥长，从一条变红的条文一直看到责任人。",
        en="You are the commander: from a red clause down to a name.",
    ),
    Role(
        *("bangong", "测小方", "指挥部办公室 值班岗", "headquarters", (Duty.OFFICE,)),
        zh="你在指挥部办公室值班，催办、验收、退回任务。",
        en="You are on duty in the command office: remind, accept, return.",
    ),
    Role(
        *("bangong2", "测小安", "指挥部办公室 副岗", "headquarters", (Duty.OFFICE,)),
        zh="你是办公室副岗，两人才能办的事由你复核。",
        en="You are the office's second: what takes two people needs you.",
    ),
    Role(
        *("jikong", "例小李", "区疾控 流调岗", "health", (Duty.CDC,)),
        zh="你是区疾控的流调员，登记阳性、认定密接、看谁能解除。",
        en="You investigate for the district CDC: positives, contacts, releases.",
    ),
    Role(
        *("weijian", "拟主任", "卫生健康局 防控岗", "health", (Duty.DEPARTMENT,)),
        zh="你在区卫生健康局，办本局牵头的任务并交件。",
        en="You work in the health bureau: its tasks, handed in with proof.",
    ),
    Role(
        *("shijian", "演科长", "市场监管局 检查岗", "market-regulation", (Duty.DEPARTMENT,)),
        zh="你在区市场监管局，检查市场和冷库，盯整改。",
        en="You inspect markets and the cold store, and follow rectification.",
    ),
    Role(
        *("qingxi", "试镇办", "青溪镇 防控专班", "qingxi", (Duty.TOWN,)),
        zh="你在青溪镇防控专班，管全镇的来返人员，导入名单。",
        en="You manage all arrivals of Qingxi town and import lists.",
    ),
    Role(
        *("geli", "范点长", "东区隔离点 负责人", "isolation-east", (Duty.SITE,)),
        zh="你是东区隔离点负责人，接收、安排房间、解除。",
        en="You run the eastern isolation site: admit, place, release.",
    ),
    Role(
        *("jianyan", "模小言", "疾控实验室 检验岗", "laboratory-one", (Duty.LABORATORY,)),
        zh="你在疾控实验室，按编号填报结果。",
        en="You work in the laboratory: results by code.",
    ),
    Role(
        *("ducha", "虚组长", "督查组", "headquarters", (Duty.SUPERVISION,)),
        zh="你在督查组，现场看、提问题、复查。",
        en="You supervise: visits, findings, rechecks.",
    ),
    Role(
        *("shenji", "设赵姐", "审计", "headquarters", (Duty.AUDIT,)),
        zh="你是审计，看谁在何时看过、改过什么；你自己什么也不能改。",
        en="You audit: who looked, who changed what; you change nothing.",
    ),
    Role(
        *("guanli", "样管理", "系统管理", "headquarters", (Duty.ADMIN,)),
        zh="你管账号、单位和岗位，看不到任何人的档案。",
        en="You manage accounts, units and posts and see nobody's file.",
    ),
)
CITIZEN = "jumin"
"""The account of one resident under management."""
NEIGHBOUR = Role(
    *("linqu", "外小陈", "邻区 疾控岗", "neighbour", (Duty.CDC,)),
    zh="你在邻区，这里的一切都看不到。",
    en="You work in the next district and see nothing of this one.",
)
