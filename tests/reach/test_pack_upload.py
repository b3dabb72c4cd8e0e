"""A pack that somebody sends: zip or files, laid out where it can be read, never anywhere else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lianfang.reach.pack_upload import lay_out

PLAN = b"plan: small-town\nname: {zh: x, en: x}\n"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_a_zip_with_the_folder_of_the_pack_is_laid_out_by_the_name_of_the_plan(tmp_path: Path) -> None:
    content = zipped(**{"any__plan.yaml": PLAN, "any__measures__one.yaml": b"a: 1", "any__README.md": b"x"})

    folder, complaints = lay_out([("pack.zip", content)], tmp_path)

    assert complaints == ()
    assert folder == tmp_path / "small-town"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")} == {
        "plan.yaml",
        "measures/one.yaml",
    }
    assert not list(folder.rglob("*.md"))


def test_single_files_are_a_pack_too(tmp_path: Path) -> None:
    folder, _ = lay_out([("plan.yaml", PLAN), ("clauses.yaml", b"b: 2")], tmp_path)

    assert folder is not None
    assert (folder / "clauses.yaml").read_bytes() == b"b: 2"


@pytest.mark.parametrize("name", ["../plan.yaml", "/etc/plan.yaml", "a/../../plan.yaml", "C:/plan.yaml"])
def test_names_that_lead_out_of_the_zip_are_left_out(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "inside"

    folder, complaints = lay_out([("pack.zip", zipped(**{name.replace("/", "__"): PLAN}))], inside)

    assert folder is None
    assert [one.id for one in complaints] == ["upload:no-plan"]
    assert list(tmp_path.rglob("*.yaml")) == []


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ([("clauses.yaml", b"a: 1")], "upload:no-plan"),
        ([("plan.yaml", b"name: x")], "upload:no-id"),
        ([("plan.docx", b"PK")], "upload:not-yaml"),
        ([], "upload:no-plan"),
    ],
)
def test_what_is_no_pack_is_refused_with_what_to_do(tmp_path: Path, sent: list[tuple[str, bytes]], fault: str) -> None:
    folder, (complaint,) = lay_out(sent, tmp_path)

    assert folder is None
    assert complaint.id == fault
    assert complaint.do_zh
    assert complaint.do_en


def test_a_zip_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"{number}.yaml", b"\0" * (20 << 20))

    folder, (complaint,) = lay_out([("pack.zip", out.getvalue())], tmp_path)

    assert folder is None
    assert complaint.id == "upload:too-big"
