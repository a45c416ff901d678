"""What every test stands on: a world without the developer's own settings, a desk, and ``tkt``."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A slow machine is no fault of the code: no test has a time limit. What guards a branch says the
# same of the same code each time; what people run looks at other examples each time.
hypothesis.settings.register_profile(
    "tkt",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tkt")

SHELVES = ("kb/faq", "kb/reply", "kb/case", "kb/training/lesson-*")
NOW = "2026-11-21T14:03:11+08:00"
SOURCES = Path(__file__).resolve().parent.parent / "src"


_OF_A_PERSON = (
    "NO_COLOR", "EDITOR", "VISUAL", "PAGER", "LESS", "COLUMNS", "LINES", "LANG", "LANGUAGE",
    "VTE_VERSION", "TERM_PROGRAM", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "TMUX",
    "STY", "FORCE_HYPERLINK",
)  # fmt: skip
"""What a developer's terminal and habits have set."""


class Result(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON document."""
        import json

        return json.loads(self.out)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "network: talks to a peer on this machine")


# -- guards -----------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that the developer has configured reaches a test; nobody is anybody yet."""
    home = tmp_path_factory.mktemp("home")
    (home / "gitconfig").write_text("[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n")
    world = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
        "USER": "tester",
        "PYTHONPATH": str(SOURCES),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("GIT_", "TKT_", "EMAIL")) and not name.startswith("TKT_TEST"):
                patch.delenv(name)
        for name in _OF_A_PERSON:
            patch.delenv(name, raising=False)
        for name, value in world.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets refuse, unless the test says that it talks to a peer of its own."""
    if request.node.get_closest_marker("network"):
        return

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"a test without the mark `network` connects to {address!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


# -- a desk -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory, _nobodys_home: None) -> Path:
    """A desk as ``tkt init`` makes it, made once and only copied; but without words to look for.

    What tests write on tickets stays in the process they name, and nobody minds how they say it:
    those about categories or tone have some. Nor does it have the shipped articles, so that a
    search finds what a test wrote.
    """
    from datetime import datetime

    from tkt.domain.change import Person
    from tkt.services import setup

    folder = tmp_path_factory.mktemp("template") / "shop"
    setup.init(
        str(folder),
        name="shop",
        language="en",
        person=Person("lin", "林小满", "lin@shop.example"),
        now=datetime.fromisoformat(NOW),
    )
    shutil.rmtree(folder / ".git" / "hooks", ignore_errors=True)
    gone = ("classify.yaml", "tone.yaml", "training.yaml", *SHELVES)
    removal = ("rm", "-rq", "--ignore-unmatch", *gone)
    for words in (removal, ("commit", "-q", "--amend", "--no-edit")):
        who = ("-c", "user.name=lin", "-c", "user.email=lin@shop.example")
        when = {**os.environ, "GIT_COMMITTER_DATE": NOW}
        subprocess.run(("git", *who, *words), cwd=folder, check=True, env=when)
    return folder


@pytest.fixture
def desk(desk_template: Path, tmp_path: Path) -> Path:
    """The folder of a new desk of the test's own."""
    return Path(shutil.copytree(desk_template, tmp_path / "shop"))


# -- running tkt ------------------------------------------------------------------------------


def settings_for(said: Mapping[str, str | None]) -> dict[str, str]:
    """The environment of a command: the test's own clock, actor and language, then ``said``."""
    environ: dict[str, str | None] = {
        **os.environ, "TKT_NOW": NOW, "TKT_ACTOR": "lin", "TKT_LANG": "en", **said
    }  # fmt: skip
    return {name: value for name, value in environ.items() if value is not None}


def run_here(
    folder: Path, *args: str, stdin: str | bytes | None = None, **said: str | None
) -> Result:
    """``tkt args`` in this process, in ``folder``; ``said`` are variables of the environment."""
    from tkt.cli.env import Env
    from tkt.cli.main import run_in
    from tkt.cli.out import Streams

    raw = stdin.encode() if isinstance(stdin, str) else stdin or b""
    out, err = io.StringIO(), io.StringIO()
    with io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8") as words:
        env = Env(settings_for(said), Streams(out, err), words, str(folder))
        code = run_in(env, args)
    if env._desk is not None and env._desk._index is not None:
        env._desk._index.close()
    return Result(code, out.getvalue(), err.getvalue())


def start_process(
    folder: Path, *args: str, said: Mapping[str, str | None] | None = None
) -> subprocess.Popen[str]:
    """``python -m tkt args`` as a process of its own, started and not waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", "tkt", *args],
        cwd=folder,
        env=settings_for(said or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run_process(folder: Path, *args: str, stdin: str | None = None, **said: str | None) -> Result:
    """``python -m tkt args`` as a process of its own."""
    process = start_process(folder, *args, said=said)
    out, err = process.communicate(stdin)
    return Result(process.returncode, out, err)


class Runner:
    """``tkt(...)`` in one folder, or in another: ``tkt.at(folder, ...)``."""

    def __init__(self, folder: Path, run: Any) -> None:
        self.folder = folder
        self._run = run

    def __call__(self, *args: str, stdin: str | bytes | None = None, **said: str | None) -> Result:
        return self.at(self.folder, *args, stdin=stdin, **said)

    def at(
        self, folder: Path, *args: str, stdin: str | bytes | None = None, **said: str | None
    ) -> Result:
        result = self._run(folder, *args, stdin=stdin, **said)
        assert isinstance(result, Result)
        return result

    def new(self, title: str = "杯子碎了", *args: str, **said: str | None) -> str:
        """Open a ticket; its id."""
        result = self("new", title, *args, "--json", **said)
        assert result.code == 0, result.err
        return str(result.json["id"])


@pytest.fixture
def tkt(desk: Path) -> Runner:
    """``tkt(...)`` on the test's desk, in this process: (code, out, err)."""
    return Runner(desk, run_here)


@pytest.fixture
def tkt_process(desk: Path) -> Runner:
    """The same as a process of its own."""
    return Runner(desk, run_process)
