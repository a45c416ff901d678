"""At a real terminal: colours, links, the pager; and nothing of them anywhere else."""

from __future__ import annotations

import re
import shutil
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Runner, run_process
from terminals import Terminal, shown
from tkt.cli import terminal

if TYPE_CHECKING:
    from pathlib import Path

SGR, LINK = "\x1b[", "\x1b]8;;"
CAN_LINK = {"VTE_VERSION": "7200"}


def seen(folder: Path, *args: str, **said: str | None) -> str:
    return shown(folder, *args, **{"PAGER": "", **said})


@pytest.fixture
def ticket(tkt: Runner) -> str:
    return tkt.new("杯子碎了", "-m", "要求退款", "--priority", "urgent", "--channel", "wechat")


@pytest.fixture
def long(tkt: Runner, ticket: str) -> str:
    """A ticket that no screen can show at once, nor a pipe hold."""
    assert tkt("note", ticket, "-", stdin="很长的备注\n" * 12_000 + "最后一行").code == 0
    return ticket


# -- colours ----------------------------------------------------------------------------------


def test_a_terminal_gets_colours_that_mean_something(desk: Path, ticket: str) -> None:
    text = seen(desk, "list")
    assert f"\x1b[36m{ticket}\x1b[0m" in text
    assert "\x1b[1;31murgent\x1b[0m" in text
    assert "\x1b[1mnew\x1b[0m" in text
    assert "\x1b[1;36mcustomer\x1b[0m" in seen(desk, "show", ticket)


@pytest.mark.parametrize("said", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": None}])
def test_colours_can_be_forbidden(desk: Path, ticket: str, said: dict[str, str | None]) -> None:
    for args in (("list",), ("show", ticket), ("--help",)):
        assert "\x1b" not in seen(desk, *args, **CAN_LINK, **said)
    assert SGR in seen(desk, "list", NO_COLOR="")


@pytest.mark.parametrize("option", ["--json", "--jsonl", "--csv", "--markdown"])
def test_what_programs_read_has_no_colours_and_is_never_paged(
    desk: Path, long: str, option: str
) -> None:
    text = seen(desk, "list", option, **CAN_LINK, PAGER="echo PAGED; cat", LINES="2")
    assert "\x1b" not in text
    assert "PAGED" not in text
    assert long in text


def test_off_a_terminal_there_is_none_of_it(desk: Path, long: str) -> None:
    said = {**CAN_LINK, "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "PAGER": "echo PAGED; cat"}
    for args in (("list",), ("show", long), ("--help",)):
        text = run_process(desk, *args, **said, LINES="2").out
        assert "\x1b" not in text
        assert "PAGED" not in text


def test_hostile_text_cannot_steer_the_terminal(desk: Path, tkt: Runner) -> None:
    ticket = tkt.new("退款\u202e\x9b31m", "--customer", "小\x9b2J王")
    evil = "退款\x1b]8;;file:///etc/passwd\x1b\\\x1b[31m\u202e\x07"
    assert tkt("note", ticket, "-", stdin=evil).code == 0
    for args in (("list",), ("show", ticket), ("search", "退款"), ("log",)):
        text = seen(desk, *args, **CAN_LINK)
        assert "\x1b]8;;file:///etc" not in text
        assert "\x1b[31m" not in text
        assert "\u202e" not in text
        assert not re.search("[\x07\x80-\x9f]", text)
        assert "退款" in text


# -- links ------------------------------------------------------------------------------------


def test_an_id_leads_to_its_file_where_the_terminal_can(desk: Path, ticket: str) -> None:
    for args in (("list",), ("show", ticket), ("search", "杯子")):
        text = seen(desk, *args, **CAN_LINK)
        (address, *_) = re.findall("\x1b]8;;(file://[^\x1b]+)\x1b\\\\", text)
        path = address.removeprefix("file://").partition("/")[2]
        assert (desk.parent.parent / f"/{path}").is_file()
        assert path.endswith(f"{ticket}.yaml")
        assert LINK not in seen(desk, *args)


def test_paths_are_percent_encoded(tkt: Runner, ticket: str, tmp_path: Path) -> None:
    there = tmp_path / "试 用?#%\x1b店"
    shutil.copytree(tkt.folder, there)
    text = seen(there, "list", **CAN_LINK)
    (address, _) = re.findall("\x1b]8;;([^\x1b]*)\x1b\\\\", text)
    assert "%E8%AF%95%20%E7%94%A8%3F%23%25%1B%E5%BA%97/tickets/" in address


@pytest.mark.parametrize(
    ("said", "can"),
    [
        ({"VTE_VERSION": "4999"}, False),
        ({"VTE_VERSION": "many"}, False),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"KITTY_WINDOW_ID": "1"}, True),
        ({"WT_SESSION": "x"}, True),
        ({"KONSOLE_VERSION": "230400"}, True),
        ({**CAN_LINK, "TMUX": "/tmp/x"}, False),
        ({**CAN_LINK, "STY": "1.pts"}, False),
        ({**CAN_LINK, "NO_COLOR": "1"}, False),
        ({**CAN_LINK, "TERM": "dumb"}, False),
        ({**CAN_LINK, "FORCE_HYPERLINK": "0"}, False),
        ({**CAN_LINK, "FORCE_HYPERLINK": ""}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "1", "NO_COLOR": "1"}, True),
    ],
)
def test_only_terminals_known_to_make_links_are_sent_any(said: dict[str, str], can: bool) -> None:
    assert terminal.has_links({"TERM": "xterm", **said}) is can


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_an_address_is_plain_ascii_and_says_the_path(path: str) -> None:
    from urllib.parse import unquote, urlsplit

    address = terminal.addresses("/店 铺")(path)
    assert re.fullmatch("[!-~]+", address)
    parts = urlsplit(address)
    assert (parts.scheme, parts.query, parts.fragment) == ("file", "", "")
    assert unquote(parts.path) == f"/店 铺/{path}"


