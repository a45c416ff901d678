"""Tickets that carry an older name of a field are shown as if it had always been the new one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from declared import fields
from factories import ID, a_ticket, an_event, at
from tkt.domain.custom.placing import replacing
from tkt.domain.custom.renaming import has_older_names, renamed
from tkt.domain.fields import TIMELINE
from tkt.domain.shape import breaks, unsound
from tkt.domain.ticket import Event, Ticket

DECLARED = fields()
REFUND = DECLARED[0]
NAMES = st.sampled_from([*REFUND.names, "size", "own", "priority"])


def sets(names: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    values = st.integers(1, 3) | st.just("normal")
    return st.dictionaries(names, st.none() | values, min_size=1, max_size=3).map(
        lambda said: {n: "high" if n == "priority" and v else v for n, v in said.items()}
    )


EVENTS = st.lists(
    st.one_of(
        sets(NAMES).map(lambda said: {"set": said}),
        st.just({"text": "已联系"}),
        sets(NAMES).map(lambda said: {"set": said, "if": {"own": 1}}),
        st.lists(NAMES, min_size=1, max_size=2, unique=True).map(
            lambda names: {"add": {"contested": names}}
        ),
    ),
    max_size=6,
)


def told(said: list[dict[str, Any]], first: dict[str, Any]) -> Ticket:
    events = [an_event("set", minute, **each) for minute, each in enumerate(said, 1)]
    return a_ticket(*events, **{name: value for name, value in first.items() if value is not None})


@given(EVENTS, sets(NAMES))
def test_what_is_shown_is_a_sound_ticket(said: list[dict[str, Any]], first: dict[str, Any]) -> None:
    ticket = told(said, first)
    shown = renamed(DECLARED, ticket.doc())
    assert breaks(shown, ticket_id=ID) == []
    assert unsound(shown) == []
    assert shown.get("refund") == REFUND.value_in(ticket.fields)
    assert len(shown[TIMELINE]) == len(ticket.events)
    assert not has_older_names(DECLARED, json.dumps(shown, ensure_ascii=False))


@given(EVENTS, sets(NAMES))
def test_all_else_stays_as_it_is(said: list[dict[str, Any]], first: dict[str, Any]) -> None:
    doc = told(said, first).doc()
    shown = renamed(DECLARED, doc)
    for name in doc.keys() - {*REFUND.names, TIMELINE, "contested"}:
        assert shown[name] == doc[name]
    assert renamed(DECLARED, shown) == shown
    if not has_older_names(DECLARED, json.dumps(doc)):
        assert shown == doc


def test_the_timeline_tells_the_new_name_and_what_became_of_it() -> None:
    ticket = told(
        [
            {"set": {"refund_amount": 100, "priority": "high"}},
            {"set": {"refund": 129, "refund_amount": None}},
            {"set": {"refund": None}},
        ],
        {"money_back": 50},
    )
    shown = renamed(DECLARED, ticket.doc())
    assert [event["set"] for event in shown[TIMELINE]][1:] == [
        {"priority": "high", "refund": 100},
        {"refund": 129},
        {"refund": 50},
    ]
    assert shown["refund"] == 50


def test_an_edit_at_the_top_that_nobody_recorded_is_shown() -> None:
    ticket = a_ticket(refund_amount=5)
    doc = {**ticket.doc(), "refund_amount": 7}
    assert renamed(DECLARED, doc)["refund"] == 7


def test_setting_a_field_takes_its_older_names_away() -> None:
    held = {"refund_amount": 5, "size": "m"}
    assert replacing(DECLARED, {"refund": 7}, held) == {"refund": 7, "refund_amount": None}
    assert replacing(DECLARED, {"refund": None}, held) == {"refund": None, "refund_amount": None}
    assert replacing(DECLARED, {"size": "s"}, held) == {"size": "s"}
    contested = {"contested": ["money_back"]}
    assert replacing(DECLARED, {"refund": 7}, contested) == {"refund": 7, "money_back": None}


def test_an_event_keeps_what_else_it_says() -> None:
    event = Event({**an_event("set", 1, set={"refund_amount": 1}, why="按客户要求").data}, at(1))
    shown = renamed(DECLARED, a_ticket(event).doc())
    assert shown[TIMELINE][1] == {**event.data, "set": {"refund": 1}}
