"""Names of people: Chinese names of two to four characters, names with a dot, foreign names."""

from __future__ import annotations

import re
import unicodedata

from lianfang.core.identity.fault import Fault

HAN = "〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_NAME = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)*")
_DOTS = re.compile("[·•‧∙⋅・･．.]")
_DOT_IN_HAN = re.compile(rf"(?<=[{HAN}])\s*[·•‧∙⋅・･．.]\s*(?=[{HAN}])")
_GAP_IN_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")

COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木 百里 东郭 南宫 独孤 轩辕 "
    "闻人 呼延 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 巫马 公西 漆雕 乐正 壤驷 "
    "公良 拓跋 夹谷 宰父 谷梁 段干 西门 万俟 赫连 完颜 纳兰".split()
)


def normalise_name(text: str) -> str:
    """A name without stray spaces, in half-width letters, with one kind of dot between the parts of a name."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip(" \t\r\n,;:、，；。")
    plain = _DOT_IN_HAN.sub("·", plain)
    return " ".join(_GAP_IN_HAN.sub("", plain).split())


def is_chinese(name: str) -> bool:
    """Whether a normalised name is written in Chinese characters, parts joined by dots."""
    return _HAN_NAME.fullmatch(name) is not None


def surname_and_given(name: str) -> tuple[str, str]:
    """The surname and the given name of a normalised Chinese name; a name with a dot has no surname."""
    if "·" in name or not is_chinese(name):
        return "", name
    long = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:long], name[long:]


def check_name(name: str) -> tuple[Fault, ...]:
    """What is wrong or odd about a normalised name: empty, digits in it, one character, longer than usual."""
    if not name:
        return (Fault("name:empty", "姓名是空的;请填写", "The name is empty; do: fill it in"),)
    if re.search(r"\d", name) or not re.search(r"[^\W\d_]", name):
        return (
            Fault(
                "name:characters",
                "姓名中有数字或没有文字;允许: 汉字、字母、间隔点;请核对是否填错了栏",
                "The name has digits or no letters; allowed: characters, letters, dots; do: check whether it is in"
                " the right column",
            ),
        )
    if is_chinese(name) and "·" not in name and not 2 <= len(name) <= 4:
        return (
            Fault(
                "name:length",
                f"姓名看到 {len(name)} 个字;通常 2–4 个字;请留意,可以登记",
                f"The name has {len(name)} characters; usual are 2 to 4; do: take note, it may be recorded",
                "warning",
            ),
        )
    return ()


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name at dots and spaces."""
    return tuple(part for part in re.split(r"\s+", _DOTS.sub(" ", name)) if part)