# -- the pager --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["list", "show", "search", "log", "--help"])
def test_what_is_longer_than_the_screen_is_paged(desk: Path, long: str, command: str) -> None:
    args = {"show": ("show", long), "search": ("search", "杯子")}.get(command, (command,))
    paged = "echo PAGED; cat"
    plain = seen(desk, *args, LINES="2")
    assert seen(desk, *args, PAGER=paged, LINES="2") == "PAGED\n" + plain
    if command != "show":
        assert "PAGED" not in seen(desk, *args, PAGER=paged, LINES="300")


def test_the_screen_is_measured(desk: Path, ticket: str) -> None:
    rows = seen(desk, "show", ticket).count("\n")
    for lines, is_paged in ((rows, True), (rows + 1, False)):
        screen = Terminal(desk, ("show", ticket), {"PAGER": "echo PAGED; cat"}, lines=lines)
        code, text = screen.end()
        assert (code, "PAGED" in text) == (0, is_paged)


@pytest.mark.parametrize("pager", ["", "  ", "cat", "no-such-pager", "no-such-pager -x; exit 127"])
def test_without_a_pager_everything_is_printed(desk: Path, long: str, pager: str) -> None:
    text = seen(desk, "show", long, PAGER=pager)
    assert text.count("很长的备注") == 12_000
    assert "最后一行" in text


def test_a_dumb_terminal_is_not_paged(desk: Path, long: str) -> None:
    assert "PAGED" not in seen(desk, "show", long, PAGER="echo PAGED; cat", TERM="dumb")


def test_less_is_set_up_as_git_does(desk: Path, ticket: str) -> None:
    said = {"LINES": "3", "PAGER": 'echo "<$LESS>"; cat >/dev/null'}
    assert seen(desk, "show", ticket, **said) == "<FRX>\n"
    assert seen(desk, "show", ticket, **said, LESS="-i") == "<-i>\n"


def test_leaving_the_pager_early_is_no_failure(desk: Path, long: str) -> None:
    text = seen(desk, "show", long, PAGER="head -n 1")
    assert text.count("\n") == 1
    assert "杯子碎了" in text


def test_ctrl_c_is_the_pagers(desk: Path, long: str, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\ntrap 'echo heard; exit 0' INT\necho ready\n"
                     "while :; do sleep 0.1; done\n")  # fmt: skip
    pager.chmod(pager.stat().st_mode | stat.S_IXUSR)
    screen = Terminal(desk, ("show", long), {"PAGER": str(pager)})
    screen.until("ready")
    screen.type("\x03")
    code, text = screen.end()
    assert code == 0
    assert "heard" in text
    assert "Traceback" not in text
    assert "interrupted" not in text


def test_a_batch_and_a_demo_are_not_paged(desk: Path, ticket: str, tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text('["list"]\n["show", "--help"]\n')
    said = {"PAGER": "echo PAGED; cat", "LINES": "3"}
    assert "PAGED" not in seen(desk, "batch", str(tmp_path / "lines.jsonl"), **said)
    assert "PAGED" not in seen(tmp_path, "demo", "day", **said)


def test_links_go_through_a_pager_only_if_it_hands_them_on(desk: Path, ticket: str) -> None:
    said = {**CAN_LINK, "LINES": "3"}
    assert LINK not in seen(desk, "show", ticket, **said, PAGER="tee /dev/null")
    forced = seen(desk, "show", ticket, **said, PAGER="tee /dev/null", FORCE_HYPERLINK="1")
    assert LINK in forced


@pytest.mark.parametrize(("version", "links"), [("551", False), ("566", True), ("what?", False)])
def test_an_old_less_is_not_sent_links(
    desk: Path, ticket: str, tmp_path: Path, version: str, links: bool
) -> None:
    less = tmp_path / "less"
    less.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "less {version} (x)" || cat\n')
    less.chmod(0o755)
    text = seen(desk, "show", ticket, **CAN_LINK, LINES="3", PAGER=str(less))
    assert (LINK in text) is links
    assert SGR in text


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_less_itself_shows_a_page_and_can_be_left(desk: Path, long: str) -> None:
    screen = Terminal(desk, ("show", long), {})
    screen.until("很长的备注")
    screen.type("q")
    code, text = screen.end()
    assert code == 0
    assert "最后一行" not in text
    assert "Traceback" not in text
