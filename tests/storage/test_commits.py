from __future__ import annotations

import os
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from conftest import NOW, Runner
from desks import assert_index_is_right, commit_by_hand, git, log, notes_in, staged, status
from tkt.errors import Unavailable
from tkt.storage.commits import wants_plain
from tkt.storage.git import Git

if TYPE_CHECKING:
    from pathlib import Path

WAYS = ("stream", "plain")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, desk: Path) -> str:
    """Both ways of committing keep every rule: in a plain repository, and in one with a hook."""
    if request.param == "plain":
        hook(desk, "post-commit", "exit 0")
    return str(request.param)


def hook(desk: Path, name: str, script: str) -> Path:
    path = desk / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def disorder(desk: Path) -> None:
    """Work that a person has lying about: staged, modified, both, deleted, untracked, renamed."""
    commit_by_hand(desk, {f"mine/{n}.txt": b"one\n" for n in "abcdef"})
    for name in ("a", "b"):
        (desk / f"mine/{name}.txt").write_text("two\n")
    git(desk, "add", "mine/a.txt", "mine/b.txt")
    (desk / "mine/b.txt").write_text("three\n")
    (desk / "mine/c.txt").write_text("two\n")
    (desk / "mine/d.txt").unlink()
    git(desk, "rm", "-q", "mine/e.txt")
    git(desk, "mv", "mine/f.txt", "mine/g.txt")
    (desk / "mine/new.txt").write_text("new\n")
    (desk / "mine/added.txt").write_text("added\n")
    git(desk, "add", "mine/added.txt")
    (desk / "tickets/notes").mkdir(parents=True, exist_ok=True)
    (desk / "tickets/notes/untracked.txt").write_text("untracked\n")


def test_what_a_person_has_staged_or_changed_elsewhere_stays_as_it_was(
    desk: Path, tkt: Runner, way: str
) -> None:
    ticket = tkt.new()
    disorder(desk)
    before, entries = status(desk), staged(desk)
    assert tkt("note", ticket, "一").code == 0
    second = tkt.new("second")
    assert tkt("set", ticket, second, "priority=high").code == 0
    assert status(desk) == before
    now = staged(desk)
    assert {p: e for p, e in now.items() if not p.startswith("tickets/")} == {
        p: e for p, e in entries.items() if not p.startswith("tickets/")
    }
    assert git(desk, "diff", "--cached", "--name-only", "--", "tickets") == ""


def test_status_is_clean_after_every_write(desk: Path, tkt: Runner, way: str) -> None:
    ticket = tkt.new()
    assert status(desk) == ""
    tkt("note", ticket, "一")
    assert status(desk) == ""
    tkt("set", ticket, "priority=high", "tags+=vip")
    assert status(desk) == ""
    assert git(desk, "fsck", "--strict") == ""


def test_each_action_is_one_commit_of_one_file(desk: Path, tkt: Runner, way: str) -> None:
    ticket = tkt.new()
    tkt("note", ticket, "一")
    names = log(desk, "%s", "--name-only", "-2")
    assert names == [
        f"note {ticket}", "", f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml",
        f"open {ticket} 杯子碎了", "", f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml",
    ]  # fmt: skip


def test_the_author_is_who_acted_whoever_git_thinks_sits_here(
    desk: Path, tkt: Runner, way: str
) -> None:
    git(desk, "config", "user.name", "Machine")
    git(desk, "config", "user.email", "machine@shop.example")
    ticket = tkt.new(TKT_ACTOR="wang@shop.example")
    tkt("note", ticket, "一", TKT_ACTOR=None)
    assert log(desk, "%ae %ce %ai", "-2") == [
        "machine@shop.example machine@shop.example 2026-11-21 14:03:11 +0800",
        "wang@shop.example wang@shop.example 2026-11-21 14:03:11 +0800",
    ]


def test_the_time_of_the_deed_is_the_authors_and_that_of_recording_the_committers(
    desk: Path, tkt: Runner, way: str
) -> None:
    ticket = tkt.new()
    assert tkt("note", ticket, "一", "--at", "2026-11-21T13:00").code == 0
    assert log(desk, "%aI %cI", "-1") == ["2026-11-21T13:00:00+08:00 2026-11-21T14:03:11+08:00"]


def test_an_independent_reader_of_git_sees_author_trailers_and_tree(
    desk: Path, tkt: Runner, way: str
) -> None:
    import git as gitpython

    ticket = tkt.new()
    tkt("note", ticket, "一")
    with gitpython.Repo(desk) as repo:
        commit = repo.head.commit
        assert commit.author.name == "lin"
        assert commit.trailers_dict["Ticket"] == [ticket]
        assert commit.trailers_dict["Action"] == ["note"]
        assert commit.trailers_dict["Actor"] == ["lin"]
        assert [str(d.b_path).rpartition("/")[2] for d in commit.parents[0].diff(commit)] == [
            f"{ticket}.yaml"
        ]
        assert not repo.is_dirty(untracked_files=True)


