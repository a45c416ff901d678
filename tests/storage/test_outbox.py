from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tkt.domain.telling.posted import New
from tkt.errors import Busy, Unavailable
from tkt.storage.git import Git
from tkt.storage.outbox import PATIENCE, Outbox, location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def outbox(desk: Path) -> Iterator[Outbox]:
    found = Outbox.open(Git.at(str(desk)))
    yield found
    found.close()


def new(key: str, delivery: str = "hook", to: str = "", due: int = 100, **more: Any) -> New:
    return New(key, delivery, to, "zhao", "261121-7KQ4", "1", "told", {"title": "杯子", **more}, 50,
               due)  # fmt: skip


def test_a_message_is_there_once_and_the_cursor_moves_with_it(outbox: Outbox) -> None:
    start = outbox.cursor
    assert start is None
    assert outbox.fill([new("a"), new("a"), new("a", "ding"), new("a", "hook", "138")], "c1") == 3
    assert outbox.fill([new("a"), new("b")], "c2") == 1
    assert outbox.cursor == "c2"
    assert outbox.knows(new("b"))
    assert not outbox.knows(new("c"))


def test_messages_and_cursor_are_one(outbox: Outbox) -> None:
    outbox.fill([new("a")], "c1")
    bad: Any = object()
    with pytest.raises(Unavailable):
        outbox.fill([new("c"), new("b", bad)], "c2")
    assert (outbox.cursor, outbox.knows(new("c"))) == ("c1", False)


def test_what_is_due_comes_in_its_order(outbox: Outbox) -> None:
    outbox.fill([new("a", due=300), new("b", due=100), new("c", due=200), new("d", due=100)], "c")
    assert [posted.key for posted in outbox.due(250)] == ["b", "d", "c"]


def test_the_life_of_a_message(outbox: Outbox) -> None:
    outbox.fill([new("a")], "c")
    (posted,) = outbox.due(100)
    assert (posted.facts, posted.state, posted.error) == ({"title": "杯子"}, "waiting", None)
    outbox.tried([1], ("notify.http", {"code": 500}), at=101, again=160)
    assert outbox.due(159) == []
    (posted,) = outbox.due(160)
    assert (posted.tries, posted.error) == (1, ("notify.http", {"code": 500}))
    outbox.tried([1], ("notify.http", {"code": 404}), at=161, again=None)
    assert (outbox.counts(), outbox.last_failed()) == ({"failed": 1, "waiting": 0}, 1)
    outbox.again([1], 200)
    (posted,) = outbox.due(200)
    assert posted.tries == 0
    outbox.sent([1], 201)
    assert (outbox.due(9999), outbox.get(1).state if outbox.get(1) else "") == ([], "sent")  # type: ignore[union-attr]
    outbox.forget(201)
    assert outbox.get(1) is not None
    outbox.forget(202)
    assert outbox.get(1) is None
    outbox.fill([new("b")], "d")
    assert outbox.due(100)[0].number == 2, "a number is never given again"


def test_a_digest_counts_as_one_message(outbox: Outbox) -> None:
    outbox.fill([new("a"), new("b"), new("c")], "c")
    outbox.join([1, 2], "batch")
    outbox.sent([1, 2], 150)
    outbox.sent([3], 160)
    assert outbox.sent_since("hook", 150) == 2
    assert outbox.sent_since("hook", 155) == 1
    assert outbox.sent_since("ding", 0) == 0


def test_failures_are_listed_first(outbox: Outbox) -> None:
    outbox.fill([new(key) for key in "abcd"], "c")
    outbox.sent([1], 1)
    outbox.tried([2], ("x", {}), at=1, again=None)
    outbox.drop([3], 1)
    states = ("failed", "waiting", "sent", "dropped")
    assert [posted.state for posted in outbox.all(states, None)] == list(states)
    assert [posted.key for posted in outbox.all(("failed",), 5)] == ["b"]
    assert len(outbox.all(states, 2)) == 2


def test_it_is_for_its_owner_only_and_durable(desk: Path, outbox: Outbox) -> None:
    path = location(Git.at(str(desk)))
    assert stat.S_IMODE((desk / path).stat().st_mode) == 0o600
    assert outbox.db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_each_desk_of_a_repository_has_its_own(desk: Path) -> None:
    one = Git.at(str(desk))
    other = Git(one.top, one.gitdir, one.common, "shop/")
    assert location(one) != location(other)


