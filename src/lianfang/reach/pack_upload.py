"""A plan pack that somebody sends: a zip or single YAML files, laid out in a folder of its own to be read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from lianfang.core.complaint import Complaint

MOST_FILES = 400
MOST_BYTES = 40 * 1024 * 1024
YAML = (".yaml", ".yml")
_ID = re.compile(rb"^plan:\s*['\"]?(\w[\w.-]{0,79})", re.MULTILINE)

Files = dict[PurePosixPath, bytes]


def lay_out(sent: Sequence[tuple[str, bytes]], under: Path) -> tuple[Path | None, tuple[Complaint, ...]]:
    """Put the YAML files of a pack under `under`, in a folder called as the plan calls itself; the folder, or why not.

    `sent` are names and bytes. A zip may hold the pack's folder or its files; anything but YAML is left out.
    """
    files: Files = {}
    for name, content in sent:
        found, complaint = _unpacked(name, content)
        if complaint is not None:
            return None, (complaint,)
        files.update(found)
    plan = next((path for path in sorted(files, key=lambda path: len(path.parts)) if path.name == "plan.yaml"), None)
    if plan is None:
        return None, (_complaint("upload:no-plan", "、".join(str(path) for path in list(files)[:5])),)
    called = _ID.search(files[plan])
    if called is None:
        return None, (_complaint("upload:no-id", str(plan)),)
    folder = under / called[1].decode()
    _write(folder, plan.parent, files.items())
    return folder, ()


def _write(folder: Path, root: PurePosixPath, files: Iterable[tuple[PurePosixPath, bytes]]) -> None:
    for path, content in files:
        if path.is_relative_to(root):
            place = folder.joinpath(*path.relative_to(root).parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def _unpacked(name: str, content: bytes) -> tuple[Files, Complaint | None]:
    if len(content) > MOST_BYTES:
        return {}, _complaint("upload:too-big", f"{name} {len(content) >> 20} MB")
    if not zipfile.is_zipfile(io.BytesIO(content)):
        path = PurePosixPath(PurePosixPath(name.replace("\\", "/")).name)
        if path.suffix.lower() not in YAML:
            return {}, _complaint("upload:not-yaml", name)
        return {path: content}, None
    try:
        return _unzipped(content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        return {}, _complaint("upload:bad-zip", f"{name}: {type(fault).__name__}")


def _unzipped(content: bytes) -> tuple[Files, Complaint | None]:
    found: Files = {}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        wanted = [one for one in packed.infolist() if not one.is_dir() and _inside(one.filename) is not None]
        total = sum(one.file_size for one in wanted)
        if len(wanted) > MOST_FILES or total > MOST_BYTES:
            return {}, _complaint("upload:too-big", f"{len(wanted)} / {total >> 20} MB")
        for one in wanted:
            path = _inside(one.filename)
            if path is not None:
                with packed.open(one) as file:
                    found[path] = file.read(MOST_BYTES)
    return found, None


def _inside(name: str) -> PurePosixPath | None:
    """The place of a YAML file inside the zip; None for anything else and for names that lead out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    safe = not path.is_absolute() and ".." not in path.parts and not any(":" in part for part in path.parts)
    return path if safe and path.suffix.lower() in YAML and not path.name.startswith(".") else None


_WORDS = {
    "upload:no-plan": (
        "没有 plan.yaml，不是方案包",
        "there is no plan.yaml, so this is no plan pack",
        "把方案包的整个文件夹压成 zip 再传",
        "send the whole folder of the pack as a zip",
    ),
    "upload:no-id": (
        "plan.yaml 没有写明方案编号",
        "plan.yaml does not name the plan",
        "在第一行写 plan: 编号（字母、数字、连字符）",
        "write plan: and an id of letters, digits and hyphens",
    ),
    "upload:too-big": (
        "文件太多或太大",
        "too many files, or too big",
        "只传方案包的 YAML 文件",
        "send only the YAML files of the pack",
    ),
    "upload:not-yaml": (
        "不是 YAML 文件，也不是 zip",
        "neither a YAML file nor a zip",
        "传 .yaml 文件或 .zip",
        "send .yaml files or a .zip",
    ),
    "upload:bad-zip": (
        "压缩包打不开，可能损坏或加了密码",
        "the zip cannot be opened: damaged or locked",
        "重新压缩，不设密码",
        "pack it anew without a password",
    ),
}


def _complaint(id: str, found: str) -> Complaint:
    zh, en, do_zh, do_en = _WORDS[id]
    allowed = f"≤ {MOST_FILES}, ≤ {MOST_BYTES >> 20} MB" if id == "upload:too-big" else ""
    return Complaint(id, "upload", zh, en, found=found, allowed=allowed, do_zh=do_zh, do_en=do_en)
