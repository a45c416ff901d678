"""What holds for every command: help, JSON, exit codes, and how it behaves when things go wrong."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from conftest import Runner, run_here, settings_for, start_process
from desks import git, ticket_path
from tkt import texts
from tkt.cli.tree import PLUMBING, Tree, names_in, root
from tkt.domain.plaintext import width

if TYPE_CHECKING:
    from collections.abc import Iterator

DERIVED = {
    "path", "state_category", "sla", "next_due_at", "edited", "contested", "updated",
    "waiting_since", "claim", "linked", "transfers", "unassigned_reason",
}  # fmt: skip
LISTS = ("list", "search", "log")
OWN_OUTPUT = {"batch", "export", "merge-driver"}
"""Commands whose stdout is data of a shape of its own."""


def commands(group: Tree = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in names_in(group.folder):
        if name in PLUMBING:
            continue
        found = group.get_command(click.Context(group), name)
        if isinstance(found, Tree):
            yield from commands(found, (*path, name))
        else:
            yield (*path, name)


COMMANDS = sorted(commands())


def command_at(path: tuple[str, ...]) -> click.Command:
    found: click.Command = root
    for name in path:
        assert isinstance(found, Tree)
        found = found.get_command(click.Context(found), name) or found
    return found


def options_of(path: tuple[str, ...]) -> set[str]:
    return {name for param in command_at(path).params for name in param.opts}


def one_document(text: str) -> Any:
    """The one JSON document that ``text`` is, and nothing behind it but its line's end."""
    found, end = json.JSONDecoder().raw_decode(text)
    assert text[end:] == "\n"
    return found


# -- help -------------------------------------------------------------------------------------


def test_commands_are_found() -> None:
    assert {("new",), ("list",), ("set",), ("batch",), ("index", "status")} <= set(COMMANDS)


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("path", [(), *COMMANDS], ids=" ".join)
def test_help_explains_and_shows_examples(
    path: tuple[str, ...], language: str, tmp_path: Path
) -> None:
    result = run_here(tmp_path, *path, "--help", TKT_LANG=language, COLUMNS="80")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("用法" if language == "zh" else "Usage")
    assert any(line.startswith("    $ tkt ") or " | tkt " in line for line in lines)
    prose = [line for line in lines if not line.startswith("    $ ")]
    assert not [line for line in prose if width(line) > 80]
    assert not re.search(r"\bhelp\.[a-z]", result.out)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_short_help_is_the_same(path: tuple[str, ...], tmp_path: Path) -> None:
    assert run_here(tmp_path, *path, "-h").out == run_here(tmp_path, *path, "--help").out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_needs_no_desk_and_leaves_none(path: tuple[str, ...], tmp_path: Path) -> None:
    assert run_here(tmp_path, *path, "--help").code == 0
    assert not list(tmp_path.iterdir())


def test_no_arguments_is_help(tmp_path: Path) -> None:
    result = run_here(tmp_path)
    assert (result.code, result.err) == (0, "")
    assert "search" in result.out


def test_version(tmp_path: Path) -> None:
    from tkt import __version__

    assert run_here(tmp_path, "--version").out == f"tkt {__version__}\n"


# -- JSON -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_takes_json(path: tuple[str, ...]) -> None:
    if path[0] not in OWN_OUTPUT:
        assert "--json" in options_of(path)


@pytest.mark.parametrize("name", LISTS)
def test_lists_take_every_format(name: str) -> None:
    assert {"--json", "--jsonl", "--csv", "--markdown"} <= options_of((name,))


@pytest.fixture
def ticket(tkt: Runner) -> str:
    return tkt.new("收到的杯子碎了", "-m", "要求退款", "tags=vip", "own=yes")


def test_a_ticket_is_its_file_and_what_is_derived(tkt: Runner, desk: Path, ticket: str) -> None:
    from tkt.storage import yaml

    row = one_document(tkt("show", ticket, "--json").out)
    doc: Any = yaml.load((desk / row["path"]).read_bytes(), path=row["path"])
    assert set(row) == set(doc) | DERIVED
    assert {key: row[key] for key in doc} == doc
    assert (row["state_category"], row["edited"], row["contested"]) == ("new", False, [])


def test_lists_are_arrays_of_tickets(tkt: Runner, ticket: str) -> None:
    shown = one_document(tkt("show", ticket, "--json").out)
    for args in (("list",), ("search", "杯子")):
        (row,) = one_document(tkt(*args, "--json").out)
        assert row == shown
        (line,) = tkt(*args, "--jsonl").out.splitlines()
        assert json.loads(line) == shown
        assert ticket in tkt(*args, "--csv").out.splitlines()[1]
        assert tkt(*args, "--markdown").out.startswith("|")


