from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tkt.domain.query import (
    And,
    Compare,
    Everything,
    Flag,
    Node,
    Not,
    Or,
    Query,
    Sort,
    Words,
)
from tkt.domain.query.evaluate import matches
from tkt.domain.query.reading import read
from tkt.domain.query.vocabulary import FieldSpec, Vocabulary
from tkt.domain.words import cut
from tkt.errors import UsageProblem
from tkt.storage.search import INDEXES, order_by, select, to_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
START = int((NOW - timedelta(days=20)).timestamp())
RANKS = ("low", "normal", "high", "urgent")

SCHEMA = """
CREATE TABLE tickets (num INTEGER PRIMARY KEY, id TEXT, path TEXT, blob TEXT, archived INTEGER,
  title TEXT, status TEXT, state TEXT, workflow TEXT, category TEXT, priority TEXT,
  priority_rank INTEGER, severity INTEGER, channel TEXT, customer TEXT, "order" TEXT, team TEXT,
  assignee TEXT, level INTEGER, opened INTEGER, updated INTEGER, due INTEGER, messages INTEGER,
  replies INTEGER, notes INTEGER, first_reply INTEGER, waiting_since INTEGER, resolved INTEGER,
  closed INTEGER, contested INTEGER, external TEXT, until INTEGER, claimant TEXT,
  claimed INTEGER, merged_into TEXT, late_from INTEGER, wake INTEGER);
CREATE TABLE items (
  field TEXT, item TEXT, num INTEGER, PRIMARY KEY (field, item, num)) WITHOUT ROWID;
CREATE TABLE docs (num INTEGER PRIMARY KEY, doc TEXT);
CREATE TABLE events (num INTEGER, id TEXT, at INTEGER, by TEXT, do TEXT, counts INTEGER);
CREATE VIRTUAL TABLE words USING fts5(
  text, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
"""
TEXTS = (
    "收到的杯子碎了",
    "要求退款",
    "Refund 100%_now",
    "order-2511 物流慢",
    "款到发货!",
    "cup [x]*?",
)


def _ticket(num: int) -> dict[str, Any]:
    """The ``num``-th ticket: fields of all kinds, present and absent in every combination."""

    def pick(choices: Any, step: int) -> Any:
        return choices[(num * 2_654_435_761 >> 3 * step) % len(choices)]

    return {
        "num": num,
        "id": f"2611{num:02d}-A{num}",
        "title": pick(TEXTS, 3),
        "status": pick(("new", "open", "closed"), 2),
        "priority": pick(RANKS, 5),
        "severity": pick((1, 2, 3, None), 3),
        "order": pick(("2511001", "2511[2]", "a*b", None), 2),
        "team": pick(("aftersales", "presales", None), 4),
        "assignee": pick(("lin", "wang", None), 3),
        "opened": START + num * 40_000,
        "due": pick((None, START + num * 50_000), 3),
        "late_from": pick((None, START + num * 50_000 + 1), 3),
        "tags": pick(([], ["vip"], ["vip", "bad"], ["Bad"]), 3),
        "archived": pick((0, 0, 1), 2),
        "contested": 0,
        "size": pick(("xl", None, ["s", "m"], 5, True, []), 2),
        "weight": pick((1.5, 2, None, "2", [1, 3]), 3),
        "bought": pick(("2026-11-11", "2026-11-12T08:00:00+08:00", None, "someday", 7), 2),
        # One field under the name that it has now, and under two that it had before.
        "refund": pick((None, 129, None, 5.5, None, []), 3),
        "refund_amount": pick((1, None, "x", 20, "2026-11-12"), 2),
        "money_back": pick((None, 3, ["m", 40], "lin"), 5),
    }


TICKETS = {num: _ticket(num) for num in range(1, 61)}
COLUMNS = (
    "num id title status priority severity order team assignee opened due late_from archived"
    " contested"
)