def test_a_disk_that_says_no_is_unavailable(desk: Path) -> None:
    shutil.rmtree(desk / ".git/tkt", ignore_errors=True)
    (desk / ".git/tkt").write_bytes(b"in the way")
    with pytest.raises(Unavailable, match=r"disk\.failed"):
        Outbox.open(Git.at(str(desk)))


def a_file(path: Path) -> None:
    path.write_bytes(b"no database" * 999)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_foreign_database(path: Path) -> None:
    foreign(path, 0)


def a_newer_database(path: Path) -> None:
    foreign(path, 7)


def a_database_without_tables(path: Path) -> None:
    foreign(path, 1)


def foreign(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE theirs (x)")
        db.execute(f"PRAGMA user_version = {version}")


NO_OUTBOX = (
    a_file, a_folder, a_pipe, a_foreign_database, a_newer_database, a_database_without_tables,
)  # fmt: skip


@pytest.mark.parametrize("thing", NO_OUTBOX)
def test_what_is_no_outbox_is_named_and_left_as_it_is(
    desk: Path, thing: Callable[[Path], None]
) -> None:
    git = Git.at(str(desk))
    path = desk / ".git/tkt/outbox.db"
    path.parent.mkdir(exist_ok=True)
    thing(path)
    before = path.read_bytes() if path.is_file() else None
    for opened in (Outbox.open, Outbox.there):
        with pytest.raises(Unavailable, match=r"outbox\.damaged") as failed:
            look(opened(git))
        assert failed.value.params["path"] == location(git)
    if thing is not a_database_without_tables:  # that one claims to be ours
        assert before == (path.read_bytes() if path.is_file() else None)


def look(outbox: Outbox | None) -> None:
    assert outbox
    with closing(outbox):
        assert outbox.cursor is None


def test_a_message_that_cannot_be_read_is_damage(outbox: Outbox) -> None:
    outbox.fill([new("a")], "c")
    outbox.db.execute("UPDATE messages SET facts = '{'")
    with pytest.raises(Unavailable, match=r"outbox\.damaged"):
        outbox.due(100)


def test_what_was_moved_away_leaves_nothing_behind_that_matters(desk: Path) -> None:
    git = Git.at(str(desk))
    old = Outbox.open(git)
    old.fill([new("a")], "c")
    path = desk / ".git/tkt/outbox.db"
    path.rename(path.with_name("outbox.db.bad"))
    assert path.with_name("outbox.db-wal").exists()
    with closing(Outbox.open(git)) as fresh:
        assert (fresh.cursor, fresh.due(999)) == (None, [])
        fresh.fill([new("b")], "d")
    old.close()


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_another_program_that_holds_it_is_not_waited_for_long(
    desk: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    git = Git.at(str(desk))
    with closing(Outbox.open(git)) as outbox:
        outbox.db.execute(f"PRAGMA journal_mode = {mode}")
    assert PATIENCE <= 10
    monkeypatch.setattr("tkt.storage.outbox.PATIENCE", 0.1)
    with closing(sqlite3.connect(location(git), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy, match=r"outbox\.busy"), closing(Outbox.open(git)) as outbox:
            outbox.fill([new("a")], "c")
        other.execute("ROLLBACK")
    with closing(Outbox.open(git)) as outbox:
        assert outbox.fill([new("a")], "c") == 1


def test_what_was_sent_is_recorded_even_if_that_takes_longer(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.storage.outbox.PATIENCE", 0.01)
    outbox.fill([new("a")], "c")
    other = sqlite3.connect(outbox.path, isolation_level=None, check_same_thread=False)
    with closing(other):
        other.execute("BEGIN EXCLUSIVE")
        later = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        later.start()
        outbox.sent([1], 101)
        later.join()
    assert outbox.due(999) == []
    assert outbox.db.execute("PRAGMA busy_timeout").fetchone() == (10,)


def test_the_way_out_can_be_pasted_into_a_shell(desk: Path, tmp_path: Path) -> None:
    odd = tmp_path / "my desk"
    desk.rename(odd)
    git = Git.at(str(odd))
    path = location(git)
    (odd / ".git/tkt").mkdir(exist_ok=True)
    a_file(odd / ".git/tkt/outbox.db")
    with pytest.raises(Unavailable) as failed:
        Outbox.open(git)
    command = "mv {old} {new}".format(**failed.value.params)
    subprocess.run(["/bin/sh", "-c", command], check=True)
    assert os.path.isfile(f"{path}.bad")
    Outbox.open(git).close()
