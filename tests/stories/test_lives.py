"""Every process that ships, through an ordinary life: what is promised happens, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from living import lived, settle

from desks import assert_index_is_right, run_by_hand, status
from tkt.storage.defaults import shipped

if TYPE_CHECKING:
    from conftest import Runner

LIVES = sorted((Path(__file__).parent / "lives").glob("*.txt"))


def test_every_process_that_ships_has_a_life() -> None:
    flows = {path.stem for path in shipped("workflows").glob("*.yaml")}
    assert {path.stem.partition("-")[0] for path in LIVES} == flows


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_what_is_promised_happens_and_nothing_else(tkt: Runner, desk: Path, path: Path) -> None:
    run_by_hand(desk)
    settle(desk)
    for moment, followed in lived(tkt, path.read_text(encoding="utf-8")):
        assert (moment.at, followed) == (moment.at, moment.follows)
    assert tkt("check").code == 0
    assert status(desk) == ""
    assert_index_is_right(desk)
