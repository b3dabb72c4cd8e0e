"""Which keys each document of a pack has and what stands under them (docs/language.md as data)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value: text, id, name, parameter, number, whole, quantity, flag, date, anything."""

    sort: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word out of a list."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list; with `or_one` a single value may stand for a list of one, with `some` it may not be empty."""

    item: Item
    or_one: bool = False
    some: bool = False


@dataclass(frozen=True, slots=True)
class Free:
    """A mapping whose keys the author chooses."""

    key: Leaf
    item: Item


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with known keys."""

    known: Mapping[str, Item]
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EitherWay:
    """A single value or a mapping."""

    value: Item
    mapping: Item


@dataclass(frozen=True, slots=True)
class Named:
    """The item of that name in PARTS; lets requirements hold requirements."""

    name: str


Item = Leaf | OneOf | Many | Free | Keys | EitherWay | Named

TEXT, ID, NAME, PARAMETER = Leaf("text"), Leaf("id"), Leaf("name"), Leaf("parameter")
NUMBER, WHOLE, QUANTITY, FLAG, DATE, ANYTHING = (
    Leaf(sort) for sort in ("number", "whole", "quantity", "flag", "date", "anything")
)
WORDS = Keys({"zh": TEXT, "en": TEXT}, ("zh", "en"))
CLAUSES = Many(TEXT, or_one=True)
TAKES = ("count", "first", "latest", "highest", "lowest")
CLAUSE_KINDS = (
    "task",
    "rule",
    "schedule",
    "checklist",
    "resource",
    "workflow",
    "organisation",
    "register",
    "information",
    "principle",
)
LOOP_STATES = ("running", "held", "suspended", "released", "handed_over", "exited", "cancelled", "superseded")
STATUSES = ("upcoming", "due", "met", "late", "overdue", "suspended", "superseded", "cancelled", "waived")

LOOKUP = Keys(
    {
        **dict.fromkeys(TAKES, TEXT),
        "where": TEXT,
        "of": TEXT,
        "around": TEXT,
        "since": TEXT,
        "until": TEXT,
        "overlapping": FLAG,
        "through": TEXT,
        "everywhere": FLAG,
    }
)
REQUIREMENT = Keys(
    {
        "requirement": ID,
        "name": WORDS,
        "clauses": CLAUSES,
        "by": EitherWay(TEXT, Keys({"zh": TEXT, "en": TEXT, "of": TEXT})),
        "evidence": TEXT,
        "during": Many(TEXT, or_one=True, some=True),
        "on": TEXT,
        "within": TEXT,
        "from": TEXT,
        "due": TEXT,
        "until": TEXT,
        "anchor": TEXT,
        "anchored_to": OneOf(("day", "week", "month")),
        "every": TEXT,
        "times": QUANTITY,
        "count": QUANTITY,
        "gap": TEXT,
        "after_each": TEXT,
        "after_exit": FLAG,
        "result_within": TEXT,
        "check": TEXT,
        "gates": FLAG,
        "carries": FLAG,
        "applies": TEXT,
        "waivable": FLAG,
        "ends_with_exit": FLAG,
        "then": Many(Named("requirement")),
    },
    ("requirement", "name"),
)
STAGE = Keys(
    {
        "stage": ID,
        "name": WORDS,
        "clauses": CLAUSES,
        "place": TEXT,
        "days": QUANTITY,
        "months": WHOLE,
        "counted_from": TEXT,
        "cut_by": TEXT,
        "binding": FLAG,
    },
    ("stage", "name"),
)
EXIT = Keys(
    {
        "exit": ID,
        "name": WORDS,
        "on": Many(TEXT, or_one=True, some=True),
        "clauses": CLAUSES,
        "to": TEXT,
        "from_stage": TEXT,
        "as": OneOf(("exited", "cancelled", "handed_over")),
    },
    ("exit", "name", "on"),
)
MEASURE = Keys(
    {
        "measure": ID,
        "name": WORDS,
        "clauses": CLAUSES,
        "binds": TEXT,
        "clock": OneOf(("civil", "exact")),
        "opens": Keys({"on": TEXT, "with": Free(NAME, LOOKUP), "where": TEXT, "at": TEXT, "day_one": TEXT}, ("on",)),
        "inputs": Free(NAME, TEXT),
        "stages": Many(STAGE),
        "requires": Many(Named("requirement")),
        "exits": Many(EXIT),
        "suspends": Keys({"on": TEXT, "until": TEXT, "stops_clock": FLAG, "clauses": CLAUSES}, ("on", "until")),
        "again": OneOf(("own", "restart", "absorbed")),
        "supersedes": Many(TEXT, or_one=True),
        "holding": FLAG,
        "ends_as": ID,
        "gate": FLAG,
    },
    ("measure", "name", "binds", "opens"),
)
TARGET = Keys({"at_least": NUMBER, "at_most": NUMBER})
FACT_TAKES = ("count", "sum", "mean", "median", "highest", "lowest")
DUTY_TAKES = ("met", "total", "missed", "percent")
FIGURE = Keys(
    {
        "of": TEXT,
        "of_facts": TEXT,
        "take": OneOf((*FACT_TAKES, *DUTY_TAKES)),
        "field": TEXT,
        "where": TEXT,
        "current": FLAG,
        "distinct": Many(NAME, or_one=True, some=True),
    }
)
INDICATOR = Keys(
    {
        "indicator": ID,
        "name": WORDS,
        "clauses": CLAUSES,
        "of": TEXT,
        "of_facts": TEXT,
        "take": OneOf(("share", *FACT_TAKES)),
        "field": TEXT,
        "where": TEXT,
        "per": TEXT,
        "figures": Free(NAME, EitherWay(TEXT, FIGURE)),
        "value": TEXT,
        "target": TARGET,
    },
    ("indicator", "name"),
)
EXPECT = Keys(
    {
        "loops": Many(
            Keys(
                {
                    **dict.fromkeys(("measure", "subject", "outcome", "stage", "waits_for", "exit"), TEXT),
                    **dict.fromkeys(("release", "opened", "superseded_by", "day_one", "ended"), TEXT),
                    "state": OneOf((*LOOP_STATES,)),
                    "number": WHOLE,
                }
            )
        ),
        "stages": Many(
            Keys(
                {
                    **dict.fromkeys(("measure", "stage", "subject", "from", "to", "planned_to"), TEXT),
                    "number": WHOLE,
                }
            )
        ),
        "obligations": Many(
            Keys(
                {
                    **dict.fromkeys(("measure", "requirement", "subject", "from", "due", "late_by", "by"), TEXT),
                    "evidence_at": TEXT,
                    "status": OneOf(STATUSES),
                    **dict.fromkeys(("occurrence", "number"), WHOLE),
                }
            )
        ),
        "indicators": Many(
            Keys(
                {
                    **dict.fromkeys(("indicator", "period"), TEXT),
                    **dict.fromkeys(("met", "total", "percent", "value", "need", "held", "gap"), NUMBER),
                    "target_met": FLAG,
                    "number": WHOLE,
                },
                ("indicator",),
            )
        ),
        "no_loops": Many(EitherWay(TEXT, Keys({"measure": TEXT, "subject": TEXT}, ("measure",)))),
    }
)
GIVEN = Many(Free(TEXT, ANYTHING))
STEP = Keys({"given": GIVEN, "as_of": TEXT, "expect": EXPECT}, ("as_of", "expect"))
COLUMN_TYPES = ("time", "text", "number", "flag", "choice", "ref")
MASKS = ("none", "name", "number", "phone", "address", "contact")
COLUMN = Keys(
    {
        "type": OneOf(COLUMN_TYPES),
        "required": FLAG,
        "zh": TEXT,
        "en": TEXT,
        "unit": TEXT,
        "of": Free(TEXT, TEXT),
        "to": TEXT,
        "personal": OneOf(("identity", "contact", "health", "movement")),
        "mask": OneOf(MASKS),
        "low": Leaf("plain_number"),
        "high": Leaf("plain_number"),
    },
    ("type", "zh", "en"),
)
_KIND: Mapping[str, Item] = {
    "name": WORDS,
    "subject": TEXT,
    "time": TEXT,
    "known": Keys({"at": TEXT, "columns": Many(TEXT, or_one=True, some=True)}, ("at", "columns")),
    "period_end": TEXT,
    "until_next": FLAG,
    "columns": Free(NAME, COLUMN),
    "needed_by": Free(TEXT, CLAUSES),
}
CLAUSE = Keys({"kind": OneOf(CLAUSE_KINDS), "zh": TEXT, "en": TEXT, "page": WORDS}, ("kind", "zh", "en"))
_NEEDED = ("name", "subject", "time", "columns")
DOCUMENTS: Mapping[str, Keys] = {
    "plan": Keys(
        {
            "plan": ID,
            "name": WORDS,
            "issued": DATE,
            "utc_offset": TEXT,
            "first_day": OneOf(("counted", "not_counted")),
            "extends": Many(TEXT, or_one=True),
            "deviations": OneOf(("equal", "stricter", "free")),
            "overrides": Free(TEXT, Many(TEXT, or_one=True)),
            "without": Free(TEXT, Free(TEXT, Many(TEXT, or_one=True))),
            "rename": Free(TEXT, Free(TEXT, Free(TEXT, ID))),
            "order": Many(TEXT),
        },
        ("plan", "name", "issued"),
    ),
    "clauses": Keys(
        {
            "clauses": Free(TEXT, CLAUSE),
            "headings": Free(TEXT, WORDS),
        }
    ),
    "parameter": Keys(
        {
            "parameter": PARAMETER,
            "name": WORDS,
            "unit": TEXT,
            "clause": TEXT,
            "values": Free(DATE, ANYTHING),
            "from_text": FLAG,
            "why": EitherWay(TEXT, WORDS),
        },
        ("parameter", "name", "unit", "values"),
    ),
    "selection": Keys(
        {"selection": ID, "name": WORDS, "of": TEXT, "where": TEXT, "clauses": CLAUSES}, ("selection", "name", "of")
    ),
    "calendar": Keys(
        {
            "calendar": ID,
            "name": WORDS,
            "years": Free(TEXT, Keys({key: Many(TEXT, or_one=True) for key in ("terms", "rests", "works")})),
        },
        ("calendar", "name", "years"),
    ),
    "measure": MEASURE,
    "indicator": INDICATOR,
    "case": Keys(
        {
            "case": ID,
            "name": WORDS,
            "clauses": CLAUSES,
            "given": GIVEN,
            "as_of": TEXT,
            "expect": EXPECT,
            "then": Many(STEP),
        },
        ("case", "as_of", "expect"),
    ),
    "kind": Keys({"kind": NAME, **_KIND}, ("kind", *_NEEDED)),
    "form": Keys({"form": NAME, **_KIND}, ("form", *_NEEDED)),
}
PARTS: Mapping[str, Item] = {"requirement": REQUIREMENT}
