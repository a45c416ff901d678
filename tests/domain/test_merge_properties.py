from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import ID, a_doc, a_ticket, an_event, at, seeded
from tkt.domain.actions.changing import changed
from tkt.domain.actions.event import Doing, new_event
from tkt.domain.ids import checksum
from tkt.domain.merge import are_different, later_of, merge, renumber
from tkt.domain.shape import breaks, unsound
from tkt.domain.ticket import Event, Ticket, fold
from tkt.errors import Refused
from tkt.storage.dump import dump

if TYPE_CHECKING:
    from collections.abc import Sequence


def text_of(ticket: Ticket) -> str:
    return dump(ticket.doc())


def contents(ticket: Ticket) -> set[str]:
    """What each event says."""
    return {repr(sorted(event.data.items())) for event in ticket.events}


# -- histories to merge -----------------------------------------------------------------------

KINDS = ("note", "reply", "high", "low", "clear", "tag", "untag", "archive", "message", "assign")
deeds = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 12), st.sampled_from("ab")), max_size=6
)


def do(ticket: Ticket, kind: str, minutes: float, word: str, draw: Any) -> Ticket:
    """One action; ``minutes`` may lie before what has happened, as where a clock goes wrong."""
    somebody = Doing(word, at(minutes), draw)
    sets: dict[str, dict[str, Any]] = {
        "high": {"priority": "high"},
        "low": {"priority": "low"},
        "clear": {"priority": None},
        "assign": {"assignee": word},
    }
    try:
        if kind in sets or kind in ("tag", "untag"):
            items = {"tags": [word]}
            return changed(
                ticket,
                somebody,
                wanted=sets.get(kind, {}),
                add=items if kind == "tag" else {},
                remove=items if kind == "untag" else {},
            ).after
    except Refused:
        return ticket
    payload = {"set": {"archived": at(minutes).isoformat()}} if kind == "archive" else {"text": "…"}
    return ticket.after(new_event(ticket.events, somebody, kind, **payload))


def grown(ticket: Ticket, what: Sequence[tuple[str, int, str]], draw: Any) -> Ticket:
    for kind, minutes, word in what:
        ticket = do(ticket, kind, minutes, word, draw)
    return ticket


# Top-level edits committed by hand, and events altered, copied or removed by hand.
tampering = st.lists(
    st.one_of(
        st.tuples(st.just("priority"), st.sampled_from([None, "low", "urgent"])),
        st.tuples(st.just("tags"), st.sampled_from([None, ["a"], ["b", "x"], ["y", "a"]])),
        st.tuples(st.just("own"), st.sampled_from([1, True, 1.0, "1", {"a": 1}])),
        st.tuples(st.sampled_from(["alter", "copy", "vary", "turn"]), st.integers(0, 3)),
    ),
    max_size=3,
)


def tampered(ticket: Ticket, what: Sequence[tuple[str, Any]]) -> Ticket:
    doc = ticket.doc()
    for name, value in what:
        timeline = doc["timeline"]
        chosen = timeline[value % len(timeline)] if type(value) is int else {}
        if name == "alter":
            doc["timeline"] = [{**e, "text": "…!"} if e is chosen else e for e in timeline]
        elif name == "copy":
            timeline.append(chosen)
        elif name == "vary":
            timeline.append({**chosen, "text": "?"})
        elif name == "turn":
            doc["timeline"] = [dict(reversed(e.items())) if e is chosen else e for e in timeline]
        else:
            doc[name] = value
    return Ticket.of(doc)


class Three(NamedTuple):
    base: Ticket
    ours: Ticket
    theirs: Ticket


def three(
    before: Any, here: Any, there: Any, seed: int, tampers: tuple[Any, Any, Any] = ((), (), ())
) -> Three:
    draw = seeded(seed)
    base = tampered(grown(a_ticket(tags=["a"]), before, draw), tampers[0])
    ours = tampered(grown(base, here, draw), tampers[1])
    return Three(base, ours, tampered(grown(base, there, draw), tampers[2]))


sound = st.builds(three, deeds, deeds, deeds, st.integers(0, 99))
any_three = st.builds(
    three, deeds, deeds, deeds, st.integers(0, 99), st.tuples(tampering, tampering, tampering)
)


# -- laws -------------------------------------------------------------------------------------


@given(any_three)
def test_it_does_not_matter_who_merges(versions: Three) -> None:
    base, ours, theirs = versions
    assert text_of(merge(base, ours, theirs)) == text_of(merge(base, theirs, ours))
    assert text_of(merge(None, ours, theirs)) == text_of(merge(None, theirs, ours))


