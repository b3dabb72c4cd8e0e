"""Make the made-up district: people, places, the course of an outbreak, what was done, and accounts of every role."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np
from django.db import transaction

from lianfang.acts.check_night import count_figures, everything
from lianfang.acts.evaluate_subjects import evaluate_subjects
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.plan_store import texts_of_pack
from lianfang.acts.settle_units import settle_units
from lianfang.core.demo.cast import CAST, CITIZEN, NEIGHBOUR, Role
from lianfang.core.demo.course import Setting, make_course, size_for
from lianfang.core.demo.follow import Habits, follow, tables_of
from lianfang.core.demo.places import make_places, make_stocks
from lianfang.core.demo.residents import Cell, Resident, make_residents
from lianfang.core.demo.shapes import shapes
from lianfang.core.demo.told import Told
from lianfang.core.facts.vocabulary import ColumnType
from lianfang.core.language.plan import Plan
from lianfang.ledger import facts as ledger_facts
from lianfang.ledger.fact_copy import append_tables
from lianfang.ledger.facts import NewFact
from lianfang.ledger.models import Account, Holding, Loop, Placement, PlanVersion, Room, Unit

SITE_KINDS = {"cold_store": "cold_chain", "port": "port", "market": "market", "isolation_site": "isolation_site"}
ROOMS = 640
AT_ONCE = 4_000
PERSON = "person"
SAID_BY = "演示@headquarters"
TOWN = "town"


@dataclass(frozen=True, slots=True)
class Size:
    """How large the district is, and the seed that makes it the same every time."""

    residents: int = 60_000
    managed: int = 3_000
    seed: int = 20


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account with the password made for it, and who you are with it."""

    account: str
    password: str
    title: str
    post: str
    zh: str
    en: str


def make_demo(size: Size, *, now: datetime, tell: Callable[[str], None]) -> list[SignIn]:
    """Fill an empty ledger with the made-up district as it stands at `now`; gives the accounts.

    `tell` hears what is being done. All of it happens in one transaction: killed half-way, nothing is there.
    """
    with transaction.atomic():
        tell("方案与单位 / plan and units")
        force = _put_in_force(now)
        settle_units(now=now)
        _outline(force.plan)
        tell("居民 / residents")
        people = _residents(force.plan, size, now)
        _add(force, _registrations(people, now), now)
        tell("疫情与处置 / outbreak and response")
        told = _told(force.plan, people, size, now)
        rooms = _make_rooms()
        told = [*_with_rooms(told, rooms)]
        _add(force, (fact for fact in told if _registers(force.plan, fact)), now)
        rest = [fact for fact in told if not _registers(force.plan, fact)]
        append_tables(tables_of(force.plan, rest), plan=force.plan, said_by=SAID_BY, now=now, named=force.named)
        tell("推算应办 / evaluation")
        evaluate_subjects({(force.plan.kinds[fact.kind].subject, fact.subject) for fact in told}, now=now)
        _place(told, rooms, now)
        tell("指标 / figures")
        count_figures(force, everything(force, now), now)
        tell("账号 / accounts")
        return _accounts(now)


def is_filled() -> bool:
    """Whether the ledger holds a district already."""
    return Account.objects.exists()


def _put_in_force(now: datetime) -> InForce:
    force = in_force(now)
    since = now - timedelta(days=30)
    PlanVersion.objects.create(
        plan=force.plan.id,
        digest=force.digest,
        name=force.plan.words.zh,
        texts=texts_of_pack(force.plan.id),
        proposed_by="bangong",
        proposed_at=since,
        confirmed_by="bangong2",
        in_force_from=since,
    )
    return in_force(now)


def _outline(plan: Plan) -> None:
    """Outlines of the towns for the map."""
    towns = [unit.id for unit in plan.organisation.units.values() if unit.kind == TOWN]
    for unit, shape in shapes(towns).items():
        Unit.objects.filter(id=unit).update(shape=shape)


def _cells(plan: Plan) -> list[Cell]:
    units = plan.organisation.units
    own = [unit for unit in units.values() if unit.kind == "cell" and unit.parent in units]
    return [Cell(unit.id, str(unit.parent), units[str(unit.parent)].words.zh) for unit in own]


def _residents(plan: Plan, size: Size, now: datetime) -> list[Resident]:
    return make_residents(np.random.default_rng(size.seed), size.residents, _cells(plan), now.year)


def _registrations(people: Iterable[Resident], now: datetime) -> Iterator[Told]:
    at = int((now - timedelta(days=60)).timestamp())
    for one in people:
        values = {
            "name": one.name,
            "id_type": "id_card",
            "id_number": one.number,
            "phone": one.phone,
            "sex": one.sex,
            "born_on": one.born,
            "age": one.age,
            "address": one.address,
            "community": one.cell,
            "residence": one.village,
            "household": one.household,
        }
        yield Told("person", one.id, at, values)


