"""``tkt batch``: many commands in one process, each line its own action and its own answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from conftest import Result, Runner, start_process
from desks import assert_index_is_right, git, log, notes_in, status

if TYPE_CHECKING:
    from pathlib import Path


def run(tkt: Runner, *lines: Any, code: int = 0) -> list[dict[str, Any]]:
    """The answers to these lines, data as JSON and texts as they are."""
    result = run_raw(tkt, *lines)
    assert result.code == code, result
    return [json.loads(line) for line in result.out.splitlines()]


def run_raw(tkt: Runner, *lines: Any) -> Result:
    text = "".join(
        (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n"
        for line in lines
    )
    file = tkt.folder.parent / "lines.jsonl"
    file.write_text(text, encoding="utf-8")
    return tkt("batch", str(file))


@pytest.fixture
def ticket(tkt: Runner) -> str:
    return tkt.new()


def test_each_line_is_answered_in_order(tkt: Runner, ticket: str) -> None:
    answers = run(tkt, ["note", ticket, "一"], ["note", ticket, "二"])
    assert [(answer["line"], answer["ok"]) for answer in answers] == [(1, True), (2, True)]
    assert notes_in(tkt.folder, ticket) == ["一", "二"]


def test_an_answer_is_what_json_would_have_said(tkt: Runner, ticket: str) -> None:
    noted, shown, listed = run(tkt, ["note", ticket, "一"], ["show", ticket], ["list"])
    assert list(noted["result"]) == ["id", "commit", "ticket"]
    assert shown["result"] == tkt("show", ticket, "--json").json
    assert listed["result"] == tkt("list", "--json").json


def test_every_action_is_a_commit_under_one_merge(tkt: Runner, desk: Path, ticket: str) -> None:
    before = git(desk, "rev-parse", "HEAD")
    answers = run(tkt, *(["note", ticket, str(n)] for n in range(5)))
    own = log(desk, "%H", f"{before}..HEAD", "--no-merges", "--reverse")
    assert [answer["result"]["commit"] for answer in answers] == own
    assert log(desk, "%s", "-1") == ["batch: 5 actions"]
    assert git(desk, "rev-parse", "HEAD^1") == before
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_a_single_action_needs_no_merge(tkt: Runner, desk: Path, ticket: str) -> None:
    run(tkt, ["note", ticket, "x"])
    assert len(log(desk, "%p", "-1")[0].split()) == 1


def test_reading_alone_makes_no_commit(tkt: Runner, desk: Path, ticket: str) -> None:
    before = git(desk, "rev-parse", "HEAD")
    run(tkt, ["list"], ["show", ticket])
    assert git(desk, "rev-parse", "HEAD") == before


def test_later_lines_see_what_earlier_ones_did(tkt: Runner, ticket: str) -> None:
    _, listed, found, shown = run(
        tkt, ["set", ticket, "priority=high", "tags+=vip"], ["list", "tag:vip"],
        ["search", "杯子"], ["show", ticket],
    )  # fmt: skip
    assert [row["id"] for row in listed["result"]] == [ticket]
    assert found["result"][0]["priority"] == "high"
    assert shown["result"]["edited"] is False
    assert listed["result"][0]["edited"] is False


def test_actor_and_time_are_those_of_the_line(tkt: Runner, desk: Path, ticket: str) -> None:
    run(tkt, ["note", ticket, "y"],
        {"run": ["note", ticket, "x"], "actor": "wang", "at": "2026-11-21T14:05"})  # fmt: skip
    rows = tkt("show", ticket, "--json").json["timeline"][1:]
    assert {row["text"]: (row["by"], row["at"]) for row in rows} == {
        "x": ("wang", "2026-11-21T14:05:00+08:00"),
        "y": ("lin", "2026-11-21T14:03:11+08:00"),
    }
    assert set(log(desk, "%an", "-2", "--no-merges")) >= {"wang"}


@pytest.mark.parametrize(
    ("line", "slug", "exit_code"),
    [
        ("not json", "usage", 2),
        ("[]", "usage", 2),
        ("3", "usage", 2),
        ('"note"', "usage", 2),
        ('["note", null]', "usage", 2),
        ('{"run": ["list"], "who": "lin"}', "usage", 2),
        ('{"run": "list"}', "usage", 2),
        ('["nothing"]', "usage", 2),
        ('["list", "--nothing"]', "usage", 2),
        ('["batch"]', "usage", 2),
        ('["init", "x"]', "usage", 2),
        ('["show", "ZZZZ"]', "not-found", 3),
        ('["set", "{}", "priority=normal"]', "refused", 1),
        ('{"run": ["note", "{}", "x"], "at": "soon"}', "usage", 2),
        ("[" * 2000, "usage", 2),
        ('{"run": ["list"], "actor": ' + "[" * 900 + "]" * 900 + "}", "usage", 2),
        ('{"run": ["list"], "at": {"a": 1}}', "usage", 2),
        ("\\ud800", "usage", 2),
    ],
)
def test_a_line_that_fails_hinders_no_other(
    tkt: Runner, ticket: str, line: str, slug: str, exit_code: int
) -> None:
    line = line.replace("{}", ticket)
    first, failed, last = run(
        tkt, ["note", ticket, "前"], line, ["note", ticket, "后"], code=exit_code
    )
    assert (first["ok"], last["ok"]) == (True, True)
    assert (failed["ok"], failed["error"], failed["exit"]) == (False, slug, exit_code)
    assert failed["message"]
    assert list(failed) == ["line", "ok", "error", "message", "hint", "exit"]
    assert "Traceback" not in failed["message"]
    assert notes_in(tkt.folder, ticket) == ["前", "后"]


@pytest.mark.parametrize(
    "words",
    [["maintain"], ["doctor", "--fix"], ["resolve"], ["merge-driver", "a", "b", "c", "d"],
     ["index", "rebuild"], ["export"], ["sync"], ["import", "-"], ["--", "maintain"]],
    ids=" ".join,
)  # fmt: skip
def test_what_needs_the_desk_or_the_stream_to_itself_is_refused(
    tkt: Runner, ticket: str, words: list[str]
) -> None:
    refused, noted = run(tkt, words, ["note", ticket, "后"], code=2)
    assert (refused["ok"], refused["error"], noted["ok"]) == (False, "usage", True)
    assert f"tkt {next(w for w in words if w != '--')}" in refused["hint"]


def test_the_next_step_is_named_in_the_answer(tkt: Runner, ticket: str) -> None:
    lost, unknown, several = run(
        tkt, ["show", "ZZZZ"], ["list", "--nothing"], ["set", ticket, "ZZZZ", "priority=high"],
        code=3,
    )  # fmt: skip
    assert lost["hint"] == json.loads(tkt("show", "ZZZZ", "--json").err)["hint"]
    assert "tkt list --help" in unknown["hint"]
    assert several["result"][1]["hint"] == lost["hint"]


def test_a_line_that_is_not_utf8_is_named(tkt: Runner, ticket: str) -> None:
    file = tkt.folder.parent / "lines.jsonl"
    file.write_bytes(b'["note", "x", "\xff"]\n["note", "' + ticket.encode() + b'", "y"]\n')
    result = tkt("batch", str(file))
    assert [json.loads(line)["ok"] for line in result.out.splitlines()] == [False, True]
    assert result.code == 2


def test_blank_lines_and_a_missing_last_line_end_are_fine(tkt: Runner, ticket: str) -> None:
    file = tkt.folder.parent / "lines.jsonl"
    file.write_text(f'\n["note", "{ticket}", "一"]\r\n\n["note", "{ticket}", "二"]')
    assert tkt("batch", str(file)).code == 0
    assert notes_in(tkt.folder, ticket) == ["一", "二"]


def test_lines_are_numbered_as_in_the_file(tkt: Runner, ticket: str) -> None:
    file = tkt.folder.parent / "lines.jsonl"
    file.write_text(f'\n["note", "{ticket}", "一"]\n\nnonsense\n')
    answers = [json.loads(line) for line in tkt("batch", str(file)).out.splitlines()]
    assert [answer["line"] for answer in answers] == [2, 4]


def test_nothing_at_all_is_fine(tkt: Runner) -> None:
    assert run(tkt) == []


def test_a_file_that_is_not_there_is_told(tkt: Runner) -> None:
    result = tkt("batch", "nowhere.jsonl")
    assert (result.code, result.out) == (5, "")


def test_several_refused_inside_one_line_fail_that_line(tkt: Runner, ticket: str) -> None:
    (answer,) = run(tkt, ["set", ticket, "ZZZZ", "priority=high"], code=3)
    assert answer["ok"] is False
    assert [row["ok"] for row in answer["result"]] == [True, False]


def test_help_inside_spoils_no_answer(tkt: Runner) -> None:
    result = run_raw(tkt, ["list", "--help"], ["--version"], ["list"])
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [answer["line"] for answer in answers] == [1, 2, 3]


def test_standard_input_of_a_line_is_empty(tkt: Runner, ticket: str) -> None:
    (answer,) = run(tkt, ["note", ticket, "-"], code=2)
    assert answer["error"] == "usage"
    assert "text" in answer["message"]


def test_a_ticket_opened_may_be_noted_by_its_id(tkt: Runner) -> None:
    (answer,) = run(tkt, ["new", "杯子", "-m", "碎了"])
    assert tkt("show", answer["result"]["id"]).code == 0


def test_many_lines_make_several_groups(tkt: Runner, desk: Path) -> None:
    before = git(desk, "rev-parse", "HEAD")
    answers = run(tkt, *(["new", f"第{n}张"] for n in range(1100)))
    assert len({answer["result"]["id"] for answer in answers}) == 1100
    assert log(desk, "%s", "--first-parent", "--reverse", f"{before}..") == [
        "batch: 1000 actions", "batch: 100 actions",
    ]  # fmt: skip


def test_a_line_in_and_its_answer_out(desk: Path, tkt: Runner) -> None:
    ticket = tkt.new()
    process = start_process(desk, "batch")
    assert process.stdin
    assert process.stdout
    for n in range(3):
        process.stdin.write(json.dumps(["note", ticket, f"第{n}条"]) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["line"] == n + 1
        assert notes_in(desk, ticket)[-1] == f"第{n}条"
        # Another process gets its turn between the lines.
        assert tkt("note", ticket, f"也有{n}").code == 0
    _, err = process.communicate()
    assert (process.returncode, err) == (0, "")


def test_a_line_may_arrive_in_pieces(desk: Path, tkt: Runner) -> None:
    ticket = tkt.new()
    process = start_process(desk, "batch", "-")
    assert process.stdin
    assert process.stdout
    line = json.dumps(["note", ticket, "x"])
    for part in (line[:10], line[10:], "\n"):
        process.stdin.write(part)
        process.stdin.flush()
    assert json.loads(process.stdout.readline())["ok"]
    process.communicate()