def test_an_empty_list_is_an_empty_document(tkt: Runner) -> None:
    assert one_document(tkt("list", "--json").out) == []
    assert tkt("list", "--jsonl").out == ""
    assert len(tkt("list", "--csv").out.splitlines()) == 1


@pytest.mark.parametrize(
    "args",
    [
        ("new", "另一张"), ("note", "{}", "已联系"), ("set", "{}", "priority=high"),
    ],
    ids=lambda args: args[0],
)  # fmt: skip
def test_a_writing_command_answers_id_commit_and_ticket(
    tkt: Runner, desk: Path, ticket: str, args: tuple[str, ...]
) -> None:
    result = tkt(*(word.format(ticket) for word in args), "--json")
    answer = one_document(result.out)
    more = ["similar"] if args[0] == "new" else []
    assert list(answer) == ["id", "commit", "ticket", *more]
    assert git(desk, "rev-parse", "HEAD") == answer["commit"]
    assert answer["ticket"] == one_document(tkt("show", answer["id"], "--json").out)
    assert git(desk, "status", "--porcelain") == ""


def test_hand_edits_answer_alike(tkt: Runner, desk: Path, ticket: str) -> None:
    path = desk / ticket_path(desk, ticket)
    path.write_text(path.read_text().replace("priority: normal", "priority: high", 1))
    answer = one_document(tkt("commit", "--json").out)
    assert list(answer) == ["id", "commit", "ticket"]
    assert answer["commit"] == git(desk, "rev-parse", "HEAD")


def test_nothing_to_commit_is_one_document_too(tkt: Runner) -> None:
    assert one_document(tkt("commit", "--json").out) == []


def test_several_at_once_answer_one_document(tkt: Runner, ticket: str) -> None:
    other = tkt.new("第二张")
    rows = one_document(tkt("set", ticket, other, "priority=high", "--json").out)
    assert [(row["id"], row["ok"]) for row in rows] == [(ticket, True), (other, True)]
    assert all(row["commit"] and row["ticket"]["priority"] == "high" for row in rows)


@pytest.mark.parametrize("how", [("--where", "all"), ("{0}", "{0}"), ("{0}", "--where", "all")])
def test_the_shape_of_an_answer_does_not_hang_on_the_number_of_hits(
    tkt: Runner, ticket: str, how: tuple[str, ...]
) -> None:
    words = [word.format(ticket) for word in how]
    (row,) = one_document(tkt("set", *words, "priority=high", "--json").out)
    assert (row["id"], row["ok"]) == (ticket, True)
    result = tkt("set", *words, "priority=high", "--json")
    assert (result.code, one_document(result.out)[0]["error"]) == (1, "refused")
    assert one_document(tkt("set", "--where", "tag:nobody", "title=x", "--json").out) == []


def test_a_page_has_a_size_for_programs_too(tkt: Runner, desk: Path) -> None:
    (desk / "lines.jsonl").write_text("".join(f'["new", "杯子 {n}"]\n' for n in range(52)))
    assert tkt("batch", "lines.jsonl").code == 0
    for args in (("list",), ("search", "杯子")):
        assert len(one_document(tkt(*args, "--json").out)) == 52
        assert len(one_document(tkt(*args, "--page", "1", "--json").out)) == 50
        assert len(one_document(tkt(*args, "--page", "2", "--json").out)) == 2
        assert len(one_document(tkt(*args, "--page", "2", "--limit", "10", "--json").out)) == 10
    assert len(one_document(tkt("list", "page:2", "--json").out)) == 2


# -- one ticket -------------------------------------------------------------------------------


def test_plain_text_is_the_same_in_every_language(tkt: Runner, ticket: str) -> None:
    assert tkt("set", ticket, "status=open", "tags+=急", "--reason", "催").code == 0
    chinese, english = (tkt("show", ticket, TKT_LANG=language).out for language in texts.LANGUAGES)
    assert chinese == english
    lines = chinese.splitlines()
    assert {"status: open", "tags +急", "why: 催"} <= set(lines)


def test_plain_text_names_what_is_contested_as_files_do() -> None:
    from tkt.render.views import tickets

    event = {"id": "1", "at": "2026-11-21T14:03:11+08:00", "by": "tkt", "do": "contest"}
    row = {
        "id": "261121-7KQ4", "title": "杯子", "path": "x", "edited": False,
        "contested": ["status"], "timeline": [{**event, "add": {"contested": ["status"]}}],
    }  # fmt: skip
    shown = tickets.card(row, tz=UTC)
    assert shown.fields["contested"] == "status"
    assert shown.body[0].content == "contested +status"


