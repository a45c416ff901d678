"""What a customer was promised: made, replaced, kept by what is said or done, dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from factories import a_ticket, at, doing
from tkt.domain.actions.moving import moved, with_status
from tkt.domain.actions.promising import ended, promised
from tkt.domain.actions.talking import noted, received, replied
from tkt.domain.workflow import SIMPLE
from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.ticket import Ticket

SOON = at(60).isoformat(timespec="seconds")


@pytest.fixture
def ticket() -> Ticket:
    return promised(a_ticket(), doing(1), flow=SIMPLE, by=at(60)).after


def test_a_promise_stands_at_the_top() -> None:
    change = promised(a_ticket(), doing(1), flow=SIMPLE, by=at(60), text="补发")
    assert change.after.fields["promised"] == SOON
    assert (change.events[0].do, change.events[0].text) == ("promise", "补发")


def test_a_new_promise_takes_the_place_of_the_old_one(ticket: Ticket) -> None:
    later = promised(ticket, doing(2), flow=SIMPLE, by=at(90)).after
    assert later.fields["promised"] == at(90).isoformat(timespec="seconds")


def test_an_answer_keeps_it_in_the_same_event(ticket: Ticket) -> None:
    change = replied(ticket, doing(2), text="亲")
    (event,) = change.events
    assert "promised" not in change.after.fields
    assert (event.do, event.data["set"]["promised"], event.data["kept"]) == ("reply", None, SOON)


@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_the_end_of_the_ticket_keeps_it(ticket: Ticket, state: str) -> None:
    to = SIMPLE.state(state)
    assert to
    change = moved(ticket, doing(2), flow=SIMPLE, to=to, text="好了")
    assert "promised" not in change.after.fields
    assert change.events[0].data["kept"] == SOON
    assert with_status(ticket, SIMPLE, {"status": state})["promised"] is None


def test_notes_messages_and_waiting_keep_nothing(ticket: Ticket) -> None:
    pending = SIMPLE.state("pending")
    assert pending
    for change in (
        noted(ticket, doing(2), text="看过"),
        received(ticket, doing(2), flow=SIMPLE, text="在吗", via=None),
        moved(ticket, doing(2), flow=SIMPLE, to=pending, reason="等仓库"),
    ):
        assert change.after.fields["promised"] == SOON


@pytest.mark.parametrize("kept", [True, False])
def test_it_is_ended_by_hand(ticket: Ticket, kept: bool) -> None:
    change = ended(ticket, doing(2), kept=kept)
    assert "promised" not in change.after.fields
    assert change.events[0].data["kept" if kept else "dropped"] == SOON


def test_what_cannot_be_promised_is_refused(ticket: Ticket) -> None:
    over = a_ticket(status="closed")
    with pytest.raises(Refused, match=r"promise\.is_past"):
        promised(ticket, doing(61), flow=SIMPLE, by=at(60))
    with pytest.raises(Refused, match=r"promise\.already"):
        promised(ticket, doing(2), flow=SIMPLE, by=at(60))
    with pytest.raises(Refused, match=r"promise\.none"):
        ended(a_ticket(), doing(2), kept=True)
    with pytest.raises(Refused, match=r"promise\.over"):
        promised(over, doing(2), flow=SIMPLE, by=at(60))
