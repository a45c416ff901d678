from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Runner, run_here
from desks import assert_index_is_right, commit_by_hand, git, log, notes_in, staged, status
from tkt.errors import NotFound, Refused, Unavailable
from tkt.storage.git import Git


def works(folder: Path, **said: str | None) -> str:
    """Open, note, set, list and find a ticket in a desk; everything in step afterwards."""
    new = run_here(folder, "new", "杯子碎了", "--json", **said)
    assert new.code == 0, new.err
    ticket = str(new.json["id"])
    assert run_here(folder, "note", ticket, "一", **said).code == 0
    assert run_here(folder, "set", ticket, "priority=high", **said).code == 0
    assert [t["id"] for t in run_here(folder, "list", "priority:high", "--json", **said).json] == [
        ticket
    ]
    assert notes_in(folder, ticket) == ["一"]
    assert status(folder) == ""
    assert_index_is_right(folder)
    return ticket


# -- where a desk may be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["with space", "售后 组", "quo'te\"d", "back\\slash", "$HOME;ls", "[a]*?", "-dash", "%41#?x"],
)
def test_a_desk_may_have_any_name(desk: Path, name: str) -> None:
    works(desk.rename(desk.parent / name))


def test_a_desk_may_have_a_name_that_is_not_utf_8(desk: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(desk.parent) + b"/\xd5\xc5"))
    try:
        desk.rename(folder)
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    works(folder)


@pytest.mark.parametrize("inside", ["desk", "shops/售后 组", "a'b/c\"d", "[x]", ":(top)"])
def test_a_desk_in_a_folder_of_a_repository_leaves_the_rest_alone(
    tmp_path: Path, inside: str
) -> None:
    git(tmp_path, "init", "-q", "project")
    project = tmp_path / "project"
    commit_by_hand(project, {"code.py": b"1\n", "tickets/mine.yaml": b"not ours: [\n"})
    (project / "code.py").write_text("2\n")
    git(project, "add", "code.py")
    (project / "loose.txt").write_text("x")
    before = status(project)
    assert run_here(project, "init", inside).code == 0
    assert status(project) == before
    folder = project / inside
    new = run_here(folder, "new", "杯子", "--json")
    assert new.code == 0, new.err
    assert run_here(folder, "note", new.json["id"], "一").code == 0
    assert status(project) == before
    assert len(run_here(folder, "list", "--json").json) == 1
    assert_index_is_right(folder)
    assert git(project, "show", "HEAD:code.py") == "1"