def test_a_run_of_many_is_grouped_under_one_merge(desk: Path, tkt: Runner, way: str) -> None:
    tickets = [tkt.new(f"t{n}") for n in range(3)]
    start = git(desk, "rev-parse", "HEAD")
    assert tkt("set", *tickets, "priority=high").code == 0
    assert log(desk, "%P", "-1")[0].split()[0] == start
    assert log(desk, "%s", "--first-parent", f"{start}..") == ["set: 3 actions"]
    assert len(log(desk, "%h", f"{start}..")) == 4
    assert git(desk, "diff", "HEAD", "HEAD^2") == ""
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_a_ticket_that_gitignore_hides_is_recorded_all_the_same(
    desk: Path, tkt: Runner, way: str
) -> None:
    commit_by_hand(desk, {".gitignore": b"*.yaml\n"})
    ticket = tkt.new()
    assert tkt("note", ticket, "一").code == 0
    assert notes_in(desk, ticket) == ["一"]
    assert status(desk) == ""


def test_an_edited_ticket_is_refused_and_stays_as_edited(desk: Path, tkt: Runner, way: str) -> None:
    ticket = tkt.new()
    path = desk / f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml"
    edited = path.read_bytes() + b"# mine\n"
    path.write_bytes(edited)
    head = git(desk, "rev-parse", "HEAD")
    result = tkt("note", ticket, "一", "--json")
    assert (result.code, result.out) == (1, "")
    assert "tkt commit" in result.err
    assert path.read_bytes() == edited
    assert git(desk, "rev-parse", "HEAD") == head


def test_a_ticket_file_that_a_person_deleted_is_not_brought_back(
    desk: Path, tkt: Runner, way: str
) -> None:
    ticket = tkt.new()
    path = desk / f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml"
    path.unlink()
    assert tkt("note", ticket, "一").code == 1
    assert not path.exists()


def test_a_date_before_1970_is_recorded(desk: Path, tkt: Runner, way: str) -> None:
    ticket = tkt.new()
    result = tkt("note", ticket, "一", "--at", "1969-12-31T12:00")
    assert result.code in (0, 1, 2), result.err
    assert status(desk) == ""


def test_names_that_git_could_not_take_are_made_fit(desk: Path, tkt: Runner, way: str) -> None:
    team = 'agents:\n  lin: {name: "<\\n林> \\"x\\" <a@b>", email: ["l i<n>@shop.example"]}\n'
    commit_by_hand(desk, {"team.yaml": team.encode()})
    ticket = tkt.new()
    assert log(desk, "%an|%ae", "-1") == ['林 "x" a@b|lin@shop.example']
    assert tkt("note", ticket, "一").code == 0
    assert git(desk, "fsck", "--strict") == ""


# -- the plain way ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_hook_that_refuses_leaves_nothing_changed(desk: Path, tkt: Runner, name: str) -> None:
    ticket = tkt.new()
    disorder(desk)
    head, before, entries = git(desk, "rev-parse", "HEAD"), status(desk), staged(desk)
    hook(desk, name, "echo 'not on a Sunday' >&2; exit 1")
    for args in (("note", ticket, "一"), ("new", "second")):
        result = tkt(*args)
        assert result.code == 1
        assert "not on a Sunday" in result.err
        assert git(desk, "rev-parse", "HEAD") == head
        assert status(desk) == before
        assert staged(desk) == entries
    shutil.rmtree(desk / ".git/hooks")
    assert tkt("note", ticket, "一").code == 0
    assert notes_in(desk, ticket) == ["一"]


def test_hooks_see_the_ticket_and_may_change_the_message(desk: Path, tkt: Runner) -> None:
    hook(desk, "pre-commit", "git diff --cached --name-only > .git/seen; exit 0")
    hook(desk, "commit-msg", 'echo "Checked: yes" >> "$1"')
    disorder(desk)
    ticket = tkt.new()
    assert (desk / ".git/seen").read_text().split() == [
        f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml"
    ]
    assert log(desk, "%(trailers:key=Checked,valueonly)", "-1")[0] == "yes"


def test_a_hook_that_rewrites_the_ticket_is_believed(desk: Path, tkt: Runner) -> None:
    script = 'for f in $(git diff --cached --name-only); do echo "# seen" >> $f; git add $f; done'
    hook(desk, "pre-commit", script)
    ticket = tkt.new()
    assert tkt("note", ticket, "一").code == 0
    assert notes_in(desk, ticket) == ["一"]
    assert_index_is_right(desk)
    assert tkt("show", ticket, "--json").json["edited"] is False


def test_hooks_from_a_folder_of_the_persons_own_are_respected(
    desk: Path, tkt: Runner, tmp_path: Path
) -> None:
    ticket = tkt.new()
    (tmp_path / "own").mkdir()
    hook(desk, "pre-commit", "exit 1").rename(tmp_path / "own" / "pre-commit")
    git(desk, "config", "core.hooksPath", "../own")
    assert tkt("note", ticket, "一").code == 1
    git(desk, "config", "core.hooksPath", "")
    assert tkt("note", ticket, "一").code == 0


