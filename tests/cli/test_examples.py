"""Every example in ``--help``, in both languages, and in the README does what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import worlds as worlds_of

from conftest import NOW, Result, run_here, settings_for
from tkt import texts

README = Path(__file__).resolve().parents[2] / "README.md"
ELSEWHERE = ("init", "demo")
"""Commands whose examples run outside a desk."""
BEFORE = {
    "commit": worlds_of.edit_by_hand,
    "tkt resolve": worlds_of.stop_in_conflict,
    "tkt resolve --json": worlds_of.stop_in_conflict,
    "reopen": worlds_of.close,
    "archive": worlds_of.close,
    "link --remove": worlds_of.relate,
    "reply --send": worlds_of.draft,
    "split": worlds_of.talk,
    "tkt undo": worlds_of.draft,
    "tkt undo 7KQ4": worlds_of.draft,
    "tkt undo 7KQ4 --event 2 --dry-run": worlds_of.listen,
    "watch --stop": worlds_of.listen,
    "mute --stop": worlds_of.hush,
    "classify": worlds_of.categorise,
    "macro": worlds_of.automate,
    "rule": worlds_of.automate,
    "canned": worlds_of.shelve,
    "promise --kept": worlds_of.promise,
    "view.delete": worlds_of.view,
    "sla.excuse": worlds_of.miss,
    "tick": worlds_of.inspect,
    "approve": worlds_of.ask_for_money,
    "bot.calibrate": worlds_of.ask_the_bot,
    "bot.helped": worlds_of.ask_the_bot,
    "outbox.show": worlds_of.post,
    "outbox.retry": worlds_of.post,
    "outbox.drop": worlds_of.post,
    "roster.swap": worlds_of.plan,
    "customer": worlds_of.know_customers,
    **{f"train.{name}": worlds_of.learn for name in ("show", "take", "assign", "status", "tick")},
    "kb": worlds_of.write_articles,
    **{
        f"customer.{name}": worlds_of.know_customers
        for name in ("add", "show", "list", "set", "note", "merge", "import", "retag")
    },
}
"""What must have happened before an example: by its line, its command and option, or command."""
SHELL = re.compile(r"[|<>]|&&")


class Example(NamedTuple):
    language: str
    key: str
    line: str


def examples() -> list[Example]:
    return [
        Example(language, key.removeprefix("help."), line.removeprefix("  $ "))
        for language in texts.LANGUAGES
        for key, text in texts.catalogue(language).items()
        if key.startswith("help.")
        for line in text.splitlines()
        if line.startswith("  $ ")
    ]


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder with desk and remote for each language; only copied."""
    made = {}
    for language in texts.LANGUAGES:
        made[language] = tmp_path_factory.mktemp(language)
        worlds_of.make_world(made[language], language)
    return made


def run_line(folder: Path, line: str, **said: str) -> Result:
    """A line as typed at a shell; one without pipes runs in this process, which is quicker."""
    words = shlex.split(line, comments=True)
    if words[0] == "tkt" and not any(SHELL.fullmatch(word) for word in words):
        return run_here(folder, *words[1:], **said)
    tool = folder / ".bin" / "tkt"
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tkt "$@"\n')
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    environ = {**settings_for(said), "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("example", examples(), ids=lambda e: f"{e.language}-{e.line[:40]}")
def test_example_runs(example: Example, worlds: dict[str, Path], tmp_path: Path) -> None:
    world = Path(shutil.copytree(worlds[example.language], tmp_path / "world"))
    command = example.key.partition(".")[0]
    folder = world / "shop"
    if command in ELSEWHERE or shlex.split(example.line)[1] in ELSEWHERE:
        folder = tmp_path / "empty"
        folder.mkdir()
    option = f"{command} {example.line.split()[-1]}"
    keys = (example.line, option, example.key, command)
    before = next((BEFORE[key] for key in keys if key in BEFORE), None)
    if "--canned" in example.line:
        before = worlds_of.shelve
    if before:
        before(folder)
    if example.key == "classify.suggest" and "--accept" not in example.line:
        pytest.importorskip("sklearn")
    result = run_line(folder, example.line, TKT_LANG=example.language)
    assert (result.code, result.out + result.err) == (0, result.out + result.err)


def test_readme_lines_run(worlds: dict[str, Path], tmp_path: Path) -> None:
    world = Path(shutil.copytree(worlds["zh"], tmp_path / "world"))
    section = README.read_text(encoding="utf-8").partition("五分钟上手")[2]
    lines = section.partition("```sh\n")[2].partition("```")[0].splitlines()
    assert len(lines) >= 7
    first = run_line(tmp_path, f"{lines[0].partition('#')[0]} && tkt list", TKT_LANG="zh")
    assert first.code == 0, first.err
    for line in lines[1:]:
        result = run_line(world / "shop", line, TKT_LANG="zh")
        assert result.code == 0, (line, result.err)


def test_readme_names_only_commands_that_exist() -> None:
    from tkt.cli.tree import names_in, root

    named = set(re.findall(r"`tkt ([a-z]+)", README.read_text(encoding="utf-8")))
    assert named
    assert named <= set(names_in(root.folder))


def test_clock_of_the_examples_is_the_day_of_their_tickets() -> None:
    assert NOW.startswith("2026-11-21")
