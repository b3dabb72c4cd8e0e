"""What facts are about: every subject has a row with its unit and place in the tree; persons are in the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import connection

from lianfang.core.identity.masking import mask_address, mask_number, mask_phone
from lianfang.core.identity.numbers import normalise_number
from lianfang.core.identity.phones import normalise_phone
from lianfang.core.identity.sound import sound_of
from lianfang.ledger.sealed import lookup_key, seal

Key = tuple[str, str]
"""Kind and id of a subject."""

PERSON, AREA = "person", "area"
SUPERVISED = "supervisor"
HOMES = ("community", "area", "parent")
"""Columns of a registration that may name the unit a subject belongs to, the nearest first."""
CALLED = ("name", "product", "title")
COVERED = "***"


@dataclass(frozen=True, slots=True)
class Belonging:
    """What is said about where a subject belongs; empty = nothing is said, and what is known stays.

    `homes` are candidates for its unit: the first that is a unit of the organisation, or an area with a unit, counts.
    `home` is the unit of whoever speaks about it first, and counts only for a subject that is new.
    """

    kind: str
    subject: str
    name: str = ""
    homes: tuple[str, ...] = ()
    supervisor: str = ""
    spot: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a registration says about a person; empty = not said."""

    person: str
    at: datetime
    texts: dict[str, str] = field(default_factory=dict)
    born_on: date | None = None


# A home is a unit of the organisation, or an area that is itself at home somewhere. A subject without any belongs to
# the district as a whole: its headquarters, if there is one.
_HOME = """
LEFT JOIN LATERAL (
    SELECT coalesce(unit.id, a.unit) AS id, coalesce(unit.path, a.path) AS path
    FROM unnest({candidates}) WITH ORDINALITY AS h(id, place)
    LEFT JOIN unit ON unit.id = h.id
    LEFT JOIN subject a ON a.kind = 'area' AND a.subject = h.id AND a.path <> ''
    WHERE unit.id IS NOT NULL OR a.path IS NOT NULL
    ORDER BY h.place LIMIT 1
) AS u ON true
"""

_KNOW = f"""
INSERT INTO subject (kind, subject, name, unit, path, supervisor, spot, stale)
SELECT g.kind, g.subject, g.name, coalesce(u.id, root.id, ''), coalesce(u.path, root.path, ''), g.supervisor, g.spot,
       false
FROM unnest(%(kind)s::text[], %(subject)s::text[], %(name)s::text[], %(homes)s::text[], %(supervisor)s::text[],
            %(spot)s::text[], %(home)s::text[]) AS g(kind, subject, name, homes, supervisor, spot, home)
{
    _HOME.format(
        candidates='''string_to_array(g.homes, ',')
        || CASE WHEN g.kind IN ('unit', 'area') THEN ARRAY[g.subject] END || ARRAY[g.home]'''
    )
}
LEFT JOIN (
    SELECT min(id) AS id, min(path) AS path FROM unit WHERE kind = 'headquarters' AND parent = '' HAVING count(*) = 1
) AS root ON true
ORDER BY g.kind, g.subject
ON CONFLICT (kind, subject) DO NOTHING
"""  # noqa: S608  put together from our own words

_SAY = f"""
UPDATE subject s
SET name = coalesce(nullif(g.name, ''), s.name), unit = coalesce(g.unit, s.unit), path = coalesce(g.path, s.path),
    supervisor = coalesce(nullif(g.supervisor, ''), s.supervisor), spot = coalesce(nullif(g.spot, ''), s.spot)
FROM (
    SELECT g.kind, g.subject, g.name, g.supervisor, g.spot, u.id AS unit, u.path
    FROM unnest(%(kind)s::text[], %(subject)s::text[], %(name)s::text[], %(homes)s::text[], %(supervisor)s::text[],
                %(spot)s::text[]) AS g(kind, subject, name, homes, supervisor, spot)
    {_HOME.format(candidates="string_to_array(g.homes, ',')")}
) AS g
WHERE s.kind = g.kind AND s.subject = g.subject
  AND (s.name, s.unit, s.path, s.supervisor, s.spot) IS DISTINCT FROM
      (coalesce(nullif(g.name, ''), s.name), coalesce(g.unit, s.unit), coalesce(g.path, s.path),
       coalesce(nullif(g.supervisor, ''), s.supervisor), coalesce(nullif(g.spot, ''), s.spot))
"""  # noqa: S608  put together from our own words


def know(subjects: Iterable[Belonging]) -> None:
    """See to it that every subject has a row; what is newly said about one that has a row is taken over.

    The order is always the same, so that two who speak about the same subjects never wait for each other in a circle.
    """
    every = _merged(subjects)
    for areas in (True, False):  # areas first: places may be at home in them
        some = [each for each in every if (each.kind == AREA) is areas]
        said = [each for each in some if each.name or each.homes or each.supervisor or each.spot]
        with connection.cursor() as cursor:
            if some:
                cursor.execute(_KNOW, _columns(some))
            if said:
                cursor.execute(_SAY, _columns(said))


