"""The page on rosters shows what is true."""

from __future__ import annotations

from pathlib import Path

from tkt.domain.roster.file import read_roster
from tkt.domain.roster.findings import wrong
from tkt.domain.roster.plan import Plan
from tkt.domain.settings import Settings
from tkt.storage import yaml

PAGE = Path(__file__).resolve().parents[3] / "kb/training/team.md"


def test_the_roster_of_the_page_is_sound() -> None:
    text = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (name, roster), faults = read_roster(yaml.load(text, path="r.yaml"), name="r")
    assert faults == []
    plan = Plan(Settings(rosters={name: roster}))
    (swap,) = (one for each in plan.swaps.values() for one in each)
    assert [one.instead_of for one in plan.held(swap.day)["zhao"]][-1] == "wang"
    told = [finding.fault.key for finding in wrong(plan, swap.day)]
    assert told == []
