from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import a_ticket, an_event, at, doing, seeded
from tkt.domain.actions import moving, relating, talking, undoing
from tkt.domain.actions.changing import changed
from tkt.domain.actions.event import Doing
from tkt.domain.fields import LINKS, listed
from tkt.domain.shape import breaks, unsound
from tkt.domain.ticket import Ticket, taken_back
from tkt.domain.workflow import SIMPLE
from tkt.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.change import Change


def nobody(_name: str, _id: str) -> Sequence[str]:
    return ()


def undone(ticket: Ticket, event_id: str, minutes: float = 30) -> Ticket:
    event = ticket.event(event_id)
    assert event
    return undoing.undone(ticket, event, doing(minutes), named_by=nobody).after


def test_fields_and_lists_go_back_to_what_they_were() -> None:
    ticket = a_ticket(
        an_event("set", 1, set={"priority": "high", "team": "b"}, add={"tags": ["vip", "急"]}),
        tags=["vip"],
    )
    back = undone(ticket, "set-1")
    assert (back.fields["priority"], back.fields["tags"]) == ("normal", ["vip"])
    assert "team" not in back.fields
    assert back.events[:-1] == ticket.events


def test_a_note_counts_no_longer_and_stays_in_the_file() -> None:
    ticket = a_ticket(an_event("note", 1, text="错了", add={"watchers": ["zhao"]}))
    back = undone(ticket, "note-1")
    assert "watchers" not in back.fields
    assert taken_back(back.events) == {"note-1"}
    assert any(event.text == "错了" for event in back.events)


@pytest.mark.parametrize("do", ["message", "reply"])
def test_what_the_customer_knows_is_not_taken_back(do: str) -> None:
    with pytest.raises(Refused, match=rf"undo\.{do}"):
        undone(a_ticket(an_event(do, 1, text="亲")), f"{do}-1")
    with pytest.raises(Refused, match=r"undo\.open"):
        undone(a_ticket(), "open-0")


def test_what_somebody_has_changed_since_is_left_alone() -> None:
    ticket = a_ticket(
        an_event("set", 1, set={"priority": "high"}), an_event("set", 2, set={"priority": "low"})
    )
    with pytest.raises(Refused, match=r"undo\.changed_since") as refused:
        undone(ticket, "set-1")
    assert refused.value.params["field"] == "priority"


def test_an_action_is_taken_back_once_and_that_can_be_taken_back_too() -> None:
    ticket = a_ticket(an_event("set", 1, set={"priority": "high"}))
    back = undone(ticket, "set-1", 30)
    with pytest.raises(Refused, match=r"undo\.already"):
        undone(back, "set-1", 31)
    again = undone(back, back.events[-1].id, 32)
    assert again.fields["priority"] == "high"
    assert undone(again, again.events[-1].id, 33).fields["priority"] == "normal"


def test_what_had_no_effect_cannot_be_undone() -> None:
    ticket = a_ticket(
        an_event("take", 1, **{"if": {"assignee": "zhao"}, "set": {"assignee": "lin"}})
    )
    with pytest.raises(Refused, match=r"undo\.no_effect"):
        undone(ticket, "take-1")


def test_a_ticket_goes_back_into_the_archive() -> None:
    ticket = moving.archived(a_ticket(status="closed"), doing(1), flow=SIMPLE).after
    woken = moving.reopened(ticket, doing(2), flow=SIMPLE, text=None, reason="x")
    assert not woken.after.is_archived
    back = undone(woken.after, woken.events[0].id, 3)
    assert (back.is_archived, back.fields["status"]) == (True, "closed")


# -- in any order -----------------------------------------------------------------------------

IDS = [f"261121-{letter * 4}" for letter in "ABCDEF"]
OPS = ("say", "note", "set", "link", "unlink", "merge", "split", "undo", "close", "reopen")
steps = st.lists(
    st.tuples(st.sampled_from(OPS), st.integers(0, 5), st.integers(0, 5), st.integers(0, 9)),
    max_size=25,
)


