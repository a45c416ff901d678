"""What a hand changed in a ticket's document, as events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import ID, a_ticket, an_event, at, doing
from tkt.domain.handedits import complete, opened_by_hand, recorded, unknown_status
from tkt.domain.shape import breaks, unsound
from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.ticket import Ticket


def completed(doc: dict[str, Any], old: Ticket | None) -> dict[str, Any]:
    return complete(doc, old, doing(60))


def record(old: Ticket, doc: dict[str, Any], **more: Any) -> Any:
    return recorded(old, completed(doc, old), doing(60), **more)


def doc_of(ticket: Ticket, **changes: Any) -> dict[str, Any]:
    return {**ticket.doc(), **changes}


# -- entries made whole -----------------------------------------------------------------------


def test_what_is_recorded_stays_as_it_is() -> None:
    ticket = a_ticket(an_event("note", 5, text="x"))
    assert completed(ticket.doc(), ticket) == ticket.doc()


def test_a_jotted_entry_gets_id_time_author_and_kind_in_that_order() -> None:
    ticket = a_ticket()
    doc = ticket.doc()
    doc["timeline"] = [*doc["timeline"], {"text": "x", "mood": "good"}]
    entry = completed(doc, ticket)["timeline"][-1]
    assert list(entry) == ["id", "at", "by", "do", "mood", "text"]
    assert (entry["by"], entry["do"], entry["at"]) == ("lin", "note", at(60).isoformat())


def test_what_an_entry_says_itself_is_kept() -> None:
    ticket = a_ticket()
    own = {"by": "wang", "do": "reply", "at": at(30).isoformat(), "text": "x"}
    doc = doc_of(ticket, timeline=[*ticket.doc()["timeline"], own])
    entry = completed(doc, ticket)["timeline"][-1]
    assert {key: entry[key] for key in own} == own


def test_entries_jotted_in_one_go_get_ids_in_their_order() -> None:
    ticket = a_ticket()
    jotted = [{"text": str(n)} for n in range(5)]
    doc = completed(doc_of(ticket, timeline=[*ticket.doc()["timeline"], *jotted]), ticket)
    ids = [entry["id"] for entry in doc["timeline"][1:]]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5


@pytest.mark.parametrize("timeline", [None, "text", 3, {"a": 1}])
def test_a_timeline_that_is_none_is_left_for_the_check_to_name(timeline: object) -> None:
    ticket = a_ticket()
    doc = completed(doc_of(ticket, timeline=timeline), ticket)
    assert breaks(doc, ticket_id=ID)


@pytest.mark.parametrize("entry", ["text", 3, None, ["a"]])
def test_an_entry_that_is_none_is_left_for_the_check_to_name(entry: object) -> None:
    ticket = a_ticket()
    doc = completed(doc_of(ticket, timeline=[*ticket.doc()["timeline"], entry]), ticket)
    assert [fault.key for fault in breaks(doc, ticket_id=ID)] == ["event.not_mapping"]


# -- fields -----------------------------------------------------------------------------------


def test_a_changed_field_is_one_event() -> None:
    old = a_ticket()
    change = record(old, doc_of(old, priority="high"))
    assert (change.action, change.events[-1].data["set"]) == ("edit", {"priority": "high"})
    assert change.after.fields["priority"] == "high"


def test_a_field_taken_out_is_set_to_null() -> None:
    old = a_ticket(customer="小王")
    doc = old.doc()
    del doc["customer"]
    change = record(old, doc)
    assert change.events[-1].data["set"] == {"customer": None}
    assert "customer" not in change.after.fields


def test_comments_alone_are_an_edit_without_an_event() -> None:
    old = a_ticket()
    change = record(old, old.doc())
    assert (change.action, change.events, change.after) == ("edit", (), old)


@pytest.mark.parametrize("name", ["opened", "formerly"])
def test_where_a_ticket_comes_from_is_kept(name: str) -> None:
    old = a_ticket()
    with pytest.raises(Refused, match="kept"):
        record(old, doc_of(old, **{name: at(5).isoformat() if name == "opened" else ["x"]}))


def test_the_top_follows_what_new_entries_set() -> None:
    old = a_ticket()
    doc = doc_of(old, timeline=[*old.doc()["timeline"], {"do": "set", "set": {"priority": "high"}}])
    change = record(old, doc)
    assert change.after.fields["priority"] == "high"
    assert len(change.events) == 1


def test_the_top_wins_where_it_was_edited_as_well() -> None:
    old = a_ticket()
    entry = {"do": "set", "set": {"priority": "high"}}
    change = record(old, doc_of(old, priority="urgent", timeline=[*old.doc()["timeline"], entry]))
    assert change.after.fields["priority"] == "urgent"
    assert [event.do for event in change.events] == ["set", "edit"]


# -- the past ---------------------------------------------------------------------------------


def test_a_removed_event_is_refused() -> None:
    old = a_ticket(an_event("note", 5, text="x"))
    with pytest.raises(Refused, match="removed"):
        record(old, doc_of(old, timeline=old.doc()["timeline"][:1]))


@pytest.mark.parametrize("change", [{"text": "y"}, {"by": "wang"}, {"at": at(6).isoformat()},
                                    {"extra": 1}])  # fmt: skip
def test_an_altered_event_is_refused(change: dict[str, Any]) -> None:
    old = a_ticket(an_event("note", 5, text="x"))
    opening, note = old.doc()["timeline"]
    with pytest.raises(Refused, match="altered"):
        record(old, doc_of(old, timeline=[opening, {**note, **change}]))


def test_a_value_of_another_type_is_an_alteration() -> None:
    old = a_ticket(an_event("note", 5, count=1))
    opening, note = old.doc()["timeline"]
    with pytest.raises(Refused, match="altered"):
        record(old, doc_of(old, timeline=[opening, {**note, "count": True}]))


def test_a_recorded_id_under_two_entries_is_refused() -> None:
    old = a_ticket(an_event("note", 5, text="x"))
    opening, note = old.doc()["timeline"]
    with pytest.raises(Refused):
        record(old, doc_of(old, timeline=[opening, note, {**note, "text": "y"}]))
    with pytest.raises(Refused):
        record(old, doc_of(old, timeline=[opening, {**note, "text": "y"}, note]))


# -- new files --------------------------------------------------------------------------------


def test_fields_of_a_new_file_become_the_opening() -> None:
    change = opened_by_hand({"title": "x", "priority": "high"}, ID, doing(), status="new")
    assert change.before is None
    assert change.after.fields["status"] == "new"
    assert change.events[0].data["set"] == {"title": "x", "status": "new", "priority": "high"}


def test_a_new_file_may_say_when_it_was_opened() -> None:
    doc = {"title": "x", "opened": at(-60).isoformat()}
    change = opened_by_hand(doc, ID, doing(), status="new")
    assert change.after.fields["opened"] == at(-60).isoformat()


def test_a_state_that_the_workflow_lacks_is_named_with_its_place() -> None:
    (fault,) = unknown_status({"status": "nowhere"}, ("new", "open"))
    assert fault.where == ("status",)
    assert fault.params["known"] == "new, open"
    assert not unknown_status({"status": "new"}, ("new", "open"))


# -- whatever a hand does ---------------------------------------------------------------------

EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["a", "b"]),
        "priority": st.sampled_from(["low", "high"]),
        "tags": st.lists(st.sampled_from(["x", "y", "z"]), unique=True, min_size=1),
        "customer": st.sampled_from(["小王", "李"]),
        "own": st.one_of(st.integers(), st.booleans(), st.text(max_size=3)),
    },
)


@given(EDITS, st.lists(st.sampled_from(["one", "two"]), max_size=3), st.sets(st.sampled_from(
    ["customer", "tags"])))  # fmt: skip
def test_the_fields_come_out_as_edited_and_sound(
    edits: dict[str, Any], notes: list[str], gone: set[str]
) -> None:
    old = a_ticket(customer="周", tags=["y"])
    doc = doc_of(old, **edits, timeline=[*old.doc()["timeline"], *({"text": n} for n in notes)])
    doc = {key: value for key, value in doc.items() if key not in gone}
    change = record(old, doc)
    after = change.after.doc()
    wanted = {key: value for key, value in doc.items() if key != "timeline"}
    if "tags" in wanted and "tags" not in gone:
        assert sorted(after.pop("tags")) == sorted(wanted.pop("tags"))
    assert {key: after[key] for key in wanted} == wanted
    assert not gone & set(after)
    assert not unsound(change.after.doc())
    assert [event.text for event in change.after.events if event.do == "note"] == notes