@given(any_three)
def test_merging_with_oneself_changes_nothing(versions: Three) -> None:
    for base in (versions.base, versions.theirs, None):
        assert merge(base, versions.ours, versions.ours) == versions.ours


@given(any_three)
def test_merging_with_ones_past_changes_nothing(versions: Three) -> None:
    assert merge(versions.base, versions.base, versions.ours) == versions.ours
    assert merge(versions.base, versions.ours, versions.base) == versions.ours


@given(sound)
def test_every_event_of_both_sides_survives_and_the_top_is_their_fold(versions: Three) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs)
    assert contents(merged) >= contents(ours) | contents(theirs)
    assert merged.fields == fold(merged.events)
    assert breaks(merged.doc(), ticket_id=ID) == []
    assert unsound(merged.doc()) == []
    added = [e for e in merged.events if e not in ours.events and e not in theirs.events]
    assert {event.do for event in added} <= {"contest", "restore"}


@given(any_three)
def test_no_event_id_is_lost_even_of_unsound_tickets(versions: Three) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs)
    assert {e.id for e in merged.events} >= {e.id for e in (*ours.events, *theirs.events)}
    assert contents(merged) >= (contents(ours) | contents(theirs)) - contents(base)


@given(sound)
def test_what_was_merged_is_merged(versions: Three) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs)
    assert merge(ours, merged, ours) == merged
    assert merge(base, merged, ours) == merged
    assert merge(theirs, merged, theirs) == merged


# -- clones -----------------------------------------------------------------------------------


class Commit:
    """A version and those it came from, as Git knows them."""

    def __init__(self, ticket: Ticket, *parents: Commit) -> None:
        self.ticket = ticket
        self.past: frozenset[Commit] = frozenset((self,)).union(*(p.past for p in parents))


def merge_base(one: Commit, two: Commit) -> Ticket:
    """The common ancestor; where there are several, their own merge, as ``git merge`` makes it."""
    shared = one.past & two.past
    best = [c for c in shared if not any(c is not d and c in d.past for d in shared)]
    best.sort(key=lambda c: (len(c.past), text_of(c.ticket)))
    virtual = best[0]
    for other in best[1:]:
        virtual = Commit(
            merge(merge_base(virtual, other), virtual.ticket, other.ticket), virtual, other
        )
    return virtual.ticket


def pulled(into: Commit, other: Commit) -> Commit:
    if other in into.past:
        return into
    if into in other.past:
        return other
    return Commit(merge(merge_base(into, other), into.ticket, other.ticket), into, other)


steps = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.sampled_from("ab")),
        st.tuples(st.integers(0, 2), st.just("pull"), st.integers(1, 2)),
    ),
    max_size=16,
)


@settings(max_examples=300, deadline=None)
@given(steps, st.permutations(range(6)), st.integers(0, 99), st.tuples(*[st.integers(-3, 3)] * 3))
def test_three_clones_converge_and_lose_nothing(
    what: Sequence[tuple[int, str, Any]],
    order: Sequence[int],
    seed: int,
    clocks: tuple[int, int, int],
) -> None:
    draw = seeded(seed)
    clones = [Commit(a_ticket(tags=["a"]))] * 3
    done: set[str] = set()
    for minute, (who, kind, word) in enumerate(what, 4):
        if kind == "pull":
            clones[who] = pulled(clones[who], clones[(who + word) % 3])
            continue
        after = do(clones[who].ticket, kind, minute + clocks[who], f"{word}{who}", draw)
        clones[who] = Commit(after, clones[who])
        done |= contents(after)
    ways = list(permutations(range(3), 2))
    # Twice around, each in its turn: the second brings what the first merges added.
    for way in [*order, *order]:
        into, other = ways[way]
        clones[into] = pulled(clones[into], clones[other])
    texts = {text_of(clone.ticket) for clone in clones}
    assert len(texts) == 1
    assert contents(clones[0].ticket) >= done
    assert unsound(clones[0].ticket.doc()) == []


@given(deeds, deeds, deeds, st.integers(0, 99), st.permutations(range(3)))
def test_the_order_of_merging_decides_nothing_that_was_said_or_set(
    one: Any, two: Any, three_: Any, seed: int, order: Sequence[int]
) -> None:
    draw = seeded(seed)
    base = a_ticket(tags=["a"])
    sides = [grown(base, part, draw) for part in (one, two, three_)]
    straight = merge(base, merge(base, sides[0], sides[1]), sides[2])
    a, b, c = (sides[i] for i in order)
    other = merge(base, merge(base, a, b), c)
    for ticket in (straight, other):
        assert contents(ticket) >= set().union(*map(contents, sides))
    for name in ("priority", "assignee", "tags"):
        assert straight.fields.get(name) == other.fields.get(name)


