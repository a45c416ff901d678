from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from factories import a_ticket, an_event, at, doing
from tkt.domain.actions import relating, undoing
from tkt.domain.facts import facts_of
from tkt.domain.shape import breaks, unsound
from tkt.domain.ticket import Ticket, taken_back
from tkt.domain.workflow import SIMPLE
from tkt.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE, TWO, THREE = "261121-AAAA", "261121-BBBB", "261121-CCCC"


def ticket(ticket_id: str, *events: Any, **fields: Any) -> Ticket:
    return a_ticket(*events, **fields)._replace(id=ticket_id)


def said(found: Ticket) -> list[tuple[str, str]]:
    """(who, what) of all that counts on a ticket, in order."""
    gone = taken_back(found.events)
    return [(e.by, e.text) for e in found.events if e.text and e.id not in gone]


def is_sound(found: Ticket) -> bool:
    return not breaks(found.doc(), ticket_id=found.id) and not unsound(found.doc())


def nobody(_name: str, _id: str) -> Sequence[str]:
    return ()


def link(one: Ticket, kind: str, other: str, named_by: relating.NamedBy = nobody) -> Ticket:
    return relating.linked(one, doing(1), kind=kind, other=other, named_by=named_by).after


# -- links ------------------------------------------------------------------------------------


def test_links_stand_on_the_ticket_that_they_lead_from() -> None:
    found = link(link(ticket(ONE), "blocks", TWO), "blocks", THREE)
    assert found.fields["blocks"] == [TWO, THREE]
    assert link(ticket(ONE), "child", TWO).fields["parent"] == TWO
    assert link(ticket(ONE), "duplicates", TWO).fields["duplicate_of"] == TWO


def test_a_link_is_made_once_and_a_child_has_one_parent() -> None:
    child = link(ticket(ONE), "child", TWO)
    with pytest.raises(Refused, match=r"link\.there_already"):
        link(child, "child", TWO)
    with pytest.raises(Refused, match=r"link\.another"):
        link(child, "child", THREE)
    with pytest.raises(Refused, match=r"link\.itself"):
        link(child, "relates", ONE)


def test_to_be_related_works_both_ways() -> None:
    with pytest.raises(Refused, match=r"link\.there_already"):
        link(ticket(ONE), "relates", TWO, lambda _name, _id: [ONE])


@pytest.mark.parametrize("kind", ["child", "blocks", "duplicates"])
def test_links_lead_not_round_in_a_circle(kind: str) -> None:
    ways = {TWO: [THREE], THREE: [ONE]}
    with pytest.raises(Refused, match=r"link\.circle"):
        link(ticket(ONE), kind, TWO, lambda _name, at: ways.get(at, []))


def test_a_circle_elsewhere_ends_the_search() -> None:
    ways = {TWO: [THREE], THREE: [TWO]}
    assert link(ticket(ONE), "child", TWO, lambda _name, at: ways.get(at, [])).fields["parent"]


def test_a_link_can_be_taken_away() -> None:
    found = link(link(ticket(ONE), "child", TWO), "blocks", THREE)
    found = relating.unlinked(found, doing(2), kind="child", other=TWO).after
    found = relating.unlinked(found, doing(3), kind="blocks", other=THREE).after
    assert not found.fields.keys() & {"parent", "blocks"}
    with pytest.raises(Refused, match=r"link\.none"):
        relating.unlinked(found, doing(4), kind="child", other=TWO)


# -- merging ----------------------------------------------------------------------------------


def merged(source: Ticket, target: Ticket, minutes: float = 60) -> tuple[Ticket, Ticket]:
    into, away = relating.merged(source, target, doing(minutes), flow_of=lambda _: SIMPLE)
    assert is_sound(into.after)
    assert is_sound(away.after)
    return into.after, away.after


def test_every_message_goes_along_with_author_and_time() -> None:
    source = ticket(
        ONE, an_event("message", 5, by="customer", text="在吗"), an_event("reply", 6, text="在的")
    )
    target = ticket(TWO, an_event("note", 5.5, by="wang", text="在查"))
    into, away = merged(source, target)
    assert said(into) == [("customer", "在吗"), ("wang", "在查"), ("lin", "在的")]
    carried = [event for event in into.events if event.data.get("from") == ONE]
    assert [event.instant for event in carried] == [at(5), at(6)]
    assert away.fields["merged_into"] == TWO
    assert said(away) == said(source)


def test_drafts_and_what_was_taken_back_stay_behind() -> None:
    note = an_event("note", 5, text="错了")
    source = ticket(
        ONE, note, an_event("draft", 6, text="亲"), an_event("undo", 7, undoes=[note.id])
    )
    into, _ = merged(source, ticket(TWO))
    assert said(into) == []


def test_watchers_are_united() -> None:
    into, _ = merged(ticket(ONE, watchers=["lin", "zhao"]), ticket(TWO, watchers=["zhao"]))
    assert into.fields["watchers"] == ["zhao", "lin"]


def test_a_customer_who_waits_on_the_source_waits_on_the_target() -> None:
    source = ticket(ONE, an_event("message", 5, by="customer", text="在吗"))
    target = ticket(TWO, an_event("reply", 3, text="好的"))
    into, away = merged(source, target)
    assert facts_of(into, SIMPLE.category_of).waiting_since == at(5)
    assert facts_of(away, SIMPLE.category_of).waiting_since is None


