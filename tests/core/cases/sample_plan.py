"""A made-up plan, small enough to reckon by hand: arrivals, a count of tests, a gate, one measure replacing another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from lianfang.core.days.text import parse_instant
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, subject_column
from lianfang.core.language.measure import (
    Again,
    Exit,
    Fixed,
    Measure,
    Mode,
    Offset,
    Opening,
    Requirement,
    Selection,
    Shape,
    Stage,
    Words,
)
from lianfang.core.language.plan import Case, Clause, Indicator, Parameter, Plan, Step, Target
from lianfang.core.language.predicate import Expression, Type, parse
from lianfang.core.obligations.evaluate import evaluate
from lianfang.core.obligations.evaluation import Evaluation

ZONE = 28_800
DAY = 86_400
LAST = DAY - 1


def _column(name: str, kind: ColumnType, zh: str, en: str, **more: Any) -> Column:
    return Column(name, kind, zh, en, **more)


def _kind(id: str, zh: str, en: str, time: str, *columns: Column, subject: str = "person", **more: Any) -> Kind:
    own = (subject_column(subject), _column(time, ColumnType.TIME, "时间", "time", required=True), *columns)
    return Kind(id, zh, en, subject, time, {c.name: c for c in own}, **more)


RESULT = _column("result", ColumnType.CHOICE, "结果", "result", choices=(("negative", "阴性"), ("positive", "阳性")))
LEVEL = _column("level", ColumnType.CHOICE, "风险", "risk", choices=(("medium", "中"), ("high", "高")))
KINDS = {
    k.id: k
    for k in (
        _kind("arrival", "来返", "arrival", "arrived_at", LEVEL),
        _kind(
            "test",
            "检测",
            "test",
            "sampled_at",
            _column("resulted_at", ColumnType.TIME, "出结果时间", "result known at"),
            RESULT,
            known_at="resulted_at",
            known_columns=frozenset({"result"}),
        ),
        _kind(
            "health_check",
            "体温监测",
            "health check",
            "at",
            _column("temperature", ColumnType.NUMBER, "体温", "temperature"),
        ),
        _kind("symptom", "症状", "symptom", "at"),
        _kind("clearance", "医学排除", "medical clearance", "at"),
        _kind("code_check", "查验", "entry check", "at", _column("checked", ColumnType.FLAG, "已查验", "checked")),
        _kind("opening_request", "开业申请", "opening request", "at", subject="place"),
        _kind("disinfection", "消毒", "disinfection", "at", subject="place"),
    )
}
_TYPES = {
    ColumnType.TIME: Type.TIME,
    ColumnType.NUMBER: Type.NUMBER,
    ColumnType.FLAG: Type.FLAG,
    ColumnType.TEXT: Type.TEXT,
    ColumnType.CHOICE: Type.TEXT,
    ColumnType.REF: Type.TEXT,
}


def expression(kind: str, text: str) -> Expression:
    """A predicate on the columns of a kind."""
    return parse(text, {c.name: _TYPES[c.type] for c in KINDS[kind].columns.values()}, {})


NEGATIVE = Selection(
    "negative", "test", Words("核酸阴性", "negative test"), expression("test", "result == 'negative'"), by_result=True
)
POSITIVE = Selection(
    "positive", "test", Words("核酸阳性", "positive test"), expression("test", "result == 'positive'"), by_result=True
)
SELECTIONS = {
    s.id: s for s in (NEGATIVE, POSITIVE, *(Selection(k.id, k.id, Words(k.zh, k.en)) for k in KINDS.values()))
}


def window(id: str, zh: str, en: str, evidence: str, first: int, last: int, **more: Any) -> Requirement:
    """Whole days counted from 0 at the start of the stage."""
    start, due = Offset(0, first * DAY, Mode.DAY_START), Offset(0, last * DAY, Mode.DAY_END)
    return Requirement(id, Words(zh, en), Shape.WINDOW, evidence=evidence, start=start, due=due, **more)


RESULT_IN_24_H = Requirement(
    "first-result",
    Words("首次结果", "first result"),
    Shape.RESULT,
    clauses=("1.5",),
    last_stage=1,
    due=Offset(0, DAY),
)
FIRST_SAMPLE = window(
    "first-sample",
    "首次采样",
    "first sample",
    "test",
    0,
    0,
    clauses=("1.4",),
    last_stage=1,
    by=Words("县疾控中心", "county CDC"),
    then=(RESULT_IN_24_H,),
)
TESTS = Requirement(
    "tests",
    Words("解除前核酸", "tests before release"),
    Shape.COUNT,
    clauses=("1.6",),
    evidence="negative",
    last_stage=1,
    times=2,
    gap=DAY,
    gates=True,
    carries=True,
)
DAILY = window(
    "daily-check",
    "每日健康监测",
    "daily health check",
    "health_check",
    0,
    0,
    clauses=("1.7",),
    until=Offset(0, LAST, Mode.DAY_END),
    every=Offset(0, DAY),
    times=3,
)
ARRIVAL = Measure(
    "high-risk-arrival",
    Words("高风险地区来返人员", "arrival from a high-risk area"),
    "person",
    Opening("arrival", where=expression("arrival", "level == 'high'")),
    (
        Stage("central", Words("集中隔离", "central isolation"), ("1.2",), "isolation_site", 14),
        Stage("home", Words("居家健康监测", "home observation"), ("1.3",), "home", 7),
    ),
    (FIRST_SAMPLE, TESTS, DAILY),
    (Exit("positive", Words("核酸阳性", "positive test"), ("positive",), ("1.8",), to="treatment"),),
    ("1.1",),
    supersedes=("medium-risk-arrival",),
    suspend_on="symptom",
    clear_on="clearance",
    suspend_clauses=("1.10",),
    stops_clock=True,
    parameters={"stages/central/days": "central_days", "requires/tests/count": "tests", "requires/tests/gap": "gap"},
)
MEDIUM = Measure(
    "medium-risk-arrival",
    Words("中风险地区来返人员", "arrival from a medium-risk area"),
    "person",
    Opening("arrival", where=expression("arrival", "level == 'medium'")),
    (Stage("home", Words("居家健康监测", "home observation"), ("1.9",), "home", 14),),
    clauses=("1.9",),
    again=Again.RESTART,
)
ENTRY = Measure(
    "entry-check",
    Words("入场查验", "entry check"),
    "person",
    Opening("code_check"),
    (Stage("handling", Words("办理", "handling")),),
    (
        Requirement(
            "checked",
            Words("已查验", "checked"),
            Shape.CHECK,
            clauses=("2.1",),
            anchor=Fixed.OPENING,
            condition=expression("code_check", "checked"),
        ),
    ),
    clauses=("2.1",),
)
OPENING_GATE = Measure(
    "opening",
    Words("复业审批", "opening permit"),
    "place",
    Opening("opening_request"),
    (Stage("handling", Words("办理", "handling")),),
    (
        Requirement(
            "disinfected",
            Words("已消毒", "disinfected"),
            Shape.WINDOW,
            clauses=("2.2",),
            evidence="disinfection",
            anchor=Fixed.OPENING,
            start=None,
            due=Offset(),
            gates=True,
        ),
    ),
    clauses=("2.2",),
    gate=True,
)
INDICATORS = (
    Indicator("code-checks", Words("查验率", "share checked"), ("2.3",), of="entry-check", target=Target(at_least=100)),
    Indicator(
        "temperature",
        Words("最高体温", "highest temperature"),
        of_facts="health_check",
        take="highest",
        field="temperature",
        per="day",
        target=Target(at_most=37.3),
    ),
)
GISTS = {
    "1.1": ("rule", "高风险地区来返人员管理", "people from high-risk areas are managed"),
    "1.2": ("rule", "集中隔离 14 天", "14 days of central isolation"),
    "1.3": ("rule", "居家健康监测 7 天", "7 days of home observation"),
    "1.4": ("schedule", "到达当日采样", "sampled on the day of arrival"),
    "1.5": ("schedule", "采样后 24 小时出结果", "result within 24 hours of sampling"),
    "1.6": ("rule", "解除前 2 次核酸阴性，间隔 24 小时", "2 negative tests before release, 24 hours apart"),
    "1.7": ("schedule", "前三日每日健康监测", "a health check on each of the first three days"),
    "1.8": ("rule", "阳性立即转送", "a positive is transferred at once"),
    "1.9": ("rule", "中风险地区居家 14 天", "14 days at home after a medium-risk area"),
    "1.10": ("rule", "症状未排除不计天数", "days with symptoms not cleared do not count"),
    "2.1": ("checklist", "入场必须查验", "everyone is checked at the entrance"),
    "2.2": ("workflow", "消毒后方可复业", "a place opens only when disinfected"),
    "2.3": ("information", "查验率 100%", "all entries are checked"),
    "3.1": ("principle", "依法防控", "control follows the law"),
    "3.2": ("task", "储备物资", "stocks are kept"),
}
PARAMETERS = {
    "central_days": Parameter(
        "central_days", Words("集中隔离天数", "days of central isolation"), "d", "1.2", ((date(2020, 5, 21), 14),)
    ),
    "tests": Parameter("tests", Words("核酸次数", "number of tests"), "count", "1.6", ((date(2020, 5, 21), 2),)),
    "gap": Parameter(
        "gap",
        Words("两次采样间隔", "time between samples"),
        "h",
        "1.6",
        ((date(2020, 5, 21), 24), (date(2020, 6, 1), 48)),
        from_text=False,
        why="按省里做法 / as the province does it",
    ),
}
Given = tuple[Mapping[str, Any], ...]


def at(text: str) -> int:
    """An instant in the plan's local time."""
    return parse_instant(text, ZONE)


