"""The journal: who did or looked at what, each line bound to the one before, so that no line changes unnoticed.

The digest of a line is SHA-256 over the digest of the line before (32 bytes) and the line's canonical form: JSON in
UTF-8 with sorted names, no blanks, nothing escaped that need not be; `at` in UTC with microseconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db import connection, transaction

from lianfang.core.access.actor import Actor
from lianfang.ledger.models.journal import JournalEntry, JournalHead

START = bytes(32)
"""What the first line is bound to."""
LOCK = 0x6C69616E
"""The advisory lock of the chain: lines are written one after the other."""
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is bound."""

    no: int
    at: datetime
    account: str
    post: str
    unit: str
    act: str
    about: str
    reason: str
    details: Mapping[str, object]

    def canonical(self) -> bytes:
        """The bytes that are bound; two lines that differ anywhere differ here."""
        named = {name: getattr(self, name) for name in NAMES}
        named["at"] = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def digest(self, before: bytes) -> bytes:
        """The line bound to the one before it."""
        return sha256(before + self.canonical()).digest()


NAMES = ("no", "at", "account", "post", "unit", "act", "about", "reason", "details")


@dataclass(frozen=True, slots=True)
class Head:
    """The last line at some moment, kept elsewhere (a backup, a printed page): it must still be there later."""

    no: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first line at which the journal is not what was written, and what is wrong with it."""

    no: int
    zh: str
    en: str


def write(
    actor: Actor,
    act: str,
    about: str,
    *,
    now: datetime,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> int:
    """Write down an act; gives the number of the line. It belongs to the transaction of the act and comes last in it.

    Lines wait for each other until their transactions end, so nothing slow may follow in the same transaction.
    """
    account, post, unit = _printable(actor.account), _printable(actor.post), _printable(actor.unit)
    with transaction.atomic():
        before = _locked_head()
        line = Line(
            before.no + 1, now, account, post, unit, act, _printable(about), _printable(reason), _plain(details)
        )
        _add(line, before.digest)
    return line.no


def view(actor: Actor, about: str, *, now: datetime, act: str = "see_subject", reason: str = "") -> int:
    """Write down that somebody looked at a record (`about`: `person:P-000123`), whatever becomes of the page."""
    return write(actor, act, about, now=now, reason=reason)


def head() -> Head:
    """The last line as it stands: print it, or keep it with a backup, and `verify` proves that nothing was cut off."""
    kept = JournalHead.objects.first()
    return Head(kept.no, bytes(kept.digest)) if kept else Head(0, START)


def verify(start: int = 0, heads: Sequence[Head] = ()) -> Break | None:
    """Read the journal from line `start` to its end; the first line that is not as it was written, or None.

    Found out: any changed field, a line deleted, added or moved, the end cut off (against the head kept apart, and
    against the earlier `heads` that are handed in). It holds one batch at a time; lines may be added meanwhile.
    """
    last = head()
    kept = {each.no: each.digest for each in heads}
    chain = _Chain(max(start - 1, 0), START)
    if start > 1:
        first = JournalEntry.objects.filter(no=start - 1).values_list("digest", flat=True).first()
        if first is None:
            return _missing(start - 1)
        chain = _Chain(start - 1, bytes(first))
    for entry in _entries(chain.no, last.no):
        broken = chain.follow(entry, kept)
        if broken:
            return broken
    return _at_the_end(chain, last, heads)


def lines(after: int = 0, about: str = "") -> Iterator[Line]:
    """The lines after number `after`, in order, for an export; `about` only those about one record."""
    return (_line(entry) for entry in _entries(after, head().no, about))


@dataclass(slots=True)
class _Chain:
    """How far the journal has been followed."""

    no: int
    digest: bytes

    def follow(self, entry: JournalEntry, kept: Mapping[int, bytes]) -> Break | None:
        """Go on to the next line, or say why it is not the next line."""
        if entry.no != self.no + 1:
            return _missing(self.no + 1)
        line = _line(entry)
        stored = bytes(entry.digest)
        if bytes(entry.before) != self.digest or line.digest(self.digest) != stored:
            return Break(
                line.no,
                f"第 {line.no} 行与记下时不同，或它前面的一行被换过",
                f"line {line.no} is not what was written, or the line before it was exchanged",
            )
        if kept.get(line.no, stored) != stored:
            return Break(
                line.no,
                f"第 {line.no} 行与另外保存的末行凭证不同：日志从头重写过",
                f"line {line.no} differs from the head that was kept elsewhere: the journal was written anew",
            )
        self.no, self.digest = line.no, stored
        return None


def _entries(after: int, until: int, about: str = "") -> Iterator[JournalEntry]:
    """Lines in order, a batch at a time."""
    chosen = JournalEntry.objects.filter(no__lte=until).order_by("no")
    chosen = chosen.filter(about=about) if about else chosen
    while batch := list(chosen.filter(no__gt=after)[:BATCH]):
        yield from batch
        after = batch[-1].no


def _line(entry: JournalEntry) -> Line:
    return Line(**{name: getattr(entry, name) for name in NAMES})


def _missing(no: int) -> Break:
    return Break(no, f"第 {no} 行不见了", f"line {no} is missing")


def _at_the_end(chain: _Chain, last: Head, heads: Sequence[Head]) -> Break | None:
    latest = max([last, *heads], key=lambda each: each.no)
    if chain.no < latest.no:
        return _missing(chain.no + 1)
    if chain.no == last.no and chain.digest != last.digest:
        return Break(
            last.no, f"第 {last.no} 行与末行记录不同", f"line {last.no} differs from the record of the last line"
        )
    with connection.cursor() as cursor:  # one statement, so that a line just being added is not taken for a false one
        cursor.execute("SELECT min(no) FROM journal WHERE no > coalesce((SELECT no FROM journal_head), 0)")
        beyond = cursor.fetchone()
    if beyond and beyond[0] is not None:
        no = int(beyond[0])
        return Break(no, f"第 {no} 行不是由本系统记下的", f"line {no} was not written by this system")
    return None


def _locked_head() -> Head:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return head()


def _add(line: Line, before: bytes) -> None:
    digest = line.digest(before)
    fields = {name: getattr(line, name) for name in NAMES}
    JournalEntry.objects.bulk_create([JournalEntry(**fields, before=before, digest=digest)])
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO journal_head ("only", no, digest, at) VALUES (true, %s, %s, %s)'
            ' ON CONFLICT ("only") DO UPDATE SET no = excluded.no, digest = excluded.digest, at = excluded.at',
            [line.no, digest, line.at],
        )


def _plain(value: Mapping[str, object] | None) -> dict[str, object]:
    """Details as they come back from the database: texts, whole numbers, yes and no, lists and names to these."""
    return {_printable(str(name)): _plain_value(part) for name, part in (value or {}).items()}


def _plain_value(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        parts = [_plain_value(part) for part in value]
        return sorted(parts, key=str) if isinstance(value, set | frozenset) else parts
    return _printable(str(value))


def _printable(text: str) -> str:
    """What the database can hold: no NUL, no half characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