def _told(plan: Plan, people: Sequence[Resident], size: Size, now: datetime) -> list[Told]:
    """What happened and what was done about it, up to now."""
    rng = np.random.default_rng([size.seed, 1])
    units = list(plan.organisation.units.values())
    sites = [(unit.id, SITE_KINDS[unit.kind]) for unit in units if unit.kind in SITE_KINDS]
    order = [people[i] for i in rng.permutation(len(people))]
    end = int(now.timestamp())
    setting = Setting(order, end, plan.zone, [cell.village for cell in _cells(plan)], sites)
    told = [*make_course(rng, setting, size_for(size.managed)), *make_places(rng, units, end)]
    told += [*make_stocks(rng, units, end), *_units(plan, end)]
    named = {fact.subject for fact in told}
    known = list(_registrations((one for one in people if one.id in named), now))
    return [fact for fact in follow(plan, [*known, *told], end, Habits()) if fact.kind != PERSON]


def _units(plan: Plan, end: int) -> Iterator[Told]:
    for unit in plan.organisation.units.values():
        yield Told("unit", unit.id, end - 40 * 86_400, {"name": unit.words.zh})


def _add(force: InForce, told: Iterable[Told], now: datetime) -> None:
    """Into the ledger, some thousands at a time; what belongs to no unit belongs to the district as a whole."""
    made = (_new(force.plan, fact) for fact in told)
    root = str(Unit.objects.order_by("path").values_list("id", flat=True).first())
    while part := list(islice(made, AT_ONCE)):
        ledger_facts.append(part, plan=force.plan, said_by=SAID_BY, now=now, named=force.named, home=root)


def _registers(plan: Plan, fact: Told) -> bool:
    """Whether a fact takes its subject into a register, which says where it belongs."""
    return fact.kind == plan.kinds[fact.kind].subject


def _new(plan: Plan, fact: Told) -> NewFact:
    kind = plan.kinds[fact.kind]
    times = {column.name for column in kind.columns.values() if column.type == ColumnType.TIME}
    values = {
        name: _instant(value) if name in times and isinstance(value, int) else value
        for name, value in fact.values.items()
    }
    at, recorded = _instant(fact.at), _instant(fact.known)
    unit = str(fact.values.get("operator") or fact.values.get("owner") or "") if fact.kind == kind.subject else ""
    return NewFact(fact.kind, kind.subject, fact.subject, at, values, unit=unit, recorded_at=recorded)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _make_rooms() -> list[Room]:
    sites = list(Unit.objects.filter(kind="isolation_site").order_by("id"))
    made = [
        Room(unit=site, name=f"{number // 40 + 1}{number % 40 + 1:02d}") for site in sites for number in range(ROOMS)
    ]
    return list(Room.objects.bulk_create(made, batch_size=2_000))


def _with_rooms(told: Iterable[Told], rooms: Sequence[Room]) -> Iterator[Told]:
    """Everybody who was brought to an isolation site, with site and room."""
    free = iter(rooms)
    for fact in told:
        room = next(free, None) if _into_site(fact) else None
        if room is None:
            yield fact
        else:
            yield replace(fact, values={**fact.values, "place": f"L-{room.unit_id}", "room": room.name})


def _into_site(fact: Told) -> bool:
    return fact.kind == "placement" and fact.values.get("place_kind") == "isolation_site"


def _place(told: Iterable[Told], rooms: Sequence[Room], now: datetime) -> None:
    """Those who are in a central stage now are in the room their last placement names."""
    by_name = {(f"L-{room.unit_id}", room.name): room for room in rooms}
    inside = set(Loop.objects.filter(ended=None, stage__startswith="central").values_list("subject", flat=True))
    last: dict[str, Told] = {}
    for fact in told:
        if _into_site(fact) and fact.subject in inside:
            last[fact.subject] = fact
    made = []
    for person, fact in last.items():
        room = by_name.get((str(fact.values.get("place")), str(fact.values.get("room"))))
        if room is not None:
            made.append(Placement(person=person, room=room, single=True, during=(_instant(fact.at), None), fact=""))
    Placement.objects.bulk_create(made, batch_size=2_000)


def _accounts(now: datetime) -> list[SignIn]:
    Unit.objects.get_or_create(id="neighbour", defaults={"name": "邻区", "kind": "district", "path": "neighbour/"})
    signed = [_account(role, now) for role in (*CAST, NEIGHBOUR)]
    return [*signed, _citizen(now)]


def _account(role: Role, now: datetime) -> SignIn:
    password = _password()
    account = Account.objects.create_user(username=role.account, password=password, title=role.title)
    Holding.objects.create(
        account=account,
        post=role.post,
        unit_id=role.unit,
        duties=[duty.value for duty in role.duties],
        since=now - timedelta(days=60),
        deputy=role.deputy,
    )
    return SignIn(role.account, password, role.title, role.post, role.zh, role.en)


def _citizen(now: datetime) -> SignIn:
    """A resident who is being managed signs in to see her own file."""
    loop = Loop.objects.filter(subject_kind="person", ended=None, opened__lt=now).order_by("-opened").first()
    person = "" if loop is None else loop.subject
    password = _password()
    Account.objects.create_user(username=CITIZEN, password=password, title="居民", person=person)
    zh, en = "你是一位在管居民，只看得到自己的事。", "You are a resident under management and see your own matters."
    return SignIn(CITIZEN, password, "居民", "居民", zh, en)


def _password() -> str:
    """Easy to type on a phone; made anew each time, so that no password is in the program."""
    return f"{secrets.choice('kmnpqrstuvwxyz')}{secrets.randbelow(10**5):05d}-{secrets.randbelow(10**4):04d}"
