"""The keys of the documents that stand for measures, selections and indicators: organisation, tasks, resources …"""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.schema import (
    CLAUSES,
    DATE,
    FIGURE,
    FLAG,
    ID,
    MEASURE,
    NAME,
    NUMBER,
    REQUIREMENT,
    TARGET,
    TEXT,
    WORDS,
    EitherWay,
    Free,
    Item,
    Keys,
    Many,
    OneOf,
)

_OPENING: Mapping[str, Item] = {"name": WORDS, "clauses": CLAUSES}
_RELEASED = Keys({"by": TEXT, "within": TEXT, "evidence": TEXT, "clauses": CLAUSES}, ("evidence",))
_FIGURE: Item = EitherWay(TEXT, FIGURE)
ELEMENTS: Mapping[str, Keys] = {
    "unit": Keys(
        {"unit": ID, "name": WORDS, "aliases": Many(TEXT, or_one=True), "kind": ID, "parent": TEXT}, ("unit", "name")
    ),
    "group": Keys({"group": ID, "name": WORDS, "members": Many(TEXT, some=True)}, ("group", "name", "members")),
    "post": Keys({"post": ID, **_OPENING, "unit": TEXT, "deputy_of": TEXT, "within": TEXT}, ("post", "name", "unit")),
    "task": Keys(
        {
            "task": ID,
            **_OPENING,
            "lead": TEXT,
            "with": Many(TEXT, or_one=True),
            "due": TEXT,
            "as_printed": FLAG,
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
    "checklist": Keys(
        {
            "checklist": ID,
            **_OPENING,
            "of": TEXT,
            "binds": TEXT,
            "items": Many(
                Keys(
                    {
                        "item": ID,
                        **_OPENING,
                        "kind": OneOf(("yes_no", "number", "photo", "text")),
                        "low": NUMBER,
                        "high": NUMBER,
                        "critical": FLAG,
                    },
                    ("item", "name", "kind"),
                ),
                some=True,
            ),
            "rectify": Keys({"within": TEXT, "by": TEXT, "evidence": TEXT, "clauses": CLAUSES}, ("within",)),
            "recheck": Keys({"within": TEXT, "by": TEXT, "by_other": FLAG, "clauses": CLAUSES}, ("within",)),
            "if_fails": Keys(
                {"evidence": TEXT, "within": TEXT, "by": TEXT, "clauses": CLAUSES}, ("evidence", "within")
            ),
            "target": TARGET,
        },
        ("checklist", "name", "items", "rectify"),
    ),
    "workflow": Keys(
        {
            "workflow": ID,
            **_OPENING,
            **{key: MEASURE.known[key] for key in ("binds", "clock", "opens", "inputs", "exits", "ends_as")},
            "refuses_while": Many(Keys({"reason": ID, **_OPENING, "is": TEXT}, ("reason", "name", "is")), some=True),
            "steps": Many(
                Keys(
                    {
                        "step": ID,
                        **_OPENING,
                        "by": REQUIREMENT.known["by"],
                        "within": TEXT,
                        "evidence": TEXT,
                        "expert": FLAG,
                        "approve_by": Many(TEXT, or_one=True, some=True),
                        "approve_within": TEXT,
                    },
                    ("step", "name", "evidence"),
                ),
                some=True,
            ),
        },
        ("workflow", "name", "binds", "opens", "steps"),
    ),
    "round": Keys(
        {
            "round": ID,
            **_OPENING,
            "binds": TEXT,
            "over": TEXT,
            "where": TEXT,
            "left": TEXT,
            "evidence": TEXT,
            "every": TEXT,
            "anchored_to": OneOf(("day", "week", "month")),
            "hours": Many(TEXT, or_one=True, some=True),
            "due": DATE,
            "by": REQUIREMENT.known["by"],
            "target": TARGET,
        },
        ("round", "name", "binds", "over", "evidence", "every"),
    ),
    "register": Keys(
        {
            "register": ID,
            **_OPENING,
            "binds": TEXT,
            "of": TEXT,
            "where": TEXT,
            "required": Many(NAME, some=True),
            "unique": Many(NAME, some=True),
            "entry": Keys({"after": TEXT, "within": TEXT, "by": TEXT, "clauses": CLAUSES}, ("after", "within")),
            "levels": Many(NAME, or_one=True, some=True),
            "target": TARGET,
        },
        ("register", "name", "binds", "of", "required"),
    ),
    "report": Keys(
        {
            "report": ID,
            **_OPENING,
            "binds": TEXT,
            "on": TEXT,
            "where": TEXT,
            "evidence": TEXT,
            "by": REQUIREMENT.known["by"],
            "within": TEXT,
            "receipt": Keys({"evidence": TEXT, "within": TEXT, "by": TEXT, "clauses": CLAUSES}, ("evidence", "within")),
            "zero_report": Keys({"at": TEXT, "by": TEXT, "evidence": TEXT, "clauses": CLAUSES}, ("at", "by")),
            "target": TARGET,
        },
        ("report", "name", "binds", "on", "evidence", "within"),
    ),
    "release": Keys(
        {
            "release": ID,
            **_OPENING,
            **{key: MEASURE.known[key] for key in ("binds", "opens", "exits", "ends_as")},
            "draft": _RELEASED,
            "review": Keys({"by": Many(TEXT, or_one=True, some=True), "within": TEXT}, ("by",)),
            "report_up": _RELEASED,
            "publish": _RELEASED,
        },
        ("release", "name", "binds", "opens", "draft", "review", "publish"),
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
