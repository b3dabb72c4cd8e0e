"""The words of every mistake a table of facts can have, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one mistake."""

    zh: str
    en: str
    do_zh: str
    do_en: str


CATALOGUE: Mapping[str, Words] = {
    "fact:bad-time": Words(
        "时间读不懂",
        "this is not a time",
        "按所列写法填写",
        "write it in one of the forms listed",
    ),
    "fact:time-out-of-range": Words(
        "时间超出可能范围",
        "this time is out of range",
        "检查年份；整数时间以秒为单位",
        "check the year; whole numbers are seconds",
    ),
    "fact:bad-number": Words(
        "不是数字",
        "this is not a number",
        "只写数字，不带单位",
        "write digits only, without the unit",
    ),
    "fact:number-out-of-range": Words(
        "数值超出范围",
        "this number is out of range",
        "核对后改正",
        "check and correct it",
    ),
    "fact:bad-flag": Words(
        "不是“是”或“否”",
        "this is neither yes nor no",
        "写 true 或 false，是或否",
        "write true or false",
    ),
    "fact:bad-choice": Words(
        "不在可选项中",
        "this is not one of the choices",
        "从所列各项中选一个",
        "choose one of those listed",
    ),
    "fact:bad-reference": Words(
        "编号或名称写法不对",
        "this cannot be the name of a subject",
        "写编号或名称，不超过200字，不含控制字符",
        "write a number or a name of at most 200 characters on one line",
    ),
    "fact:bad-text": Words(
        "文字读不懂",
        "this text cannot be read",
        "去掉控制字符",
        "take out control characters",
    ),
    "fact:wrong-type": Words(
        "列的类型不对",
        "the column has the wrong type",
        "按允许的类型保存这一列",
        "store the column in a type that is allowed",
    ),
    "fact:missing-value": Words(
        "必填项空缺",
        "a required value is missing",
        "补上这一项",
        "fill it in",
    ),
    "fact:missing-column": Words(
        "缺少必需的列",
        "a required column is missing",
        "在首行加上这一列",
        "add the column",
    ),
    "fact:duplicate-id": Words(
        "编号重复",
        "this id occurs twice",
        "每条事实一个编号；更正用 corrects",
        "give each fact its own id; to correct one, use `corrects`",
    ),
    "fact:known-before-own-time": Words(
        "获知结果早于事实本身",
        "the result is known before the fact itself",
        "核对两个时间",
        "check both times",
    ),
    "fact:end-before-start": Words(
        "结束早于开始",
        "the end is before the start",
        "核对两个时间",
        "check both times",
    ),
    "fact:result-without-time": Words(
        "有结果但没有出结果时间",
        "there is a result, but not since when it is known",
        "补上获知时间",
        "fill in when it became known",
    ),
    "fact:unknown-correction": Words(
        "要更正的编号不存在",
        "corrects a fact that is not there",
        "写同一种事实中已有的编号",
        "write an id of a fact of the same kind",
    ),
    "fact:corrects-itself": Words(
        "更正了自己",
        "a fact cannot correct itself",
        "新的一条用新的编号",
        "give the new fact a new id",
    ),
    "fact:unknown-column": Words(
        "没有这一列",
        "there is no such column",
        "改用允许的列名，或在方案中用 form 声明",
        "use a known name, or declare it as a form in the plan",
    ),
    "fact:repeated-column": Words(
        "同一列出现两次",
        "the column occurs twice",
        "只留一列",
        "keep one of them",
    ),
    "fact:unknown-kind": Words(
        "没有这种事实",
        "there is no such kind of fact",
        "改用允许的名称，或在方案中用 form 声明",
        "use a known name, or declare it as a form in the plan",
    ),
    "file:no-folder": Words(
        "没有这个文件夹",
        "there is no such folder",
        "核对路径",
        "check the path",
    ),
    "file:empty-folder": Words(
        "文件夹里没有事实文件",
        "the folder has no fact files",
        "放入以事实种类命名的文件，可先生成模板",
        "put in files named after kinds of fact; templates can be written first",
    ),
    "file:unknown-file": Words(
        "不是事实文件",
        "this is not a fact file",
        "另存为 CSV 或 Parquet，或移出文件夹",
        "save it as CSV or Parquet, or take it out of the folder",
    ),
    "file:kind-twice": Words(
        "同一种事实有两个文件",
        "two files hold the same kind of fact",
        "合并成一个文件",
        "put them into one file",
    ),
    "file:unreadable": Words(
        "文件打不开",
        "the file cannot be opened",
        "检查权限和磁盘",
        "check permissions and the disk",
    ),
    "file:empty": Words(
        "文件是空的",
        "the file is empty",
        "至少写上首行列名，或移出文件夹",
        "write at least the header line, or take the file out",
    ),
    "file:not-utf8": Words(
        "文件编码不是 UTF-8",
        "the file is not in UTF-8",
        "另存为“CSV UTF-8”",
        "save it as “CSV UTF-8”",
    ),
    "file:nul-byte": Words(
        "文件含空字节，可能已损坏",
        "the file has a NUL byte and may be damaged",
        "重新导出",
        "export it again",
    ),
    "file:ragged": Words(
        "这一行的列数与首行不同",
        "this line has another number of fields than the header",
        "补齐或去掉多余的逗号；含逗号的文字加双引号",
        "add or remove commas; put texts with commas in double quotes",
    ),
    "file:broken": Words(
        "文件已损坏，无法读取",
        "the file is damaged and cannot be read",
        "重新导出",
        "export it again",
    ),
}
"""Every mistake a table of facts can have, by its stable id."""
