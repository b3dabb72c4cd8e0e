"""The keys of the documents that stand for measures, selections and indicators: organisation, tasks, resources …"""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.schema import (
    CLAUSES,
    FIGURE,
    FLAG,
    ID,
    NAME,
    NUMBER,
    TARGET,
    TEXT,
    WHOLE,
    WORDS,
    EitherWay,
    Free,
    Keys,
    Many,
    OneOf,
)

_OPENING = {"name": WORDS, "clauses": CLAUSES}
_FIGURE = EitherWay(TEXT, FIGURE)
ELEMENTS: Mapping[str, Keys] = {
    "unit": Keys(
        {"unit": ID, **_OPENING, "aliases": Many(TEXT, or_one=True), "kind": ID, "parent": TEXT}, ("unit", "name")
    ),
    "group": Keys({"group": ID, **_OPENING, "members": Many(TEXT, some=True)}, ("group", "name", "members")),
    "post": Keys({"post": ID, **_OPENING, "unit": TEXT, "deputy_of": TEXT}, ("post", "name", "unit")),
    "task": Keys(
        {
            "task": ID,
            **_OPENING,
            "lead": TEXT,
            "with": Many(TEXT, or_one=True),
            "due": TEXT,
            "within": TEXT,
            "every": TEXT,
            "hand_in": TEXT,
            "parts": Many(Keys({"part": ID, **_OPENING, "hand_in": TEXT}, ("part", "name")), some=True),
            "accept": Keys({"by": TEXT, "within": TEXT, "again": TEXT, "clauses": CLAUSES}, ("by", "within")),
            "per": TEXT,
            "escalate": Many(Keys({"after": TEXT, "to": TEXT, "clauses": CLAUSES}, ("after", "to")), some=True),
            "target": TARGET,
        },
        ("task", "name", "lead"),
    ),
    "resource": Keys(
        {
            "resource": ID,
            **_OPENING,
            "per": TEXT,
            "figures": Free(NAME, _FIGURE),
            "need": _FIGURE,
            "held": _FIGURE,
            "target": TARGET,
            "short": Keys(
                {
                    "of": TEXT,
                    "where": TEXT,
                    "enough": TEXT,
                    "binds": TEXT,
                    "within": TEXT,
                    "by": TEXT,
                    "clauses": CLAUSES,
                },
                ("of", "enough", "within"),
            ),
        },
        ("resource", "name", "need", "held"),
    ),
}
"""docs/language.md as data, second part."""
