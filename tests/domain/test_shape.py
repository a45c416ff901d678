from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import ID, OPENED, a_doc, an_event
from tkt.domain.facts import facts_of
from tkt.domain.fields import FIELDS
from tkt.domain.notices import notices_of
from tkt.domain.settings import Settings
from tkt.domain.shape import Where, breaks, unsound
from tkt.domain.sla.policy import CLOCKS
from tkt.domain.sla.track import track_of
from tkt.domain.summary import counts_of
from tkt.domain.sweeping.plan import Plan
from tkt.domain.ticket import Ticket
from tkt.domain.workflow.reading import parse

GONE = object()
SHOP = {
    "states": {"new": {"category": "new"}, "closed": {"category": "closed"}},
    "sla": [{"name": "all", "default": True, "targets": {"*": {
        "first_response": "1h", "next_response": "1h", "periodic_update": "1h", "solution": "2d",
    }}}],
    "escalation": [
        {"at": "80%", "tell": "lead"}, {"idle": "2h", "tell": "lead"},
        {"rating": 2, "tell": "lead"}, {"reopened": 1, "tell": "lead"},
    ],
    "automation": {"archive": {"after": "1d"}},
}  # fmt: skip
flow, _ = parse(SHOP, name="simple")
assert flow
PLAN = Plan(Settings(workflows=(flow,)))


def broken(where: Where, value: object) -> Any:
    """A sound document with ``value`` put at ``where``, or with nothing there."""
    doc: Any = a_doc(an_event("note", 1, text="在查"))
    target = doc
    for key in where[:-1]:
        target = target[key]
    if value is GONE:
        del target[where[-1]]
    else:
        target[where[-1]] = value
    return doc


def test_a_sound_document_has_no_fault() -> None:
    doc = a_doc(an_event("note", 1, text="在查", via={"any": ["thing", 1]}), color="red")
    assert breaks(doc, ticket_id=ID) == []
    assert unsound(doc) == []


ROUTED = {"strategy": "least_loaded", "free": 2, "named": [["lin", 0.5, 2], ["wang", 1, None]]}
"""What routing puts into the event by which it gives a ticket out."""


