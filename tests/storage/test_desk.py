from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from desks import assert_index_is_right, commit_by_hand, git, log, notes_in, status, ticket_path
from tkt.domain.actions.event import Doing
from tkt.domain.actions.talking import noted
from tkt.domain.change import Person
from tkt.errors import NotFound, Refused, Stale, UsageProblem
from tkt.services.acting import Acting
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner
    from tkt.storage.transaction import Saved, Transaction

AT = datetime(2026, 11, 21, 6, 3, 11, tzinfo=UTC)
LIN = Person("lin", "lin", "lin@shop.example")
ACTING = Acting(LIN, AT, AT, lambda below: 7 % below)


def note(run: Transaction, reference: str, text: str) -> Saved:
    doing = Doing("lin", AT, lambda below: len(text) % below)
    change = noted(run.ticket(reference), doing, text=text)
    return run.save(change, person=LIN, now=AT)


def test_a_person_who_commits_first_makes_the_run_begin_anew(desk: Path, tkt: Runner) -> None:
    """What the person wrote into the same ticket is there, and so is what we had to say."""
    ticket, door, rounds = tkt.new(), Desk(str(desk)), []
    path = ticket_path(desk, ticket)

    def decide(run: Transaction) -> Saved:
        rounds.append(run.head)
        saved = note(run, ticket, "ours")
        if len(rounds) == 1:
            commit_by_hand(desk, {path: (desk / path).read_bytes() + b"# by hand\n"})
        return saved

    saved = door.write(decide, ACTING.grouping("note"))
    assert len(set(rounds)) == 2
    assert saved.commit == git(desk, "rev-parse", "HEAD")
    assert notes_in(desk, ticket) == ["ours"]
    assert b"# by hand" in (desk / path).read_bytes()
    assert status(desk) == ""
    assert_index_is_right(desk)


def test_a_run_that_fails_leaves_no_trace_and_the_next_one_works(desk: Path, tkt: Runner) -> None:
    ticket, door = tkt.new(), Desk(str(desk))
    head = git(desk, "rev-parse", "HEAD")

    def fail(run: Transaction) -> Saved:
        note(run, ticket, "one")
        raise Refused("note.empty")

    for _ in range(2):
        with pytest.raises(Refused, match=r"note\.empty"):
            door.write(fail, ACTING.grouping("note"))
        assert git(desk, "rev-parse", "HEAD") == head
        assert door.index.commit == head
        assert status(desk) == ""
        assert len(door.ticket(ticket).events) == 1
    door.write(lambda run: note(run, ticket, "two"), ACTING.grouping("note"))
    assert notes_in(desk, ticket) == ["two"]
    assert_index_is_right(desk)


def test_a_run_that_is_always_too_late_says_so(
    desk: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.storage.desk._ATTEMPTS", 3)
    ticket, door = tkt.new(), Desk(str(desk))

    def decide(run: Transaction) -> Saved:
        saved = note(run, ticket, "ours")
        git(desk, "commit", "-q", "--allow-empty", "-m", "mine")
        return saved

    with pytest.raises(Stale):
        door.write(decide, ACTING.grouping("note"))
    assert log(desk, "%s", "-4")[:3] == ["mine"] * 3
    assert notes_in(desk, ticket) == []
    assert status(desk) == ""


def test_a_run_sees_what_it_has_written(desk: Path, tkt: Runner) -> None:
    ticket, door = tkt.new(), Desk(str(desk))

    def decide(run: Transaction) -> int:
        note(run, ticket, "one")
        note(run, ticket, "twice")
        return len(run.ticket(ticket).events)

    assert door.write(decide, ACTING.grouping("note")) == 3
    assert notes_in(desk, ticket) == ["one", "twice"]
    assert log(desk, "%s", "--first-parent", "-1") == ["note: 2 actions"]
    assert status(desk) == ""


def test_an_open_desk_sees_what_others_have_committed(desk: Path, tkt: Runner) -> None:
    door = Desk(str(desk))
    assert door.head() == door.index.commit
    ticket = tkt.new()
    door.forget()
    assert door.ticket(ticket).title == "杯子碎了"


def test_a_part_of_an_id_is_enough_if_only_one_has_it(desk: Path, tkt: Runner) -> None:
    ticket, door = tkt.new(), Desk(str(desk))
    tail = ticket.partition("-")[2]
    for reference in (ticket, ticket.lower(), tail, tail.lower(), f" {tail[1:]} ", "261121"):
        assert door.find(reference) == ticket
    tkt.new("second")
    door.forget()
    with pytest.raises(UsageProblem, match=r"ticket\.ambiguous"):
        door.find("261121")
    for reference in ("", "%", "_", "ZZZZZZ", "../x", "261121-"[:-1] + "-0", "　"):
        with pytest.raises((NotFound, UsageProblem)):
            door.find(reference)
