"""Scripts of ``tkt demo``: what a line means, and what is said of a line that means nothing."""

from __future__ import annotations

import re
import shlex
import subprocess
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt import texts
from tkt.cli.demo import script
from tkt.cli.demo.script import Heading, Script, Step, parse
from tkt.cli.out import sentence
from tkt.errors import BadData


def parsed(*lines: str) -> Script:
    return parse("\n".join(lines), path="day.txt")


def test_a_step_says_when_who_and_what() -> None:
    (step,) = parsed('09:02 lin tkt new "杯子碎了" --customer 小王').parts
    assert step == Step(1, time(9, 2), "lin", 'tkt new "杯子碎了" --customer 小王')


def test_a_name_stands_for_a_ticket_in_later_lines() -> None:
    _, step = parsed("09:02 lin cup= tkt new 杯子", "09:03 lin tkt note {cup} 好").steps
    assert step.typed_with({"cup": "7KQ4"}) == "tkt note 7KQ4 好"


def test_seconds_may_be_said() -> None:
    (step,) = parsed("09:02:40 lin tkt list").steps
    assert step.at == time(9, 2, 40)


def test_a_step_may_be_there_to_be_refused() -> None:
    _, step = parsed("09:02 lin cup= tkt new 杯子", "09:03 lin ! tkt resolve {cup}").steps
    assert step == Step(2, time(9, 3), "lin", "tkt resolve {cup}", is_refused=True)


def test_headings_are_kept_and_remarks_are_not() -> None:
    found = parsed("# a remark", "", "## 上午", "   ", "09:00 lin tkt list")
    assert found.parts == (Heading("上午"), Step(5, time(9), "lin", "tkt list"))


@pytest.mark.parametrize(
    ("lines", "key", "line", "column"),
    [
        (["09:00 lin list"], "demo.not_a_step", 1, 1),
        (["", "lin tkt list"], "demo.not_a_step", 2, 1),
        (["9:00 lin tkt list"], "demo.not_a_step", 1, 1),
        (["09:00 lin Cup= tkt list"], "demo.not_a_step", 1, 1),
        (["09:00 lin tkt"], "demo.not_a_step", 1, 1),
        (["09:00 lin cup= ! tkt new 杯子"], "demo.not_a_step", 1, 1),
        (["09:00:99 lin tkt list"], "demo.no_time", 1, 1),
        (["25:00 lin tkt list"], "demo.no_time", 1, 1),
        (["09:01 lin tkt list", "09:00 lin tkt list"], "demo.back_in_time", 2, 1),
        (["09:00 lin tkt show {cup}"], "demo.no_name", 1, 20),
        (["09:00 lin cup= tkt note {cup} x"], "demo.no_name", 1, 25),
        (["# 备注", '09:00 lin tkt note "x'], "demo.quotes", 2, 1),
    ],
)
def test_a_line_that_is_no_step_is_named(
    lines: list[str], key: str, line: int, column: int
) -> None:
    with pytest.raises(BadData) as caught:
        parsed(*lines)
    fault = caught.value
    assert (fault.key, fault.path, fault.line, fault.column) == (key, "day.txt", line, column)
    for language in texts.LANGUAGES:
        texts.use(language)
        assert sentence(fault).startswith(f"day.txt:{line}:{column}: ")


WORDS = st.lists(st.text(st.characters(exclude_characters="\n\r{}", codec="utf-8")), min_size=1)
STEPS = st.lists(st.tuples(st.times(), st.from_regex("[a-z]+", fullmatch=True), WORDS), max_size=8)


@given(STEPS)
def test_any_command_can_be_written_down(steps: list[tuple[time, str, list[str]]]) -> None:
    steps.sort(key=lambda step: (step[0].hour, step[0].minute))
    lines = [f"{at:%H:%M} {who} tkt {shlex.join(words)}" for at, who, words in steps]
    found = parsed(*lines).steps
    assert [shlex.split(step.typed_with({}))[1:] for step in found] == [w for _, _, w in steps]
    assert [(f"{step.at:%H:%M}", step.who) for step in found] == [
        (f"{at:%H:%M}", who) for at, who, _ in steps
    ]


@given(st.text())
def test_any_text_is_a_script_or_a_fault_with_its_line(text: str) -> None:
    line = 1
    try:
        parse(text, path="day.txt")
    except BadData as fault:
        line = fault.line
    assert 1 <= line <= text.count("\n") + 1


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_shipped_commands_mean_the_same_to_a_shell(language: str) -> None:
    steps = script.read(language).steps
    known = dict.fromkeys((step.name for step in steps if step.name), "7KQ4")
    typed = [step.typed_with(known) for step in steps]
    lines = "\n".join(f"words {line.partition(' ')[2]}" for line in typed)
    said = subprocess.run(
        ["bash", "-c", f"words() {{ printf '%s\\0' \"$@\" ''; }}\n{lines}"],
        capture_output=True,
        check=True,
    )
    heard = [part.split("\0") for part in said.stdout.decode().split("\0\0")[:-1]]
    assert heard == [shlex.split(line)[1:] for line in typed]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_everybody_who_acts_is_in_the_team(language: str) -> None:
    agents = re.findall(r"(?m)^  (\w+): \{name: .*teams: ", script.team(language))
    acting = {step.who for step in script.read(language).steps}
    assert len({*agents, "cron"} - acting) == 1  # on leave today
    assert acting < {*agents, "cron"}
    assert len(agents) >= 6
