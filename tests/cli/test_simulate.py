"""``tkt sla simulate``: a policy tried out on a file, with no desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import run_here

if TYPE_CHECKING:
    from pathlib import Path

POLICY = """\
calendar: {timezone: Asia/Shanghai, hours: {mon-sun: [08:00-24:00]}}
sla: {name: all, default: true, targets: {"*": {first_response: 3m, solution: 2d}}}
timeline:
  - {at: 2026-11-21 10:00, do: open, by: customer}
  - {at: 2026-11-21 10:02, do: wait}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "policy.yaml"
    path.write_text(POLICY, encoding="utf-8")
    return path


def test_each_time_has_its_clocks(file: Path) -> None:
    times = ("--at", "2026-11-21 10:01", "--at", "2026-11-21 10:05")
    done = run_here(file.parent, "sla", "simulate", "policy.yaml", *times, "--json")
    assert done.code == 0, done.err
    first, second = done.json
    assert first["at"] == "2026-11-21T10:01:00+08:00"
    assert first["escalation_at"] == "2026-11-21T10:03:00+08:00"
    assert set(first) == {"at", "escalation_at", "clocks"}
    assert [clock["state"] for clock in second["clocks"]] == ["breached", "off", "off", "paused"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026-11-21 10:00", "garbage", "policy.yaml:4:"),
        ("do: open", "do: note", "policy.yaml:3:"),
        ("do: wait", "do: wiat", "policy.yaml:5:"),
        ("{timezone: Asia/Shanghai, hours: {mon-sun: [08:00-24:00]}}", "office", "policy.yaml:1:"),
        ("3m", "3 minits", "policy.yaml:2:"),
        ("do: wait", "do: move, to: nowhere", "policy.yaml:5:"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(file: Path, old: str, new: str, told: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    for language in ("zh", "en"):
        done = run_here(file.parent, "sla", "simulate", "policy.yaml", TKT_LANG=language)
        assert (done.code, done.out) == (1, "")
        assert told in done.err.splitlines()[0]
        assert "Traceback" not in done.err


def test_a_year_whose_holidays_are_not_published_is_said(file: Path) -> None:
    text = POLICY.replace("{timezone", "{workdays: china, timezone").replace("2026-11", "2036-11")
    file.write_text(text, encoding="utf-8")
    words = ("sla", "simulate", "policy.yaml", "--at", "2036-11-21 10:01")
    (row,) = run_here(file.parent, *words, "--json").json
    assert row["unpublished"] == [2036]
    assert "2036 年的放假安排尚未公布" in run_here(file.parent, *words, TKT_LANG="zh").err


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    assert run_here(tmp_path, "sla", "simulate", "policy.yaml").code == 3