class World:
    """Some tickets of one clone, and all that was ever said to a customer or by one."""

    def __init__(self) -> None:
        self.draw = seeded()
        self.clock = 0
        self.said: set[str] = set()
        self.tickets: dict[str, Ticket] = {}
        for ticket_id in IDS[:3]:
            self._put(a_ticket()._replace(id=ticket_id))

    def _put(self, ticket: Ticket) -> None:
        self.tickets[ticket.id] = ticket

    def take(self, *changes: Change) -> None:
        for change in changes:
            before = self.tickets.get(change.ticket_id)
            if before is not None:
                assert before == change.before
                assert all(event in change.after.events for event in before.events)
            self._put(change.after)

    def doing(self) -> Doing:
        self.clock += 1
        return Doing("lin", at(self.clock), self.draw)

    def named_by(self, name: str, ticket_id: str) -> list[str]:
        return listed(self.tickets[ticket_id].fields.get(name)) if ticket_id in self.tickets else []

    def step(self, op: str, one: int, two: int, pick: int) -> None:
        ids = list(self.tickets)
        ticket, other = self.tickets[ids[one % len(ids)]], self.tickets[ids[two % len(ids)]]
        changes = getattr(self, f"_{op}")(ticket, other, pick)
        self.take(*changes)

    def _say(self, ticket: Ticket, _other: Ticket, _pick: int) -> Sequence[Change]:
        while ticket.is_merged:  # as `tkt reply` and `tkt message` go to what it has become
            ticket = self.tickets[ticket.fields["merged_into"]]
        text = f"第 {self.clock} 句"
        self.said.add(text)
        doing = self.doing()
        if self.clock % 2:
            return [talking.received(ticket, doing, flow=SIMPLE, text=text, via=None)]
        return [talking.replied(ticket, doing, text=text)]

    def _note(self, ticket: Ticket, _other: Ticket, _pick: int) -> Sequence[Change]:
        return [talking.noted(ticket, self.doing(), text="备注", mentions=["zhao"])]

    def _set(self, ticket: Ticket, _other: Ticket, pick: int) -> Sequence[Change]:
        return [
            changed(ticket, self.doing(), wanted={"severity": pick}, add={"tags": [f"t{pick}"]})
        ]

    def _link(self, ticket: Ticket, other: Ticket, pick: int) -> Sequence[Change]:
        kind = sorted(relating.KINDS)[pick % 4]
        return [
            relating.linked(ticket, self.doing(), kind=kind, other=other.id, named_by=self.named_by)
        ]

    def _unlink(self, ticket: Ticket, other: Ticket, pick: int) -> Sequence[Change]:
        kind = sorted(relating.KINDS)[pick % 4]
        return [relating.unlinked(ticket, self.doing(), kind=kind, other=other.id)]

    def _merge(self, ticket: Ticket, other: Ticket, _pick: int) -> Sequence[Change]:
        return relating.merged(ticket, other, self.doing(), flow_of=lambda _: SIMPLE)

    def _split(self, ticket: Ticket, _other: Ticket, pick: int) -> Sequence[Change]:
        free = [ticket_id for ticket_id in IDS if ticket_id not in self.tickets]
        if not free:
            raise Refused("event.none", id=ticket.id, event="")
        return relating.split(
            ticket, self.doing(), at=ticket.events[pick % len(ticket.events)], new_id=free[0],
            flow=SIMPLE, fields={"title": "拆出来的"},
        )  # fmt: skip

    def _undo(self, ticket: Ticket, _other: Ticket, pick: int) -> Sequence[Change]:
        event = ticket.events[-1 - pick % len(ticket.events)]
        if event.do == "split":
            new = self.tickets[event.data["into"]]
            return undoing.unsplit(ticket, event, new, self.doing())
        if event.do == "merge":
            source = event.data.get("source")
            into = event.data.get("set", {}).get("merged_into")
            if source and source in self.tickets:
                return undoing.unmerged(
                    self.tickets[source], ticket, self.doing(), named_by=self.named_by
                )
            if into and ticket.is_merged:
                return undoing.unmerged(
                    ticket, self.tickets[into], self.doing(), named_by=self.named_by
                )
        return [undoing.undone(ticket, event, self.doing(), named_by=self.named_by)]

    def _close(self, ticket: Ticket, _other: Ticket, _pick: int) -> Sequence[Change]:
        closed = SIMPLE.of_category("closed")
        assert closed
        return [moving.moved(ticket, self.doing(), flow=SIMPLE, to=closed, do="close")]

    def _reopen(self, ticket: Ticket, _other: Ticket, _pick: int) -> Sequence[Change]:
        return [moving.reopened(ticket, self.doing(), flow=SIMPLE, text=None, reason=None)]

    # -- what must hold -----------------------------------------------------------------------

    def lost(self) -> set[str]:
        """What was said and stands on no ticket that is worked on."""
        standing: set[str | None] = set()
        for ticket in self.tickets.values():
            if not ticket.is_merged:
                gone = taken_back(ticket.events)
                standing |= {event.text for event in ticket.events if event.id not in gone}
        return self.said - standing

    def circles(self) -> list[tuple[str, str]]:
        """(field, id) of every ticket from which links lead back to it."""
        found = []
        for name in LINKS:
            for start in self.tickets if name != "relates" else ():
                waiting, seen = list(self.named_by(name, start)), set[str]()
                while waiting:
                    here = waiting.pop()
                    if here == start:
                        found.append((name, start))
                        break
                    if here not in seen:
                        seen.add(here)
                        waiting += self.named_by(name, here)
        return found


@given(steps)
def test_in_any_order_nothing_is_lost_no_circle_comes_about_and_the_top_is_the_fold(
    what: list[tuple[str, int, int, int]],
) -> None:
    world = World()
    for step in what:
        try:
            world.step(*step)
        except (Refused, UsageProblem):
            continue
        assert not world.lost()
        assert not world.circles()
        for ticket in world.tickets.values():
            assert not breaks(ticket.doc(), ticket_id=ticket.id)
            assert not unsound(ticket.doc())


def test_all_of_these_actions_come_about() -> None:
    """The property above would prove nothing if every step were refused."""
    world = World()
    for step in (
        ("say", 0, 0, 0), ("say", 0, 0, 0), ("note", 0, 0, 0), ("merge", 0, 1, 0),
        ("say", 0, 0, 0), ("split", 1, 0, 2), ("link", 2, 1, 1), ("undo", 1, 0, 0),
        ("undo", 0, 0, 0), ("close", 2, 0, 0), ("reopen", 2, 0, 0), ("set", 2, 0, 3),
    ):  # fmt: skip
        world.step(*step)
    assert len(world.tickets) == 4
    kinds: dict[str, Any] = {e.do for t in world.tickets.values() for e in t.events}  # type: ignore[assignment]
    assert {"merge", "split", "undo", "link", "close", "reopen", "set"} <= set(kinds)
