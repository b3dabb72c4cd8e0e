"""Names of bodies: lists of units taken apart, single ones told from groups."""

from __future__ import annotations

import re

from lianfang.core.notice.text import split_outside

_ENDS = (
    "部 委 办 局 院 所 队 站 厅 处 科 股 室 组 会 庭 署 司 中心 政府 街道 镇 乡 镇街 乡镇 街镇 村 "
    "村居 社区 单位 部门 公司 集团 学校 医院 小学 中学 大学 学院 幼儿园 指挥部 领导小组 专班 法院 检察院 "
    "分局 园区 开发区 新区 管委会 工委 党委 纪委 团委 妇联 工会 协会 卫生院 派出所 机构 企业 大队 支队 总队 "
    "红十字会 居委会 村委会 办事处 办公室 工作组 海关 边检 机场 口岸 银行 县 区 市 县市区 区县 市县 残联 "
    "工商联 文联 科协 社科联 台 报社 电视台 融媒体 供销社 气象 消防 武警 物业 业主 街 基地 养老院 福利院 "
    "场所 "
).split()
_END = re.compile(f"(?:{'|'.join(sorted(_ENDS, key=len, reverse=True))})$")
_VERBS = re.compile(
    r"(?:负责|牵头|配合|落实|加强|开展|组织|做好|建立|完善|制定|规范|严格|强化|提升|推进|关于|按照|根据|确保|对|为了|以及其|是否|发现|进入"
    r"|不得|禁止|严禁|应当|必须|如|指定|的)"
)
_GROUP = re.compile(
    r"各|以上|其他|有关|相关|所有|全体|成员单位|主管部门|等部门|等单位|镇街|乡镇|街镇|村居|镇\(街|分别|属地|[区市县]直部门"
)
_SPLIT = "、,;/"
_GENERIC = {
    "单位",
    "部门",
    "办公室",
    "机构",
    "企业",
    "学校",
    "社区",
    "村",
    "镇",
    "乡",
    "街道",
    "政府",
    "场所",
    "口岸",
    "区",
    "县",
    "市",
}
LONGEST = 30


def looks_like_unit(text: str) -> bool:
    """Whether words read like the name of a body: they end like one and hold no verb."""
    name = text.strip()
    if not 2 <= len(name) <= LONGEST or re.search(r"[。,;:!?“”《》]", name):
        return False
    if _VERBS.search(name) and not re.search(r"组织部|对外|监督", name):
        return False
    return bool(_from_last_end(name)) or _bare_end(name)


def ends_like_unit(text: str) -> bool:
    """Whether a line without punctuation ends like the name of a body; long names may hold verbs."""
    name = text.strip()
    return 3 <= len(name) <= 2 * LONGEST and not re.search(r"[。,;:!?“”《》、]", name) and bool(_from_last_end(name))


def _from_last_end(name: str) -> str:
    """The name without a bracketed addition, only if it ends like a body."""
    bare = re.sub(r"[(][^()]*[)](?:等)?$", "", name).removesuffix("等")
    return bare if _END.search(bare) else ""


def _bare_end(name: str) -> bool:
    return name in {"镇街", "乡镇", "街镇", "村居", "村(居)", "镇(街)"}


def split_units(text: str) -> tuple[str, ...]:
    """The names in a list of units, as written and in order; brackets stay with their name."""
    pieces = [
        piece.strip(" 。.等") if piece.endswith("等") else piece.strip(" 。.") for piece in split_outside(text, _SPLIT)
    ]
    names: list[str] = []
    for piece in pieces:
        # `市直各部门、单位` is one name: the second word says nothing on its own
        if piece in ("单位", "部门") and names and text.find(f"{names[-1]}、{piece}") >= 0:
            names[-1] = f"{names[-1]}、{piece}"
        elif piece:
            names.append(piece)
    return tuple(names)


def is_group(name: str) -> bool:
    """Whether a name stands for several bodies (各镇街, 有关部门)."""
    return _GROUP.search(name) is not None or name in _GENERIC


def only_units(text: str) -> tuple[str, ...]:
    """The names in a text that is nothing but a list of units; empty if anything else is in it."""
    names = split_units(text)
    return names if names and all(looks_like_unit(part) for name in names for part in name.split("、")) else ()
