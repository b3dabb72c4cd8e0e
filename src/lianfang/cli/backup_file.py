"""A backup as one file: what it holds and its digest first, then the database as pg_dump wrote it."""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from lianfang.cli.refusal import Refusal
from lianfang.core.complaint import Complaint

FORM = "lianfang-backup-1"
MANIFEST, DATABASE = "manifest.json", "database.dump"
LARGEST_MANIFEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; no key and no person. `head` is `number:digest` of the journal's last line."""

    made_at: str
    version: str
    digest: str
    counts: Mapping[str, int]
    head: str
    migrations: tuple[str, ...]
    seal_keys: tuple[str, ...]
    lookup: str
    form: str = FORM


def digest_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def write(file: Path, manifest: Manifest, dump: Path) -> None:
    """Put both into `file`, which appears whole or not at all and only its owner may read."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w") as tar:
                said = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(said)
                tar.addfile(entry, io.BytesIO(said))
                tar.add(dump, DATABASE)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def opened(file: Path) -> Iterator[tuple[Manifest, Path]]:
    """The manifest and, in a folder that goes away again, the database; refused if a byte has changed."""
    with TemporaryDirectory(dir=file.parent) as folder:
        try:
            with tarfile.open(file) as tar:
                manifest = _manifest(tar)
                tar.extract(DATABASE, folder, filter="data")
        except (tarfile.TarError, KeyError, ValueError, TypeError) as fault:
            raise Refusal([_not_one(file, str(fault))]) from fault
        dump = Path(folder) / DATABASE
        if digest_of(dump) != manifest.digest:
            raise Refusal([_changed(file)])
        yield manifest, dump


def _manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.getmember(MANIFEST)
    stream = tar.extractfile(member)
    said = json.loads(stream.read(LARGEST_MANIFEST)) if stream else {}
    if said.get("form") != FORM:
        raise ValueError(str(said.get("form")))
    return Manifest(**{**said, "migrations": tuple(said["migrations"]), "seal_keys": tuple(said["seal_keys"])})


def _not_one(file: Path, found: str) -> Complaint:
    return Complaint(
        id="restore:not-a-backup",
        file=str(file),
        zh="不是完整的联防备份文件",
        en="this is not a whole backup of Lianfang",
        found=found,
        allowed=FORM,
        do_zh="换一份备份",
        do_en="take another backup",
    )


def _changed(file: Path) -> Complaint:
    return Complaint(
        id="restore:changed",
        file=str(file),
        zh="备份内容与它的摘要不符：传输中损坏或被改动",
        en="the backup does not agree with its digest: damaged on the way, or changed",
        do_zh="重新拷贝，或换一份备份；数据库没有动",
        do_en="copy it again, or take another backup; the database was not touched",
    )