def test_closed_and_merged_tickets_are_not_merged() -> None:
    with pytest.raises(Refused, match=r"merge\.closed"):
        merged(ticket(ONE, status="closed"), ticket(TWO))
    _, away = merged(ticket(ONE), ticket(TWO))
    with pytest.raises(Refused, match=r"ticket\.merged"):
        merged(away, ticket(THREE))
    with pytest.raises(Refused, match=r"ticket\.merged"):
        merged(ticket(THREE), away)
    with pytest.raises(Refused, match=r"merge\.itself"):
        merged(ticket(ONE), ticket(ONE))


def test_a_link_between_the_two_goes_and_comes_back_with_them() -> None:
    target = link(link(ticket(TWO), "duplicates", ONE), "blocks", ONE)
    into, away = merged(ticket(ONE), target)
    assert not into.fields.keys() & {"duplicate_of", "blocks"}
    back, _ = undoing.unmerged(away, into, doing(70), named_by=nobody)
    assert (back.after.fields["duplicate_of"], back.after.fields["blocks"]) == (ONE, [ONE])
    round_ = undoing.unmerged(away, into, doing(70), named_by=lambda _name, _id: [TWO])
    assert not round_[0].after.fields.keys() & {"duplicate_of", "blocks"}


def test_two_clones_that_merge_alike_make_the_same_copies() -> None:
    source = ticket(ONE, an_event("message", 5, by="customer", text="在吗"))
    one, _ = merged(source, ticket(TWO), minutes=60)
    two, _ = merged(source, ticket(TWO), minutes=61)
    assert {e.id for e in one.events if "from" in e.data} == {
        e.id for e in two.events if "from" in e.data
    }


def test_merging_can_be_taken_apart_and_done_again() -> None:
    source = ticket(ONE, an_event("message", 5, by="customer", text="在吗"), watchers=["zhao"])
    into, away = merged(source, ticket(TWO))
    back, free = (c.after for c in undoing.unmerged(away, into, doing(70), named_by=nobody))
    assert (is_sound(back), is_sound(free)) == (True, True)
    assert (said(back), said(free)) == ([], said(source))
    assert ("merged_into" in free.fields, "watchers" in back.fields) == (False, False)
    again, _ = merged(free, back, minutes=80)
    assert said(again) == [("customer", "在吗")]
    assert sum("from" in event.data for event in again.events) == 1


def test_what_is_said_later_on_a_merged_ticket_is_carried_once() -> None:
    into, away = merged(ticket(ONE), ticket(TWO))
    late = away.after(an_event("message", 90, by="customer", text="还在吗"))
    copies = relating.carried(late, into)
    assert [copy.text for copy in copies] == ["还在吗"]
    assert relating.carried(late, into.after(*copies)) == []


# -- splitting --------------------------------------------------------------------------------


def split(found: Ticket, event_id: str, **fields: Any) -> tuple[Ticket, Ticket]:
    event = found.event(event_id)
    assert event
    made, left = relating.split(
        found, doing(60), at=event, new_id=TWO, flow=SIMPLE, fields={"title": "发票", **fields}
    )
    assert is_sound(made.after)
    assert is_sound(left.after)
    return made.after, left.after


def talk(**fields: Any) -> Ticket:
    opening = an_event(
        "open", by="customer", text="碎了", set={"title": "杯子", "status": "new", **fields}
    )
    return Ticket.folded(ONE, (
        opening,
        an_event("reply", 5, text="补发"),
        an_event("message", 6, by="customer", text="发票呢"),
        an_event("note", 7, text="查发票"),
    ))  # fmt: skip


def test_what_was_said_from_there_on_goes_to_the_new_ticket() -> None:
    new, old = split(talk(customer="小王", channel="wechat", assignee="lin"), "message-6")
    assert said(new) == [("customer", "发票呢"), ("lin", "查发票")]
    assert said(old) == [("customer", "碎了"), ("lin", "补发")]
    assert new.fields["split_from"] == ONE
    assert (new.fields["customer"], new.fields["channel"]) == ("小王", "wechat")
    assert "assignee" not in new.fields
    assert old.events[-1].data["into"] == TWO


def test_the_clocks_of_the_new_ticket_begin_at_the_split() -> None:
    new, old = split(talk(), "message-6")
    assert facts_of(new, SIMPLE.category_of).waiting_since == at(60)
    assert facts_of(old, SIMPLE.category_of).waiting_since is None


@pytest.mark.parametrize("event_id", ["open-0"])
def test_nothing_is_split_off_where_nothing_would_be_left(event_id: str) -> None:
    with pytest.raises(Refused, match=r"split\.not_here"):
        split(talk(), event_id)


def test_one_message_cannot_be_split() -> None:
    only = ticket(ONE, an_event("message", 6, by="customer", text="发票呢"))
    with pytest.raises(Refused, match=r"split\.not_here"):
        split(only, "message-6")


def test_a_split_can_be_taken_back_with_all_that_was_said_since() -> None:
    new, old = split(talk(), "message-6")
    new = new.after(an_event("reply", 70, text="已开"))
    event = old.events[-1]
    back, away = (c.after for c in undoing.unsplit(old, event, new, doing(80)))
    assert (is_sound(back), is_sound(away)) == (True, True)
    assert [text for _, text in said(back)] == ["碎了", "补发", "发票呢", "查发票", "已开"]
    assert away.fields["merged_into"] == ONE
