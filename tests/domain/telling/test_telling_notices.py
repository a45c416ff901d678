from __future__ import annotations

from typing import Any

from tkt.domain.notices import notices_of
from tkt.domain.ticket import Event, Ticket


def noticed(tell: Any, *, by: str = "sweep", **more: Any) -> list[tuple[str, str]]:
    """(whom, why) of the last of two events, on a ticket that lin has and zhao has muted."""
    opened = {
        "id": "1",
        "at": "2026-11-21T14:00:00+08:00",
        "by": "customer",
        "do": "open",
        "set": {"title": "杯子", "status": "new", "assignee": "lin", "muted": ["zhao"]},
    }
    event = {"id": "2", "at": "2026-11-21T15:00:00+08:00", "by": by, "do": "remind", "tell": tell,
             **more}  # fmt: skip
    ticket = Ticket.folded("261121-7KQ4", [Event.of(opened), Event.of(event)])
    return [(n.agent, n.why) for n in notices_of(ticket) if n.event == "2"]


def test_whoever_is_named_is_told_and_a_team_as_well() -> None:
    assert noticed(["lin", "team:c"]) == [("lin", "told"), ("team:c", "told")]


def test_a_reminder_is_by_name_so_a_muted_ticket_is_no_excuse() -> None:
    assert noticed(["zhao"]) == [("zhao", "told")]


def test_being_told_is_more_than_watching_and_less_than_a_mention() -> None:
    assert noticed(["lin"], do="escalate") == [("lin", "told")]
    assert noticed(["lin"], do="note", mentions=["lin"]) == [("lin", "mention")]


def test_what_was_noticed_late_is_news_of_when_it_was_noticed() -> None:
    opened = {"id": "1", "at": "2026-11-21T14:00:00+08:00", "by": "customer", "do": "open",
              "set": {"title": "杯子", "status": "new"}}  # fmt: skip
    late = "2026-11-30T09:00:00+08:00"
    event = {"id": "2", "at": "2026-11-21T15:00:00+08:00", "by": "sweep", "do": "remind",
             "tell": ["lin"], "noticed_at": late}  # fmt: skip
    ticket = Ticket.folded("261121-7KQ4", [Event.of(opened), Event.of(event)])
    assert [n.at.isoformat() for n in notices_of(ticket)] == [late]


def test_nobody_is_told_of_what_they_did() -> None:
    assert noticed(["lin"], by="lin") == []


def test_one_name_will_do_and_nonsense_is_nobody() -> None:
    assert noticed("lin") == [("lin", "told")]
    assert noticed([7, None, ["lin"]]) == []
