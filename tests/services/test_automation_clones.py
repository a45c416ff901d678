"""A rule acts once on an event, whatever happens and on however many clones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clones import assert_agree, make_world
from conftest import run_here
from factories import ID, a_ticket, an_event, at, seeded
from tkt.domain.automation.reading import read_automation
from tkt.domain.automation.rules import packed
from tkt.domain.change import Change, Person
from tkt.domain.merge import merge
from tkt.domain.settings import Agent, Settings
from tkt.domain.shape import breaks, unsound
from tkt.domain.sla.promised import Promised
from tkt.domain.ticket import Ticket, fold
from tkt.errors import TktError
from tkt.services.acting import Acting
from tkt.services.actions import changing, owning, promising, talking
from tkt.services.automation.following import foresee
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

    from tkt.services.stage import Action

RULES = [
    {"name": "甲", "on": ["note", "message"],
     "do": [{"set": {"priority": "high"}}, {"note": "看"}]},
    {"name": "乙", "on": ["set", "note"], "when": {"priority": ["high", "urgent"]},
     "do": [{"tags": {"add": ["急"]}}, {"tell": "lin"}]},
    {"name": "丙", "on": "assign", "do": [{"promise": "+48h"}, {"auto_reply": "在办"}],
     "stop": True},
    {"name": "丁", "on": ["assign", "promise"], "when": "tags:急", "do": [{"note": "催"}]},
]  # fmt: skip
SETTINGS = Settings(agents=(Agent("lin", "林小满"), Agent("wang", "王强")))


def automated() -> Settings:
    found, faults = read_automation(SETTINGS, {"tkt.yaml": (None, {"rules": RULES})})
    assert not faults["tkt.yaml"]
    return SETTINGS._replace(automation=packed(found))


class Paper:
    """A desk of which only the settings are looked at."""

    settings = automated()
    promised = Promised(settings)
    tone = ""


ACTIONS: dict[str, Action] = {
    "note": talking.note("备注"),
    "message": talking.message("在吗", via=None),
    "reply": talking.reply("亲"),
    "low": changing.set_fields(changing.Assignments({"priority": "low"}), reason=None),
    "high": changing.set_fields(changing.Assignments({"priority": "high"}), reason=None),
    "lin": owning.assign("lin", reason=None),
    "wang": owning.assign("wang", reason=None),
    "promise": promising.promise("+2h", text=None),
}
deeds = st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(1, 9)), max_size=5)


def stage_at(minutes: float, draw: Any) -> Stage:
    person = Person("lin", "林小满", "lin@shop.example")
    return Stage(Paper(), Acting(person, at(minutes), at(minutes), draw))  # type: ignore[arg-type]


def lived(ticket: Ticket, what: list[tuple[str, int]], draw: Any) -> Ticket:
    """A ticket after some deeds, and after all that rules did because of them."""
    for kind, minute in what:
        stage = stage_at(minute, draw)
        try:
            changes: list[Change] = list(ACTIONS[kind](stage, ticket))
        except TktError:
            continue
        changes += foresee(stage, changes)
        ticket = changes[-1].after
    return ticket


def fired(ticket: Ticket) -> Counter[tuple[str, str]]:
    """How often a rule's action of a kind and content followed from an event."""
    return Counter(
        (str(event.data["cause"]), event.id) for event in ticket.events if "rule" in event.data
    )


@given(deeds, deeds, deeds, st.integers(0, 99))
def test_no_rule_acts_twice_on_an_event_however_clones_merge(
    before: list[tuple[str, int]],
    here: list[tuple[str, int]],
    there: list[tuple[str, int]],
    seed: int,
) -> None:
    draw = seeded(seed)
    base = lived(a_ticket(), before, draw)
    ours, theirs = lived(base, here, draw), lived(base, there, draw)
    merged = merge(base, ours, theirs)
    assert set(fired(merged).values()) <= {1}
    assert breaks(merged.doc(), ticket_id=ID) == []
    assert unsound(merged.doc()) == []
    again = lived(merged, [("low", 10), ("high", 11)], draw)
    assert set(fired(again).values()) <= {1}
    assert again.fields == fold(again.events)


@given(deeds, st.integers(0, 99))
def test_two_clones_on_which_the_same_rules_ran_make_the_same_events(
    what: list[tuple[str, int]], seed: int
) -> None:
    base = lived(a_ticket(), what, seeded(seed))
    stage = stage_at(20, seeded(seed))
    changes = list(talking.note("新的")(stage, base))
    one, other = (foresee(stage_at(m, seeded(m)), changes) for m in (20, 45))
    assert [event.data for c in one for event in c.events] == [
        event.data for c in other for event in c.events
    ]
    ours, theirs = (made[-1].after if made else changes[-1].after for made in (one, other))
    assert merge(base, ours, theirs) == ours


@given(deeds, st.integers(0, 99))
def test_what_follows_stands_behind_its_cause_and_before_what_came_next(
    what: list[tuple[str, int]], seed: int
) -> None:
    ticket = lived(a_ticket(), what, seeded(seed))
    order = {event.id: place for place, event in enumerate(ticket.events)}
    for event in ticket.events:
        if "cause" in event.data:
            assert order[event.data["cause"]] < order[event.id]
            between = ticket.events[order[event.data["cause"]] + 1 : order[event.id]]
            assert all("cause" in other.data for other in between)


@pytest.mark.parametrize("mark", ["auto", "machine"])
def test_a_machine_gets_no_automatic_reply(mark: str) -> None:
    rule = {"name": "问候", "on": "message", "do": [{"auto_reply": "已收到"}, {"note": "看"}]}
    found, _ = read_automation(SETTINGS, {"tkt.yaml": (None, {"rules": [rule]})})
    stage = stage_at(2, seeded())
    stage.desk = Paper()  # type: ignore[assignment]
    stage.desk.settings = SETTINGS._replace(automation=packed(found))  # type: ignore[misc]
    ticket = a_ticket()
    for marks, done in (({}, ["auto_reply", "note"]), ({mark: True}, ["note"])):
        event = an_event("message", 1, by="customer", text="在吗", **marks)
        change = Change("message", ticket, ticket.after(event), (event,))
        assert [made.action for made in foresee(stage, [change])] == done


def test_an_event_that_comes_by_sync_calls_for_no_rule_again(tmp_path: Path, desk: Path) -> None:
    with open(desk / "tkt.yaml", "a", encoding="utf-8") as stream:
        stream.write("rules:\n  - {name: 标, on: note, do: [{tags: {add: [看过]}}]}\n")
    assert run_here(desk, "commit").code == 0
    folder = tmp_path / "world"
    folder.mkdir()
    ours, theirs = make_world(desk, folder, 2).clones
    ticket_id = ours.new("杯子")
    ours.does("note", ticket_id, "-m", "看过", minute=1)
    ours.does("sync", minute=2)
    theirs.does("sync", minute=3)
    theirs.does("reply", ticket_id, "-m", "亲", minute=4)
    theirs.does("sync", minute=5)
    ours.does("sync", minute=6)
    assert len(fired(ours.ticket(ticket_id))) == 1
    assert_agree(ours, theirs)
