"""Damaged fact files, thousands of them: each must end in facts or in complaints, nothing else.

Run many: `python -m tests.reach.fact_fuzz 10000`.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lianfang.core.facts.facts import Facts
from lianfang.reach.fact_files import read_facts
from tests.core.facts.made_kinds import KINDS, ZONE

CSV = (
    "\ufeffid,person,sampled_at,出结果时间,result,laboratory,note,recorded_at,corrects\n"
    'a,甲,2020-05-25T14:00,2020-05-26 08:00,阴性,一号实验室,"无,备注",,\n'
    "b,乙,2020/5/25,,,,,2020-05-27,a\n"
    'c,"丙",2020年5月26日8时,2020-05-27,positive,,"两\n行",,\n'
).encode()
BYTES = (b"\0", b"\xff", b"\xb2\xe2", b'"', b",", b"\n", b"\r", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"A" * 300)
SLIPS = '" , １ - 2020-02-30 nan \u200b 测试 1e999 阴性 T25:00 Z =1+1 ２０２０ 𠮷 甲 a c,'
TEXTS = ("\n", "\r\n", "\r", " ", "\u2028", "\x1f", "9" * 30, *SLIPS.split())
VALUES: tuple[list[object], ...] = (
    ["a", "b", "c"],
    ["2020-05-25", "x", None],
    [1, 2, 3],
    [-1, 0, 1 << 62],
    [0.5, float("nan"), None],
    [True, None, False],
    [b"\xff", b"a", None],
    [None, None, None],
    [[1], [2], []],
    [{"a": 1}, None, {"a": 2}],
    ["a", "a", ""],
    ["\n", "x" * 999, "c"],
)
COLUMNS = (
    "id",
    "person",
    "人员",
    "at",
    "temperature",
    "symptoms",
    "recorded_at",
    "corrects",
    "said_by",
    "temprature",
    "",
)


def parquet_table() -> pa.Table:
    """A small table with every type a fact can have."""
    return pa.table(
        {
            "id": ["a", "b", "c"],
            "person": ["甲", "乙", "丙"],
            "at": pa.array([1_590_000_000, 1_590_100_000, 1_590_200_000]),
            "temperature": [36.5, 37.2, None],
            "symptoms": [False, True, None],
        }
    )


def parquet_bytes(table: pa.Table) -> bytes:
    """The table as a Parquet file."""
    out = io.BytesIO()
    pq.write_table(table, out, compression="snappy")
    return out.getvalue()


def altered(table: pa.Table, rng: random.Random) -> pa.Table:
    """The same table with a column taken out, or one or two filled with something else."""
    for _ in range(rng.randint(1, 2)):
        name = rng.choice(COLUMNS)
        if name in table.column_names:
            table = table.drop_columns([name])
        if rng.random() < 0.8:
            table = table.append_column(name, pa.array(rng.choice(VALUES)))
    return table


def miswritten(text: str, rng: random.Random) -> str:
    """The same text with one to three slips of the pen."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(text) + 1)
        gone = rng.choice((0, 0, 1, 1, 5, 30))
        text = text[:at] + (rng.choice(TEXTS) if rng.random() < 0.7 else "") + text[at + gone :]
    return text


def mutated(raw: bytes, rng: random.Random) -> bytes:
    """The same bytes with one to four small injuries."""
    damaged = bytearray(raw)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(damaged) + 1)
        kind = rng.randrange(6)
        if kind == 0 and at < len(damaged):
            damaged[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del damaged[at : at + rng.randint(1, 40)]
        elif kind == 2:
            damaged[at:at] = rng.choice(BYTES)
        elif kind == 3:
            damaged[at:at] = damaged[at : at + rng.randint(1, 60)]
        elif kind == 4:
            damaged = damaged[:at]
        else:
            damaged[at : at + 4] = rng.randbytes(4)
    return bytes(damaged)


def damaged_file(rng: random.Random) -> tuple[str, bytes]:
    """The name and the bytes of one damaged file."""
    way = rng.randrange(4)
    if way == 0:
        return "test.csv", mutated(CSV, rng)
    if way == 1:
        return "test.csv", miswritten(CSV.decode(), rng).encode("utf-8", "surrogatepass")
    table = parquet_table()
    if way == 2:
        return "health_check.parquet", mutated(parquet_bytes(table), rng)
    return "health_check.parquet", parquet_bytes(altered(table, rng))


def one(folder: Path, seed: int) -> str:
    """Damage one file, read the folder: "facts" or the id of the first complaint. Anything else raises."""
    name, content = damaged_file(random.Random(seed))
    path = folder / name
    path.write_bytes(content)
    facts, complaints = read_facts(folder, KINDS, ZONE)
    path.unlink()
    if isinstance(facts, Facts) and not complaints:
        _use(facts)
        return "facts"
    assert facts is None, seed
    for complaint in complaints:
        assert complaint.file == path.name, (seed, complaint)
        assert complaint.show("zh")
        assert complaint.show("en")
    return complaints[0].id


def _use(facts: Facts) -> None:
    """What was accepted can be read to the last value."""
    known = facts.known()
    for kind, table in known.tables.items():
        assert table.to_pylist() is not None
        subjects = known.column(kind, KINDS[kind].subject).to_pylist()
        assert all(known.name("person", code) is not None for code in subjects)


def fuzz(count: int, seed: int = 0) -> Counter[str]:
    """How `count` damaged files ended: facts, or which complaint came first."""
    with tempfile.TemporaryDirectory() as folder:
        return Counter(one(Path(folder), seed + number) for number in range(count))


if __name__ == "__main__":
    for ended, times in fuzz(int(sys.argv[1]) if len(sys.argv) > 1 else 1000).most_common():
        print(f"{times:7d}  {ended}")
