"""The database that comes along: made once, found again, back after a kill with everything that was acknowledged."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from lianfang.ledger.server import Server, ServerFault, address, start


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: every run closes that one again to the user who runs the database when we are root."""
    with tempfile.TemporaryDirectory(prefix="lianfang-server-") as made:
        yield Path(made)


@pytest.fixture
def var(folder: Path) -> Iterator[Path]:
    yield folder / "var"
    Server(address(folder / "var"), folder / "var", found=True).stop()


def pid(var: Path) -> int:
    return int((var / "database" / "postmaster.pid").read_text().split("\n", 1)[0])


def test_the_address_is_known_before_there_is_anything(var: Path) -> None:
    assert address(var).startswith("postgresql://")
    assert not var.exists()


def test_it_starts_is_found_again_stops_and_starts_again(var: Path) -> None:
    first = start(var)
    second = start(var)
    assert (first.found, second.found, first.url == second.url == address(var)) == (False, True, True)
    with psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept (name text)")
        connection.execute("INSERT INTO kept VALUES ('甲')")
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    first.stop()
    first.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first.url)
    with psycopg.connect(start(var).url) as connection:
        assert connection.execute("SELECT name FROM kept").fetchall() == [("甲",)]


def test_many_who_start_it_at_the_same_moment_start_one(var: Path) -> None:
    with ThreadPoolExecutor(4) as programs:
        found = sorted(server.found for server in programs.map(start, [var] * 4))
    assert found == [False, True, True, True]


def test_nobody_else_on_the_machine_can_open_its_folders(var: Path) -> None:
    start(var)
    for folder in ("database", "socket"):
        assert (var / folder).stat().st_mode & 0o077 == 0


def test_after_kill_9_in_the_middle_of_saving_nothing_acknowledged_is_lost(var: Path) -> None:
    url = start(var).url
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE saved (no int PRIMARY KEY)")
    acknowledged: list[int] = []
    enough = threading.Event()

    def save(person: int) -> None:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                for number in range(100_000):
                    no = number * 8 + person
                    connection.execute("INSERT INTO saved VALUES (%s)", [no])
                    acknowledged.append(no)
                    if len(acknowledged) > 200:
                        enough.set()
        except psycopg.OperationalError:
            return

    with ThreadPoolExecutor(8) as people:
        for person in range(8):
            people.submit(save, person)
        assert enough.wait(60)
        os.kill(pid(var), signal.SIGKILL)
    again = start(var)
    assert not again.found
    with psycopg.connect(again.url) as connection:
        kept = {no for (no,) in connection.execute("SELECT no FROM saved")}
    assert set(acknowledged) <= kept
    assert len(acknowledged) > 200


def test_a_mark_left_behind_by_a_machine_that_lost_power_does_not_matter(var: Path) -> None:
    start(var).stop()
    (var / "database" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}/database\n0\n5432\n\n\n0 0\nready\n")
    assert not start(var).found


def test_a_folder_with_a_very_long_name_works_too(folder: Path) -> None:
    var = folder / ("d" * 60) / ("e" * 60)
    server = start(var)
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url)


def test_a_database_of_another_version_is_refused_in_words(var: Path) -> None:
    start(var).stop()
    (var / "database" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServerFault, match="restore"):
        start(var)
    (var / "database" / "PG_VERSION").write_text("18\n")