def test_two_desks_in_one_repository_do_not_see_each_other(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    for name in ("north", "south"):
        assert run_here(tmp_path, "init", name).code == 0
    works(tmp_path / "north")
    works(tmp_path / "south")


def test_a_linked_worktree_is_a_desk_of_its_own(desk: Path) -> None:
    works(desk)
    git(desk, "worktree", "add", "-q", "../linked", "-b", "other")
    works_in = desk.parent / "linked"
    new = run_here(works_in, "new", "杯子", "--json")
    assert new.code == 0, new.err
    assert len(run_here(works_in, "list", "--json").json) == 2
    assert len(run_here(desk, "list", "--json").json) == 1
    assert status(desk) == status(works_in) == ""
    assert_index_is_right(desk)
    assert_index_is_right(works_in)


def test_hooks_of_the_main_work_tree_hold_in_a_linked_one(desk: Path) -> None:
    git(desk, "worktree", "add", "-q", "../linked", "-b", "other")
    (desk / ".git/hooks").mkdir(exist_ok=True)
    (desk / ".git/hooks/pre-commit").write_text("#!/bin/sh\nexit 1\n")
    (desk / ".git/hooks/pre-commit").chmod(0o755)
    assert run_here(desk.parent / "linked", "new", "x").code == 1


def test_a_submodule_is_a_desk_like_any_other(desk: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "outer")
    git(tmp_path / "outer", "-c", "protocol.file.allow=always", "submodule", "add", "-q",
        str(desk), "shop")  # fmt: skip
    assert (tmp_path / "outer/shop/.git").is_file()
    works(tmp_path / "outer/shop")


def test_a_separate_git_folder_works(desk: Path, tmp_path: Path) -> None:
    git(desk, "init", "-q", "--separate-git-dir", str(tmp_path / "else where.git"))
    works(desk)


def test_a_desk_reached_through_a_link_is_the_same_desk(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(desk)
    works(tmp_path / "link")


def test_a_command_works_in_any_folder_of_the_desk(desk: Path) -> None:
    assert run_here(desk / "workflows", "new", "x").code == 0


# -- kinds of repositories --------------------------------------------------------------------


def test_packed_refs_are_read(desk: Path) -> None:
    git(desk, "pack-refs", "--all")
    assert not (desk / ".git/refs/heads/main").exists()
    works(desk)
    git(desk, "gc", "-q")
    assert len(run_here(desk, "list", "--json").json) == 1


def test_a_shallow_clone_works(desk: Path, tmp_path: Path) -> None:
    works(desk)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{desk}", "clone")
    clone = tmp_path / "clone"
    assert run_here(clone, "new", "second").code == 0
    assert len(run_here(clone, "list", "--json").json) == 2
    assert status(clone) == ""


def test_a_sha_256_repository_works(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    git(tmp_path, "init", "-q", "--object-format=sha256", "shop")
    assert run_here(folder, "init", ".").code == 0
    assert len(git(folder, "rev-parse", "HEAD")) == 64
    first = works(folder)
    second = run_here(folder, "new", "zwei", "--json").json["id"]
    assert run_here(folder, "set", first, second, "priority=low").code == 0
    assert status(folder) == ""
    assert_index_is_right(folder)


def test_line_endings_that_git_converts_are_no_edits(desk: Path, tkt: Runner) -> None:
    ticket = tkt.new()
    git(desk, "config", "core.autocrlf", "true")
    commit_by_hand(desk, {".gitattributes": b"*.yaml text=auto\n"})
    path = desk / f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml"
    path.unlink()
    git(desk, "checkout", "-q", "--", ".")
    assert b"\r\n" in path.read_bytes()
    assert tkt("show", ticket, "--json").json["edited"] is False
    assert tkt("note", ticket, "一").code == 0
    assert notes_in(desk, ticket) == ["一"]
    raw = subprocess.run(
        ["git", "cat-file", "blob", f"HEAD:{path.relative_to(desk)}"],
        cwd=desk, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert b"\r" not in raw
    assert status(desk) == ""


@pytest.mark.parametrize(
    "setting", ["core.splitIndex=true", "index.version=4", "core.untrackedCache=true"]
)
def test_every_kind_of_index_that_git_has_is_kept_in_step(desk: Path, setting: str) -> None:
    git(desk, "config", *setting.split("="))
    git(desk, "update-index", "--split-index" if "split" in setting else "--refresh")
    git(desk, "read-tree", "HEAD")
    works(desk)
    git(desk, "sparse-checkout", "set", "--cone", "--sparse-index", "tickets", "workflows")
    assert run_here(desk, "new", "x").code == 0
    assert status(desk) == ""


def test_nobody_in_particular_can_work(desk: Path) -> None:
    works(desk, TKT_ACTOR=None)
    assert log(desk, "%an <%ae>", "-1") == ["tester <tester@localhost>"]


def test_variables_that_name_another_repository_lead_nowhere(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "elsewhere")
    for name, value in {
        "GIT_DIR": ".git", "GIT_WORK_TREE": ".", "GIT_INDEX_FILE": ".git/index",
        "GIT_OBJECT_DIRECTORY": ".git/objects", "GIT_COMMON_DIR": ".git",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(tmp_path / "elsewhere" / value))
    monkeypatch.setenv("GIT_PREFIX", "tickets/")
    monkeypatch.setenv("GIT_NOGLOB_PATHSPECS", "1")
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")
    new = run_here(desk, "new", "x", "--json")
    assert new.code == 0, new.err
    path = desk / new.json["ticket"]["path"]
    path.write_bytes(path.read_bytes() + b"# edited\n")
    assert run_here(desk, "show", new.json["id"], "--json").json["edited"] is True
    for name in list(os.environ):
        if name.startswith("GIT_") and "CONFIG" not in name:
            monkeypatch.delenv(name)
    assert log(desk, "%s", "-1")[0].startswith("open ")
    assert log(tmp_path / "elsewhere", "%s", "--all") == []


def test_a_ticket_opened_inside_a_hook_lands_in_the_desk(desk: Path) -> None:
    (desk / ".git/hooks").mkdir(exist_ok=True)
    script = (
        "#!/bin/sh\nrm .git/hooks/post-commit\n"
        f"TKT_ACTOR=lin {sys.executable} -m tkt new from-hook\n"
    )
    (desk / ".git/hooks/post-commit").write_text(script)
    (desk / ".git/hooks/post-commit").chmod(0o755)
    (desk / "mine.txt").write_text("x")
    git(desk, "add", "mine.txt")
    git(desk, "commit", "-q", "-m", "mine")
    assert [t["title"] for t in run_here(desk, "list", "--json").json] == ["from-hook"]
    assert status(desk) == ""


# -- states that forbid writing ---------------------------------------------------------------


def refused(folder: Path, *words: str) -> None:
    """Writing says no in one line that has ``words`` in it, and changes nothing; reading works."""
    head, before, entries = git(folder, "rev-parse", "HEAD"), status(folder), staged(folder)
    result = run_here(folder, "new", "x")
    assert (result.code, result.out) == (1, "")
    for word in words:
        assert word in result.err
    assert git(folder, "rev-parse", "HEAD") == head
    assert (status(folder), staged(folder)) == (before, entries)
    assert run_here(folder, "list").code == 0


def test_a_detached_head_is_refused(desk: Path) -> None:
    git(desk, "switch", "-q", "--detach")
    refused(desk, "not on a branch")


def diverge(desk: Path) -> None:
    """Two branches with a conflict in a file of the person's."""
    commit_by_hand(desk, {"mine.txt": b"one\n"})
    git(desk, "switch", "-q", "-c", "other")
    commit_by_hand(desk, {"mine.txt": b"two\n"})
    git(desk, "switch", "-q", "main")
    commit_by_hand(desk, {"mine.txt": b"three\n"})


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (("merge", "other"), "merge"),
        (("rebase", "other"), "rebase"),
        (("cherry-pick", "other"), "cherry-pick"),
        (("revert", "--no-edit", "HEAD~1"), "revert"),
    ],
)
def test_something_unfinished_is_refused_by_its_name(
    desk: Path, command: tuple[str, ...], word: str
) -> None:
    diverge(desk)
    git(desk, *command, fine=False)
    refused(desk, f"{word} is in progress")


def test_another_branch_than_the_desk_names_is_refused(desk: Path) -> None:
    settings = (desk / "tkt.yaml").read_bytes()
    commit_by_hand(desk, {"tkt.yaml": settings + b"branch: main\n"})
    works(desk)
    git(desk, "switch", "-q", "-c", "other")
    refused(desk, "other", "main")


def test_any_branch_serves_a_desk_that_names_none(desk: Path) -> None:
    git(desk, "switch", "-q", "-c", "feature/售后")
    works(desk)


def test_a_repository_without_a_commit_says_so(desk: Path) -> None:
    shutil.rmtree(desk / ".git")
    git(desk, "init", "-q")
    for args in (("list",), ("new", "x")):
        result = run_here(desk, *args)
        assert (result.code, result.out) == (1, "")
        assert "no commit yet" in result.err


def test_a_desk_outside_of_git_says_so(desk: Path) -> None:
    shutil.rmtree(desk / ".git")
    result = run_here(desk, "list")
    assert (result.code, result.out) == (3, "")
    assert "not inside a Git repository" in result.err


def test_a_bare_repository_says_so(desk: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(desk), "bare.git")
    with pytest.raises(Refused, match=r"git\.bare"):
        Git.at(str(tmp_path / "bare.git"))
    assert run_here(tmp_path, "init", "bare.git").code == 1


def test_a_missing_git_is_one_line(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    result = run_here(desk, "new", "x")
    assert (result.code, result.out) == (5, "")
    assert "cannot run git" in result.err


# -- reading refs and objects -----------------------------------------------------------------


def test_head_is_what_git_says_it_is(desk: Path) -> None:
    assert Git.at(str(desk)).head() == git(desk, "rev-parse", "HEAD")
    git(desk, "pack-refs", "--all")
    assert Git.at(str(desk)).head() == git(desk, "rev-parse", "HEAD")
    git(desk, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    git(desk, "symbolic-ref", "HEAD", "refs/heads/alias")
    assert Git.at(str(desk)).head() == git(desk, "rev-parse", "HEAD")
    git(desk, "switch", "-q", "--detach", "main")
    assert Git.at(str(desk)).head() == git(desk, "rev-parse", "HEAD")
    git(desk, "switch", "-q", "--orphan", "empty")
    assert Git.at(str(desk)).head() is None


def test_no_repository_at_all_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Git.at(str(tmp_path))


def test_boolean_settings_are_read_as_git_reads_them(desk: Path) -> None:
    with (desk / ".git/config").open("a") as stream:
        stream.write("[a]\n\tbare\n\ton = On\n\tone = 1\n\tmany = 2\n\toff = no\n\tempty =\n")
    read = Git.at(str(desk)).is_true
    said = {name: read(f"a.{name}") for name in ("bare", "on", "one", "many", "off", "empty", "no")}
    assert said == {
        "bare": True, "on": True, "one": True, "many": True,
        "off": False, "empty": False, "no": False,
    }  # fmt: skip


def test_blobs_come_in_order_and_one_too_large_is_left_out(desk: Path) -> None:
    words = [b"", b"a", b"x" * 300_000, b"\n\n", "碎".encode()]
    names = [git(desk, "hash-object", "-w", "--stdin", stdin=word) for word in words]
    found = list(Git.at(str(desk)).blobs([*names, *names], 100_000))
    assert found == [b"", b"a", None, b"\n\n", "碎".encode()] * 2


def test_thousands_of_blobs_do_not_block_each_other(desk: Path) -> None:
    name = git(desk, "hash-object", "-w", "--stdin", stdin=b"x" * 5000)
    assert sum(len(b or b"") for b in Git.at(str(desk)).blobs([name] * 5000, 10_000)) == 25_000_000


def test_a_damaged_repository_is_no_broken_ticket(desk: Path, tkt: Runner) -> None:
    """What Git cannot read now must not stand in the index as somebody's mistake."""
    ticket = tkt.new()
    blob = git(desk, "rev-parse", f"HEAD:tickets/2026/11/21/{ticket[7]}/{ticket}.yaml")
    path = desk / ".git/objects" / blob[:2] / blob[2:]
    good = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(b"garbage")
    for index in (desk / ".git/tkt").glob("index-*"):
        index.unlink()
    result = tkt("list", "--json")
    assert (result.code, result.out) == (5, "")
    path.write_bytes(good)
    assert [t["id"] for t in tkt("list", "--json").json] == [ticket]


def test_a_failing_call_says_what_git_said(desk: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        Git.at(str(desk)).run("rev-parse", "--verify", "nothing")
    assert caught.value.params == {
        "command": "rev-parse", "message": "fatal: Needed a single revision"
    }  # fmt: skip


# -- names that are not UTF-8, and a Git that dies ----------------------------------------------


def commit_odd_name(desk: Path) -> None:
    """What another system, or a person, may have committed: a file name that is no text."""
    path = os.fsencode(desk) + b"/tickets/a\xff.yaml"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as stream:
        stream.write(b"id: 1\n")
    git(desk, "add", "-A", "tickets")
    git(desk, "commit", "-q", "--no-verify", "-m", "odd")


@pytest.mark.parametrize("built", ["anew", "maintained"])
def test_a_file_name_that_is_not_utf_8_is_misplaced_and_stops_nothing(
    desk: Path, tkt: Runner, built: str
) -> None:
    ticket = tkt.new()
    commit_odd_name(desk)
    if built == "anew":
        shutil.rmtree(desk / ".git/tkt")
    listed = tkt("list", "--json")
    assert ticket in listed.out
    assert "a\\xff.yaml" in listed.out + listed.err
    assert tkt("note", ticket, "一").code == 0
    checked = tkt("check")
    assert checked.code == 1
    assert "a\\xff.yaml" in checked.out + checked.err
    assert tkt("index", "rebuild").code == 0
    assert_index_is_right(desk)
    assert status(desk) == ""
    git(desk, "rm", "-q", "-r", "--", ":(glob)tickets/a*.yaml")
    git(desk, "commit", "-q", "-m", "gone")
    assert "xff" not in tkt("list").err
    assert tkt("check").code == 0
    assert_index_is_right(desk)


def test_a_git_that_dies_in_the_middle_of_a_file_gives_no_half_of_it(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\nread name\nprintf '%s blob 100\\nonly the beginning' $name\n")
    fake.chmod(0o755)
    there = Git.at(str(desk))
    monkeypatch.setitem(there.environment, "PATH", f"{fake.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    for limit in (1 << 20, 10):
        with pytest.raises(Unavailable):
            list(there.blobs(["f" * 40], limit))
