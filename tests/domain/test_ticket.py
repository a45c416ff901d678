from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import ID, OPENED, a_doc, a_ticket, an_event
from tkt.domain.ticket import WAKING, Event, Ticket, fold, in_time

if TYPE_CHECKING:
    import random

fields_of = st.dictionaries(
    st.sampled_from(["title", "status", "priority", "color"]), st.none() | st.sampled_from("xyz")
)
tags_of = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, min_size=1)
payloads = st.fixed_dictionaries(
    {},
    optional={
        "set": fields_of,
        "add": st.fixed_dictionaries({"tags": tags_of}),
        "remove": st.fixed_dictionaries({"tags": tags_of}),
    },
)
timelines = st.lists(payloads, max_size=8).map(
    lambda parts: [an_event("set", minute, **part) for minute, part in enumerate(parts, 1)]
)


@pytest.mark.parametrize("do", ["set", "note", "reply", "open", "invented_in_2031"])
def test_every_kind_of_event_folds_alike(do: str) -> None:
    event = an_event(do, 1, set={"priority": "high", "color": "red"}, add={"tags": ["vip"]})
    fields = a_ticket(event, color="blue").fields
    assert (fields["priority"], fields["color"], fields["tags"]) == ("high", "red", ["vip"])


def test_null_takes_a_field_away() -> None:
    assert "priority" not in a_ticket(an_event("set", 1, set={"priority": None})).fields
    assert "color" not in a_ticket(an_event("set", 1, set={"color": None})).fields


@given(timelines, st.randoms())
def test_the_order_of_input_does_not_matter(events: list[Event], shuffle: random.Random) -> None:
    ticket = a_ticket(*events)
    mixed = [*ticket.events]
    shuffle.shuffle(mixed)
    assert Ticket.folded(ID, mixed) == ticket


@given(timelines)
def test_one_by_one_or_all_at_once_is_the_same(events: list[Event]) -> None:
    ticket = a_ticket()
    for event in events:
        ticket = ticket.after(event)
    assert ticket == a_ticket(*events) == a_ticket().after(*events)
    assert not ticket.unrecorded


@given(timelines)
def test_folding_changes_no_event(events: list[Event]) -> None:
    before = [repr(event.data) for event in events]
    a_ticket(*events).after(an_event("set", 99, add={"tags": ["z"]}))
    assert [repr(event.data) for event in events] == before


@given(timelines)
def test_a_document_comes_back_as_the_ticket(events: list[Event]) -> None:
    ticket = a_ticket(*events, title="x", status="y")
    doc = ticket.doc()
    assert Ticket.of(doc) == ticket
    assert next(iter(doc)) == "id"
    assert list(doc)[-1] == "timeline"


def test_tags_are_added_once_and_an_empty_list_is_no_field() -> None:
    ticket = a_ticket(
        an_event("set", 1, add={"tags": ["a", "b"]}), an_event("set", 2, add={"tags": ["b", "c"]})
    )
    assert ticket.fields["tags"] == ["a", "b", "c"]
    ticket = ticket.after(an_event("set", 3, remove={"tags": ["a", "b", "c", "d"]}))
    assert "tags" not in ticket.fields
    assert "tags" not in ticket.after(an_event("set", 4, remove={"tags": ["x"]})).fields


def test_items_may_be_added_to_a_field_that_held_one_word() -> None:
    ticket = a_ticket(an_event("set", 1, add={"color": ["red"]}), color="blue")
    assert ticket.fields["color"] == ["blue", "red"]
    assert (
        "color" not in a_ticket(an_event("set", 1, remove={"color": ["blue"]}), color="blue").fields
    )


def test_a_contest_is_settled_by_setting_the_field() -> None:
    ticket = a_ticket(an_event("contest", 1, add={"contested": ["priority", "title"]}))
    ticket = ticket.after(an_event("set", 2, set={"priority": "low"}))
    assert ticket.fields["contested"] == ["title"]
    assert ticket.after(an_event("note", 3)).fields["contested"] == ["title"]
    assert "contested" not in ticket.after(an_event("set", 4, set={"title": "y"})).fields