def _text(ticket: dict[str, Any]) -> str:
    return f"{ticket['title']}\n{TEXTS[ticket['num'] % len(TEXTS)]}"


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    for statement in INDEXES:
        if " ON tickets" in statement or " ON events" in statement or " ON items" in statement:
            connection.execute(statement)
    columns = COLUMNS.split()
    names = ", ".join(f'"{name}"' for name in columns)
    for num, ticket in TICKETS.items():
        rank = RANKS.index(ticket["priority"])
        connection.execute(
            f"INSERT INTO tickets ({names}, priority_rank) VALUES ({'?,' * len(columns)} ?)",
            [*(ticket[name] for name in columns), rank],
        )
        tags = [("tags", tag, num) for tag in ticket["tags"]]
        connection.executemany("INSERT INTO items VALUES (?, ?, ?)", tags)
        document = {name: value for name, value in ticket.items() if value is not None}
        connection.execute("INSERT INTO docs VALUES (?, ?)", (num, json.dumps(document)))
        connection.execute(
            "INSERT INTO words(rowid, text) VALUES (?, ?)", (num, cut(_text(ticket)))
        )
    yield connection
    connection.close()


def found(index: sqlite3.Connection, tree: Node) -> set[int]:
    where, params = to_sql(tree, now=NOW, flagged={"edited": {3, 4, 5}})
    return {num for (num,) in index.execute(f"SELECT num FROM tickets WHERE {where}", params)}


def expected(tree: Node) -> set[int]:
    fitting = set()
    for num, ticket in TICKETS.items():
        late_from = ticket["late_from"]
        flags = {
            "edited": num in (3, 4, 5),
            "overdue": late_from is not None and late_from <= NOW.timestamp(),
            "unassigned": ticket["assignee"] is None,
        }
        if matches(tree, {**ticket, **flags}.get, _text(ticket)):
            fitting.add(num)
    return fitting


def compare(field: str, op: str, *values: Any) -> Compare:
    return Compare(field, op, values, 1)


NAMES = st.sampled_from(("status", "priority", "order", "team", "assignee", "tags", "size", "gone"))
TEXT = st.text("abx25[]*?'\"%_\\ 退款杯vipSML", max_size=4) | st.sampled_from(
    ("new", "open", "lin", "vip", "bad", "xl", "m", "5", "1", "2511", "a*b", "high", "2511[2]")
)
MOMENTS = st.integers(-30, 30).map(lambda half: NOW + timedelta(days=half / 2))
NUMBERS = st.sampled_from((0, 1, 2, 3, 1.5, 2.0, -4))
ORDERS = st.sampled_from(("<", "<=", ">", ">="))
PATTERNS = st.text("abvipxlno25[]*?", min_size=1, max_size=4).filter(lambda text: "**" not in text)

OLDER = ("refund_amount", "money_back")


def renamed(op: str, *values: Any) -> Compare:
    return Compare("refund", op, values, 1, OLDER)


RENAMED = st.one_of(
    st.builds(renamed, st.sampled_from(("in", "contains", "glob")), PATTERNS),
    st.builds(renamed, ORDERS, NUMBERS | MOMENTS),
    st.builds(renamed, st.just("in"), NUMBERS, NUMBERS),
    st.just(renamed("null")),
)
LEAVES = st.one_of(
    RENAMED,
    st.builds(compare, NAMES, st.just("in"), TEXT, TEXT),
    st.builds(compare, NAMES, st.just("in"), TEXT),
    st.builds(compare, NAMES, st.just("glob"), PATTERNS),
    st.builds(compare, NAMES | st.just("title"), st.just("contains"), TEXT),
    st.builds(
        lambda name: Compare(name, "null", (), 1), NAMES | st.sampled_from(("due", "weight"))
    ),
    st.builds(compare, st.sampled_from(("severity", "weight", "num")), ORDERS, NUMBERS),
    st.builds(compare, st.sampled_from(("severity", "weight")), st.just("in"), NUMBERS, NUMBERS),
    st.builds(compare, st.sampled_from(("opened", "due", "bought")), ORDERS, MOMENTS),
    st.builds(compare, st.just("id"), st.just("glob"), st.sampled_from(("*A1", "2611*", "*-A*"))),
    st.builds(Words, TEXT | st.sampled_from(TEXTS), st.booleans(), st.just(1)),
    st.builds(
        Flag,
        st.sampled_from(("archived", "contested", "overdue", "edited", "unassigned")),
        st.just(1),
    ),
    st.just(Everything()),
)


