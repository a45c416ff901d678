"""Texts from an argument, a pipe or an editor; what could not be recorded is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from desks import status
from terminals import Terminal
from tkt.cli.composing import CUT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


class Seen(NamedTuple):
    code: int
    out: str


@pytest.fixture
def ticket(tkt: Runner) -> str:
    return tkt.new("杯子碎了", "-m", "要求退款", "--customer", "小王")


def editor(folder: Path, script: str) -> str:
    """An editor that does to its file, ``$1``, what a shell script says."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def at_terminal(desk: Path, *args: str, typed: str = "", **said: str) -> Seen:
    """``tkt args`` with a terminal for all its streams."""
    screen = Terminal(desk, args, said)
    if typed:
        screen.type(typed)
    return Seen(*screen.end())


def said(tkt: Runner, ticket: str) -> list[tuple[str, str]]:
    timeline = tkt("show", ticket, "--json").json["timeline"]
    return [(event["do"], event["text"]) for event in timeline if "text" in event][1:]


# -- arguments and pipes ----------------------------------------------------------------------


def test_the_last_word_is_the_text(tkt: Runner, ticket: str) -> None:
    other = tkt.new("第二张")
    assert tkt("reply", ticket, other, "亲,请稍等").code == 0
    assert said(tkt, ticket) == [("reply", "亲,请稍等")]
    assert tkt("note", ticket, other, "-m", "在查").code == 0
    assert said(tkt, ticket)[1] == ("note", "在查")


def test_a_pipe_is_taken_as_it_is(tkt: Runner, ticket: str) -> None:
    assert tkt("reply", ticket, stdin="第一行\n  第二行\n").code == 0
    assert tkt("note", ticket, "-", stdin="备注").code == 0
    assert said(tkt, ticket) == [("reply", "第一行\n  第二行\n"), ("note", "备注")]


def test_an_empty_pipe_says_nothing(tkt: Runner, ticket: str) -> None:
    assert tkt("reply", ticket, stdin="").code == 2
    assert tkt("reply", ticket, stdin=" \n").code == 2
    assert said(tkt, ticket) == []


def test_a_piped_text_that_cannot_be_recorded_is_kept(tkt: Runner, desk: Path, ticket: str) -> None:
    path = desk / tkt("show", ticket, "--json").json["path"]
    path.write_text(path.read_text() + "# 手工\n")
    result = tkt("reply", ticket, stdin="很长的回复")
    assert result.code == 1
    kept = next((desk / ".git/tkt/people/lin/drafts").iterdir())
    assert str(kept) in result.err
    assert kept.read_text() == "很长的回复"
    told = tkt("reply", ticket, "--json", stdin="很长的回复").err
    assert len(told.splitlines()) == 1


# -- the editor -------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_editor_has_the_ticket_below_a_line_that_is_not_sent(
    tkt: Runner, desk: Path, tmp_path: Path, ticket: str
) -> None:
    keep = tmp_path / "seen.txt"
    script = f'cp "$1" {keep}; printf "亲,已退款\\n\\n" | cat - "$1" > "$1.x"; mv "$1.x" "$1"'
    result = at_terminal(desk, "reply", ticket, EDITOR=editor(tmp_path, script))
    assert result.code == 0, result.out
    assert said(tkt, ticket) == [("reply", "亲,已退款")]
    shown = keep.read_text()
    assert shown.index(CUT) < shown.index("杯子碎了") < shown.index("要求退款")
    assert not list((desk / ".git/tkt/people/lin/drafts").iterdir())
    assert status(desk) == ""