@pytest.mark.parametrize(
    ("where", "value", "key", "place"),
    [
        (("id",), "261121-7KQ5", "ticket.wrong_id", ("id",)),
        (("id",), GONE, "ticket.wrong_id", ("id",)),
        (("title",), GONE, "field.missing", ()),
        (("status",), GONE, "field.missing", ()),
        (("opened",), GONE, "field.missing", ()),
        (("opened",), "0001-01-01T00:00:00+14:00", "field.not_time", ("opened",)),
        (("severity",), True, "field.not_number", ("severity",)),
        (("tags",), {}, "field.not_list", ("tags",)),
        (("own",), float("nan"), "field.not_plain", ("own",)),
        (("a b",), 1, "field.bad_name", ("a b",)),
        ((1,), 1, "field.bad_name", (1,)),
        ((None,), 1, "field.bad_name", (None,)),
        (("timeline",), GONE, "ticket.no_timeline", ()),
        (("timeline",), None, "ticket.no_timeline", ("timeline",)),
        (("timeline",), [], "ticket.no_timeline", ("timeline",)),
        (("timeline",), {"0": {}}, "ticket.no_timeline", ("timeline",)),
        (("timeline", 1), "note", "event.not_mapping", ("timeline", 1)),
        (("timeline", 1, "id"), GONE, "event.missing", ("timeline", 1, "id")),
        (("timeline", 1, "id"), 7, "event.missing", ("timeline", 1, "id")),
        (("timeline", 1, "by"), "", "event.missing", ("timeline", 1, "by")),
        (("timeline", 1, "do"), True, "event.missing", ("timeline", 1, "do")),
        (("timeline", 1, "at"), None, "event.missing", ("timeline", 1, "at")),
        (("timeline", 1, "at"), "now", "field.not_time", ("timeline", 1, "at")),
        (("timeline", 1, "at"), "9999-12-31T23:59:59-14:00", "field.not_time",
         ("timeline", 1, "at")),
        (("timeline", 1, "text"), 5, "field.not_text", ("timeline", 1, "text")),
        (("timeline", 1, "text"), None, "field.not_text", ("timeline", 1, "text")),
        (("timeline", 1, "set"), [], "event.not_mapping", ("timeline", 1, "set")),
        (("timeline", 1, "add"), "x", "event.not_mapping", ("timeline", 1, "add")),
        (("timeline", 1, "set"), {"id": "x"}, "field.bad_name", ("timeline", 1, "set", "id")),
        (("timeline", 1, "set"), {"opened": "x"}, "field.bad_name",
         ("timeline", 1, "set", "opened")),
        (("timeline", 1, "set"), {"timeline": []}, "field.bad_name",
         ("timeline", 1, "set", "timeline")),
        (("timeline", 1, "set"), {2: "x"}, "field.bad_name", ("timeline", 1, "set", 2)),
        (("timeline", 1, "set"), {"severity": True}, "field.not_number",
         ("timeline", 1, "set", "severity")),
        (("timeline", 1, "set"), {"contested": "title"}, "field.not_list",
         ("timeline", 1, "set", "contested")),
        (("timeline", 1, "add"), {"tags": []}, "field.not_list", ("timeline", 1, "add", "tags")),
        (("timeline", 1, "add"), {"tags": "vip"}, "field.not_list",
         ("timeline", 1, "add", "tags")),
        (("timeline", 1, "add"), {"tags": ["a", "a"]}, "field.not_list",
         ("timeline", 1, "add", "tags")),
        (("timeline", 1, "remove"), {"title": ["x"]}, "field.not_list",
         ("timeline", 1, "remove", "title")),
        (("timeline", 1, "add"), {"id": ["x"]}, "field.not_list", ("timeline", 1, "add", "id")),
        (("timeline", 1, "add"), {3: ["x"]}, "field.not_list", ("timeline", 1, "add", 3)),
        (("timeline", 1, "via"), float("inf"), "field.not_plain", ("timeline", 1, "via")),
        (("timeline", 1, 4), "x", "field.not_plain", ("timeline", 1, 4)),
        (("timeline", 1, "undoes"), 5, "event.not_texts", ("timeline", 1, "undoes")),
        (("timeline", 1, "undoes"), [["a"]], "event.not_texts", ("timeline", 1, "undoes")),
        (("timeline", 1, "moved"), {"x": 1}, "event.not_texts", ("timeline", 1, "moved")),
        (("timeline", 1, "tell"), [None], "event.not_texts", ("timeline", 1, "tell")),
        (("timeline", 1, "if"), 7, "event.not_mapping", ("timeline", 1, "if")),
        (("timeline", 1, "entered_by"), {"a": 1}, "field.not_text",
         ("timeline", 1, "entered_by")),
        (("timeline", 1, "clock"), ["a"], "field.not_text", ("timeline", 1, "clock")),
        (("timeline", 1, "noticed_at"), "soon", "field.not_time", ("timeline", 1, "noticed_at")),
        (("timeline", 1, "sla"), {"solution": {"used": "1"}}, "event.not_achieved",
         ("timeline", 1, "sla")),
        (("timeline", 1, "sla"), {"rounds": {"solution": [[1]]}}, "event.not_achieved",
         ("timeline", 1, "sla")),
        *((("timeline", 1, "routed"), value, "event.not_routed", ("timeline", 1, "routed"))
          for value in ("lin", {}, {"strategy": "least_loaded", "free": 1},
                        {**ROUTED, "free": "two"}, {**ROUTED, "named": [["lin", 0]]},
                        {**ROUTED, "named": [["lin", "0", 2]]}, {**ROUTED, "ahead": ["lin"]},
                        {**ROUTED, "skilled": {"refund": "much"}}, {**ROUTED, "team": 5},
                        {**ROUTED, "returning": "yes"})),
    ],
)  # fmt: skip
def test_what_breaks_a_ticket_is_named_with_its_place(
    where: Where, value: object, key: str, place: Where
) -> None:
    assert [(f.key, f.where) for f in breaks(broken(where, value), ticket_id=ID)] == [(key, place)]


def test_every_fault_is_named_not_only_the_first() -> None:
    doc = a_doc() | {"id": "x", "severity": "2", "timeline": [1, {}]}
    keys = [fault.key for fault in breaks(doc, ticket_id=ID)]
    assert keys == [
        "ticket.wrong_id", "field.not_number", "event.not_mapping", *["event.missing"] * 4
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["severity", "own"])
def test_a_value_that_cannot_be_shown_is_not(field: str) -> None:
    (fault,) = breaks(broken((field,), 16**5000), ticket_id=ID)
    assert fault.params == {"field": field, "value": "…"}
    assert str(fault)


