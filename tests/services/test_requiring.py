"""Fields that a ticket may not be without, and what a query sees of a ticket without the index."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declared import a_desk
from factories import a_ticket, an_event
from tkt.domain.change import Change, Person
from tkt.domain.custom.renaming import renamed
from tkt.domain.query.evaluate import matches
from tkt.domain.query.reading import read
from tkt.domain.sweeping.plan import Plan
from tkt.domain.ticket import Ticket
from tkt.domain.vocabulary import vocabulary
from tkt.errors import Refused
from tkt.services import requiring
from tkt.services.acting import Acting
from tkt.storage import indexing
from tkt.storage.rows import rows_of
from tkt.storage.search import to_sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.query import Node

LETTERS = "23456789ABCDEFGHJKMN"
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
DESK = a_desk()
ACTING = Acting(Person("lin", "林小满", "lin@shop.example"), NOW, NOW, Random(1).randrange)

FIELDS: dict[str, list[Any]] = {
    "status": ["open", "pending", "resolved", "gone"],
    "workflow": ["simple", "other"],
    "category": ["refund", "quality", "presale", None],
    "priority": ["low", "high", None],
    "severity": [1, 3],
    "customer": ["小王"],
    "assignee": ["lin", None],
    "tags": [["vip"], ["vip", "新客"]],
    "watchers": [["lin"], ["wang", "lin"], ["wang"]],
    "parent": ["261121-M3WX", "261121-P2QX"],
    "blocks": [["261121-M3WX"]],
    "until": ["2026-11-22T09:00:00+08:00"],
    "merged_into": ["261121-M3WX"],
    "archived": ["2026-11-21T15:00:00+08:00"],
    "refund": [129, 5.5, None],
    "refund_amount": [100, None, "一百"],
    "money_back": [3],
    "size": ["s", "m", None],
    "bought": ["2026-11-01", "2026-11-11", "someday", 7],
    "contact": ["13800138000"],
    "taobao": ["2511002233"],
    "colour": ["红色", ["红", "蓝"]],
}
VALUES = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(FIELDS[name]))
)
SETS = st.lists(VALUES, max_size=4).map(dict)
EVENTS = st.lists(
    st.one_of(
        SETS.map(lambda said: {"do": "set", "set": said} if said else {"do": "edit"}),
        st.sampled_from(["reply", "note", "message"]).flatmap(
            lambda do: st.sampled_from(["要求退款", "已联系仓库", "ok"]).map(
                lambda text: {"do": do, "text": text,
                              "by": "customer" if do == "message" else "lin"}
            )
        ),
        st.just({"do": "contest", "add": {"contested": ["refund_amount"]}}),
    ),
    max_size=6,
)  # fmt: skip
PIECES = (
    "status:open", "state:open", "state:resolved,closed", "state:merged", "workflow:simple",
    "category:refund", "priority>=high", "severity:2..", "customer:小", "assignee:lin",
    "assignee:none", "unassigned", "tags:vip", "until:any", "until>2026-11-21", "archived",
    "contested", "overdue", "edited", "merged_into:none", "title:杯", "id:7K24",
    "退款", '"联系仓库"', "replies>0", "messages:1", "notes>=1", "first_reply:any",
    "waiting_since:none", "resolved:today", "closed:none", "updated>=2026-11-21", "due:none",
    "opened<=2026-11-21", "refund:none", "refund>100", "退款金额:1..200", "refund_amount:3",
    "refund!=129", "size:中号", "size:s,m", "尺码:none", "bought>2026-11-01",
    "购买日期:2026-11-11", "bought:none", 'contact:"138 0013 8000"', "contact:138*",
    "taobao:2511*", "colour:红", "颜色=红", "claimant:lin", "watchers:me", "parent:M3WX",
    "blocks:none",
)  # fmt: skip
NEVER = {"overdue", "edited", "contested"}
ALWAYS = {"due:none", "opened<=2026-11-21", "updated>=2026-11-21", "title:杯"}
QUERIES = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" or ".join).map("({})".format),
        inner.map("-({})".format),
    ),
    max_leaves=4,
)


def tickets(told: Iterable[tuple[dict[str, Any], list[dict[str, Any]]]]) -> list[Ticket]:
    """Tickets of consecutive numbers, each with its first fields and what happened to it."""
    made = []
    for number, (first, said) in enumerate(told):
        events = [an_event(each["do"], minute, **{k: v for k, v in each.items() if k != "do"})
                  for minute, each in enumerate(said, 1)]  # fmt: skip
        known = {name: value for name, value in first.items() if value is not None}
        ticket = a_ticket(*events, **known)
        made.append(ticket._replace(id=f"261121-7K{LETTERS[number // 20]}{LETTERS[number % 20]}"))
    return made


def tree_of(query: str) -> Node:
    return read(query, vocabulary=vocabulary(DESK), now=NOW, tz=DESK.zone, me="lin").tree


def found(there: list[Ticket], tree: Node) -> set[str]:
    """The tickets that a query finds in an index of these."""
    index = indexing.create(None)
    try:
        rows = [
            rows_of(ticket, path=ticket.path, blob="0" * 40, plan=Plan(DESK)) for ticket in there
        ]
        indexing.add(index, rows)
        where, params = to_sql(tree, now=NOW, flagged={"edited": ()})
        return {row[0] for row in index.select(f"SELECT id FROM tickets WHERE {where}", params)}
    finally:
        index.close()


def fitting(there: Iterable[Ticket], tree: Node) -> set[str]:
    """Those that fit it, each looked at alone."""
    look = requiring.looking_at(DESK, NOW)
    return {ticket.id for ticket in there if matches(tree, *look(ticket))}


@settings(max_examples=200)
@given(st.lists(st.tuples(SETS, EVENTS), min_size=1, max_size=4), QUERIES)
def test_without_the_index_a_query_finds_the_same(
    told: list[tuple[dict[str, Any], list[dict[str, Any]]]], query: str
) -> None:
    there, tree = tickets(told), tree_of(query)
    assert found(there, tree) == fitting(there, tree)
    # Shown under its new name a ticket fits the same queries, now with no thought of older ones.
    again = [Ticket.of(renamed(DESK.fields, ticket.doc())) for ticket in there]
    if not any(word in query for word in ("updated", "contested")):
        assert found(there, tree) == fitting(again, tree)


@pytest.mark.parametrize("piece", PIECES)
def test_every_word_of_a_query_means_the_same_without_the_index(piece: str) -> None:
    draw = Random(7)
    told = []
    for _ in range(60):
        names = draw.sample(sorted(FIELDS), 9)
        first = {name: draw.choice(FIELDS[name]) for name in names}
        verbs = draw.choices(("reply", "note", "message"), k=draw.randrange(3))
        said = [{"do": do, "by": "customer" if do == "message" else "lin",
                 "text": draw.choice(("要求退款", "已联系仓库"))} for do in verbs]  # fmt: skip
        told.append((first, said))
    there, tree = tickets(told), tree_of(piece)
    assert found(there, tree) == fitting(there, tree)
    if piece not in NEVER | ALWAYS:
        assert 0 < len(fitting(there, tree)) < len(there)


# -- what is required ---------------------------------------------------------------------------


def change(before: dict[str, Any] | None, after: dict[str, Any], do: str = "set") -> Change:
    old = None if before is None else a_ticket(**before)
    return Change(do, old, a_ticket(**after), ())


def refusal(change: Change, **fields: Any) -> Refused | None:
    desk = a_desk(fields) if fields else DESK
    try:
        requiring.check(desk, [change], ACTING)
    except Refused as error:
        return error
    return None


OPEN = {"status": "open", "category": "refund"}
OVER = {"status": "resolved", "category": "refund"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OPEN, OVER),
        ({**OVER, "refund": 5}, OVER),
        ({**OVER, "refund_amount": 5}, OVER),
        ({**OVER, "category": "presale"}, OVER),
        (None, OVER),
    ],
)
def test_what_makes_a_value_needed_is_refused(
    before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    error = refusal(change(before, after))
    assert error is not None
    assert error.key == ("custom.required" if before else "custom.required_at_first")
    assert error.params["field"] == "refund"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OPEN, {**OVER, "refund": 5}),
        (OPEN, {**OVER, "money_back": 5}),
        (OPEN, {**OPEN, "priority": "high"}),
        (OPEN, {**OVER, "category": "presale"}),
        (OPEN, {**OVER, "category": None}),
        (OVER, {**OVER, "priority": "high"}),
        (OVER, {**OVER, "status": "closed"}),
        (OVER, OPEN),
        (None, OPEN),
    ],
)
def test_what_does_not_is_not(before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    fields = {name: value for name, value in after.items() if value is not None}
    assert refusal(change(before, fields)) is None


def test_words_alone_are_never_stopped_by_a_rule() -> None:
    old = a_ticket(status="open")
    for do in ("note", "reply", "message"):
        new = old.after(an_event(do, 5, text="要求退款"))
        said = Change(do, old, new, ())
        for query in ("退款", "replies>0 or notes>0 or messages>0", "updated>2000", "all"):
            assert refusal(said, why={"required": query}) is None


def test_what_a_customer_says_is_recorded_whatever_it_makes_needed() -> None:
    old = a_ticket(status="resolved")
    new = old.after(an_event("message", 5, set={"status": "open"}, text="又坏了"))
    assert refusal(Change("message", old, new, ()), why={"required": "state:open"}) is None
    assert refusal(Change("reopen", old, new, ()), why={"required": "state:open"}) is not None


def test_a_query_that_cannot_be_read_requires_nothing() -> None:
    desk = a_desk()
    broken = desk.fields[0]._replace(required="state:opne")
    desk = desk._replace(fields=type(desk.fields)((broken,)))
    requiring.check(desk, [change(OPEN, OVER)], ACTING)