@pytest.mark.slow
def test_an_editor_that_fails_keeps_the_text_and_the_next_one_begins_with_it(
    tkt: Runner, desk: Path, tmp_path: Path, ticket: str
) -> None:
    fails = editor(tmp_path, 'printf "写到一半" > "$1"; exit 3')
    result = at_terminal(desk, "reply", ticket, EDITOR=fails)
    assert (result.code, said(tkt, ticket)) == (2, [])
    assert "drafts" in result.out
    goes_on = editor(tmp_path, 'sed -i "1s/$/,写完了/" "$1"')
    assert at_terminal(desk, "reply", ticket, EDITOR=goes_on).code == 0
    assert said(tkt, ticket) == [("reply", "写到一半,写完了")]


@pytest.mark.slow
def test_nothing_written_is_nothing_done(
    tkt: Runner, desk: Path, tmp_path: Path, ticket: str
) -> None:
    result = at_terminal(desk, "note", ticket, EDITOR=editor(tmp_path, "true"))
    assert (result.code, said(tkt, ticket)) == (2, [])


@pytest.mark.slow
def test_a_text_that_git_refuses_is_there_the_next_time(
    tkt: Runner, desk: Path, tmp_path: Path, ticket: str
) -> None:
    hook = desk / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    writes = editor(tmp_path, 'printf "辛苦写的" > "$1"')
    assert at_terminal(desk, "reply", ticket, EDITOR=writes).code == 1
    hook.unlink()
    assert at_terminal(desk, "reply", ticket, EDITOR=editor(tmp_path, "true")).code == 0
    assert said(tkt, ticket) == [("reply", "辛苦写的")]


# -- shared drafts ----------------------------------------------------------------------------


def test_a_draft_is_for_colleagues_until_somebody_sends_it(tkt: Runner, ticket: str) -> None:
    assert tkt("reply", ticket, "亲,在查", "--draft").code == 0
    assert said(tkt, ticket) == [("draft", "亲,在查")]
    assert tkt("reply", ticket, "--send", TKT_ACTOR="zhao").code == 0
    event = tkt("show", ticket, "--json").json["timeline"][-1]
    assert (event["do"], event["by"], event["text"]) == ("reply", "zhao", "亲,在查")
    refused = tkt("reply", ticket, "--send")
    assert (refused.code, "tkt reply" in refused.err) == (1, True)


# -- asking -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "code", "left"), [("n\n", 2, 25), ("y\n", 0, 0)])
def test_a_query_that_finds_many_asks_at_a_terminal(
    tkt: Runner, desk: Path, tmp_path: Path, typed: str, code: int, left: int
) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(f'["new", "杯子 {n}"]\n' for n in range(25)))
    assert tkt("batch", str(lines)).code == 0
    result = at_terminal(desk, "close", "--where", "all", typed=typed)
    assert result.code == code
    assert "25" in result.out
    assert len(tkt("list", "--json").json) == left


def test_the_editor_shows_the_conversation_below_the_text(
    desk: Path, tkt: Runner, ticket: str
) -> None:
    assert tkt("reply", ticket, "亲,今天补发", "--draft").code == 0
    seen = at_terminal(desk, "note", ticket, EDITOR="cat", TKT_LANG="zh")
    assert "\n# #1  14:03  客户 开单（lin 录入）\n#     │ 要求退款\n" in seen.out
    assert "\n# #2  14:03  lin 草稿（未发出）\n#         ┊ 亲,今天补发\n" in seen.out
    assert "\x1b" not in seen.out


# -- slips ------------------------------------------------------------------------------------


def test_a_text_without_its_quotes_goes_to_nobody(tkt: Runner, ticket: str) -> None:
    other = tkt.new("别人的", "--customer", "小李")
    for words in (("ok", other[-1], "private"), (other, "ZZZZ", "private"), ("好的", "private")):
        result = tkt("reply", ticket, *words)
        assert result.code in (2, 3), words
    assert said(tkt, ticket) == said(tkt, other) == []


def test_an_empty_pipe_leaves_no_draft(tkt: Runner, desk: Path, ticket: str) -> None:
    assert tkt("reply", ticket, "-", stdin="").code == 2
    assert not list((desk / ".git/tkt").glob("people/*/drafts/*"))