def case(id: str, clauses: tuple[str, ...], *steps: tuple[Given, str, Mapping[str, Any]]) -> Case:
    """A case of one or more (given, as of, expect)."""
    made = tuple(Step(g, at(t), e, f"cases/sample.yaml:{10 * i}") for i, (g, t, e) in enumerate(steps, 1))
    return Case(id, clauses, made, "cases/sample.yaml:1")


def arrival(person: str, when: str, level: str = "high") -> Mapping[str, Any]:
    """Somebody comes from an area with a risk level."""
    return {"arrival": {"person": person, "at": when, "level": level}}


def sample(person: str, when: str, known: str | None = None, result: str = "negative") -> Mapping[str, Any]:
    """Somebody is tested; the result becomes known later, or is not out."""
    out = {} if known is None else {"resulted_at": known, "result": result}
    return {"test": {"person": person, "at": when, **out}}


ON_TIME: Given = (
    arrival("甲", "2020-05-25T14:00"),
    sample("甲", "2020-05-25T18:00", "2020-05-26T08:00"),
    sample("甲", "2020-06-10T09:00", "2020-06-10T20:00"),
)
PLAN = Plan(
    "sample",
    Words("示例方案", "sample plan"),
    date(2020, 5, 21),
    kinds=KINDS,
    selections=SELECTIONS,
    measures=(ARRIVAL, MEDIUM, ENTRY, OPENING_GATE),
    indicators=INDICATORS,
    parameters=PARAMETERS,
    clauses={c: Clause(c, kind, Words(zh, en)) for c, (kind, zh, en) in GISTS.items()},
)


def with_cases(*cases: Case) -> Plan:
    """The sample plan with these worked examples."""
    return replace(PLAN, cases=cases)


def facts_of(*given: Mapping[str, Any], kinds: Mapping[str, Kind] = KINDS) -> Facts:
    """Facts as cases write them."""
    from lianfang.core.cases.given import Naming, facts_given

    facts, complaints = Facts.from_rows(kinds, list(facts_given(given, kinds, Naming())), ZONE)
    assert facts is not None, [c.show("en") for c in complaints]
    return facts


def evaluated(as_of: str, *given: Mapping[str, Any], plan: Plan = PLAN) -> Evaluation:
    """The sample plan over facts at an instant."""
    return evaluate(plan, facts_of(*given, kinds=plan.kinds), at(as_of))
