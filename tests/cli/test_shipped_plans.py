"""The plans that come with the program: free of errors, every case passes, every citing element is proved."""

from __future__ import annotations

import pytest

from lianfang.reach.packs import pack_ids, plan_ids
from tests.cli.conftest import Typed


def test_five_plans_are_shipped_and_one_composed_of_them() -> None:
    assert len(plan_ids()) == 5
    assert set(pack_ids()) - set(plan_ids()) == {"demo-district"}


@pytest.mark.parametrize("pack", pack_ids())
def test_a_shipped_plan_is_free_of_errors_and_warnings(typed: Typed, pack: str) -> None:
    done = typed("check", pack)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize("pack", pack_ids())
def test_every_case_of_a_shipped_plan_passes(typed: Typed, pack: str) -> None:
    done = typed("test", pack)
    assert done.exit_code == 0, done.output


@pytest.mark.slow
@pytest.mark.parametrize("pack", plan_ids())
def test_every_element_that_cites_a_clause_is_missed_by_a_case_when_it_is_gone(typed: Typed, pack: str) -> None:
    done = typed("coverage", pack, "--prove")
    assert done.exit_code == 0, done.output