def _merged(subjects: Iterable[Belonging]) -> list[Belonging]:
    """One for each subject; of several that say something the later counts."""
    found: dict[tuple[str, str], Belonging] = {}
    for each in subjects:
        key = (each.kind, each.subject)
        before = found.get(key)
        found[key] = each if before is None else _later(before, each)
    return [found[key] for key in sorted(found)]


def _later(before: Belonging, after: Belonging) -> Belonging:
    return replace(
        after,
        name=after.name or before.name,
        homes=after.homes or before.homes,
        supervisor=after.supervisor or before.supervisor,
        spot=after.spot or before.spot,
        home=before.home or after.home,
    )


def _columns(every: Sequence[Belonging]) -> dict[str, list[str]]:
    columns = {name: [getattr(each, name) for each in every] for name in ("kind", "subject", "supervisor", "home")}
    columns["name"] = [each.name[:200] for each in every]
    columns["spot"] = [each.spot[:200] for each in every]
    columns["homes"] = [",".join(each.homes) for each in every]
    return columns


_REGISTER = """
INSERT INTO person (id, name, sound, sex, born_on, number_kind, number_sealed, number_key, number_masked,
                    phone_sealed, phone_key, phone_masked, address_sealed, household, unit, path, merged_into,
                    registered_at)
SELECT g.id, g.name, g.sound, g.sex, g.born_on, g.number_kind, g.number_sealed, g.number_key, g.number_masked,
       g.phone_sealed, g.phone_key, g.phone_masked, g.address_sealed, g.household, s.unit, s.path, '', g.at
FROM unnest(%(id)s::text[], %(name)s::text[], %(sound)s::text[], %(sex)s::text[], %(born_on)s::date[],
            %(number_kind)s::text[], %(number_sealed)s::bytea[], %(number_key)s::bytea[], %(number_masked)s::text[],
            %(phone_sealed)s::bytea[], %(phone_key)s::bytea[], %(phone_masked)s::text[], %(address_sealed)s::bytea[],
            %(household)s::text[], %(at)s::timestamptz[])
     AS g(id, name, sound, sex, born_on, number_kind, number_sealed, number_key, number_masked, phone_sealed,
          phone_key, phone_masked, address_sealed, household, at)
JOIN subject s ON s.kind = 'person' AND s.subject = g.id
ORDER BY g.id
ON CONFLICT (id) DO UPDATE SET
    name = coalesce(nullif(excluded.name, ''), person.name), sound = coalesce(nullif(excluded.sound, ''), person.sound),
    sex = coalesce(nullif(excluded.sex, ''), person.sex), born_on = coalesce(excluded.born_on, person.born_on),
    number_kind = coalesce(nullif(excluded.number_kind, ''), person.number_kind),
    number_sealed = coalesce(excluded.number_sealed, person.number_sealed),
    number_key = coalesce(excluded.number_key, person.number_key),
    number_masked = coalesce(nullif(excluded.number_masked, ''), person.number_masked),
    phone_sealed = coalesce(excluded.phone_sealed, person.phone_sealed),
    phone_key = coalesce(excluded.phone_key, person.phone_key),
    phone_masked = coalesce(nullif(excluded.phone_masked, ''), person.phone_masked),
    address_sealed = coalesce(excluded.address_sealed, person.address_sealed),
    household = coalesce(nullif(excluded.household, ''), person.household), unit = excluded.unit, path = excluded.path
"""


def register(persons: Iterable[Registration]) -> None:
    """Take persons into the register, or take over what is newly said about them; `know` comes before.

    Numbers and phones are brought into their standard form, sealed, masked and indexed by a keyed digest.
    """
    latest: dict[str, Registration] = {}
    for each in persons:
        before = latest.get(each.person)
        texts = {**before.texts, **each.texts} if before else each.texts
        born = each.born_on or (before.born_on if before else None)
        latest[each.person] = Registration(each.person, before.at if before else each.at, texts, born)
    if latest:
        rows = [_row(latest[person]) for person in sorted(latest)]
        with connection.cursor() as cursor:
            cursor.execute(_REGISTER, {name: [row[name] for row in rows] for name in rows[0]})


def _row(given: Registration) -> dict[str, object]:
    texts = given.texts
    name = texts.get("name", "")[:120]
    number = normalise_number(texts["id_number"]) if texts.get("id_number") else ""
    phone = normalise_phone(texts["phone"]) if texts.get("phone") else ""
    address = texts.get("address", "")
    return {
        "id": given.person,
        "at": given.at,
        "name": name,
        "sound": sound_of(name).text[:200] if name else "",
        "sex": texts.get("sex", ""),
        "born_on": given.born_on,
        "number_kind": texts.get("id_type", ""),
        "number_sealed": seal(number) if number else None,
        "number_key": lookup_key(number) if number else None,
        "number_masked": mask_number(number)[:40],
        "phone_sealed": seal(phone) if phone else None,
        "phone_key": lookup_key(phone) if phone else None,
        "phone_masked": mask_phone(phone)[:40],
        "address_sealed": seal(address) if address else None,
        "household": texts.get("household", "")[:80],
    }


def spot_of(address: str) -> str:
    """The building or street of an address, by which a list groups; nothing finer is kept in the open."""
    return mask_address(address).removesuffix(COVERED).strip()
