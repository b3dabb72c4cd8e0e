"""Whom a row speaks of: by its id, its document number, name and telephone, or its name alone; in that order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianfang.core.identity.names import normalise_name
from lianfang.core.intake.known import Candidate, Known, Value
from lianfang.core.intake.outcome import Choice, Problem
from lianfang.core.intake.reading import Reading

TELLING = ("born_on", "sex", "address", "household")
"""What tells two people of the same name apart where neither number nor telephone is given."""


@dataclass(frozen=True, slots=True)
class Found:
    """The one candidate a row speaks of; or none; or a problem with the candidates to choose from."""

    candidate: Candidate | None = None
    problem: Problem | None = None
    others: tuple[Candidate, ...] = ()
    may_be_new: bool = False
    refused: bool = False


def find_who(read: Reading, index: int, known: Known) -> Found:
    """The candidate a row speaks of. Several candidates, or one of another name, are a conflict to be decided."""
    subject = read.word(read.setting.kind.subject, index)
    if subject:
        return _by_id(read, index, subject, known)
    if read.setting.register is None:
        return Found(problem=_nobody(read, index), refused=True)
    number, name, phone = (read.word(column, index) for column in ("id_number", "name", "phone"))
    if number and known.numbers.get(number):
        return _by_number(read, index, known.numbers[number], name)
    if phone and name:
        return _by_phone(read, index, known.phones.get(phone, ()), number, name)
    if not name:
        return Found(problem=_nobody(read, index), refused=True)
    return Found() if number else _by_name(read, index, known.names.get(name, ()))


def _by_id(read: Reading, index: int, subject: str, known: Known) -> Found:
    candidates = known.subjects.get(subject, ())
    if len(candidates) > 1:
        return Found(problem=_several(read, index, read.setting.kind.subject), others=candidates)
    if candidates:
        return Found(candidates[0])
    if read.setting.register is not None and not read.word("name", index):
        return Found(problem=_unknown_id(read, index), refused=True)
    return Found()


def _by_number(read: Reading, index: int, candidates: tuple[Candidate, ...], name: str) -> Found:
    if len(candidates) > 1:
        same = tuple(one for one in candidates if name and normalise_name(one.name) == name)
        if len(same) == 1:
            return Found(same[0])
        return Found(problem=_several(read, index, "id_number"), others=candidates)
    one = candidates[0]
    if name and one.name and normalise_name(one.name) != name:
        return Found(one, _other_name(read, index, one))
    return Found(one)


def _by_phone(read: Reading, index: int, candidates: tuple[Candidate, ...], number: str, name: str) -> Found:
    """Families share a telephone: only the same name counts, and a different document number speaks against it."""
    same = tuple(one for one in candidates if normalise_name(one.name) == name)
    if not same:
        return Found()
    if len(same) > 1:
        return Found(problem=_several(read, index, "phone"), others=same, may_be_new=True)
    if number and same[0].number and same[0].number != number:
        return Found(problem=_other_number(read, index, same[0]), others=same, may_be_new=True)
    return Found(same[0])


def _by_name(read: Reading, index: int, candidates: tuple[Candidate, ...]) -> Found:
    """A name alone tells nobody: it is the record that holds just as little, or it has to be decided."""
    given = {name: value for name in TELLING if (value := read.value(name, index)) is not None}
    just_as_bare = [one for one in candidates if not (one.number or one.phone) and _telling(one) == given]
    if len(just_as_bare) == 1:
        return Found(just_as_bare[0])
    if not candidates:
        return Found()
    return Found(problem=_several(read, index, "name"), others=candidates, may_be_new=True)


def _telling(one: Candidate) -> Mapping[str, Value]:
    held = one.facts[-1].values if one.facts else {}
    return {name: held[name] for name in TELLING if name in held}


def choices_among(candidates: tuple[Candidate, ...], may_be_new: bool) -> tuple[Choice, ...]:
    """The candidates as choices, and a new person where that is possible."""
    known = tuple(
        Choice(f"subject:{one.subject}", f"是 {one.subject}", f"it is {one.subject}", one.subject) for one in candidates
    )
    return (*known, Choice("new", "是新的人", "it is somebody new")) if may_be_new else known


def _nobody(read: Reading, index: int) -> Problem:
    cell = f"{read.sheet.rows[index]}"
    zh = "看不出是谁：编号、证件号码、姓名都没有；请至少填姓名"
    en = "it does not say who it is about: no id, document number or name; do: give at least the name"
    return Problem("intake:nobody", cell, read.setting.kind.subject, zh, en)


def _unknown_id(read: Reading, index: int) -> Problem:
    subject = read.setting.kind.subject
    zh, en = (
        "库中没有这个编号；请核对，或填姓名和证件号码",
        "no such id; do: check it, or give name and document number",
    )
    return Problem("intake:unknown-id", read.address(subject, index), subject, zh, en, read.word(subject, index))


def _several(read: Reading, index: int, column: str) -> Problem:
    zh, en = "库中有可能是同一个的对象，拿不准；请选一个", "it may be somebody known, but that is not sure; do: choose"
    return Problem("intake:several", read.address(column, index), column, zh, en, read.word(column, index))


def _other_name(read: Reading, index: int, one: Candidate) -> Problem:
    zh, en = "同一证件在库中是另一个姓名", "the same document number is known under another name"
    return Problem("intake:other-name", read.address("name", index), "name", zh, en, read.word("name", index), one.name)


def _other_number(read: Reading, index: int, one: Candidate) -> Problem:
    zh, en = (
        "姓名和电话与库中一人相同，证件号码不同",
        "name and telephone are those of a known person, the number is not",
    )
    found = read.word("id_number", index)
    return Problem("intake:other-number", read.address("id_number", index), "id_number", zh, en, found, one.number)
