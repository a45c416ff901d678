from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desks import commit_by_hand, git, notes_in, status, ticket_path
from tkt.errors import Unavailable
from tkt.storage import git as git_module
from tkt.storage import worktree
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Runner


def interrupted(desk: Path, head: str, written: dict[str, bytes | None] | None = None) -> None:
    """What a write that began at ``head`` and was killed has left behind."""
    Desk(str(desk)).tree.begin(head, written)


def behind(desk: Path, tkt: Runner) -> tuple[str, str, str]:
    """(ticket, path, head before): an action is on the branch, the rest was never done."""
    ticket = tkt.new()
    path, head = ticket_path(desk, ticket), git(desk, "rev-parse", "HEAD")
    old = (desk / path).read_bytes()
    assert tkt("note", ticket, "一").code == 0
    (desk / path).write_bytes(old)
    git(
        desk,
        "update-index",
        "--cacheinfo",
        f"100644,{git(desk, 'rev-parse', f'{head}:{path}')},{path}",
    )
    assert status(desk) == f"MM {path}" or status(desk)
    interrupted(desk, head)
    return ticket, path, head


@pytest.mark.parametrize("command", [("list",), ("new", "next")])
def test_the_next_command_finishes_what_was_cut_short(
    desk: Path, tkt: Runner, command: tuple[str, ...]
) -> None:
    ticket, _, _ = behind(desk, tkt)
    assert tkt(*command).code == 0
    assert status(desk) == ""
    assert not (desk / ".git/tkt/journal").exists()
    assert tkt("show", ticket, "--json").json["edited"] is False


def test_an_edit_made_meanwhile_is_not_overwritten(desk: Path, tkt: Runner) -> None:
    ticket, path, _ = behind(desk, tkt)
    edited = (desk / path).read_bytes() + b"# mine\n"
    (desk / path).write_bytes(edited)
    assert tkt("list").code == 0
    assert (desk / path).read_bytes() == edited
    assert tkt("show", ticket, "--json").json["edited"] is True


def test_a_file_of_which_only_the_beginning_came_is_written(desk: Path, tkt: Runner) -> None:
    _, path, _ = behind(desk, tkt)
    old, whole = (desk / path).read_bytes(), git(desk, "show", f"HEAD:{path}").encode() + b"\n"
    assert whole.startswith(old)
    (desk / path).write_bytes(whole[: len(old) + 20])
    tkt("list")
    assert (status(desk), (desk / path).read_bytes()) == ("", whole)


def test_a_file_whose_end_a_person_has_cut_off_is_edited(desk: Path, tkt: Runner) -> None:
    ticket, path, _ = behind(desk, tkt)
    short = (desk / path).read_bytes()[:-20]
    (desk / path).write_bytes(short)
    tkt("list")
    assert (desk / path).read_bytes() == short
    assert tkt("show", ticket, "--json").json["edited"] is True


def test_a_new_ticket_whose_file_was_never_written_is_written(desk: Path, tkt: Runner) -> None:
    head = git(desk, "rev-parse", "HEAD")
    path = ticket_path(desk, tkt.new())
    (desk / path).unlink()
    git(desk, "rm", "-q", "--cached", path)
    interrupted(desk, head)
    tkt("list")
    assert status(desk) == ""


def test_files_written_before_a_commit_that_never_came_are_taken_back(
    desk: Path, tkt: Runner
) -> None:
    path = ticket_path(desk, tkt.new())
    old, fresh = (desk / path).read_bytes(), "tickets/2026/11/21/9/261121-9999.yaml"
    planned: dict[str, bytes | None] = {path: old + b"# ours\n", fresh: b"new"}
    interrupted(desk, git(desk, "rev-parse", "HEAD"), planned)
    (desk / path).write_bytes(old + b"# ours\n")
    (desk / fresh).parent.mkdir(parents=True, exist_ok=True)
    (desk / fresh).write_bytes(b"new")
    git(desk, "add", fresh)
    tkt("list")
    assert status(desk) == ""
    assert (desk / path).read_bytes() == old


def test_a_link_that_a_person_committed_stops_no_recovery(desk: Path, tkt: Runner) -> None:
    ticket, path, head = behind(desk, tkt)
    (desk / "tickets/link.txt").symlink_to("/etc/passwd")
    git(desk, "add", "tickets/link.txt")
    git(desk, "commit", "-q", "-m", "a link", "tickets/link.txt")
    interrupted(desk, head)
    assert tkt("note", ticket, "二").code == 0
    assert notes_in(desk, ticket) == ["一", "二"]
    assert status(desk) == ""
    assert b"\xe4\xba\x8c" in (desk / path).read_bytes()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"head": null}', json.dumps({"head": "f" * 40, "files": {}})]
)
def test_a_journal_that_says_nothing_stops_nobody(desk: Path, tkt: Runner, text: str) -> None:
    (desk / ".git/tkt").mkdir(exist_ok=True)
    (desk / ".git/tkt/journal").write_text(text)
    assert tkt("new", "x").code == 0
    assert status(desk) == ""


def test_while_git_is_at_work_on_its_index_nothing_is_written(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_module, "INDEX_PATIENCE", 0.1)
    lock, head = desk / ".git/index.lock", git(desk, "rev-parse", "HEAD")
    lock.write_bytes(b"")
    result = tkt("new", "x")
    assert (result.code, result.out) == (4, "")
    assert "index.lock" in result.err
    assert lock.exists()
    assert git(desk, "rev-parse", "HEAD") == head
    lock.unlink()
    assert tkt("new", "x").code == 0
    assert status(desk) == ""
    assert not lock.exists()