def test_commits_are_signed_where_commits_are_signed(
    desk: Path, tkt: Runner, tmp_path: Path
) -> None:
    if not shutil.which("ssh-keygen"):
        pytest.skip("no ssh-keygen here")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (tmp_path / "signers").write_text("* " + (tmp_path / "key.pub").read_text())
    for name, value in {
        "gpg.format": "ssh", "user.signingKey": str(key), "commit.gpgSign": "true",
        "gpg.ssh.allowedSignersFile": str(tmp_path / "signers"),
    }.items():  # fmt: skip
        git(desk, "config", name, value)
    ticket, other = tkt.new(), tkt.new()
    assert tkt("set", ticket, other, "priority=high").code == 0
    assert log(desk, "%G?", "-5") == ["G"] * 5
    assert status(desk) == ""


def test_a_signature_that_cannot_be_made_refuses_the_action(desk: Path, tkt: Runner) -> None:
    ticket = tkt.new()
    git(desk, "config", "commit.gpgSign", "true")
    git(desk, "config", "gpg.program", "false")
    head = git(desk, "rev-parse", "HEAD")
    assert tkt("note", ticket, "一").code == 1
    assert git(desk, "rev-parse", "HEAD") == head
    assert status(desk) == ""


def test_clean_filters_are_applied(desk: Path, tkt: Runner) -> None:
    git(desk, "config", "filter.mark.clean", "sed s/SECRET/hidden/")
    git(desk, "config", "filter.mark.smudge", "cat")
    commit_by_hand(desk, {".gitattributes": b"tickets/** filter=mark\n"})
    ticket = tkt.new()
    assert tkt("note", ticket, "SECRET sauce").code == 0
    assert notes_in(desk, ticket) == ["hidden sauce"]
    assert status(desk) == ""
    assert_index_is_right(desk)
    assert tkt("note", ticket, "二").code == 0
    assert notes_in(desk, ticket) == ["hidden sauce", "二"]


def test_a_plain_commit_that_a_person_made_first_is_not_overwritten(
    desk: Path, tkt: Runner, way: str
) -> None:
    """The hook of one action makes another writer move the branch before Git's own turn."""
    ticket = tkt.new()
    path = f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml"
    commit_by_hand(desk, {"mine.txt": b"x"})
    commit_by_hand(desk, {path: (desk / path).read_bytes() + b"# by hand\n"})
    assert tkt("note", ticket, "一").code == 0
    assert b"# by hand" in (desk / path).read_bytes()
    assert notes_in(desk, ticket) == ["一"]


def test_files_are_written_with_the_rights_that_the_umask_leaves(
    desk: Path, tkt: Runner, way: str
) -> None:
    old = os.umask(0o027)
    try:
        ticket = tkt.new()
    finally:
        os.umask(old)
    path = desk / f"tickets/2026/11/21/{ticket[7]}/{ticket}.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert NOW[:10] in path.read_text()


def test_a_hook_that_changes_files_leaves_nothing_staged(desk: Path, tkt: Runner) -> None:
    script = 'for f in $(git diff --cached --name-only); do echo "# seen" >> $f; git add $f; done'
    hook(desk, "pre-commit", script)
    tickets = [tkt.new(), tkt.new()]
    assert status(desk) == ""
    disorder(desk)
    before = status(desk)
    assert tkt("set", *tickets, "priority=high").code == 0
    assert status(desk) == before


@pytest.mark.parametrize("path", ["archive/**", "tkt.yaml", "team.yaml", "kb/**", "workflows/*"])
def test_a_filter_of_any_file_of_the_desk_is_noticed(desk: Path, path: str) -> None:
    git(desk, "config", "filter.mark.clean", "cat")
    assert not wants_plain(Git.at(str(desk)))
    commit_by_hand(desk, {".gitattributes": f"{path} filter=mark\n".encode()})
    assert wants_plain(Git.at(str(desk)))


def test_a_strict_import_that_a_hook_stops_says_how_many_stay(desk: Path, tkt: Runner) -> None:
    hook(desk, "commit-msg", "grep -q third $1 && { echo 'no thirds' >&2; exit 1; }; exit 0")
    rows = "title\nfirst\nsecond\nthird\nfourth\n"
    result = tkt("import", "-", "--format", "csv", "--strict", stdin=rows)
    assert result.code == 1
    assert "no thirds" in result.err
    assert "2 actions" in result.err
    assert "nothing was written" not in result.err
    assert len(tkt("list", "--json").json) == 2
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_a_git_that_stops_taking_commits_is_unavailable_and_not_a_bug(desk: Path) -> None:
    """A full disk ends it while much is still on its way; that is no reader who has gone."""
    from datetime import datetime

    from tkt.domain.change import Person
    from tkt.storage.commits import Stream
    from tkt.storage.entry import Entry

    there, now = Git.at(str(desk)), datetime.fromisoformat(NOW)
    stream = Stream(there, "refs/heads/main", there.head())
    entry = Entry("x", Person("lin", "lin", "l@x"), now, now, {"a.txt": b"x" * (3 << 20)})
    stream.add(Entry("x", entry.author, now, now, {"a.txt": b"x"}))
    assert stream._process
    stream._process.kill()
    stream._process.wait()
    with pytest.raises(Unavailable):
        stream.add(entry)
    stream.abandon()
    assert status(desk) == ""
