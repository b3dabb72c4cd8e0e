"""The yardstick plan written by hand in DuckDB SQL: the side the kernel is measured against.

Every intermediate step is a view except those that several later steps read; the two results are materialised tables.
The numbers of the plan stand in `bench.duties`; statuses and states are numbered as in `bench.check_values`.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from bench.check_values import CheckValues
from bench.duties import CLASSES, duties

TABLES: dict[str, str] = {
    "arrival": 'person::INTEGER AS person, "at" AS t, origin::INTEGER AS origin',
    "area_level": 'area::INTEGER AS area, "from" AS since, '
    "CASE level WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END::TINYINT AS level",
    "contact": "person::INTEGER AS person, last_exposure AS t",
    "fever_visit": 'person::INTEGER AS person, "at" AS t',
    "placement": 'person::INTEGER AS person, "at" AS t',
    "test": "person::INTEGER AS person, sampled_at, resulted_at, (result = 'positive') AS positive",
    "health_check": 'person::INTEGER AS person, "at" AS t',
    "transfer": "person::INTEGER AS person, departed_at AS t",
}


OPENED = """
  SELECT (a.rowid * 4)::INTEGER AS loop, person, max(level)::TINYINT AS class, t AS t0
  FROM arrival a JOIN (
      SELECT area, level, since, lead(since, 1, 1::BIGINT << 62) OVER (PARTITION BY area ORDER BY since) AS ended
      FROM area_level WHERE since <= {as_of}) p
    ON area = origin AND level > 0 AND since <= t AND ended > t - 1209600
  WHERE t <= {as_of} GROUP BY 1, 2, 4
  UNION ALL SELECT (rowid * 4 + 1)::INTEGER, person, 3, t FROM contact WHERE t <= {as_of}
  UNION ALL SELECT (rowid * 4 + 2)::INTEGER, person, 4, t FROM fever_visit WHERE t <= {as_of}"""

STEPS: tuple[tuple[str, bool, str], ...] = (
    (
        "begun",
        False,
        "SELECT o.*, t0 + days * 86400 AS ends, t0 + central * 86400 AS home "
        f"FROM ({OPENED}) o JOIN class_days USING (class)",
    ),
    (
        "positive",
        False,
        """SELECT loop, min(resulted_at) AS exit_at FROM begun
        JOIN (SELECT person, sampled_at, resulted_at FROM test WHERE positive AND resulted_at <= {as_of}) USING (person)
        WHERE sampled_at >= t0 AND sampled_at < ends GROUP BY loop""",
    ),
    ("opened", True, "SELECT begun.*, exit_at FROM begun LEFT JOIN positive USING (loop)"),
    (
        "sampled",
        True,
        """SELECT loop, day, t0 + d.start AS w0, t0 + d.due AS due, sampled_at, resulted_at, exit_at
        FROM opened JOIN duty d USING (class) LEFT JOIN (
            SELECT loop, day, min(sampled_at) AS sampled_at, arg_min(resulted_at, sampled_at) AS resulted_at
            FROM opened JOIN test USING (person) JOIN duty ON duty.class = opened.class AND duty.what = 2
              AND sampled_at >= t0 + duty.start AND sampled_at < t0 + duty.until
            WHERE sampled_at <= {as_of} GROUP BY loop, day) USING (loop, day)
        WHERE d.what = 2""",
    ),
    (
        "owed",
        False,
        """SELECT loop, 1::TINYINT AS what, 0 AS day, t0 AS w0, t0 + d.due AS due, seen, exit_at FROM opened
          JOIN duty d USING (class) LEFT JOIN (
            SELECT loop, min(t) AS seen FROM opened JOIN placement USING (person)
            WHERE t >= t0 AND t < t0 + 259200 AND t <= {as_of} GROUP BY loop) USING (loop) WHERE d.what = 1
        UNION ALL SELECT loop, 2, day, w0, due, sampled_at, exit_at FROM sampled
        UNION ALL SELECT loop, 3, day, sampled_at, sampled_at + 86400,
          CASE WHEN resulted_at <= {as_of} THEN resulted_at END, exit_at FROM sampled WHERE sampled_at IS NOT NULL
        UNION ALL SELECT loop, 4, day, t0 + d.start, t0 + d.due, t0 + after, exit_at FROM opened
          JOIN duty d USING (class) LEFT JOIN (
            SELECT loop * 32 + after // 86400 AS place, min(after) AS after FROM (
              SELECT loop, (t - t0)::INTEGER AS after
              FROM (SELECT loop, person, t0, least(ends, {as_of} + 1) AS ends FROM opened WHERE class < 4)
              JOIN health_check USING (person) WHERE t >= t0 AND t < ends)
            GROUP BY 1) ON place = loop * 32 + day WHERE d.what = 4
        UNION ALL SELECT loop, 5, 0, exit_at, exit_at + 7200, seen, NULL FROM opened LEFT JOIN (
            SELECT loop, min(t) AS seen FROM opened JOIN transfer USING (person)
            WHERE t >= exit_at AND t < exit_at + 259200 AND t <= {as_of} GROUP BY loop) USING (loop)
          WHERE exit_at IS NOT NULL""",
    ),
    (
        "obligations",
        True,
        """SELECT loop, what, day, w0, due, seen, CASE WHEN seen IS NOT NULL AND seen <= due THEN 2
          WHEN seen IS NOT NULL THEN 3 WHEN exit_at IS NOT NULL AND w0 >= exit_at THEN 5 WHEN {as_of} < w0 THEN 0
          WHEN {as_of} <= due THEN 1 ELSE 4 END::TINYINT AS status FROM owed""",
    ),
    (
        "loops",
        True,
        """SELECT opened.*, overdue, late, CASE WHEN exit_at IS NOT NULL THEN 2 WHEN {as_of} < ends THEN 0
          WHEN missing = 0 THEN 1 ELSE 3 END::TINYINT AS state,
          (home < ends AND {as_of} >= home)::TINYINT AS stage
        FROM opened JOIN (SELECT loop, count(*) FILTER (status = 4) AS overdue, count(*) FILTER (status = 3) AS late,
          count(*) FILTER (what IN (2, 3) AND status NOT IN (2, 3)) AS missing FROM obligations GROUP BY loop)
        USING (loop)""",
    ),
)
CHECKED = """SELECT count(*), sum(status * (what + 1)), count(*) FILTER (status = 4), count(*) FILTER (status = 3),
  sum(day * status + coalesce(seen, 0) % 97) FROM obligations"""


def connect(facts: Path, native: bool = True, threads: int = 2) -> duckdb.DuckDBPyConnection:
    """The facts as DuckDB tables (`native`) or as views of the Parquet files, with the plan's numbers beside them."""
    db = duckdb.connect()
    db.execute(f"SET threads = {threads}")
    db.execute("SET preserve_insertion_order = false")
    for kind, columns in TABLES.items():
        source = f"SELECT {columns} FROM read_parquet('{facts / (kind + '.parquet')}')"
        db.execute(f"CREATE {'TABLE' if native else 'VIEW'} {kind} AS {source}")
    db.execute("CREATE TABLE duty (class TINYINT, what TINYINT, day INTEGER, start BIGINT, due BIGINT, until BIGINT)")
    db.executemany("INSERT INTO duty VALUES (?, ?, ?, ?, ?, ?)", list(duties()))
    db.execute("CREATE TABLE class_days (class TINYINT, days BIGINT, central BIGINT)")
    db.executemany("INSERT INTO class_days VALUES (?, ?, ?)", [(cls, row[0], row[1]) for cls, row in CLASSES.items()])
    return db


def evaluate(db: duckdb.DuckDBPyConnection, as_of: int) -> None:
    """Run the plan: fills the tables `obligations` and `loops`."""
    for name, kept, query in STEPS:
        what = "TEMP TABLE" if kept else "TEMP VIEW"
        db.execute(f"CREATE OR REPLACE {what} {name} AS {query.format(as_of=as_of)}")


def check_values(db: duckdb.DuckDBPyConnection) -> CheckValues:
    """The figures that both sides must agree on before any time is printed."""
    rows, weighted, overdue, late, evidence = db.execute(CHECKED).fetchall()[0]
    states = dict(db.execute("SELECT state, count(*) FROM loops GROUP BY state").fetchall())
    loops = tuple(int(states.get(state, 0)) for state in range(4))
    second = db.execute("SELECT count(*) FILTER (stage = 1) FROM loops").fetchall()[0][0]
    return CheckValues(int(rows), int(weighted), int(overdue), int(late), sum(loops), loops, int(second), int(evidence))
