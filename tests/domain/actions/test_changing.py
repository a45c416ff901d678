from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import ID, a_doc, a_ticket, an_event, at, doing
from tkt.domain.actions import changing, talking
from tkt.domain.actions.event import new_event
from tkt.domain.shape import breaks, unsound
from tkt.domain.ticket import Event, Ticket
from tkt.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.change import Change


def opened(**fields: Any) -> Change:
    fields = {"title": "杯子碎了", "status": "new", **fields}
    return talking.opened(ID, doing(), fields=fields, text="碎了")


def changed(
    ticket: Ticket,
    wanted: Mapping[str, Any] = {},
    add: Mapping[str, Sequence[str]] = {},
    remove: Mapping[str, Sequence[str]] = {},
    minutes: float = 1,
) -> Change:
    return changing.changed(ticket, doing(minutes), wanted=wanted, add=add, remove=remove)


def test_an_agents_own_ticket_is_opened_by_the_agent() -> None:
    event = opened().events[0]
    assert (event.by, event.text, "via" in event.data) == ("lin", "碎了", False)
    assert list(event.data)[:4] == ["id", "at", "by", "do"]
    assert list(event.data)[-1] == "text"


def test_a_customers_ticket_is_opened_by_the_customer_and_entered_by_the_agent() -> None:
    event = opened(channel="wechat").events[0]
    assert (event.by, event.data["entered_by"], event.data["via"]) == ("customer", "lin", "wechat")
    assert opened(customer="c-1").events[0].by == "customer"


def test_a_note_says_something() -> None:
    change = talking.noted(a_ticket(), doing(1), text=" 在查 ")
    assert change.after.events[-1].text == " 在查 "
    with pytest.raises(UsageProblem, match="empty"):
        talking.noted(a_ticket(), doing(1), text=" \n")


def test_setting_what_is_so_already_is_refused() -> None:
    with pytest.raises(Refused, match="nothing"):
        changed(a_ticket(tags=["a"]), {"priority": "normal", "own": None}, {"tags": ["a"]})


def test_a_field_is_set_and_taken_away() -> None:
    after = changed(a_ticket(color="red"), {"priority": "high", "color": None}).after
    assert after.fields["priority"] == "high"
    assert "color" not in after.fields
    assert changed(a_ticket(own=1), {"own": True}).after.fields["own"] is True


def test_a_list_given_whole_becomes_what_was_added_and_removed() -> None:
    event = changed(a_ticket(tags=["a", "b"]), {"tags": ["b", "c"]}).events[0]
    assert (event.data["add"], event.data["remove"]) == ({"tags": ["c"]}, {"tags": ["a"]})
    assert changed(a_ticket(tags=["a"]), {"tags": None}).events[0].data["remove"] == {"tags": ["a"]}


def test_an_item_named_twice_is_added_once() -> None:
    change = changed(a_ticket(), add={"tags": ["a", "a"]})
    assert change.events[0].data["add"] == {"tags": ["a"]}
    assert breaks(change.after.doc(), ticket_id=ID) == []


def test_a_list_given_whole_and_items_go_together() -> None:
    ticket = a_ticket(tags=["x", "b"])
    after = changed(ticket, {"tags": ["a", "b"]}, {"tags": ["c"]}, {"tags": ["b"]}).after
    assert after.fields["tags"] == ["a", "c"]


def test_only_what_a_list_holds_is_removed() -> None:
    change = changed(a_ticket(tags=["a"]), {"priority": "low"}, remove={"tags": ["b"]})
    assert "remove" not in change.events[0].data


def test_setting_a_contested_field_to_what_it_is_settles_it() -> None:
    contest = an_event("contest", 1, add={"contested": ["priority", "tags"]})
    ticket = a_ticket(contest, tags=["a"])
    ticket = changed(ticket, {"priority": "normal"}, minutes=2).after
    assert ticket.fields["contested"] == ["tags"]
    assert "contested" not in changed(ticket, {"tags": ["a"]}, minutes=3).after.fields


def test_setting_a_field_that_was_edited_by_hand_records_it() -> None:
    ticket = Ticket.of(a_doc() | {"priority": "high", "tags": ["a"]})
    after = changed(ticket, {"priority": "high", "tags": ["a"]}).after
    assert unsound(after.doc()) == []


def test_the_action_and_its_reason_are_recorded() -> None:
    change = changing.changed(
        a_ticket(), doing(1, by="tkt"), wanted={"assignee": "lin"}, reason="最闲", do="assign"
    )
    assert (change.action, change.events[0].do, change.events[0].data["why"]) == (
        "assign", "assign", "最闲",
    )  # fmt: skip


def test_an_event_is_in_memory_what_its_file_says() -> None:
    moment = at(1) + timedelta(microseconds=999_999)
    made = new_event((), doing()._replace(at=moment), "note")
    assert Event.of(made.data) == made


def test_events_keep_their_order_in_the_hour_that_comes_twice() -> None:
    moment = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1)
    ticket, then = a_ticket(), doing(seed=5)._replace(at=moment)
    for number in range(20):
        ticket = talking.noted(ticket, then, text=str(number)).after
    said = [event.text for event in ticket.events if event.text]
    assert said == [str(number) for number in range(20)]
    assert Ticket.of(ticket.doc()) == ticket


def test_a_time_that_no_file_may_hold_is_refused() -> None:
    long_ago = doing()._replace(at=at().replace(year=1066))
    with pytest.raises(Refused, match="not_time"):
        talking.noted(a_ticket(), long_ago, text="x")


steps = st.lists(
    st.tuples(
        st.sampled_from(["note", "set", "tag", "untag", "tags", "edit"]),
        st.sampled_from(["low", "high"]),
        st.lists(st.sampled_from("abc"), max_size=3),
    ),
    max_size=12,
)


@given(steps)
def test_the_top_is_the_fold_after_any_actions(actions: list[tuple[str, str, list[str]]]) -> None:
    ticket, me = a_ticket(), doing(seed=9)
    for minute, (what, word, items) in enumerate(actions):
        now = me._replace(at=at(minute / 4))
        wanted: dict[str, dict[str, Any]] = {
            "set": {"priority": word},
            "tags": {"tags": items},
            "edit": {"own": items},
        }
        if what == "note":
            ticket = talking.noted(ticket, now, text=word).after
            continue
        try:
            ticket = changing.changed(
                ticket,
                now,
                wanted=wanted.get(what, {}),
                add={"tags": items} if what == "tag" else {},
                remove={"tags": items} if what == "untag" else {},
            ).after
        except Refused:
            continue
    doc = ticket.doc()
    assert breaks(doc, ticket_id=ID) == []
    assert unsound(doc) == []