def _branches(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.builds(And, parts) | st.builds(Or, parts) | st.builds(Not, inner)


TREES: st.SearchStrategy[Any] = st.recursive(LEAVES, _branches, max_leaves=10)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES)
def test_sql_finds_what_the_evaluator_finds(index: sqlite3.Connection, tree: Node) -> None:
    assert found(index, tree) == expected(tree)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES, sort=st.sampled_from(((), (Sort("opened", True, 1),), (Sort("due", False, 1),))))
def test_pages_put_together_are_the_whole_result(
    index: sqlite3.Connection, tree: Node, sort: tuple[Sort, ...]
) -> None:
    seen: list[int] = []
    for page in range(1, 8):
        query = Query(tree, sort, limit=10, page=page)
        statement, params = select(query, now=NOW, flagged={"edited": {3, 4, 5}})
        seen += [num for (num,) in index.execute(statement, params)]
    assert sorted(seen) == sorted(expected(tree))


@pytest.mark.parametrize(
    "word", ['"', '" OR 1', "a AND", "NEAR(a", "title:", "*", "^a", "-", "'", "a" * 9999]
)
def test_what_is_syntax_to_full_text_search_is_only_text(
    index: sqlite3.Connection, word: str
) -> None:
    for phrase in (True, False):
        tree = Words(word, phrase, 1)
        assert found(index, tree) == expected(tree)


def test_long_chinese_text_is_no_problem(index: sqlite3.Connection) -> None:
    for text in ("退款" * 5000, "退 款 a," * 2000):
        assert found(index, Words(text, True, 1)) == set()
        assert found(index, Words(text, False, 1)) == expected(Words(text, False, 1))


def test_as_many_terms_as_a_query_may_have_are_not_too_deep(index: sqlite3.Connection) -> None:
    words = tuple(Words(f"w{number}", False, 1) for number in range(400))
    compares = tuple(compare("title", "contains", f"w{number}") for number in range(400))
    for joint in (And, Or):
        assert found(index, joint(words)) == set()
        assert found(index, joint(compares)) == set()
        assert found(index, Not(joint(tuple(map(Not, compares))))) == set()


def test_two_character_chinese_words_are_found(index: sqlite3.Connection) -> None:
    wanted = {num for num, ticket in TICKETS.items() if "退款" in _text(ticket)}
    assert found(index, Words("退款", False, 1)) == wanted != set()


def test_values_are_parameters_and_never_sql() -> None:
    evil = "x'); DROP TABLE tickets; --"
    for field in ("team", "title", "tags", "size"):
        for op in ("in", "contains", "glob"):
            where, params = to_sql(compare(field, op, evil), now=NOW)
            assert "DROP" not in where
            assert any("drop" in str(param).lower() for param in params)


def test_a_field_name_cannot_leave_its_quotes() -> None:
    with pytest.raises(UsageProblem, match="unsearchable"):
        to_sql(compare('a" or 1', "in", "x"), now=NOW)


def test_an_unknown_flag_is_a_usage_problem() -> None:
    with pytest.raises(UsageProblem, match="unknown_flag"):
        to_sql(Flag("shiny", 1), now=NOW)


