"""A backup is one file that proves itself, and brings the whole ledger back into another place."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.cli.test_serve import PATIENCE, Installation


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
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, Path]:
    """An installation with one administrator, and its backup."""
    folder = tmp_path_factory.mktemp("kept")
    first = Installation(folder / "var", 0)
    assert first.run("migrate").returncode == 0
    administrator(first, "guanli")
    done = first.run("backup", str(folder / "one.lianfang"))
    assert done.returncode == 0, done.stderr
    assert "journal 1" in done.stdout
    return first, folder / "one.lianfang"


def beside(kept: tuple[Installation, Path], tmp_path: Path) -> Installation:
    """Another installation with the same keys, as they were kept apart."""
    other = Installation(tmp_path / "other", 0)
    other.var.mkdir()
    for name in ("seal-keys", "lookup-key"):
        shutil.copy(kept[0].var / name, other.var / name)
    return other


def test_a_backup_comes_back_in_an_empty_place_with_its_journal(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    other = beside(kept, tmp_path)
    done = other.run("restore", str(kept[1]))
    assert (done.returncode, done.stderr) == (0, "")
    assert "account 1" in done.stdout
    head = kept[0].run("verify-journal").stdout.split("：")[-1].strip()
    assert other.run("verify-journal", "--head", head).returncode == 0


def test_a_filled_database_is_replaced_only_when_asked(kept: tuple[Installation, Path], tmp_path: Path) -> None:
    other = beside(kept, tmp_path)
    other.run("migrate")
    administrator(other, "qita")
    refused = other.run("restore", str(kept[1]))
    assert (refused.returncode, "restore:not-empty" in refused.stderr) == (2, True)
    assert other.run("restore", str(kept[1]), "--replace").returncode == 0
    again = other.run("backup", str(tmp_path / "again.lianfang"))
    assert "account 1" in again.stdout
    assert other.run("restore", str(tmp_path / "again.lianfang"), "--replace").returncode == 0


def test_a_backup_with_a_changed_byte_is_refused_and_nothing_is_touched(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    content = bytearray(kept[1].read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "bad").write_bytes(content)
    refused = kept[0].run("restore", str(tmp_path / "bad"), "--replace")
    assert (refused.returncode, "restore:changed" in refused.stderr) == (2, True)
    assert "共 1 条" in kept[0].run("verify-journal").stdout


def test_if_the_journal_is_not_what_the_backup_says_the_old_database_comes_back(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    with tarfile.open(kept[1]) as tar:
        tar.extractall(tmp_path, filter="data")
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"head": "1:', '"head": "2:'), encoding="utf-8")
    with tarfile.open(tmp_path / "cut", "w") as tar:
        tar.add(manifest, "manifest.json")
        tar.add(tmp_path / "database.dump", "database.dump")
    other = beside(kept, tmp_path)
    other.run("migrate")
    administrator(other, "zai")
    administrator(other, "zhe")
    refused = other.run("restore", str(tmp_path / "cut"), "--replace")
    assert (refused.returncode, "restore:journal-broken" in refused.stderr) == (2, True)
    assert "共 2 条" in other.run("verify-journal").stdout


def test_keys_are_named_in_the_backup_and_never_in_it(kept: tuple[Installation, Path]) -> None:
    content = kept[1].read_bytes()
    assert b'"k1"' in content
    secret = (kept[0].var / "seal-keys").read_bytes().partition(b":")[2].strip()
    assert secret not in content
    assert (kept[0].var / "lookup-key").read_bytes().strip() not in content
    assert kept[1].stat().st_mode & 0o077 == 0


def test_a_place_with_other_keys_is_warned(kept: tuple[Installation, Path], tmp_path: Path) -> None:
    other = Installation(tmp_path / "other", 0)
    done = other.run("restore", str(kept[1]))
    assert done.returncode == 0
    assert "restore:other-key" in done.stderr
