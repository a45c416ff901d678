from __future__ import annotations

from typing import TYPE_CHECKING

from desks import git

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


def test_a_preview_needs_no_right_to_write(tkt: Runner, desk: Path) -> None:
    ticket = tkt.new("杯子碎了")
    git(desk, "checkout", "-q", "--detach")
    (row,) = tkt("set", ticket, "priority=high", "--dry-run", "--json").json
    assert (row["id"], row["set"]) == (ticket, {"priority": "high"})
    assert tkt("set", ticket, "priority=high").code == 1