@pytest.mark.parametrize("do", sorted(WAKING))
def test_who_speaks_wakes_an_archived_ticket(do: str) -> None:
    archived = a_ticket(an_event("archive", 1, set={"archived": OPENED.isoformat()}))
    assert archived.is_archived
    assert not archived.after(an_event(do, 2)).is_archived
    assert archived.after(an_event("set", 2, set={"color": "red"})).is_archived


def test_the_opening_says_when_it_was_opened() -> None:
    ticket = a_ticket(an_event("open", 5, set={"title": "again"}))
    assert ticket.fields["opened"] == OPENED.isoformat()
    assert ticket.opening.id == "open-0"
    assert Ticket.folded(ID, [an_event("note")]).opening.do == "note"
    assert Ticket.folded(ID, [an_event("note")]).title == ""


def test_an_event_reads_itself() -> None:
    event = Event.of({"id": "1", "at": "2026-11-21T14:03:11+08:00", "by": "lin", "do": "note"})
    assert (event.id, event.by, event.do, event.text) == ("1", "lin", "note", None)
    assert event.order == (OPENED, "1")
    with pytest.raises(ValueError, match="yesterday"):
        Event.of({"id": "1", "at": "yesterday", "by": "lin", "do": "note"})


def test_events_of_one_second_stand_by_id() -> None:
    late, early = an_event("note", 1, id="b"), an_event("note", 1, id="a")
    utc = Event.of({**an_event("note", 0.5, id="z").data})
    assert [e.id for e in in_time([late, utc, early])] == ["z", "a", "b"]


def test_an_instant_counts_not_its_offset() -> None:
    later = Event.of({"id": "1", "at": "2026-11-21T06:30:00Z", "by": "lin", "do": "note"})
    assert in_time([later, an_event("note", 1)])[0].id == "note-1"


def test_nobody_has_set_a_field_that_is_empty() -> None:
    assert Ticket.of({**a_doc(), "color": None}) == a_ticket()


class TestAnEditThatWasCommittedPastTkt:
    """The top of the file says what no event says."""

    def edited(self, **edits: Any) -> Ticket:
        return Ticket.of({**a_doc(tags=["a", "b"], color="red"), **edits})

    def test_is_known(self) -> None:
        ticket = self.edited(priority="high", color=None, own=1)
        assert ticket.unrecorded == {
            "priority": ("normal", "high"), "color": ("red", None), "own": (None, 1)
        }  # fmt: skip

    def test_survives_an_action_on_something_else(self) -> None:
        ticket = self.edited(priority="high", color=None, own=1).after(an_event("note", 1))
        assert ticket.fields["priority"] == "high"
        assert ticket.fields["own"] == 1
        assert "color" not in ticket.fields

    def test_gives_way_to_who_sets_the_field(self) -> None:
        ticket = self.edited(priority="high").after(an_event("set", 1, set={"priority": "low"}))
        assert ticket.fields["priority"] == "low"
        assert not ticket.unrecorded

    def test_of_a_list_is_made_again_on_what_was_added(self) -> None:
        ticket = self.edited(tags=["b", "c"]).after(an_event("set", 1, add={"tags": ["d"]}))
        assert ticket.fields["tags"] == ["b", "d", "c"]
        ticket = self.edited(tags=None).after(an_event("set", 1, add={"tags": ["d"]}))
        assert ticket.fields["tags"] == ["d"]
        ticket = self.edited(tags=["a"]).after(an_event("set", 1, remove={"tags": ["a"]}))
        assert "tags" not in ticket.fields

    def test_does_not_keep_a_ticket_archived_that_somebody_writes_to(self) -> None:
        ticket = self.edited(archived=OPENED.isoformat())
        assert ticket.is_archived
        assert not ticket.after(an_event("reply", 1)).is_archived


def test_fold_wants_no_more_than_order() -> None:
    assert fold(()) == {}
    assert fold([an_event("open")])["opened"] == OPENED.isoformat()
