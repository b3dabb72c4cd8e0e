"""A folder of fact files, `<kind>.csv` or `<kind>.parquet`, read into facts; all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from lianfang.core.complaint import Complaint
from lianfang.core.facts.encode import encode
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.faults import Fault, bounded, complain, complaints_of
from lianfang.core.facts.headers import nearest
from lianfang.core.facts.vocabulary import Kind, all_columns
from lianfang.reach.fact_csv import read_csv
from lianfang.reach.fact_parquet import read_parquet
from lianfang.reach.fact_source import Source

READERS: Mapping[str, Callable[[Path, Kind, Collection[str] | None], Source]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
}


@dataclass(frozen=True, slots=True)
class FactFile:
    """A file and the kind of fact it holds."""

    path: Path
    kind: Kind


def read_facts(
    directory: Path | str,
    kinds: Mapping[str, Kind],
    zone: int,
    only: Collection[str] | None = None,
    columns: Mapping[str, Collection[str]] | None = None,
) -> tuple[Facts | None, tuple[Complaint, ...]]:
    """The facts of a folder, or all complaints about its files (at most 200, then how many more).

    `zone`: the plan's distance from UTC in seconds, for times that do not say theirs. `only`: read no other kinds.
    `columns`: kind -> the columns wanted; id, subject, times and corrections always come along. Never raises for what
    stands in the files.
    """
    folder = Path(directory)
    files, complaints = find_files(folder, kinds)
    wanted = [file for file in files if only is None or file.kind.id in only]
    sources: dict[str, Source] = {}
    tables: dict[str, pa.Table] = {}
    for file in wanted:
        asked = None if columns is None else columns.get(file.kind.id)
        source = READERS[file.path.suffix.lower()](file.path, file.kind, asked)
        sources[file.kind.id] = source
        if source.table is not None:
            tables[file.kind.id] = source.table
    facts, faults = encode(kinds, tables, zone)
    said = bounded(_all(complaints, wanted, sources, faults))
    return (None, said) if said else (facts, ())


def find_files(folder: Path, kinds: Mapping[str, Kind]) -> tuple[list[FactFile], list[Complaint]]:
    """The fact files of a folder by the kind they are named after; names nobody knows are complained about.

    Hidden files, names beginning with `_` and `.md` files are left alone.
    """
    if not folder.is_dir():
        return [], [complain("file:no-folder", str(folder), found=str(folder))]
    files: list[FactFile] = []
    complaints: list[Complaint] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")) or path.suffix.lower() == ".md":
            continue
        kind = _kind_of(path.stem, kinds)
        if path.suffix.lower() not in READERS or not path.is_file():
            complaints.append(complain("file:unknown-file", path.name, found=path.name, allowed="*.csv, *.parquet"))
        elif kind is None:
            complaints.append(_unknown_kind(path, kinds))
        elif any(file.kind is kind for file in files):
            complaints.append(complain("file:kind-twice", path.name, found=path.name, allowed=kind.id))
        else:
            files.append(FactFile(path, kind))
    if not files and not complaints:
        complaints.append(complain("file:empty-folder", str(folder), allowed="<kind>.csv, <kind>.parquet"))
    return files, complaints


def write_templates(directory: Path | str, kinds: Mapping[str, Kind], chinese: bool = False) -> tuple[Path, ...]:
    """One empty CSV file a kind with its header line; files that are already there are left alone.

    Returns the files written. They begin with a byte-order mark, so that spreadsheets show Chinese.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for kind in kinds.values():
        path = folder / f"{kind.id}.csv"
        if not path.exists():
            header = [column.zh if chinese else name for name, column in all_columns(kind).items()]
            path.write_text(",".join(map(_quoted, header)) + "\n", encoding="utf-8-sig")
            written.append(path)
    return tuple(written)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def _kind_of(stem: str, kinds: Mapping[str, Kind]) -> Kind | None:
    return kinds.get(stem) or next((kind for kind in kinds.values() if kind.zh == stem), None)


def _unknown_kind(path: Path, kinds: Mapping[str, Kind]) -> Complaint:
    near = nearest(path.stem, kinds) or sorted(kinds)[:10]
    return complain("fact:unknown-kind", path.name, found=path.stem, allowed=", ".join(near))


def _all(
    complaints: Iterable[Complaint],
    files: Iterable[FactFile],
    sources: Mapping[str, Source],
    faults: Mapping[str, list[Fault]],
) -> Iterator[tuple[Complaint, int]]:
    """Complaints about names, then file by file about its form and its contents."""
    yield from ((complaint, 1) for complaint in complaints)
    for file in files:
        source = sources[file.kind.id]
        yield from complaints_of(source.faults, file.path.name, lambda line: line)
        found = faults.get(file.kind.id, [])
        if found:
            rows = [row for fault in found for row in fault.rows]
            lines = source.lines(frozenset(rows))
            yield from complaints_of(found, file.path.name, lines.__getitem__)
