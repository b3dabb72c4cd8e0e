"""The draft pack of a reading, loaded as `lianfang check` loads it."""

from __future__ import annotations

from lianfang.core.language.load import load
from lianfang.core.notice.draft import draft_pack
from lianfang.core.notice.reading import Reading
from lianfang.reach.packs import PACKS, VOCABULARY, read_pack

WORDS, _ = read_pack(PACKS / VOCABULARY)


def errors_of(reading: Reading, name: str) -> list[str]:
    """What `lianfang check` would refuse in the draft."""
    files = {file.path: file.text for file in draft_pack(reading, name) if file.path.endswith(".yaml")}
    plan, complaints = load(files, lambda _: None, WORDS)
    wrong = [complaint.show("en") for complaint in complaints if complaint.level == "error"]
    return wrong if wrong or plan is not None else ["no plan"]
