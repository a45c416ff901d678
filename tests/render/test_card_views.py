"""What views make of values for people and for programs."""

from __future__ import annotations

from factories import a_ticket, an_event, doing
from tkt.domain.actions.relating import merged
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import SIMPLE
from tkt.render.views.deeds import said_of


def test_of_a_merge_both_tickets_are_named_whatever_was_said_on_the_one() -> None:
    source = a_ticket(an_event("note", 1, text="在吗"))
    target = Ticket.folded("261121-M3WX", a_ticket().events)
    into, _ = merged(source, target, doing(2), flow_of=lambda _: SIMPLE)
    told = said_of(into, None)
    assert (told["other"], told["id"]) == (source.id, target.id)
