"""Starting quickly is part of the product: what the commands of every minute may import."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import Runner, settings_for
from terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "git", "gitdb", "ruamel", "_ruamel_yaml", "tabulate", "wcwidth", "email", "importlib.metadata",
    "subprocess", "logging", "asyncio", "tempfile", "hashlib", "random", "multiprocessing",
    "concurrent", "http", "urllib.request", "ssl", "socket", "unittest", "typing_extensions",
    "difflib", "tkt.services.opening", "tkt.services.actions", "tkt.services.handediting",
    "tkt.services.syncing", "tkt.cli.demo", "tkt.storage.transaction", "tkt.storage.rewrite",
    "tkt.storage.yaml",
}  # fmt: skip
"""What none of these commands has any use for."""

PROBE = """\
import sys, io, json
from tkt.cli.main import run
out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
sys.stdout = out
code = run(sys.argv[1:])
told = out.buffer.getvalue().decode()
sys.__stdout__.write(json.dumps({"code": code, "out": told, "modules": sorted(sys.modules)}))
"""

AT_A_TERMINAL = """\
import sys, json
from tkt.cli.main import run
code = run(sys.argv[1:])
print("MODULES", json.dumps(sorted(sys.modules)))
"""


def started(folder: Path, *args: str) -> tuple[str, set[str]]:
    """What a command printed and which modules it took; it must have succeeded."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *args],
        cwd=folder, env=settings_for({}), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["code"] == 0, told
    return told["out"], set(told["modules"])


def heavy(found: set[str]) -> set[str]:
    """Those of the modules that are too heavy."""
    return {name for name in found if name in HEAVY or name.partition(".")[0] in HEAVY}


@pytest.fixture
def ticket(tkt: Runner) -> str:
    return tkt.new("杯子碎了", "-m", "要求退款")


def test_version_takes_next_to_nothing(desk: Path) -> None:
    out, found = started(desk, "--version")
    assert out.startswith("tkt ")
    assert not heavy(found)
    assert not {name for name in found if name.startswith(("tkt.domain.query", "tkt.storage"))}
    assert "sqlite3" not in found


def test_help_imports_no_command(desk: Path) -> None:
    out, found = started(desk, "--help")
    assert "search" in out
    assert not heavy(found)
    assert not {name for name in found if name.startswith("tkt.cli.commands.")}
    assert "sqlite3" not in found


def test_list_for_programs_takes_no_library(desk: Path, ticket: str) -> None:
    out, found = started(desk, "list", "--json")
    assert [row["id"] for row in json.loads(out)] == [ticket]
    assert not heavy(found)
    assert {name for name in found if name.startswith("tkt.cli.commands.")} == {
        "tkt.cli.commands.list_"
    }


@pytest.mark.parametrize(
    "args", [("list",), ("search", "退款"), ("search", "退款", "--json"), ("list", "--csv")]
)
def test_reading_takes_no_library(desk: Path, ticket: str, args: tuple[str, ...]) -> None:
    out, found = started(desk, *args)
    assert ticket in out
    assert not heavy(found)


def test_show_takes_no_library(desk: Path, ticket: str) -> None:
    out, found = started(desk, "show", ticket)
    assert ticket in out
    assert not heavy(found)


@pytest.mark.parametrize("args", [("list",), ("search", "退款"), ("--help",)])
def test_a_terminal_takes_no_library_either(desk: Path, ticket: str, args: tuple[str, ...]) -> None:
    said = {"FORCE_HYPERLINK": "1"}
    screen = Terminal(desk, args, said, lines=200, program=("-c", AT_A_TERMINAL))
    code, text = screen.end()
    shown, _, modules = text.rpartition("MODULES ")
    assert (code, "\x1b" in shown) == (0, args != ("--help",))
    assert not heavy(set(json.loads(modules)))


def test_probe_sees_what_a_command_imports(desk: Path) -> None:
    _, found = started(desk, "commit")
    assert "subprocess" in heavy(found)


def test_searching_articles_takes_no_library(desk: Path, tkt: Runner) -> None:
    made = tkt("kb", "new", "退款多久到账", "--name", "refund", "-m", "3 天")
    assert made.code == 0
    tkt("kb", "publish", "refund")
    out, found = started(desk, "kb", "search", "退款到账", "--json")
    assert "faq/refund" in out
    assert not heavy(found)
    assert not {"numpy", "tkt.domain.spec.nested", "tkt.services.kb.reranking"} & found