def test_git_cannot_commit_between_our_commit_and_our_word_to_its_index(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = tkt.new()
    (desk / "mine.txt").write_text("x")
    git(desk, "add", "mine.txt")
    place = worktree.Worktree.place
    said = []

    def late(self: worktree.Worktree, update: dict[str, bytes | None]) -> None:
        said.append(git(desk, "commit", "-m", "mine", fine=False))
        place(self, update)

    monkeypatch.setattr(worktree.Worktree, "place", late)
    assert tkt("note", ticket, "一").code == 0
    monkeypatch.undo()
    assert said == [""]
    git(desk, "commit", "-q", "-m", "mine")
    assert notes_in(desk, ticket) == ["一"]
    assert status(desk) == ""


def test_staging_says_what_git_said(desk: Path) -> None:
    tree = Desk(str(desk)).tree
    (desk / "folder.yaml").mkdir()
    (desk / "folder.yaml/.git").write_text("gitdir: /nowhere\n")
    with pytest.raises(Unavailable):
        tree.stage(["folder.yaml"])


def sparse(desk: Path, tkt: Runner) -> str:
    """A desk whose archive is left out of the checkout; the id of an archived ticket."""
    ticket = "261121-2222"
    text = (
        f"id: {ticket}\ntitle: old\nstatus: closed\nopened: 2026-11-21T14:03:11+08:00\n"
        "archived: 2026-11-21T14:03:11+08:00\ntimeline:\n"
        "  - {id: 2228NCS3WC, at: 2026-11-21T14:03:11+08:00, by: lin, do: open,"
        " set: {title: old, status: closed, archived: 2026-11-21T14:03:11+08:00}}\n"
    )
    commit_by_hand(desk, {f"archive/2026/11/21/2/{ticket}.yaml": text.encode()})
    git(desk, "sparse-checkout", "set", "tickets", "workflows")
    assert not (desk / "archive").exists()
    return ticket


def test_an_archive_left_out_of_the_checkout_is_no_edit_and_can_be_written(
    desk: Path, tkt: Runner
) -> None:
    ticket = sparse(desk, tkt)
    assert tkt("show", ticket, "--json").json["edited"] is False
    result = tkt("set", ticket, "priority=high")
    assert result.code == 0, result.err
    assert status(desk) == ""
    assert git(desk, "diff", "--cached") == ""


def test_recovery_brings_the_index_of_git_after_what_is_left_out(desk: Path, tkt: Runner) -> None:
    ticket = sparse(desk, tkt)
    head = git(desk, "rev-parse", "HEAD")
    assert tkt("set", ticket, "priority=high").code == 0
    if not (desk / "archive").exists():
        path = f"archive/2026/11/21/2/{ticket}.yaml"
        blob = git(desk, "rev-parse", f"{head}:{path}")
        git(desk, "update-index", "--cacheinfo", f"100644,{blob},{path}")
        git(desk, "update-index", "--skip-worktree", path)
        assert status(desk) != ""
        interrupted(desk, head)
        assert tkt("list").code == 0
    assert status(desk) == ""


@pytest.mark.parametrize("save", [lambda raw: raw.replace(b"\n", b"\r\n"),
                                  lambda raw: b"\xef\xbb\xbf" + raw])  # fmt: skip
def test_a_file_saved_with_other_line_ends_or_a_mark_is_not_edited(
    desk: Path, tkt: Runner, save: Callable[[bytes], bytes]
) -> None:
    ticket_id = tkt.new("杯子碎了")
    path = desk / ticket_path(desk, ticket_id)
    path.write_bytes(save(path.read_bytes()))
    assert tkt("show", ticket_id, "--json").json["edited"] is False
    assert tkt("note", ticket_id, "好").code == 0
    assert status(desk) == ""


def test_a_recovery_that_git_keeps_waiting_says_that_nothing_was_changed(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_module, "INDEX_PATIENCE", 0.1)
    ticket, _, _ = behind(desk, tkt)
    head, lock = git(desk, "rev-parse", "HEAD"), desk / ".git/index.lock"
    lock.write_bytes(b"")
    result = tkt("note", ticket, "二")
    assert (result.code, result.out) == (4, "")
    assert "nothing was changed" in result.err
    assert git(desk, "rev-parse", "HEAD") == head
    assert (desk / ".git/tkt/journal").exists()
    lock.unlink()
    assert tkt("note", ticket, "二").code == 0
    assert notes_in(desk, ticket) == ["一", "二"]
    assert status(desk) == ""


def test_a_recovery_waits_for_a_commit_that_goes_on_only_so_long(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_module, "INDEX_PATIENCE", 0.1)
    path = ticket_path(desk, tkt.new())
    interrupted(desk, git(desk, "rev-parse", "HEAD"), {path: b"x"})
    (desk / ".git/index.lock").write_bytes(b"")
    result = tkt("new", "x")
    assert (result.code, result.out) == (4, "")
    assert "nothing was changed" in result.err


def test_what_a_kill_left_in_our_own_folder_is_swept(desk: Path, tkt: Runner) -> None:
    own = desk / ".git/tkt"
    own.mkdir(exist_ok=True)
    for name in (".tkt-writing-4242-journal", ".tkt-writing-4242-ours", "stage-4242"):
        (own / name).write_bytes(b"{")
    assert tkt("new", "x").code == 0
    assert not [p.name for p in own.iterdir() if "4242" in p.name]