def test_many_flagged_tickets_fit_one_statement(index: sqlite3.Connection) -> None:
    where, params = to_sql(Flag("edited", 1), now=NOW, flagged={"edited": range(100_000)})
    rows = index.execute(f"SELECT count(*) FROM tickets WHERE {where}", params).fetchall()
    assert rows == [(60,)]


def test_a_value_under_the_newest_name_counts_alone(index: sqlite3.Connection) -> None:
    both = {
        num for num, ticket in TICKETS.items()
        if ticket["refund"] is not None and ticket["refund_amount"] is not None
    }  # fmt: skip
    assert both
    assert not found(index, renamed("in", 1, "x", 20, "2026-11-12")) & both
    assert found(index, Not(renamed("null"))) >= {n for n in both if TICKETS[n]["refund"] != []}


@pytest.mark.parametrize("descending", [True, False])
def test_a_renamed_field_is_sorted_by_what_it_holds(
    index: sqlite3.Connection, descending: bool
) -> None:
    names = ("refund", *OLDER)
    shown = [
        next((t[name] for name in names if t[name] is not None), None)
        for t in map(TICKETS.__getitem__, _listed(index, Sort("refund", descending, 1, OLDER)))
    ]
    numbers = [value for value in shown if isinstance(value, int | float)]
    assert numbers == sorted(numbers, reverse=descending)
    assert [value is None for value in shown] == sorted(value is None for value in shown)


def _listed(index: sqlite3.Connection, *sort: Sort) -> list[int]:
    statement, params = select(Query(Everything(), sort), now=NOW)
    return [num for (num,) in index.execute(statement, params)]


def test_the_most_urgent_and_longest_open_come_first(index: sqlite3.Connection) -> None:
    def place(num: int) -> tuple[int, int]:
        return -RANKS.index(TICKETS[num]["priority"]), TICKETS[num]["opened"]

    assert _listed(index) == sorted(TICKETS, key=place)


def test_priority_sorts_by_rank(index: sqlite3.Connection) -> None:
    ranks = [
        RANKS.index(TICKETS[num]["priority"]) for num in _listed(index, Sort("priority", True, 1))
    ]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize("field", ["due", "weight"])
@pytest.mark.parametrize("descending", [True, False])
def test_tickets_without_a_value_come_last(
    index: sqlite3.Connection, field: str, descending: bool
) -> None:
    absent = [TICKETS[num][field] is None for num in _listed(index, Sort(field, descending, 1))]
    assert absent == sorted(absent)


PLANS = {
    "status:open": "tickets_by_status",
    "state:active": "tickets_by_state",
    "team:vip state:active": "tickets_by_team",
    "assignee:lin state:active": "tickets_by_assignee",
    "": "tickets_by_rank",
    "sort:-opened": "tickets_by_opened",
    "sort:-updated": "tickets_by_updated",
    "customer:c1 sort:-opened": "tickets_by_customer",
    "退款": "words VIRTUAL TABLE",
    "退款 status:open sort:-opened": "words VIRTUAL TABLE",
}


@pytest.mark.parametrize(("text", "way"), PLANS.items())
def test_the_first_page_is_read_in_order_and_never_sorted(
    index: sqlite3.Connection, text: str, way: str
) -> None:
    names = ("status", "state", "team", "assignee", "customer")
    fields = {name: FieldSpec("name") for name in names}
    times = {name: FieldSpec("time") for name in ("opened", "updated")}
    vocabulary = Vocabulary({**fields, **times})
    query = read(text, vocabulary=vocabulary, now=NOW, tz=UTC, me=None)
    statement, params = select(query, now=NOW, limit=20)
    plan = [row[3] for row in index.execute(f"EXPLAIN QUERY PLAN {statement}", params)]
    assert way in plan[0]
    assert not any("TEMP B-TREE" in step for step in plan)


def test_order_terms_hold_no_user_text() -> None:
    terms, params = order_by((Sort("size; DROP", True, 1),))
    assert "DROP" not in terms
    assert params == ['$."size; DROP"']
