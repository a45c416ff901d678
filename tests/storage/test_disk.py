"""A full disk, a read-only one, folders without permission: exit 5, nothing changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import Result, run_process, settings_for
from desks import assert_index_is_right, git, notes_in, status, ticket_path
from tkt.errors import Unavailable
from tkt.storage import worktree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Runner


def mount(*args: str) -> None:
    """Mount something, or skip where that is not ours to do."""
    done = subprocess.run(["mount", *args], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.decode().strip()}")


@pytest.fixture
def small_disk(desk: Path, tmp_path: Path) -> Iterator[Path]:
    """The desk on a file system of its own of 3 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk))
    try:
        shutil.copytree(desk, disk / "shop")
        yield disk / "shop"
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Take all room but ``leave`` bytes."""
    path = disk.parent / "filler"
    with path.open("wb", buffering=0) as stream:
        for size in (1 << 16, 4096):
            try:
                while True:
                    stream.write(b"\0" * size)
            except OSError:
                continue
    os.truncate(path, max(path.stat().st_size - leave, 0))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("way", ["stream", "plain"])
def test_on_a_full_disk_an_action_is_recorded_or_nothing_changes(
    small_disk: Path, way: str
) -> None:
    desk = small_disk
    if way == "plain":
        (desk / ".git/hooks").mkdir()
        (desk / ".git/hooks/post-commit").write_text("#!/bin/sh\n")
        (desk / ".git/hooks/post-commit").chmod(0o755)
    ticket = run_process(desk, "new", "杯子", "--json").json["id"]
    accepted = refused = 0
    for leave in (0, 4096, 8192, 16384, 32768, 49152, 65536, 131072):
        head, bytes_before = (
            git(desk, "rev-parse", "HEAD"),
            (desk / ticket_path(desk, ticket)).read_bytes(),
        )
        filler = fill(desk, leave)
        result = run_process(desk, "note", ticket, f"note {leave} " + "x" * 3000)
        reading = run_process(desk, "list", "--json")
        if result.code == 0:
            accepted += 1
        else:
            refused += 1
            assert result.code == 5 or (way == "plain" and result.code == 1), result
            assert result.out == ""
            assert result.err.count("\n") <= 2, result.err
            assert git(desk, "rev-parse", "HEAD") == head
            assert (desk / ticket_path(desk, ticket)).read_bytes() == bytes_before
        filler.unlink()
        assert reading.code == 0, reading
        assert [t["id"] for t in reading.json] == [ticket]
        assert run_process(desk, "list").code == 0
        assert status(desk) == ""
    assert refused >= 1
    assert len(notes_in(desk, ticket)) == accepted
    assert_index_is_right(desk)


@pytest.mark.slow
def test_an_import_that_fills_the_disk_is_unavailable_and_leaves_nothing(
    small_disk: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.csv"
    words = (os.urandom(2000).hex() for _ in range(3000))  # what cannot be packed
    rows.write_text("title,text\n" + "".join(f"t{n},{w}\n" for n, w in enumerate(words)))
    head = git(small_disk, "rev-parse", "HEAD")
    result = run_process(small_disk, "import", str(rows))
    assert (result.code, result.out) == (5, ""), result
    assert git(small_disk, "rev-parse", "HEAD") == head
    assert run_process(small_disk, "list").code == 0
    assert git(small_disk, "--no-optional-locks", "status", "--porcelain", "-uall") == ""


@pytest.fixture
def read_only(desk: Path) -> Iterator[Path]:
    """The desk, mounted so that nobody can write."""
    mount("--bind", str(desk), str(desk))
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", desk], check=True)
        yield desk
    finally:
        subprocess.run(["umount", "-l", desk], check=True)


@pytest.mark.parametrize("warm", [False, True])
def test_a_read_only_disk_can_be_read_and_says_so_to_a_writer(
    desk: Path, warm: bool, request: pytest.FixtureRequest
) -> None:
    ticket = run_process(desk, "new", "杯子", "--json").json["id"]
    if not warm:
        for path in (desk / ".git/tkt").iterdir():
            path.unlink()
    request.getfixturevalue("read_only")
    for args in (("list", "--json"), ("search", "杯子", "--json")):
        result = run_process(desk, *args)
        assert result.code == 0, result
        assert [t["id"] for t in result.json] == [ticket]
    assert run_process(desk, "show", ticket).code == 0
    for args in (("note", ticket, "一"), ("new", "x")):
        result = run_process(desk, *args)
        assert (result.code, result.out) == (5, ""), result
        assert "Read-only file system" in result.err
    result = run_process(desk, "index", "rebuild")
    assert (result.code, result.out) == (5, ""), result
    assert "Read-only file system" in result.err


def as_nobody(desk: Path, *args: str) -> Result:
    """Run tkt as a user with no rights here."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can act as somebody without rights")
    done = subprocess.run(
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-m",
         "tkt", *args],
        cwd=desk, env=settings_for({}), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


