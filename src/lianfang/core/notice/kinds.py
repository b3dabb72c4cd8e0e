"""A first guess at what kind of clause a sentence is; an officer confirms or changes it."""

from __future__ import annotations

import re

_KINDS = (
    ("organisation", r"组长|成员单位|成员由|小组办公室|下设|设在|组成人员|工作专班|联系人|名单|职责分工|兼任"),
    ("schedule", r"每(?:[0-9一二两三四五六七八九十]+个?)?(?:日|天|周|月|季度|年|小时)|定期|巡查|一[次轮]"),
    ("register", r"台账|台帐|登记|建档|造册|名册|底数|录入"),
    ("checklist", r"检查|督导|督查|整改|核查|自查|验收|清单"),
    ("resource", r"储备|物资|床位|设备|经费|人员库|队伍|配备|配齐|采购|库存"),
    ("workflow", r"报告|上报|转运|移交|启动|流程|审批|研判|通报|直报|闭环"),
    ("rule", r"隔离|不得|必须|一律|禁止|严禁|方可|满[0-9]|解除|检测|须|阴性|阳性"),
    ("information", r"宣传|发布|公布|告知|提示|引导|舆情|培训|教育|信息"),
    ("principle", r"坚持|思想|原则|目标|精神|为(?:进一步|做好|了|贯彻|切实|加强)|根据|高度重视|提高认识|统筹"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


def guess_kind(text: str, preamble: bool = False) -> str:
    """One of the kinds of the plan language; `task` where no word decides."""
    if preamble:
        return "principle"
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), "task")
