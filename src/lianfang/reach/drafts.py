"""A draft pack on disk: a folder that is never written over unless told to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lianfang.core.complaint import Complaint
from lianfang.core.notice.draft import DraftFile

_OWN = ("measures/draft.yaml", "parameters/draft.yaml", "selections.yaml", "facts/task.csv", "reading.json")


def write_draft(folder: Path, files: Iterable[DraftFile], force: bool = False) -> Complaint | None:
    """Write the files of a draft. A folder with something in it is left alone without `force`.

    With `force` only an earlier draft is replaced (its own files); anything else in the folder stays.
    """
    if folder.exists() and not folder.is_dir():
        return _refused("draft:not-a-folder", folder, "这是文件，不是文件夹", "this is a file, not a folder", False)
    if folder.is_dir() and any(folder.iterdir()):
        if not force:
            return _refused(
                "draft:exists",
                folder,
                "文件夹里已有内容，没有改动",
                "the folder is not empty; nothing was changed",
                True,
            )
        if not (folder / "reading.json").is_file():
            zh, en = "里面不是读公文得到的草稿，没有改动", "it does not hold a draft of a notice; nothing was changed"
            return _refused("draft:not-a-draft", folder, zh, en, False)
        for name in _OWN:
            (folder / name).unlink(missing_ok=True)
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8", newline="\n")
    return None


def _refused(id: str, folder: Path, zh: str, en: str, force: bool) -> Complaint:
    return Complaint(
        id=id,
        file=str(folder),
        zh=zh,
        en=en,
        do_zh="换一个文件夹，或加 --force" if force else "换一个文件夹",
        do_en="choose another folder, or add --force" if force else "choose another folder",
    )
