"""``tkt cron``: what it prints, what it does to a crontab, and what cron's shell makes of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOW, Runner
from tkt.storage.crontab import LOG_LIMIT
from tkt.storage.git import Git
from tkt.storage.lock import held_run

THEIRS = b"# mine\nMAILTO=me@shop.example\n0 3 * * * backup --all  \n\n"

FAKE = """\
#!/bin/sh
# A crontab that is a file beside this one.
store="$(dirname "$0")/tab"
case "$1" in
-l) test -e "$store" || { echo "no crontab for tester" >&2; exit 1; }; cat "$store" ;;
-) cat > "$store"; echo x >> "$store.writes" ;;
*) exit 2 ;;
esac
"""


@pytest.fixture
def tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The crontab's file; the ``crontab`` that keeps it goes before any other."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "crontab"
    program.write_text(FAKE)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder / "tab"


def writes(tab: Path) -> int:
    path = tab.with_name("tab.writes")
    return len(path.read_text().splitlines()) if path.exists() else 0


def lines(tkt: Runner, *args: str) -> list[str]:
    found: list[str] = tkt("cron", "--json", *args).json["lines"]
    return found


def as_cron_reads(line: str) -> str:
    """The command of a crontab line as cron gives it to the shell."""
    command = line.split(None, 5)[5]
    assert not re.search(r"(?<!\\)%", command), "a bare percent sign ends the command"
    return command.replace("\\%", "%")


def test_installing_keeps_everything_else(tkt: Runner, tab: Path) -> None:
    tab.write_bytes(THEIRS)
    assert tkt("cron", "--install").code == 0
    assert tab.read_bytes() == THEIRS + "".join(f"{each}\n" for each in lines(tkt)).encode()
    assert tkt("cron", "--uninstall").code == 0
    assert tab.read_bytes() == THEIRS


def test_installing_twice_is_installing_once(tkt: Runner, tab: Path) -> None:
    assert tkt("cron", "--install", "--json").json["changed"] is True
    once = tab.read_bytes()
    assert tkt("cron", "--install", "--json").json["changed"] is False
    assert (tab.read_bytes(), writes(tab)) == (once, 1)
    tkt("cron", "--install", "--every", "10m")
    assert tab.read_bytes().count(b"# tkt begin") == 1
    assert b"-59/10 " in tab.read_bytes()


def test_uninstalling_where_nothing_is_changes_nothing(tkt: Runner, tab: Path) -> None:
    assert tkt("cron", "--uninstall", "--json").json == {"installed": False, "changed": False}
    assert writes(tab) == 0


def test_two_desks_stand_side_by_side(tkt: Runner, tab: Path, desk: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(desk, tmp_path / "other"))
    tkt("cron", "--install")
    alone = tab.read_bytes()
    tkt.at(other, "cron", "--install")
    tkt.at(other, "cron", "--uninstall")
    assert tab.read_bytes() == alone


def test_a_last_line_without_an_end_gets_one(tkt: Runner, tab: Path) -> None:
    tab.write_bytes(b"0 3 * * * backup")
    tkt("cron", "--install")
    assert tab.read_bytes().startswith(b"0 3 * * * backup\n# tkt begin ")


def test_a_block_that_was_cut_is_left_alone(tkt: Runner, tab: Path) -> None:
    tkt("cron", "--install")
    cut = tab.read_bytes().rpartition(b"# tkt end")[0] + b"0 3 * * * backup\n"
    tab.write_bytes(cut)
    assert tkt("cron", "--install").code == 1
    assert tab.read_bytes() == cut


def test_without_crontab_there_is_systemd(
    tkt: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git = shutil.which("git")
    assert git
    (tmp_path / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = tkt("cron", "--install")
    assert (done.code, "--systemd" in done.err) == (5, True)


@pytest.mark.parametrize("verb", ["-l", "-"])
def test_a_crontab_that_hangs_is_not_waited_for(
    tkt: Runner, tab: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    program = tab.with_name("crontab")
    program.write_text(FAKE.replace(f"{verb})", f"{verb}) exec sleep 600;", 1))
    monkeypatch.setattr("tkt.storage.crontab.PATIENCE", 0.3)
    done = tkt("cron", "--install")
    assert (done.code, done.out) == (5, "")
    assert "did not end" in done.err


@pytest.mark.parametrize("name", ["my desk", "100% cotton", "it's", 'a "b" $HOME `x` \\', "杯子%"])
def test_cron_finds_a_desk_of_any_name(desk: Path, tmp_path: Path, name: str) -> None:
    """The line is run as cron runs it, with next to nothing in the environment."""
    from conftest import run_here

    odd = tmp_path / name / "shop"
    odd.parent.mkdir()
    shutil.copytree(desk, odd)
    line = run_here(odd, "cron", "--json").json["lines"][1]
    bare = {"HOME": os.environ["HOME"], "GIT_CONFIG_GLOBAL": os.environ["GIT_CONFIG_GLOBAL"],
            "PYTHONPATH": os.environ["PYTHONPATH"], "LOGNAME": "tester"}  # fmt: skip
    done = subprocess.run(
        ["/bin/sh", "-c", as_cron_reads(line)], cwd="/", env=bare, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    log = (odd / ".git/tkt/cron.log").read_text()
    assert (done.returncode, done.stdout + done.stderr) == (0, ""), log
    assert re.search(r"^\S+ notify .*sent=0 .*seconds=\S+ exit=0$", log, re.MULTILINE), log


@pytest.mark.parametrize(
    ("every", "times"),
    [
        ("1m", r"\* \* \* \* \*"),
        ("5m", r"[1-4]-59/5 \* \* \* \*"),
        ("半小时", r"\d+-59/30 \* \* \* \*"),
        ("1h", r"[1-9]\d? \* \* \* \*"),
        ("6h", r"[1-9]\d? \*/6 \* \* \*"),
        ("1d", r"[1-9]\d? 0 \* \* \*"),
    ],
)
def test_how_often_in_the_words_of_cron(tkt: Runner, every: str, times: str) -> None:
    assert re.match(rf"{times} \S", lines(tkt, "--every", every)[1])


@pytest.mark.parametrize("every", ["7m", "90s", "0m", "5h", "2d", "often"])
def test_what_cron_cannot_tell_is_refused(tkt: Runner, every: str) -> None:
    done = tkt("cron", "--every", every)
    assert (done.code, "15m" in done.err) == (2, True)


def test_one_thing_at_a_time(tkt: Runner) -> None:
    assert tkt("cron", "--install", "--uninstall").code == 2


def test_systemd_gets_the_same(tkt: Runner, desk: Path) -> None:
    files = tkt("cron", "--systemd", "--every", "10m", "--json").json["files"]
    service, timer = sorted(files)
    assert f'Environment="TKT_DESK={desk}"' in files[service]
    assert '"cron" "--run"' in files[service]
    assert "OnUnitActiveSec=600" in files[timer]
    assert service.removesuffix(".service") == timer.removesuffix(".timer")


def test_each_run_leaves_a_line(tkt_process: Runner, desk: Path) -> None:
    for _ in range(2):
        done = tkt_process("cron", "--run")
        assert (done.code, done.out) == (0, "")
    log = (desk / ".git/tkt/cron.log").read_text().splitlines()
    assert len([line for line in log if " notify " in line]) == 2
    assert log[0].startswith(NOW[:19])


def test_a_line_says_how_much_was_done(tkt_process: Runner, tkt: Runner, desk: Path) -> None:
    from desks import commit_by_hand

    commit_by_hand(desk, {"team.yaml": b"agents: {zhao: {name: Z}}\n"})
    for number in range(2):
        ticket = tkt.new(f"杯子 {number}", "assignee=zhao")
        tkt("promise", ticket, "--by", "+10m")
    assert tkt_process("cron", "--run", TKT_NOW="2026-11-23T14:03:11+08:00").code == 0
    assert tkt_process("cron", "--run", TKT_NOW="2026-11-23T14:03:11+08:00").code == 0
    log = (desk / ".git/tkt/cron.log").read_text().splitlines()
    some, none = (line for line in log if " sweep " in line)
    assert re.search(r" sweep actions=[1-9]\d* .*tickets=2 seconds=\S+ exit=0$", some), log
    assert re.search(r" sweep actions=0 .*tickets=0 seconds=\S+ exit=0$", none), log


def test_what_fails_is_in_the_log_and_in_the_exit_code(tkt_process: Runner, desk: Path) -> None:
    from desks import commit_by_hand

    commit_by_hand(desk, {"team.yaml": b"agents: {lin: {notify: {via: nowhere}}}\n"})
    done = tkt_process("cron", "--run", "--json")
    assert done.code == 1
    assert {job["name"]: job["code"] for job in done.json["jobs"]}["notify"] == 1
    assert "nowhere" in (desk / ".git/tkt/cron.log").read_text()


def test_a_run_that_is_still_at_it_is_not_joined(tkt: Runner, desk: Path) -> None:
    with held_run(Git.at(str(desk)), "cron") as alone:
        assert alone
        done = tkt("cron", "--run", "--json")
    assert (done.code, done.json) == (0, {"jobs": []})
    assert not (desk / ".git/tkt/cron.log").exists()


def test_a_long_log_is_put_aside(tkt_process: Runner, desk: Path) -> None:
    log = desk / ".git/tkt/cron.log"
    log.write_bytes(b"x" * (LOG_LIMIT + 1))
    assert tkt_process("cron", "--run").code == 0
    assert log.stat().st_size < 10_000
    assert log.with_name("cron.log.1").stat().st_size == LOG_LIMIT + 1


@given(
    st.lists(st.sampled_from([b"# tkt begin /x", b"# tkt end /x", b"0 3 * * * a", b"", b"\xff"]))
)
def test_whatever_a_crontab_says_the_rest_of_it_stays(found: list[bytes]) -> None:
    from tkt.errors import Refused
    from tkt.services import scheduling
    from tkt.storage import crontab

    before = b"".join(line + b"\n" for line in found)
    kept: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crontab, "read", lambda: before)
        patch.setattr(crontab, "write", kept.append)
        try:
            scheduling._edit("/x", ["# tkt begin /x", "NEW", "# tkt end /x"])
        except Refused:
            assert not kept
            return
    after = kept[0] if kept else before
    assert after.count(b"NEW\n") == 1
    outside, inside = [], False
    for line in found:
        if line == b"# tkt begin /x":
            inside = True
        elif not inside:
            outside.append(line)
        elif line == b"# tkt end /x":
            inside = False
    rest = after.replace(b"# tkt begin /x\nNEW\n# tkt end /x\n", b"", 1)
    assert rest == b"".join(line + b"\n" for line in outside)


@pytest.mark.skipif(not shutil.which("crontab"), reason="there is no cron here")
def test_the_real_crontab_takes_our_lines(tkt: Runner) -> None:
    """Checked, not installed: whoever runs the tests has a crontab of their own."""
    text = "".join(f"{line}\n" for line in lines(tkt))
    done = subprocess.run(
        ["crontab", "-T", "-"], input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or "-T" in done.stderr or "usage" in done.stderr


def test_program_is_called_by_its_whole_path(tkt: Runner) -> None:
    assert f" {sys.executable} -m tkt cron --run" in lines(tkt)[1]


def test_settings_go_along(tkt: Runner) -> None:
    done = tkt("cron", "--json", TKT_SECRETS="/etc/my secrets.yaml")
    assert "TKT_SECRETS='/etc/my secrets.yaml'" in done.json["lines"][1]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("http://lin:hunter2@proxy.shop.example:3128", "http://proxy.shop.example:3128"),
        ("lin:hunter2@proxy.shop.example:3128", "proxy.shop.example:3128"),
        ("http://lin:hun/ter2@x@proxy.shop.example/", "http://proxy.shop.example/"),
    ],
)
def test_a_password_of_a_proxy_gets_into_no_crontab(
    tkt: Runner, tab: Path, said: str, kept: str
) -> None:
    for words in ((), ("--systemd",), ("--install",)):
        done = tkt("cron", *words, https_proxy=said)
        assert done.code == 0
        assert "https_proxy" in done.err
        assert "hun" not in done.out + done.err
    assert f"https_proxy={kept} " in tab.read_text()
    assert "hun" not in tab.read_text()


def test_a_proxy_without_a_password_goes_along_as_it_is(tkt: Runner) -> None:
    done = tkt("cron", https_proxy="http://proxy:3128", no_proxy="localhost,.shop.example")
    assert done.err == ""
    assert "https_proxy=http://proxy:3128 no_proxy=localhost,.shop.example" in done.out
