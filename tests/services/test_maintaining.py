from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desks import git
from tkt.services.maintaining import Wish, plan
from tkt.storage.desk import Desk
from tkt.storage.housekeeping import Tickets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("active", "archived", "done"),
    [
        (100, 100, []),
        (19_000, 900, []),
        (25_000, 0, ["split"]),
        (3_000, 27_000, ["sparse"]),
        (25_000, 5_000, ["sparse_split", "split"]),
    ],
)
def test_size_decides(desk: Path, active: int, archived: int, done: list[str]) -> None:
    steps = plan(Desk(str(desk)), Wish(), Tickets(active, archived))
    assert [step.action for step in steps if step.do] == ["pack", *done]


def test_a_wish_goes_before_size(desk: Path) -> None:
    steps = plan(Desk(str(desk)), Wish(split=False, sparse=False), Tickets(50_000, 50_000))
    assert [step.action for step in steps if step.do] == ["pack"]
    steps = plan(Desk(str(desk)), Wish(split=True), Tickets(1, 1))
    assert [step.action for step in steps if step.do] == ["pack", "split"]


def test_nothing_leaves_the_checkout_while_a_merge_is_unfinished(desk: Path) -> None:
    (desk / ".git" / "MERGE_HEAD").write_text(git(desk, "rev-parse", "HEAD") + "\n")
    steps = plan(Desk(str(desk)), Wish(sparse=True), Tickets(1, 1))
    assert ("sparse", False, "maintain.unfinished") in steps