def test_without_permission_to_write_everything_can_be_read(desk: Path) -> None:
    ticket = run_process(desk, "new", "杯子", "--json").json["id"]
    for folder in (desk, *desk.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
        if folder.name.startswith("pytest-of"):
            break
    home = Path(os.environ["HOME"])
    for folder in (home, home / "gitconfig"):
        folder.chmod(0o755)
    probe = as_nobody(desk, "--version")
    if probe.code:
        pytest.skip("nobody cannot even run Python here")
    head = git(desk, "rev-parse", "HEAD")
    result = as_nobody(desk, "list", "--json")
    assert result.code == 0, result
    assert [t["id"] for t in result.json] == [ticket]
    result = as_nobody(desk, "note", ticket, "一")
    assert (result.code, result.out) == (5, ""), result
    assert "Permission denied" in result.err
    assert git(desk, "rev-parse", "HEAD") == head
    assert status(desk) == ""


def test_refs_without_permission_are_no_race(desk: Path) -> None:
    """Waiting and trying again would help nobody: exit 5, not 4."""
    from tkt.errors import Stale
    from tkt.storage.commits import ref_failure

    said = "error: cannot lock ref 'refs/heads/main': "
    assert isinstance(ref_failure("x", f"{said}... Permission denied\n".encode()), Unavailable)
    assert isinstance(ref_failure("x", f"{said}is at 1 but expected 2\n".encode()), Stale)


def test_what_is_recorded_and_not_written_out_is_told_so_and_accuses_nobody(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = tkt.new("杯子碎了")
    path = ticket_path(desk, ticket)
    before = (desk / path).read_bytes()

    def full(*_: object) -> None:
        raise Unavailable("disk.failed", path=path, message="No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(worktree.Worktree, "place", full)
        patch.setattr(worktree.Worktree, "check_out", full)
        result = tkt("note", ticket, "一")
        assert (result.code, notes_in(desk, ticket)) == (0, ["一"])
        assert "recorded in Git" in result.err
        assert "nothing was changed" not in result.err
        assert (desk / path).read_bytes() == before
        result = tkt("check", "--json")
        assert (result.code, [row["error"] for row in result.json]) == (0, ["check.behind"])
        assert tkt("show", ticket, "--json").json["edited"] is False
        assert [row["edited"] for row in tkt("list", "--json").json] == [False]
        (row,) = tkt("doctor", "--json").json
        assert row["check"] == "journal"
        # What a person does to it is an edit all the same.
        (desk / path).write_bytes(before + b"# mine\n")
        assert tkt("show", ticket, "--json").json["edited"] is True
        (desk / path).write_bytes(before)
    assert tkt("check", "--json").json == []
    assert status(desk) == ""


def test_a_new_ticket_that_is_not_written_out_yet_was_not_deleted(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("disk.failed", path="x", message="No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(worktree.Worktree, "place", full)
        patch.setattr(worktree.Worktree, "check_out", full)
        tkt.new("杯子碎了")
        assert [row["error"] for row in tkt("check", "--json").json] == ["check.behind"]
        assert [row["check"] for row in tkt("doctor", "--json").json] == ["journal"]
    assert tkt("doctor", "--fix").code == 0
    assert status(desk) == ""