# -- what it decides --------------------------------------------------------------------------


def archive(minutes: float) -> Event:
    return an_event("archive", minutes, set={"archived": at(minutes).isoformat()})


@pytest.mark.parametrize("do_", ["reply", "note", "message", "reopen"])
@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1), (1, 1)])
def test_archived_here_and_written_to_there_it_comes_back(
    do_: str, first: float, second: float
) -> None:
    base = a_ticket()
    merged = merge(base, base.after(archive(first)), base.after(an_event(do_, second)))
    assert not merged.is_archived
    assert {"archive-" + str(first), f"{do_}-{second}"} < {e.id for e in merged.events} | {"x"}


def test_archived_here_and_changed_there_without_a_word_it_stays_archived() -> None:
    base = a_ticket()
    silent = base.after(an_event("set", 1, set={"priority": "low"}))
    assert merge(base, base.after(archive(2)), silent).is_archived


def test_archived_on_both_sides_it_stays_archived() -> None:
    base = a_ticket()
    talked = base.after(an_event("note", 1), archive(2))
    assert merge(base, base.after(archive(3)), talked).is_archived


def test_archived_again_by_one_who_knew_it_stays_archived_whoever_merges_later() -> None:
    base = a_ticket()
    archived, noted = base.after(archive(2)), base.after(an_event("note", 1))
    again = merge(base, archived, noted).after(archive(5))
    late = merge(base, noted.after(an_event("set", 3, set={"priority": "low"})), archived)
    assert merge(merge(base, archived, noted), again, late).is_archived


def both_set(first: Any, second: Any, minutes: float = 2) -> Ticket:
    base = a_ticket()
    return merge(
        base,
        base.after(an_event("set", 1, id="one", set={"priority": first})),
        base.after(an_event("set", minutes, id="two", set={"priority": second})),
    )


def test_both_set_one_field_the_later_wins_and_it_is_contested_until_set_again() -> None:
    merged = both_set("low", "high")
    assert (merged.fields["priority"], merged.fields["contested"]) == ("high", ["priority"])
    assert [event.id for event in merged.events][:3] == ["open-0", "one", "two"]
    settled = merged.after(an_event("set", 3, set={"priority": "high"}))
    assert "contested" not in settled.fields


def test_both_set_it_to_the_same_there_is_no_contest() -> None:
    assert "contested" not in both_set("high", "high").fields
    assert both_set(None, "high").fields["contested"] == ["priority"]


def test_a_contest_that_was_settled_does_not_come_back_with_another_merge() -> None:
    base = a_ticket()
    one = base.after(an_event("set", 1, set={"priority": "low"}))
    two = base.after(an_event("set", 2, set={"priority": "high"}))
    settled = merge(base, one, two).after(an_event("set", 3, set={"priority": "high"}))
    # Another clone merges the same two later, and knows of more.
    elsewhere = merge(base, one, two.after(an_event("note", 9)))
    assert "contested" not in merge(two, settled, elsewhere).fields


def test_two_fields_are_two_contests() -> None:
    base = a_ticket()
    one = base.after(an_event("set", 1, set={"priority": "low", "assignee": "lin"}))
    two = base.after(an_event("set", 2, set={"priority": "high", "assignee": "wang"}))
    merged = merge(base, one, two)
    assert merged.fields["contested"] == ["assignee", "priority"]
    assert len({event.id for event in merged.events}) == 5


def test_tags_added_on_both_sides_both_stay() -> None:
    base = a_ticket(tags=["a"])
    one = base.after(an_event("set", 1, add={"tags": ["b"]}, remove={"tags": ["a"]}))
    two = base.after(an_event("set", 2, add={"tags": ["c"]}))
    merged = merge(base, one, two)
    assert merged.fields["tags"] == ["b", "c"]
    assert "contested" not in merged.fields


def test_events_of_one_id_written_on_both_sides_both_stay() -> None:
    base = a_ticket()
    one, two = (base.after(an_event("note", 1, id="1", text=text)) for text in ("甲", "乙"))
    merged = merge(base, one, two)
    assert {event.text for event in merged.events} == {None, "甲", "乙"}
    assert [fault.key for fault in unsound(merged.doc())] == ["event.twice"]