def test_a_preview_is_one_document_and_changes_nothing(
    tkt: Runner, desk: Path, ticket: str
) -> None:
    before = git(desk, "rev-parse", "HEAD")
    (row,) = one_document(tkt("set", ticket, "priority=high", "--dry-run", "--json").out)
    assert (row["ok"], row["set"]) == (True, {"priority": "high"})
    assert git(desk, "rev-parse", "HEAD") == before


# -- failures ---------------------------------------------------------------------------------


def failure(tkt: Runner, *args: str, code: int, slug: str, **said: str | None) -> dict[str, Any]:
    """The one object on stderr; checks that people get a line or two as well, and no traceback."""
    result = tkt(*args, "--json", **said)
    assert (result.code, result.out) == (code, "")
    told = one_document(result.err)
    assert list(told)[:3] == ["error", "message", "hint"]
    assert told["error"] == slug
    assert "\n" not in told["message"]
    plain = tkt(*args, **said)
    assert (plain.code, plain.out) == (code, "")
    assert plain.err.startswith("tkt: ")
    assert len(plain.err.splitlines()) <= 2
    assert "Traceback" not in plain.err + result.err
    return dict(told)


def test_refused_by_a_rule_is_1(tkt: Runner, ticket: str) -> None:
    failure(tkt, "set", ticket, "priority=normal", code=1, slug="refused")


def test_a_fault_in_the_data_is_1_and_names_the_place(tkt: Runner, desk: Path) -> None:
    ticket = tkt.new()
    path = desk / ticket_path(desk, ticket)
    path.write_text(path.read_text().replace("priority: normal", "priority: [", 1))
    git(desk, "commit", "-qam", "broken")
    told = failure(tkt, "show", ticket, code=1, slug="bad-data")
    assert told["path"] == str(path.relative_to(desk))
    assert (told["line"] > 1, told["column"] > 0) == (True, True)


