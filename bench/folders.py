"""Facts on disk for the benchmark: the yardstick's, those of the made-up city, and those of one person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.reach.city_files import write_city


def one_person(tables: Mapping[str, pa.Table], person: int) -> dict[str, pa.Table]:
    """The facts about one person, and all facts that are not about persons."""
    return {
        kind: table.filter(pc.equal(table["person"], person)) if "person" in table.column_names else table
        for kind, table in tables.items()
    }


def busiest_person(tables: Mapping[str, pa.Table]) -> int:
    """Somebody who has arrived and was checked often, so that the first evaluation has work to do."""
    arrived = np.unique(tables["arrival"]["person"].to_numpy())
    checks = np.bincount(tables["health_check"]["person"].to_numpy(), minlength=int(arrived.max()) + 1)
    return int(arrived[np.argmax(checks[arrived])])


def write_facts(tables: Mapping[str, pa.Table], folder: Path) -> int:
    """Write the facts -> how many there are."""
    write_city({kind: table for kind, table in tables.items() if table.num_rows}, folder)
    return sum(table.num_rows for table in tables.values())