def test_an_event_that_one_side_corrected_stays_corrected() -> None:
    base = a_ticket(an_event("note", 1, text="电话 13800000000"))
    doc = base.doc()
    doc["timeline"][1] = {**doc["timeline"][1], "text": "电话 …"}
    merged = merge(base, Ticket.of(doc), base.after(an_event("reply", 2)))
    assert [event.text for event in merged.events if event.do == "note"] == ["电话 …"]


def test_an_event_that_one_side_removed_comes_back_from_the_other() -> None:
    base = a_ticket(an_event("note", 1))
    assert merge(base, a_ticket(), base.after(an_event("note", 2))) == base.after(
        an_event("note", 2)
    )
    assert merge(base, a_ticket(), a_ticket()) == a_ticket()


class TestEditsThatWereCommittedPastTkt:
    """The top of one side says what no event says."""

    base = a_ticket(tags=["a"])

    def edited(self, **edits: Any) -> Ticket:
        return Ticket.of({**a_doc(tags=["a"]), **edits})

    def test_stay(self) -> None:
        merged = merge(
            self.base, self.edited(priority="high", own=1), self.base.after(an_event("note", 1))
        )
        assert (merged.fields["priority"], merged.fields["own"]) == ("high", 1)

    def test_give_way_to_who_set_the_field_since(self) -> None:
        other = self.base.after(an_event("set", 1, set={"priority": "low"}))
        assert merge(self.base, self.edited(priority="high"), other) == other

    def test_of_both_sides_stay(self) -> None:
        merged = merge(self.base, self.edited(own=1), self.edited(priority="high"))
        assert (merged.fields["priority"], merged.fields["own"]) == ("high", 1)

    def test_of_one_list_are_both_made(self) -> None:
        merged = merge(self.base, self.edited(tags=["a", "x"]), self.edited(tags=["y"]))
        assert sorted(merged.fields["tags"]) == ["x", "y"]

    def test_of_a_list_lose_no_tag_that_was_added(self) -> None:
        other = self.base.after(an_event("set", 1, add={"tags": ["b"]}))
        merged = merge(self.base, self.edited(tags=["a", "x"]), other)
        assert merged.fields["tags"] == ["a", "b", "x"]

    def test_against_each_other_one_stays_and_a_value_rather_than_none(self) -> None:
        merged = merge(self.base, self.edited(priority="high"), self.edited(priority=None))
        assert merged.fields["priority"] == "high"

    def test_that_one_side_took_back_do_not_return(self) -> None:
        before = self.edited(priority="high")
        other = before.after(an_event("note", 1))
        merged = merge(before, self.base, other)
        assert merged == self.base.after(an_event("note", 1))

    def test_that_both_sides_have_settled_do_not_return(self) -> None:
        before = self.edited(priority="urgent")
        one = before.after(an_event("set", 1, set={"priority": "low"}))
        two = before.after(an_event("set", 2, set={"priority": "high"}))
        assert merge(before, one, two).fields["priority"] == "high"


# -- clashing ids -----------------------------------------------------------------------------


def other_ticket(*events: Event) -> Ticket:
    opening = an_event("open", 1, id="other", set={"title": "另一张单", "status": "new"})
    return Ticket.folded(ID, (opening, *events))


def test_tickets_that_share_only_an_id_are_told_apart() -> None:
    assert are_different(a_ticket(), other_ticket())
    assert not are_different(a_ticket(), a_ticket(an_event("note", 1)))


def test_the_later_opening_is_renumbered_whoever_asks() -> None:
    assert later_of(a_ticket(), other_ticket()) == later_of(other_ticket(), a_ticket())
    assert later_of(other_ticket(), a_ticket())[1] == other_ticket()


def test_a_renumbered_ticket_keeps_its_timeline_and_its_old_id() -> None:
    ticket = Ticket.of(other_ticket(an_event("note", 5)).doc() | {"own": 1})
    moved = renumber(ticket, "261121-222222")
    assert (moved.id, moved.fields["formerly"], moved.fields["own"]) == ("261121-222222", [ID], 1)
    assert contents(moved) > contents(ticket)


def test_renumbered_at_different_times_it_is_still_one_ticket() -> None:
    young, grown_up = other_ticket(), other_ticket(an_event("note", 5))
    one, two = (renumber(ticket, "261121-222222") for ticket in (young, grown_up))
    assert merge(None, one, two) == two


def test_a_checksum_is_the_same_everywhere() -> None:
    assert checksum("a", "b") == checksum("a", "b") != checksum("b", "a") != checksum("ab")
    assert checksum("\ud800") < 2**64
