"""A backup is one file that proves itself, and brings the whole ledger back into another place."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_serve import PATIENCE, Installation, folder, place

__all__ = ["place"]


def administrator(installation: Installation, name: str) -> None:
    made = subprocess.run(
        installation.command("create-admin", name),
        env=installation.environment(),
        input="zhong-yao-mi-ma-2026\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="module")
def kept() -> Iterator[tuple[Installation, Path]]:
    """An installation with one administrator, and its backup."""
    with folder() as made:
        first = Installation(made / "var", 0)
        assert first.run("migrate").returncode == 0
        administrator(first, "guanli")
        done = first.run("backup", str(made / "one.lianfang"))
        assert done.returncode == 0, done.stderr
        assert "journal 1" in done.stdout
        yield first, made / "one.lianfang"


def beside(kept: tuple[Installation, Path], place: Path) -> Installation:
    """Another installation with the same keys, as they were kept apart."""
    other = Installation(place / "other", 0)
    other.var.mkdir()
    for name in ("seal-keys", "lookup-key"):
        shutil.copy(kept[0].var / name, other.var / name)
    return other


def test_a_backup_comes_back_in_an_empty_place_with_its_journal(kept: tuple[Installation, Path], place: Path) -> None:
    other = beside(kept, place)
    done = other.run("restore", str(kept[1]))
    assert (done.returncode, done.stderr) == (0, "")
    assert "account 1" in done.stdout
    head = kept[0].run("verify-journal").stdout.split("：")[-1].strip()
    assert other.run("verify-journal", "--head", head).returncode == 0


def test_a_filled_database_is_replaced_only_when_asked(kept: tuple[Installation, Path], place: Path) -> None:
    other = beside(kept, place)
    other.run("migrate")
    administrator(other, "qita")
    refused = other.run("restore", str(kept[1]))
    assert (refused.returncode, "restore:not-empty" in refused.stderr) == (2, True)
    assert other.run("restore", str(kept[1]), "--replace").returncode == 0
    again = other.run("backup", str(place / "again.lianfang"))
    assert "account 1" in again.stdout
    assert other.run("restore", str(place / "again.lianfang"), "--replace").returncode == 0


def test_a_backup_with_a_changed_byte_is_refused_and_nothing_is_touched(
    kept: tuple[Installation, Path], place: Path
) -> None:
    content = bytearray(kept[1].read_bytes())
    content[len(content) // 2] ^= 1
    (place / "bad").write_bytes(content)
    refused = kept[0].run("restore", str(place / "bad"), "--replace")
    assert (refused.returncode, "restore:changed" in refused.stderr) == (2, True)
    assert "共 1 条" in kept[0].run("verify-journal").stdout


def test_if_the_journal_is_not_what_the_backup_says_the_old_database_comes_back(
    kept: tuple[Installation, Path], place: Path
) -> None:
    with tarfile.open(kept[1]) as tar:
        tar.extractall(place, filter="data")
    manifest = place / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"head": "1:', '"head": "2:'), encoding="utf-8")
    with tarfile.open(place / "cut", "w") as tar:
        tar.add(manifest, "manifest.json")
        tar.add(place / "database.dump", "database.dump")
    other = beside(kept, place)
    other.run("migrate")
    administrator(other, "zai")
    administrator(other, "zhe")
    refused = other.run("restore", str(place / "cut"), "--replace")
    assert (refused.returncode, "restore:journal-broken" in refused.stderr) == (2, True)
    assert "共 2 条" in other.run("verify-journal").stdout


def test_keys_are_named_in_the_backup_and_never_in_it(kept: tuple[Installation, Path]) -> None:
    content = kept[1].read_bytes()
    assert b'"k1"' in content
    secret = (kept[0].var / "seal-keys").read_bytes().partition(b":")[2].strip()
    assert secret not in content
    assert (kept[0].var / "lookup-key").read_bytes().strip() not in content
    assert kept[1].stat().st_mode & 0o077 == 0


def test_a_place_with_other_keys_is_warned(kept: tuple[Installation, Path], place: Path) -> None:
    other = Installation(place / "other", 0)
    done = other.run("restore", str(kept[1]))
    assert done.returncode == 0
    assert "restore:other-key" in done.stderr


def test_a_whole_installation_is_well(kept: tuple[Installation, Path]) -> None:
    done = kept[0].run("doctor")
    assert (done.returncode, "✗" in done.stdout) == (0, False)


def test_old_tables_are_named_with_what_to_do(place: Path) -> None:
    done = Installation(place / "var", 0).run("doctor", "--lang", "en")
    assert done.returncode == 1
    assert "doctor:old-tables" in done.stdout
    assert "run lianfang migrate" in done.stdout


def test_a_sealed_text_whose_key_is_gone_is_named(kept: tuple[Installation, Path], place: Path) -> None:
    other = beside(kept, place)
    assert other.run("restore", str(kept[1])).returncode == 0
    program = (
        "from lianfang.cli.district import district\n"
        "with district():\n"
        "    from django.utils import timezone\n"
        "    from lianfang.ledger.models import Person\n"
        "    from lianfang.ledger.sealed import seal\n"
        "    told = dict(name='演示甲', number_sealed=seal('000000199001010000'), registered_at=timezone.now())\n"
        "    Person.objects.create(id='P-1', **told)\n"
    )
    command = [other.command()[0], "-c", program]
    subprocess.run(command, env=other.environment(), check=True, timeout=PATIENCE)
    (other.var / "seal-keys").write_text("k2:" + "x" * 40, encoding="ascii")
    done = other.run("doctor")
    assert (done.returncode, "doctor:keys" in done.stdout, "k1" in done.stdout) == (1, True, True)
