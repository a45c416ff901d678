"""``tkt demo``: a day on a desk that a newcomer can go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import Result, Runner, run_here
from desks import assert_index_is_right, git, log, status
from tkt import texts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=texts.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def played(tmp_path: Path, language: str) -> Result:
    return run_here(tmp_path, "demo", "shop", TKT_LANG=language)


def test_the_day_is_played_to_its_end(played: Result, language: str) -> None:
    assert played.code == 0, played.err
    assert played.out.count("$ tkt ") >= 8
    assert "tkt: " not in played.err
    assert ("杯子" in played.out) == (language == "zh")
    for command in ("new", "note", "set", "list", "show"):
        assert f"$ tkt {command}" in played.out


def test_the_desk_is_sound_and_can_be_gone_on_with(
    played: Result, tmp_path: Path, language: str
) -> None:
    tkt = Runner(tmp_path / "shop", run_here)
    assert played.code == 0
    assert tkt("check").code == 0, tkt("check").out
    assert status(tkt.folder) == ""
    assert_index_is_right(tkt.folder)
    ticket = tkt.new("我的第一张工单")
    assert tkt("set", ticket, "assignee=me").code == 0
    assert ticket in tkt("list").out
    assert f"language: {language}" in (tkt.folder / "tkt.yaml").read_text()


def test_each_did_what_they_did(played: Result, tmp_path: Path) -> None:
    assert played.code == 0
    authors = set(log(tmp_path / "shop", "%ae"))
    assert {"lin@shop.example", "wang@shop.example", "zhao@shop.example"} <= authors


def test_the_commands_shown_work_as_typed(played: Result, tmp_path: Path) -> None:
    import shlex

    typed = [line[2:] for line in played.out.splitlines() if line.startswith("$ tkt ")]
    for line in typed:
        words = shlex.split(line)[1:]
        if words[0] in ("list", "search", "show"):
            assert run_here(tmp_path / "shop", *words).code == 0


def test_the_next_steps_work_as_typed(played: Result, tmp_path: Path) -> None:
    lines = [line.strip() for line in played.err.splitlines() if line.startswith("  ")]
    assert lines[0] == "cd shop"
    assert {"tkt list", "git log --oneline"} <= set(lines)


def test_language_may_be_named(tmp_path: Path) -> None:
    assert "language: en" in _made(tmp_path, "a", "--lang", "en", TKT_LANG="zh")
    assert "language: zh" in _made(tmp_path, "b", "--lang", "zh", TKT_LANG="en")


def _made(folder: Path, name: str, *args: str, **said: str) -> str:
    assert run_here(folder, "demo", name, *args, **said).code == 0
    return (folder / name / "tkt.yaml").read_text()


def test_inside_a_repository_it_still_gets_its_own(desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    assert run_here(desk, "demo", "trial").code == 0
    assert git(desk, "rev-parse", "HEAD") == head
    assert (desk / "trial/.git").exists()


def test_a_desk_is_not_played_on(desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    result = run_here(desk, "demo", ".")
    assert result.code == 1
    assert (result.out, result.err[:5]) == ("", "tkt: ")
    assert git(desk, "rev-parse", "HEAD") == head


def test_paths_with_spaces_and_chinese(tmp_path: Path) -> None:
    result = run_here(tmp_path, "demo", "试 用/店")
    assert result.code == 0
    assert "'试 用/店'" in result.err


def test_an_actor_or_a_desk_in_the_environment_changes_nothing(tmp_path: Path, desk: Path) -> None:
    head = git(desk, "rev-parse", "HEAD")
    result = run_here(tmp_path, "demo", "trial", TKT_ACTOR="somebody", TKT_DESK=str(desk))
    assert result.code == 0, result.err
    assert git(desk, "rev-parse", "HEAD") == head
    assert "somebody" not in set(log(tmp_path / "trial", "%an"))
