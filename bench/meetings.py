"""`python -m bench.meetings`: who met a thousand cases among fifty million check-ins, against DuckDB's SQL.

Visits last minutes to hours between 06:00 and midnight, of people drawn at random, at places of log-normal size.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lianfang.core.contacts.degrees import Met, Restriction, first_degree, second_degree
from lianfang.core.contacts.stays import Batch, Ints, Stays, arrange

DAYS, DAY, HOUR, LEAST = 14, 86_400, 3_600, 900

FIRST = """
CREATE OR REPLACE TEMP TABLE first AS
SELECT c.person, min(greatest(c.begin, i.begin)) AS since,
       max(least(c.until, i.until) - greatest(c.begin, i.begin)) AS longest, count(*) AS meetings
FROM visits c JOIN (SELECT * FROM visits SEMI JOIN cases USING (person)) i
  ON c.place = i.place AND c.begin <= i.until - {least} AND i.begin <= c.until - {least}
WHERE least(c.until, i.until) - greatest(c.begin, i.begin) >= {least} AND c.person NOT IN (FROM cases)
GROUP BY c.person"""
SECOND = """
CREATE OR REPLACE TEMP TABLE second AS
SELECT c.person, min(greatest(c.begin, i.begin)) AS since,
       max(least(c.until, i.until) - greatest(c.begin, i.begin)) AS longest, count(*) AS meetings
FROM visits c JOIN (SELECT v.* FROM visits v JOIN first USING (person) WHERE v.begin >= since) i
  ON c.place = i.place AND c.begin // 86400 = i.begin // 86400
 AND c.begin <= i.until - {least} AND i.begin <= c.until - {least}
WHERE least(c.until, i.until) - greatest(c.begin, i.begin) >= {least}
  AND c.person NOT IN (FROM cases) AND c.person NOT IN (SELECT person FROM first) AND c.person <> i.person
GROUP BY c.person"""


def write_visits(path: Path, rows: int, people: int, places: int, seed: int = 5) -> None:
    """Check-ins day by day, as such a store grows; nobody's visit goes past midnight."""
    rng = np.random.default_rng(seed)
    weight = np.cumsum(rng.lognormal(0, 0.8, places))
    names = ("person", "place", "begin", "until")
    with pq.ParquetWriter(path, pa.schema([(name, pa.int32()) for name in names]), compression="zstd") as writer:
        for day in range(DAYS):
            n = rows // DAYS
            begin = np.sort(day * DAY + 6 * HOUR + rng.beta(2, 2, n) * 16 * HOUR).astype(np.int32)
            until = np.minimum(begin + 300 + rng.gamma(1.5, 1800, n), (day + 1) * DAY - 1).astype(np.int32)
            place = np.searchsorted(weight, rng.random(n) * weight[-1]).astype(np.int32)
            person = rng.integers(0, people, n).astype(np.int32)
            writer.write_table(pa.table(dict(zip(names, (person, place, begin, until), strict=True))), 500_000)


def batches(path: Path) -> Iterator[Batch]:
    """The file, a row group at a time."""
    for part in pq.ParquetFile(path).iter_batches(500_000):
        yield Batch(*(part.column(name).to_numpy() for name in ("person", "place", "begin", "until")))


def cases_of(number: int, people: int) -> Ints:
    """So many cases, the same for both sides."""
    return np.unique((np.arange(number) * 997 + 13) % people)


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_gb() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def ours(stays: Stays, cases: Ints) -> tuple[Met, Met, list[float], list[float]]:
    """First and second degree with their times."""
    restriction = Restriction(LEAST)
    begin, until = np.zeros(len(cases), np.int64), np.full(len(cases), DAYS * DAY)
    first = first_degree(stays, cases, begin, until, restriction)
    second = second_degree(stays, cases, first, DAYS * DAY, restriction)
    one = [timed(lambda: first_degree(stays, cases, begin, until, restriction)) for _ in range(5)]
    two = [timed(lambda: second_degree(stays, cases, first, DAYS * DAY, restriction)) for _ in range(3)]
    return first, second, one, two


def theirs(path: Path, cases: Ints) -> tuple[list[tuple[int, int, int, int]], list[float]]:
    """Check values and times of the SQL: people, sum of first meetings, of longest meetings, number of meetings."""
    sql = duckdb.connect()
    sql.execute("SET threads = 2")
    sql.register("given", pa.table({"person": cases}))
    sql.execute("CREATE TABLE cases AS SELECT person::INTEGER AS person FROM given")
    sql.execute(f"CREATE TABLE visits AS SELECT * FROM '{path}'")
    values, seconds = [], []
    for name, text in (("first", FIRST), ("second", SECOND)):
        seconds.append(timed(lambda text=text: sql.execute(text.format(least=LEAST))))  # type: ignore[misc]
        found = sql.execute(f"SELECT count(*), sum(since), sum(longest), sum(meetings) FROM {name}").fetchone()
        assert found is not None
        values.append(tuple(int(value) for value in found))
    return values, seconds  # type: ignore[return-value]


def check(met: Met) -> tuple[int, int, int, int]:
    """The same check values of ours."""
    return len(met.person), int(met.since.sum()), int(met.longest.sum()), int(met.meetings.sum())


def main() -> None:
    """Write, arrange, ask, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.meetings", description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=200_000)
    parser.add_argument("--cases", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.parquet"
        write_visits(path, options.rows, options.people, options.places)
        start = time.perf_counter()
        stays = arrange(lambda: batches(path), options.people, options.places)
        print(f"arranged {len(stays.person):,} stays in {time.perf_counter() - start:.1f} s")
        cases = cases_of(options.cases, options.people)
        first, second, one, two = ours(stays, cases)
        print(f"first {check(first)} median {statistics.median(one):.3f} s of {len(one)}")
        print(f"second {check(second)} median {statistics.median(two):.2f} s of {len(two)}")
        print(f"peak {peak_gb():.2f} GB")
        values, seconds = theirs(path, cases)
        print(f"SQL first {values[0]} {seconds[0]:.2f} s, second {values[1]} {seconds[1]:.2f} s")
        if values != [check(first), check(second)]:
            raise SystemExit("check values differ")


if __name__ == "__main__":
    main()
