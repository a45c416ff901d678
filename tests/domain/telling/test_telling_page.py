"""The page about notices says what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tkt.domain.declaring import read_team
from tkt.domain.settings import Settings
from tkt.domain.telling.declared import KINDS
from tkt.domain.telling.plans import USUAL, plans
from tkt.domain.telling.timing import BACK_OFF
from tkt.storage import yaml

PAGE = (Path(__file__).parents[3] / "kb/training/notifications.md").read_text(encoding="utf-8")


def data() -> Any:
    blocks: list[str] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    return yaml.load(blocks[0], path="page")


def test_its_settings_are_sound_and_show_every_kind() -> None:
    said, faults = read_team(data())
    assert faults == []
    assert set(plans(Settings(**said))) == {"lin", "zhao", "team:c"}
    assert {each["kind"] for each in data()["deliveries"].values()} == set(KINDS)
    assert tuple(data()["agents"]["lin"]["notify"]["on"]) == USUAL


def test_it_names_the_waits_and_the_limits() -> None:
    minutes = [int(wait.total_seconds() // 60) for wait in BACK_OFF]
    assert minutes == [1, 5, 15, 60, 240, 720, 1440]
    assert "1 分钟、5 分钟、15 分钟、1 小时、4 小时、12 小时、24 小时" in PAGE
