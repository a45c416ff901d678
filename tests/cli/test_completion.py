"""Tab at a real shell: commands, options, ids with titles, values, agents, words of a query."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from worlds import make_world

from conftest import settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 30.0
"""Seconds after which a shell that says nothing is taken for stuck."""

ON_TERMINAL = """\
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Makes the terminal the one that signals come from; some shells start in no other way."""

START = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "bind 'set enable-bracketed-paste off'; bind 'set show-all-if-ambiguous on'; "
        'eval "$(_TKT_COMPLETE=bash_source tkt)"',
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "unsetopt zle_bracketed_paste prompt_cr prompt_sp 2>/dev/null; "
        'autoload -Uz compinit && compinit -u -D; eval "$(_TKT_COMPLETE=zsh_source tkt)"',
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        "_TKT_COMPLETE=fish_source tkt | source",
    ),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, _nobodys_home: None) -> Path:
    return make_world(tmp_path_factory.mktemp("completion"), "zh")


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """A ``tkt`` that completes as the real one, and when run tells what it was given."""
    tool = tmp_path / "bin" / "tkt"
    tool.parent.mkdir()
    python = shlex.quote(sys.executable)
    tool.write_text(
        f'#!/bin/sh\n[ "$_TKT_COMPLETE" ] && exec {python} -m tkt "$@"\n'
        "printf 'GIVEN'; for word; do printf '<%s>' \"$word\"; done; printf 'END\\n'\n"
    )
    tool.chmod(0o755)
    return tool


def environment(tool: Path, **said: str | None) -> dict[str, str]:
    return settings_for({
        "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}", "TERM": "xterm", "PS1": "", **said
    })  # fmt: skip


class Shell:
    """An interactive shell on a terminal of its own."""

    def __init__(self, kind: str, folder: Path, environ: dict[str, str]) -> None:
        words, setup = START[kind]
        self.master, inner = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", ON_TERMINAL, *words],
            cwd=folder, env=environ, stdin=inner, stdout=inner, stderr=inner,
            start_new_session=True,
        )  # fmt: skip
        os.close(inner)
        self.seen = ""
        self.type(f"{setup}\n")
        self.type("tkt ready\n")
        self.until("GIVEN<ready>END")

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def read(self) -> None:
        try:
            self.seen += os.read(self.master, 1 << 16).decode(errors="replace")
        except OSError:
            raise AssertionError(f"the shell is gone: {self.seen}") from None

    def until(self, wanted: str) -> str:
        """What was printed until ``wanted`` appeared."""
        end = time.monotonic() + PATIENCE
        while wanted not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.master], [], [], 0.2)[0]:
                self.read()
        told, _, self.seen = self.seen.partition(wanted)
        return told + wanted

    def completed(self, typed: str, *, ending: str = "") -> str:
        """The words that ``tkt`` is given when Tab is pressed after ``typed``."""
        self.type(f"{typed}\t")
        self.settle()
        self.type(f"{ending}\n")
        told = self.until("END")
        return told[told.rindex("GIVEN") + 5 : -3]

    def offered(self, typed: str) -> str:
        """What is shown when Tab is pressed and several things may be meant."""
        self.seen = ""
        self.type(f"{typed}\t")
        self.settle()
        self.type("\t")
        return self.settle()

    def settle(self) -> str:
        """Wait until the shell has nothing more to say; what it said."""
        told = len(self.seen)
        quiet = 0.0
        end = time.monotonic() + PATIENCE
        while (quiet < 0.6 or len(self.seen) == told) and time.monotonic() < end:
            if select.select([self.master], [], [], 0.2)[0]:
                self.read()
                quiet = 0.0
            else:
                quiet += 0.2
            if len(self.seen) == told and quiet > 3:
                break
        return self.seen

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


@pytest.fixture(params=sorted(START))
def shell(request: pytest.FixtureRequest, shop: Path, tool: Path) -> Iterator[Shell]:
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here")
    started = Shell(request.param, shop, environment(tool))
    yield started
    started.close()


@pytest.mark.slow
def test_a_shell_completes_words(shell: Shell) -> None:
    assert shell.completed("tkt sea") == "<search>"
    assert shell.completed("tkt list --mark") == "<list><--markdown>"
    assert shell.completed("tkt show 261121-M") == "<show><261121-M3WX>"
    assert shell.completed("tkt show 7K") == "<show><7KQ4>"
    assert shell.completed("tkt set 7KQ4 prio", ending="high") == "<set><7KQ4><priority=high>"
    assert shell.completed("tkt set 7KQ4 status=pen") == "<set><7KQ4><status=pending>"
    assert shell.completed("tkt set 7KQ4 assignee=wa") == "<set><7KQ4><assignee=wang>"
    assert shell.completed("tkt new 杯子 --assignee wa") == "<new><杯子><--assignee><wang>"
    assert shell.completed("tkt list team:afters") == "<list><team:aftersales>"
    assert shell.completed("tkt index stat") == "<index><status>"


@pytest.mark.slow
def test_a_shell_shows_ids_with_their_titles(shell: Shell) -> None:
    offered = shell.offered("tkt show 2611")
    assert "261121-7KQ4" in offered
    assert "261121-M3WX" in offered
    assert "the cup is broken" in offered


def asked(folder: Path, line: str, word: str, **said: str | None) -> tuple[int, list[str], str]:
    """What bash is told: exit code, candidates, error output."""
    environ = settings_for({
        "_TKT_COMPLETE": "bash_complete", "COMP_LINE": line, "COMP_WORD": word, **said
    })  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tkt"], cwd=folder, env=environ, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    told = done.stdout.splitlines()
    return done.returncode, [line.removeprefix("plain,") for line in told if line], done.stderr


def candidates(shop: Path, line: str, **said: str | None) -> list[str]:
    word = line.split(" ")[-1]
    code, found, err = asked(shop, line, word, **said)
    assert (code, err) == (0, "")
    return [candidate.partition("\t")[0] for candidate in found]


def test_commands_come_with_their_summaries(shop: Path) -> None:
    code, found, _ = asked(shop, "tkt s", "s", TKT_LANG="zh")
    assert code == 0
    assert "search\t全文搜索" in found


def test_plumbing_is_not_offered(shop: Path) -> None:
    assert "merge-driver" not in candidates(shop, "tkt ")


def test_options_are_explained_in_the_readers_language(shop: Path) -> None:
    _, found, _ = asked(shop, "tkt list --lim", "--lim", TKT_LANG="zh")
    assert found[0].startswith("--limit\t")
    assert "help." not in found[0]


def test_ids_come_in_the_case_in_which_they_are_typed(shop: Path) -> None:
    assert candidates(shop, "tkt show m3") == ["m3wx"]
    assert candidates(shop, "tkt show M3") == ["M3WX"]
    assert candidates(shop, "tkt show 261120") == ["261120-HP5R"]


def test_set_offers_ids_and_fields(shop: Path) -> None:
    assert {"261121-7KQ4", "priority=", "tags="} <= set(candidates(shop, "tkt set "))
    assert "opened=" not in candidates(shop, "tkt set ")


def test_value_follows_the_field(shop: Path) -> None:
    assert candidates(shop, "tkt set 7KQ4 priority=") == [
        "priority=low", "priority=normal", "priority=high", "priority=urgent",
    ]  # fmt: skip


def test_only_what_bash_replaces_is_told(shop: Path) -> None:
    assert asked(shop, "tkt set 7KQ4 status=pen", "pen", TKT_LANG="zh")[1] == ["pending\t等待中"]


def test_query_in_quotes_completes_its_last_word(shop: Path) -> None:
    code, found, _ = asked(shop, "tkt list 'status:new prio", "status:new prio")
    assert (code, found[0].partition("\t")[0]) == (0, "status:new priority:")


def test_values_in_a_list_of_several(shop: Path) -> None:
    assert candidates(shop, "tkt list priority:high,ur") == ["priority:high,urgent"]


def test_derived_fields_and_flags_are_words_of_a_query(shop: Path) -> None:
    assert candidates(shop, "tkt list upd") == ["updated:"]
    assert "overdue" in candidates(shop, "tkt list over")


@pytest.mark.parametrize(
    "line", ["tkt show ", "tkt set ", "tkt list team:", "tkt nothing ", "tkt "]
)
def test_outside_a_desk_nothing_is_said(tmp_path: Path, line: str) -> None:
    code, _, err = asked(tmp_path, line, "", TKT_DESK=None)
    assert (code, err) == (0, "")


def test_broken_settings_spoil_nothing(shop: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(shop, tmp_path / "shop")
    (broken / ".git" / "HEAD").write_text("nonsense\n")
    assert asked(broken, "tkt show ", "") == (0, [], "")


def test_open_quotes_and_odd_lines_spoil_nothing(shop: Path) -> None:
    for line in ("tkt show '", 'tkt note 7KQ4 "', "tkt list 'a\\", "", "tkt --nothing x"):
        code, _, err = asked(shop, line, "")
        assert (code, err) == (0, "")


def test_titles_reach_the_terminal_tame(shop: Path, tmp_path: Path) -> None:
    from conftest import Runner, run_here

    folder = shutil.copytree(shop, tmp_path / "shop")
    ticket = Runner(folder, run_here).new("\x1b[31m红\u202e tab\there")
    _, found, _ = asked(folder, f"tkt show {ticket}", ticket)
    assert not any(char in found[0].partition("\t")[2] for char in "\x1b\u202e\t")


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_source_needs_no_desk(tmp_path: Path, kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tkt"], cwd=tmp_path, capture_output=True, encoding="utf-8",
        env=settings_for({"_TKT_COMPLETE": f"{kind}_source"}), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{kind}_complete" in done.stdout


def test_unknown_shell_is_no_bug(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tkt"], cwd=tmp_path, capture_output=True,
        env=settings_for({"_TKT_COMPLETE": "tcsh_source"}), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