@pytest.mark.parametrize("doc", [None, [], "id: x", 5, True])
def test_a_file_that_is_no_mapping_is_no_ticket(doc: object) -> None:
    assert [fault.key for fault in breaks(doc, ticket_id=ID)] == ["ticket.not_mapping"]


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from([ID, "note", "2026-11-21T14:03:11+08:00", "0001-01-01T00:00:00+14:00"])
)  # fmt: skip
keys = st.sampled_from([*FIELDS, "timeline", "at", "by", "do", "text", "set", "add", "own"])
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(keys | st.none() | st.integers() | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
events = st.fixed_dictionaries(
    {"id": anything, "at": anything, "by": anything, "do": anything},
    optional={"text": anything, "set": anything, "add": anything, "remove": anything},
)
_READ = (
    "moved", "replaces", "mentions", "tell", "if", "entered_by", "source", "into", "from", "draft",
    "cause", "rule", "asks", "macro", "with", "clock", "rung", "since", "noticed_at", "mark",
    "via", "message", "auto", "ticked", "kept",
)  # fmt: skip
seconds = st.integers(-5, 10**9) | anything
achieved = st.fixed_dictionaries(
    {},
    optional={
        "policy": st.just("x") | anything,
        "solution": st.fixed_dictionaries(
            {"used": seconds, "target": seconds}, optional={"late": seconds, "due": seconds}
        ),
        "rounds": st.fixed_dictionaries(
            {"solution": st.lists(st.lists(seconds | st.none(), max_size=2), max_size=2)}
        ),
    },
)
likely = st.fixed_dictionaries(
    {
        "id": st.just(ID),
        "title": st.just("x"),
        "status": st.just("new"),
        "opened": st.just(OPENED.isoformat()),
        "timeline": st.lists(
            st.fixed_dictionaries(
                {
                    "id": st.text("ab", min_size=1, max_size=2),
                    "at": st.datetimes().map(lambda m: f"{m.isoformat()}+14:00"),
                    "by": st.just("lin"),
                    "do": st.sampled_from(
                        [
                            "open",
                            "note",
                            "reply",
                            "message",
                            "close",
                            "excuse",
                            "draft",
                            "rating",
                            "merge",
                            "split",
                            "take",
                            "x",
                        ]
                    ),
                },
                optional={
                    **dict.fromkeys(_READ, anything),
                    "undoes": st.lists(st.text("ab", min_size=1, max_size=2)) | anything,
                    "sla": achieved | anything,
                    "set": st.dictionaries(keys, scalars, max_size=2),
                    "add": st.dictionaries(keys, st.lists(st.sampled_from("ab"), max_size=2)),
                    "remove": st.dictionaries(keys, st.lists(st.sampled_from("ab"), max_size=2)),
                },
            ),
            min_size=1,
            max_size=4,
        ),
    },
    optional={"own": anything, "tags": anything, "contested": anything},
)


@given(anything | likely | st.fixed_dictionaries({"timeline": st.lists(events, max_size=3)}))
def test_no_data_makes_the_check_fail_and_what_passes_can_be_used(doc: Any) -> None:
    if breaks(doc, ticket_id=ID):
        return
    unsound(doc)
    ticket = Ticket.of(doc)
    assert Ticket.of(ticket.after(an_event("note", 1)).doc()).id == ID
    for event in ticket.events:
        event.instant.timestamp()
        event.instant.astimezone()
    facts_of(ticket, lambda _: "open")
    notices_of(ticket)
    counts_of(ticket, lambda _: "open")
    track = track_of(ticket)
    json.dumps(track)
    PLAN.timers(track, None).wake()
    for at in (0, int(OPENED.timestamp())):
        reckoning = PLAN.reckoning(track, None)
        reckoning.sla(at)
        for clock in CLOCKS:
            list(reckoning.results(clock, 0, at))


def test_deep_nesting_is_a_fault() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    assert breaks(a_doc() | {"own": deep}, ticket_id=ID)[0].key == "field.not_plain"


@pytest.mark.parametrize(
    ("where", "value", "key", "place"),
    [
        (("priority",), "high", "ticket.not_fold", ("priority",)),
        (("priority",), GONE, "ticket.not_fold", ()),
        (("own",), 1, "ticket.not_fold", ("own",)),
        (("timeline", 1, "id"), "open-0", "event.twice", ("timeline", 1, "id")),
        (("timeline", 0, "do"), "begin", "ticket.not_fold", ("opened",)),
    ],
)
def test_what_a_readable_ticket_gets_wrong(
    where: Where, value: object, key: str, place: Where
) -> None:
    faults = unsound(broken(where, value))
    assert (faults[0].key, faults[0].where) == (key, place)


def test_true_is_not_one() -> None:
    doc = a_doc(own=1) | {"own": True}
    assert [f.params for f in unsound(doc)] == [{"field": "own", "found": True, "folded": 1}]


def test_events_stand_in_the_order_in_which_they_happened() -> None:
    doc = a_doc(an_event("note", 1), an_event("note", 2))
    doc["timeline"] = [doc["timeline"][i] for i in (0, 2, 1)]
    assert [(f.key, f.where) for f in unsound(doc)] == [
        ("event.out_of_order", ("timeline", 2, "at"))
    ]


def test_a_ticket_was_opened_once_at_least() -> None:
    doc = a_doc()
    doc["timeline"][0] = doc["timeline"][0] | {"do": "begin"}
    assert [f.key for f in unsound(doc)] == ["ticket.not_fold", "ticket.not_opened"]


def test_what_routing_says_of_its_choice_is_sound() -> None:
    more = {"team": "b", "skilled": {"refund": 2}, "ahead": [["zhao", 3]], "returning": True}
    for value in (ROUTED, {**ROUTED, **more}):
        assert not breaks(broken(("timeline", 1, "routed"), value), ticket_id=ID)
