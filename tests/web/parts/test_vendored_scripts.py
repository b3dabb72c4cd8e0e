"""The vendored scripts are the ones the list names, with their licences."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import lianfang.web

VENDOR = Path(lianfang.web.__file__).parent / "static" / "vendor"
LINE = re.compile(r"^\| `([\w-]+)/` \|.*`dist/([\w.]+)`.*`([0-9a-f]{64})` \|$", re.MULTILINE)


def listed() -> dict[Path, str]:
    """Files of the list with their digests."""
    return {VENDOR / a / b: c for a, b, c in LINE.findall((VENDOR / "README.md").read_text(encoding="utf-8"))}


def test_every_vendored_script_is_listed_with_the_digest_it_has() -> None:
    assert {path: sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*/*.js")} == listed()


def test_every_vendored_script_has_its_licence_beside_it() -> None:
    assert [path for path in listed() if not (path.parent / "LICENSE").is_file()] == []


def test_no_vendored_script_asks_for_a_source_map() -> None:
    assert [path for path in listed() if b"sourceMappingURL" in path.read_bytes()] == []
