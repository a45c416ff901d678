"""``tkt init``: a desk that works at once, wherever it is made."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import Result, Runner, run_here, settings_for
from desks import commit_by_hand, git, log, status

if TYPE_CHECKING:
    from pathlib import Path


def run_in(folder: Path, *args: str, **said: str | None) -> Result:
    return run_here(folder, *args, **said)


def works(desk: Path) -> None:
    """New, list, show and check work there, and nothing is left lying about."""
    tkt = Runner(desk, run_here)
    ticket = tkt.new("收到的杯子碎了")
    assert ticket in tkt("list").out
    assert tkt("show", ticket).code == 0
    assert tkt("check").code == 0
    assert status(desk) == ""


def test_a_desk_works_at_once(tmp_path: Path) -> None:
    result = run_in(tmp_path, "init", "shop")
    assert (result.code, "shop" in result.out) == (0, True)
    assert "tkt new" in result.err
    works(tmp_path / "shop")
    assert (tmp_path / "shop/workflows/simple.yaml").is_file()
    assert list((tmp_path / "shop/kb").rglob("*.md"))


def test_here_is_the_default(tmp_path: Path) -> None:
    assert run_in(tmp_path, "init").code == 0
    works(tmp_path)


def test_json_names_path_commit_and_files(tmp_path: Path) -> None:
    answer = run_in(tmp_path, "init", "shop", "--json").json
    assert answer["path"] == str((tmp_path / "shop").resolve())
    assert answer["commit"] == git(tmp_path / "shop", "rev-parse", "HEAD")
    assert "tkt.yaml" in answer["files"]


@pytest.mark.parametrize(("language", "said"), [("zh", "新建"), ("en", "new")])
def test_the_desk_speaks_its_language(tmp_path: Path, language: str, said: str) -> None:
    assert run_in(tmp_path, "init", "shop", "--lang", language).code == 0
    assert f"language: {language}" in (tmp_path / "shop/tkt.yaml").read_text()
    tkt = Runner(tmp_path / "shop", run_here)
    tkt.new("x")
    told = tkt("list", "--markdown", TKT_LANG=None).out
    assert said in told


def test_without_a_word_about_language_the_locale_decides(tmp_path: Path) -> None:
    run_in(tmp_path, "init", "a", TKT_LANG=None, LC_ALL="en_US.UTF-8")
    run_in(tmp_path, "init", "b", TKT_LANG=None, LC_ALL="C")
    assert "language: en" in (tmp_path / "a/tkt.yaml").read_text()
    assert "language: zh" in (tmp_path / "b/tkt.yaml").read_text()


@pytest.mark.parametrize("name", ["客服 台/天猫 店", "it's", "-dash", "a\tb", "$HOME", "日本 ‘x’"])
def test_odd_paths(tmp_path: Path, name: str) -> None:
    result = run_in(tmp_path, "init", "--", name)
    assert result.code == 0, result.err
    works(tmp_path / name)


@pytest.mark.parametrize("name", ["天猫: 旗舰店 #1", "'", "- x", "true", '"quoted"', "{a}"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    from tkt.storage import yaml

    assert run_in(tmp_path, "init", "shop", "--name", name).code == 0
    doc = yaml.load((tmp_path / "shop/tkt.yaml").read_bytes(), path="tkt.yaml")
    assert isinstance(doc, dict)
    assert doc["name"] == name
    works(tmp_path / "shop")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q")
    commit_by_hand(folder, {"README": b"mine\n"})
    return folder


def test_a_subfolder_of_a_repository_joins_it(repository: Path) -> None:
    assert run_in(repository, "init", "help desk").code == 0
    assert not (repository / "help desk/.git").exists()
    works(repository / "help desk")
    assert log(repository, "%s", "--", "README") == ["by hand"]
    assert set(git(repository, "ls-files").splitlines()) > {"README"}


def test_two_desks_in_one_repository_do_not_meet(repository: Path) -> None:
    for name in ("a", "b"):
        assert run_in(repository, "init", name).code == 0
    ticket = Runner(repository / "a", run_here).new("only in a")
    assert ticket not in run_in(repository / "b", "list").out
    works(repository / "b")


def test_what_is_staged_or_edited_stays_as_it_was(repository: Path) -> None:
    (repository / "README").write_text("edited\n")
    (repository / "staged").write_text("staged\n")
    git(repository, "add", "staged")
    assert run_in(repository, "init", "shop").code == 0
    assert status(repository).splitlines() == [" M README", "A  staged"]


def test_a_linked_worktree(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", "-b", "desk", str(tmp_path / "tree"))
    assert run_in(tmp_path / "tree", "init", "shop").code == 0
    works(tmp_path / "tree" / "shop")
    assert log(repository, "%s", "main") == ["by hand"]


def test_an_empty_repository_gets_its_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    assert run_in(tmp_path, "init").code == 0
    assert git(tmp_path, "symbolic-ref", "--short", "HEAD") == "trunk"
    works(tmp_path)


def test_a_detached_head_is_refused(repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    result = run_in(repository, "init", "shop")
    assert result.code == 1
    assert not (repository / "shop/tkt.yaml").exists()


def test_a_bare_repository_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare")
    result = run_in(tmp_path, "init")
    assert (result.code, len(result.err.splitlines())) == (1, 2)


def test_attributes_that_are_there_are_added_to(repository: Path) -> None:
    commit_by_hand(repository, {".gitattributes": b"*.png binary"})
    assert run_in(repository, "init").code == 0
    lines = (repository / ".gitattributes").read_text().splitlines()
    assert lines[0] == "*.png binary"
    assert any("merge=tkt" in line for line in lines)
    works(repository)


def test_attributes_with_edits_are_not_ours_to_commit(repository: Path) -> None:
    (repository / ".gitattributes").write_text("*.png binary\n")
    result = run_in(repository, "init")
    assert result.code == 1
    assert ".gitattributes" in result.err
    assert not (repository / "tkt.yaml").exists()


@pytest.mark.parametrize("name", ["team.yaml", "workflows/simple.yaml"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    result = run_in(tmp_path, "init")
    assert (result.code, name in result.err) == (1, True)
    assert (tmp_path / name).read_text() == "mine"
    assert not (tmp_path / ".git").exists()


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/tkt.yaml").symlink_to(tmp_path / "elsewhere")
    assert run_in(tmp_path, "init", "shop").code == 1
    assert not (tmp_path / "elsewhere").exists()


def test_a_desk_is_not_made_twice(tmp_path: Path) -> None:
    run_in(tmp_path, "init", "shop")
    result = run_in(tmp_path, "init", "shop")
    assert (result.code, "already" in result.err) == (1, True)
    works(tmp_path / "shop")


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("a file")
    result = run_in(tmp_path, "init", "shop")
    assert result.code == 5
    assert "Traceback" not in result.err


def in_a_process(folder: Path, *args: str, **said: str | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tkt", *args], cwd=folder, env=settings_for(said),
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_without_a_git_identity(tmp_path: Path) -> None:
    done = in_a_process(tmp_path, "init", "shop", TKT_ACTOR=None)
    assert done.returncode == 0, done.stderr
    assert in_a_process(tmp_path / "shop", "new", "x", TKT_ACTOR=None).returncode == 0
    assert set(log(tmp_path / "shop", "%an <%ae>")) == {"tester <tester@localhost>"}


def test_without_home_or_a_login(tmp_path: Path) -> None:
    nobody: dict[str, str | None] = dict.fromkeys(
        ("HOME", "USER", "LOGNAME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "TKT_ACTOR")
    )
    done = in_a_process(tmp_path, "init", "shop", **nobody)
    assert done.returncode == 0, done.stderr
    done = in_a_process(tmp_path / "shop", "new", "x", **nobody)
    assert done.returncode == 0, done.stderr


def test_gits_own_identity_is_the_author(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("[user]\n\tname = 王强\n\temail = wang@shop.example\n")
    assert in_a_process(
        tmp_path, "init", "shop", TKT_ACTOR=None, GIT_CONFIG_GLOBAL=str(config)
    ).returncode == 0  # fmt: skip
    assert log(tmp_path / "shop", "%an <%ae>") == ["王强 <wang@shop.example>"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    result = run_in(tmp_path, "init", "shop")
    tmp_path.chmod(0o755)
    assert result.code == 5


def test_git_knows_how_tickets_merge(tmp_path: Path) -> None:
    run_in(tmp_path, "init", "shop")
    assert "merge-driver" in git(tmp_path / "shop", "config", "merge.tkt.driver")
