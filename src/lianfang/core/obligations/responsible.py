"""Which unit answers for an obligation: the plan's words resolved against the organisation and where the subject is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lianfang.core.language.organisation import Organisation, Unit

LEVELS: tuple[tuple[str, frozenset[str]], ...] = (
    ("网格|cell", frozenset({"cell"})),
    ("社区|村|居委会|community|village", frozenset({"village", "community"})),
    ("镇|街道|街办|乡|town|subdistrict", frozenset({"town", "subdistrict"})),
)
"""Words that mean a level and no particular unit, with the kinds of unit on that level, the lowest first."""

SITES = ("隔离点|集中服务点", frozenset({"isolation_site"}))
AUTHORITY = re.compile("(局|部|部门)$")
DISTRICT = re.compile("县市区|^[区县市省]|指挥部|领导小组|疾控|专家|专班|部门|局$")
"""Who sits above the towns; what names no unit of this district goes to the district itself, which passes it on."""

_FILLERS = re.compile(
    "[（）()、，和及与各所在相关应对的]|办事处|疫情防控|疫情|指挥部|领导小组|小组|工作站|政府|干部|人员|员|办"
)
_PARTS = re.compile("[、，,;；]|和")


@dataclass(slots=True)
class Responsible:
    """Answers for one organisation; the same words about the same place are looked up once."""

    organisation: Organisation
    called: dict[str, Unit] = field(default_factory=dict)
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.organisation.units.values():
            for name in unit.names:
                self.called.setdefault(name, unit)

    def unit(self, by: str, path: str) -> str:
        """Id of the unit that owes what the plan gives to `by`, for a subject at `path` (units from the root down).

        A unit's own name means that unit; a group means its member above the subject; a word for a level means the unit
        of that level above the subject. Everything else, and nothing, means the subject's own unit.
        """
        key = (by, path)
        if key not in self.known:
            self.known[key] = self._found(by, path.strip("/").split("/") if path else [])
        return self.known[key]

    def _found(self, by: str, above: list[str]) -> str:
        own = above[-1] if above else ""
        for part in (by, *_PARTS.split(by)) if by else ():
            found = self._named(part.strip(), above)
            if found is not None:
                return found
        return own

    def _named(self, by: str, above: list[str]) -> str | None:
        generic = self._of_level(by, above)
        unit = self.called.get(by)
        if unit is not None:
            return generic if generic is not None and _is_level_word(by) else unit.id
        return self._of_group(by, above) or generic or self._of_trade(by) or self._of_district(by, above)

    def _of_group(self, by: str, above: list[str]) -> str | None:
        for group in self.organisation.groups.values():
            if by in (group.id, group.words.zh, group.words.en):
                return next((unit for unit in reversed(above) if unit in group.members), None)
        return None

    def _of_level(self, by: str, above: list[str]) -> str | None:
        if by.endswith("局"):
            return None  # 农业农村局 is no village
        for words, kinds in (SITES, *LEVELS):
            if re.search(words, by):
                found = next((unit for unit in reversed(above) if self._kind(unit) in kinds), None)
                if found is not None:
                    return found
        return None

    def _of_trade(self, by: str) -> str | None:
        """A department by the trade in its name: `宣传部门` is the unit that is also called 宣传."""
        if not AUTHORITY.search(by):
            return None
        inside = [name for name, unit in self.called.items() if name in by and unit.kind == "department"]
        return self.called[max(inside, key=len)].id if inside else None

    def _of_district(self, by: str, above: list[str]) -> str | None:
        return above[0] if above and DISTRICT.search(by) else None

    def _kind(self, unit: str) -> str:
        known: Mapping[str, Unit] = self.organisation.units
        return known[unit].kind if unit in known else ""


def _is_level_word(by: str) -> bool:
    """Whether nothing is left of the words once those for levels are taken out: 街道办事处, but not 石桥村."""
    rest = _FILLERS.sub("", by)
    for words, _ in LEVELS:
        rest = re.sub(words, "", rest)
    return not rest
