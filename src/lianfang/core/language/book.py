"""Where the passes write down what is wrong; every message comes from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from lianfang.core.complaint import Complaint
from lianfang.core.language.complaints import MESSAGES
from lianfang.core.language.document import Place

MOST_LISTED = 12
LONGEST = 100


UNREAD = frozenset(
    {
        "file:too-many",
        "file:unreadable",
        "file:not-utf8",
        "yaml:too-big",
        "yaml:too-deep",
        "yaml:syntax",
        "yaml:tab",
        "yaml:control-character",
    }
)
"""The rest of a file with one of these is unknown."""
_DECLARED = ("clause", "kind", "selection", "measure", "requirement", "parameter", "indicator", "subject", "unit")
ECHOES = frozenset(
    {
        *(f"pack:unknown-{what}" for what in _DECLARED),
        "expression:unknown-parameter",
        "pack:unused-parameter",
        "pack:unused-selection",
        "pack:no-plan",
        "pack:no-waiver",
    }
)
"""What may be declared there."""


@dataclass(slots=True)
class Book:
    """Complaints of one pack, each once."""

    _written: dict[tuple[str, Place, str], Complaint] = field(default_factory=dict)

    def add(self, id: str, place: Place, found: str = "", allowed: str | Iterable[str] = "") -> None:
        """Write down a complaint; a list of allowed names also gives a guess at what was meant."""
        names = () if isinstance(allowed, str) else tuple(dict.fromkeys(allowed))
        found = found if len(found) <= LONGEST else found[:LONGEST] + "…"
        message = MESSAGES[id]
        guess = _guess(found, names)
        self._written.setdefault(
            (id, place, found),
            Complaint(
                id=id,
                file=place.file,
                line=place.line,
                column=place.column,
                zh=message.zh,
                en=message.en,
                found=found,
                allowed=allowed if isinstance(allowed, str) else _listed(found, names),
                do_zh=f"{message.do_zh}；是不是想写“{guess}”？" if guess else message.do_zh,
                do_en=f"{message.do_en}; did you mean “{guess}”?" if guess else message.do_en,
                level=message.level,
            ),
        )

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """Everything written down, by file, line and column."""
        order = sorted(self._written.items(), key=lambda item: (item[0][1].file, item[0][1].line, item[0][1].column))
        return tuple(complaint for _, complaint in order)

    @property
    def refused(self) -> bool:
        """Whether something is wrong enough that there is no plan."""
        return any(complaint.level == "error" for complaint in self._written.values())


def without_echoes(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """The complaints without those that only follow from a file that could not be read to its end."""
    found = tuple(complaints)
    if not any(complaint.id in UNREAD for complaint in found):
        return found
    return tuple(complaint for complaint in found if complaint.id not in ECHOES)


def _listed(found: str, names: tuple[str, ...]) -> str:
    """All names, or of many those that resemble what was found."""
    if len(names) <= MOST_LISTED:
        return ", ".join(names)
    near = get_close_matches(found, names, n=MOST_LISTED, cutoff=0.3) or names[:MOST_LISTED]
    return f"{', '.join(near)}, … ({len(names)})"


def _guess(found: str, names: tuple[str, ...]) -> str:
    """The nearest allowed name, if one is near."""
    near = get_close_matches(found, names, n=1, cutoff=0.6)
    return near[0] if near and near[0] != found else ""