@pytest.mark.parametrize(
    "args",
    [("lst",), ("list", "--nothing"), ("list", "colour>"), ("new",), ("set", "x"), ("show",),
     ("list", "--limit", "many"), ("index", "nothing"), ("note", "7KQ4", "x", "--at", "soon")],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_2_and_names_a_next_step(tkt: Runner, args: tuple[str, ...]) -> None:
    failure(tkt, *args, code=2, slug="usage")


@pytest.mark.parametrize(
    "args", [("show", "ZZZZ"), ("note", "ZZZZ", "x"), ("set", "ZZZZ", "priority=high"),
             ("commit", "ZZZZ")], ids=lambda args: args[0],
)  # fmt: skip
def test_not_found_is_3(tkt: Runner, args: tuple[str, ...]) -> None:
    assert failure(tkt, *args, code=3, slug="not-found")["hint"]


def test_a_clock_out_of_all_reach_is_2(tkt: Runner, ticket: str) -> None:
    for now in ("0001-01-01", "9999-12-31T23:59", "soon"):
        told = failure(tkt, "new", "x", code=2, slug="usage", TKT_NOW=now)
        assert "TKT_NOW" in told["message"]
    for at in ("0001-01-01", "9999-12-31", "-9999999d", "8999-12-31"):
        failure(tkt, "new", "x", "--at", at, code=2, slug="usage")


def test_a_name_is_suggested_only_if_it_is_near(tkt: Runner) -> None:
    assert "mean list?" in failure(tkt, "lst", code=2, slug="usage")["message"]
    assert "mean" not in failure(tkt, "nosuch", code=2, slug="usage")["message"]


def test_a_group_alone_is_its_help(tmp_path: Path) -> None:
    result = run_here(tmp_path, "index")
    assert result == run_here(tmp_path, "index", "--help")
    assert (result.code, result.err) == (0, "")


def test_unknown_values_are_3_and_name_what_is_known(tkt: Runner, ticket: str) -> None:
    told = failure(tkt, "set", ticket, "status=nowhere", code=3, slug="not-found")
    assert "pending" in told["hint"]


def test_outside_a_desk_is_3(tmp_path: Path) -> None:
    tkt = Runner(tmp_path, run_here)
    for args in (("list",), ("new", "x"), ("commit",), ("sync",)):
        assert "tkt init" in failure(tkt, *args, code=3, slug="not-found")["hint"]


def test_busy_is_4(tkt: Runner, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tkt.storage import lock

    patience = lock.held.__wrapped__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(patience, "patience", 0.0)
    with lock.held(str(desk / ".git" / "tkt" / "lock")):
        failure(tkt, "new", "x", code=4, slug="busy")


def test_unfinished_git_business_is_refused_in_one_line(tkt: Runner, desk: Path) -> None:
    (desk / ".git" / "MERGE_HEAD").write_text(git(desk, "rev-parse", "HEAD") + "\n")
    failure(tkt, "new", "x", code=1, slug="refused")


def test_a_remote_that_is_not_there_is_5(tkt: Runner, desk: Path) -> None:
    git(desk, "remote", "add", "origin", str(desk.parent / "nowhere.git"))
    failure(tkt, "sync", code=5, slug="unavailable")


def test_a_bug_is_70_one_line_and_a_crash_file(
    tkt: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    from tkt.services import looking

    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("on purpose, customer's words in here")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(looking, "show", broken)
    told = failure(tkt, "show", "7KQ4-secret", code=70, slug="bug")
    crash = next(path for path in tmp_path.iterdir() if path.name.startswith("tkt-crash-"))
    assert str(crash.name)[:10] in told["message"]
    report = crash.read_text()
    assert "ZeroDivisionError" in report
    assert "7KQ4-secret" not in report
    assert crash.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_errors_speak_the_readers_language(tkt: Runner, language: str) -> None:
    said = tkt("show", "ZZZZ", TKT_LANG=language).err
    assert ("没有工单" in said) == (language == "zh")


def test_jsonl_reports_failures_as_json_too(tkt: Runner) -> None:
    result = tkt("list", "colour>", "--jsonl")
    assert (result.code, result.out) == (2, "")
    assert one_document(result.err)["error"] == "usage"


def test_a_word_that_looks_like_the_flag_is_text(tkt: Runner) -> None:
    result = tkt("note", "ZZZZ", "--", "--json")
    assert result.code == 3
    assert result.err.startswith("tkt: ")


# -- streams and signals ----------------------------------------------------------------------


def through_shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    environ = {**settings_for({}), "PY": sys.executable}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environ, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip


def test_a_closed_pipe_ends_quietly(desk: Path, tkt: Runner) -> None:
    (desk / "lines.jsonl").write_text("".join(f'["new", "{n}{"长" * 100}"]\n' for n in range(300)))
    assert tkt("batch", "lines.jsonl").code == 0
    done = through_shell(
        desk, '"$PY" -m tkt list --json | head -c 10; echo; echo "${PIPESTATUS[0]}"'
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("args", ["list --json", "list", "--help", "--version", "show {}"])
def test_a_full_disk_is_5(desk: Path, ticket: str, args: str) -> None:
    done = through_shell(desk, f'"$PY" -m tkt {args.format(ticket)} > /dev/full')
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1
    assert os.strerror(errno.ENOSPC) in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_what_was_recorded_stays_recorded_when_the_answer_is_lost(desk: Path) -> None:
    done = through_shell(desk, '"$PY" -m tkt new x --json > /dev/full')
    assert done.returncode == 5
    assert git(desk, "log", "-1", "--format=%s").startswith("open ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    ("line", "code"),
    [("show zzz 2>/dev/full", 3), ("show zzz --json 2>/dev/full", 3), ("nosuch 2>/dev/full", 2),
     ("new x >/dev/full 2>/dev/full", 5), ("list 2>/dev/full", 0)],
)  # fmt: skip
def test_the_exit_code_holds_where_nobody_can_be_told(desk: Path, line: str, code: int) -> None:
    assert through_shell(desk, f'"$PY" -m tkt {line}').returncode == code


@pytest.mark.parametrize("args", ["batch", "note {} -", "import -"])
def test_closed_stdin_is_told_in_one_line(desk: Path, ticket: str, args: str) -> None:
    done = through_shell(desk, f'"$PY" -m tkt {args.format(ticket)} <&-')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "tkt: standard input is closed; there is nothing to read\n"


def test_closed_stdout_and_stderr_are_no_bug(desk: Path) -> None:
    done = through_shell(desk, '"$PY" -m tkt list >&- 2>&-; echo $?')
    assert done.stdout.strip() in ("0", "5")
    assert "Traceback" not in done.stderr


def test_interrupt_is_130_and_one_line(desk: Path) -> None:
    process = start_process(desk, "batch")
    assert process.stdin
    assert process.stdout
    process.stdin.write('["new", "x"]\n')
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["ok"]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert len(err.splitlines()) == 1


def test_odd_locale_prints_chinese_all_the_same(desk: Path, tkt: Runner) -> None:
    tkt.new("杯子碎了")
    environ = settings_for({"LC_ALL": "C", "PYTHONIOENCODING": None, "PYTHONUTF8": "0"})
    done = subprocess.run(
        [sys.executable, "-m", "tkt", "list"], cwd=desk, env=environ, capture_output=True,
        check=False,
    )  # fmt: skip
    assert "杯子碎了" in done.stdout.decode()
