"""What offices write over their columns, for columns that the vocabulary calls otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from lianfang.core.facts.vocabulary import Column

_WORDS = """
name: 姓名 名字 人员姓名 居民姓名 本人姓名 受检人 受检者 被隔离人 被采样人 名称 fullname
id_type: 证件类型 证件种类 证件类别 documentkind
id_number: 身份证 身份证号 身份证号码 居民身份证 居民身份证号码 公民身份号码 证件号 证件号码 护照号码 idno
phone: 电话 手机 手机号 手机号码 电话号码 联系电话 联系方式 本人电话 移动电话 mobile phonenumber tel
sex: 性别 gender
born_on: 出生日期 出生年月 出生年月日 生日 birthday
age: 年龄 年龄岁 岁
nationality: 国籍 国家
address: 住址 现住址 现住地址 家庭住址 家庭地址 详细地址 居住地址 居住地 居住地点 联系地址 地址
community: 社区 村 村社区 社区村 村居 居委会 所属社区 所在社区 所属村社区 现居社区
employer: 单位 工作单位 所在单位 就职单位 工作单位名称
occupation: 职业 工种 岗位
household: 户号 户编号 门牌户号
origin: 来源地 出发地 来自 来自地区 来源地区 旅居地
destination: 目的地 前往地 现去向
transport: 交通方式 交通工具 来区方式
transport_number: 车次 航班 航班号 车次航班 班次 车牌号
result: 结果 检测结果 核酸结果 检验结果
resulted_at: 报告时间 报告日期 出报告时间 结果时间 出结果日期
sampled_at: 采样时间 采样日期 采集时间 采集日期
test: 检测项目 检测类型 检测方法 项目
laboratory: 检测机构 检测单位 实验室
place: 采样点 采样地点
temperature: 体温 体温℃ 测温
"""

ALIASES: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split()) for name, words in (line.split(":") for line in _WORDS.strip().splitlines())
}
"""Column name -> other words for it."""

_NOTES = re.compile(r"[(\[【〔〈<].*?[)\]】〕〉>]")
_SIGNS = re.compile(r"[\s*:：,，.。、/_\-—#★☆\"'“”]+")


def plain_head(text: str) -> str:
    """The words of a head without remarks in brackets, signs, blanks and capitals: `*手机号（必填）` is `手机号`."""
    folded = unicodedata.normalize("NFKC", text).lower()
    bare = _SIGNS.sub("", _NOTES.sub("", folded))
    return bare or _SIGNS.sub("", folded)


def own_words(column: Column) -> tuple[str, ...]:
    """The names a column has in the vocabulary."""
    return tuple(dict.fromkeys((plain_head(column.zh), plain_head(column.en), plain_head(column.name))))


def other_words(column: Column) -> tuple[str, ...]:
    """Other words for a column: the usual ones, and day for time or time for day."""
    turned = [column.zh.replace(a, b) for a, b in (("时间", "日期"), ("日期", "时间")) if a in column.zh]
    return tuple(dict.fromkeys(plain_head(word) for word in (*turned, *ALIASES.get(column.name, ()))))
