from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from tkt.errors import Refused, Unavailable
from tkt.storage import files

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    for path in ("a", "b/c/d.yaml", "售 后/\n\"'/x"):
        for content in (b"", b"one\r\n", bytes(range(256))):
            files.write(str(tmp_path), path, content, durable=content == b"")
            assert files.read(str(tmp_path), path) == content
    assert not [p for p in tmp_path.rglob("*") if files.is_leftover(p.name)]


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert files.read(str(tmp_path), "none") is None
    assert files.read(str(tmp_path), "none/at/all") is None
    assert files.read(str(tmp_path), "file/below") is None


@pytest.mark.parametrize("path", ["link", "folder/x", "../up", "a/../../up", "lost", "pipe", "sub"])
def test_nothing_but_a_plain_file_below_is_read_or_written(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "a").mkdir()
    (tmp_path / "up").write_bytes(b"outside")
    (root / "link").symlink_to(tmp_path / "up")
    (root / "folder").symlink_to(tmp_path)
    (root / "lost").symlink_to("/nowhere/at/all")
    os.mkfifo(root / "pipe")
    with pytest.raises(Refused, match=r"file\.link"):
        files.read(str(root), path)
    if "/" in path:
        with pytest.raises(Refused, match=r"file\.link"):
            files.write(str(root), path, b"x")
        with pytest.raises(Refused, match=r"file\.link"):
            files.remove(str(root), path)
    assert (tmp_path / "up").read_bytes() == b"outside"


def test_a_link_in_the_way_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"outside")
    (tmp_path / "root").mkdir()
    (tmp_path / "root/link").symlink_to(tmp_path / "outside")
    files.write(str(tmp_path / "root"), "link", b"new")
    assert (tmp_path / "outside").read_bytes() == b"outside"
    assert files.read(str(tmp_path / "root"), "link") == b"new"


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/inside").write_bytes(b"kept")
    with pytest.raises(Unavailable):
        files.write(str(tmp_path), "folder", b"x")
    assert [p.name for p in tmp_path.rglob("*")] == ["folder", "inside"]


def test_the_leftover_of_a_killed_writer_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".tkt-writing-{os.getpid()}-a").write_bytes(b"half")
    files.write(str(tmp_path), "a", b"whole")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_removing_takes_the_folders_that_become_empty_and_no_others(tmp_path: Path) -> None:
    for path in ("a/b/c/x", "a/y"):
        files.write(str(tmp_path), path, b"")
    files.remove(str(tmp_path), "a/b/c/x")
    files.remove(str(tmp_path), "a/b/c/x")
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")) == ["a", "a/y"]


def test_a_blob_is_named_as_git_names_it() -> None:
    assert files.blob_name(b"", like="0" * 40) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert files.blob_name(b"x", like="0" * 64) == hashlib.sha256(b"blob 1\0x").hexdigest()


def test_a_name_is_claimed_by_one_alone(tmp_path: Path) -> None:
    (tmp_path / "mark").write_bytes(b"ours")
    path, mark = str(tmp_path / "lock"), str(tmp_path / "mark")
    assert files.claim(path, mark)
    assert not files.claim(path, mark)
    assert not files._create_marked(path, mark)
    assert (tmp_path / "lock").read_bytes() == b"ours"
    with pytest.raises(Unavailable):
        files.claim(str(tmp_path / "none/lock"), mark)


def test_a_file_that_was_kept_is_given_back_as_it_was(tmp_path: Path) -> None:
    files.write(str(tmp_path), "a/x", b"old")
    held = files.keep(str(tmp_path), "a/x")
    files.write(str(tmp_path), "a/x", b"new")
    files.give_back(str(tmp_path), "a/x", held)
    assert files.read(str(tmp_path), "a/x") == b"old"
    files.give_back(str(tmp_path), "a/x", files.keep(str(tmp_path), "a/x"))
    assert files.keep(str(tmp_path), "b/y") is None
    files.write(str(tmp_path), "b/y", b"new")
    files.give_back(str(tmp_path), "b/y", None)
    assert [p.name for p in tmp_path.rglob("*")] == ["a", "x"]


def test_the_right_to_run_a_file_goes_to_who_may_read_it(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_bytes(b"")
    (tmp_path / "run.sh").chmod(0o640)
    files.let_run(str(tmp_path / "run.sh"), may_run=True)
    assert (tmp_path / "run.sh").stat().st_mode & 0o777 == 0o750
    files.let_run(str(tmp_path / "run.sh"), may_run=False)
    assert (tmp_path / "run.sh").stat().st_mode & 0o777 == 0o640
