from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest

from tkt.domain.telling.posted import New
from tkt.errors import Unavailable
from tkt.storage.git import Git
from tkt.storage.outbox import Outbox, location

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    git = Git.at(str(desk))
    (desk / ".git/tkt").mkdir(exist_ok=True)
    (desk / ".git/tkt/outbox.db").write_bytes(b"no database" * 999)
    with pytest.raises(Unavailable):
        Outbox.open(git)
