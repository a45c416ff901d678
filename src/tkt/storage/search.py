"""Bound queries as SQL over the index: conditions, orders, and one page of ticket numbers.

Every value is a bound parameter; only names from :data:`COLUMNS` and constants are ever written
into a statement. A condition over NULL is neither true nor false in SQL but plainly false in the
query language, hence ``IS NOT TRUE`` for every ``not``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import ITEMS
from tkt.domain.query.evaluate import ceil_date, fold
from tkt.domain.query.tree import And, Compare, Everything, Flag, Node, Not, Or, Sort, Words
from tkt.domain.words import match_expression
from tkt.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tkt.domain.query.tree import Query

COLUMNS = frozenset(
    (
        "id",
        "title",
        "status",
        "state",
        "workflow",
        "category",
        "priority",
        "severity",
        "channel",
        "customer",
        "order",
        "team",
        "assignee",
        "level",
        "opened",
        "updated",
        "due",
        "messages",
        "replies",
        "notes",
        "first_reply",
        "waiting_since",
        "resolved",
        "closed",
        "external",
        "until",
        "claimant",
        "claimed",
        "merged_into",
        "num",
        "transfers",
    )
)
"""The fields that have a column of ``tickets``; any other is looked up in the ticket's document."""

INDEXES = (
    "CREATE INDEX tickets_by_rank ON tickets (priority_rank DESC, opened, num)",
    "CREATE INDEX tickets_by_status ON tickets (status, priority_rank DESC, opened, num)",
    "CREATE INDEX tickets_by_state ON tickets (state, priority_rank DESC, opened, num)",
    "CREATE INDEX tickets_by_team ON tickets (team, state, priority_rank DESC, opened, num)",
    "CREATE INDEX tickets_by_assignee"
    " ON tickets (assignee, state, priority_rank DESC, opened, num)",
    "CREATE INDEX tickets_by_opened ON tickets (opened, num)",
    "CREATE INDEX tickets_by_updated ON tickets (updated, num)",
    "CREATE INDEX tickets_by_due ON tickets (due, num) WHERE due IS NOT NULL",
    "CREATE INDEX tickets_by_lateness ON tickets (late_from) WHERE late_from IS NOT NULL",
    "CREATE INDEX tickets_by_wake ON tickets (wake) WHERE wake IS NOT NULL",
    "CREATE INDEX tickets_by_customer ON tickets (customer, opened, num)",
    'CREATE INDEX tickets_by_order ON tickets ("order") WHERE "order" IS NOT NULL',
    "CREATE INDEX tickets_by_until ON tickets (until, num) WHERE until IS NOT NULL",
    "CREATE INDEX tickets_by_external ON tickets (external) WHERE external IS NOT NULL",
    "CREATE INDEX tickets_by_id ON tickets (id)",
    "CREATE INDEX tickets_by_waiting"
    " ON tickets (waiting_since, num) WHERE waiting_since IS NOT NULL",
    "CREATE INDEX tickets_unfinished ON tickets (category, team, assignee, late_from,"
    " waiting_since, until, contested, state) WHERE state IN ('new', 'open', 'pending')",
    "CREATE INDEX events_by_at ON events (at, counts, by) WHERE counts > 0",
    "CREATE INDEX events_drafts ON events (num) WHERE do = 'draft' AND counts > 0",
    "CREATE INDEX items_by_num ON items (num, field, item)",
)
"""What makes a page of a list cost the same however many tickets there are."""

MOST_URGENT_FIRST = "tickets.priority_rank DESC, tickets.opened, tickets.num"
"""The order of lists that ask for none."""
NEWEST_FIRST = "tickets.num DESC"
"""The order of full-text results: numbers are given in the order in which tickets were opened."""

Sql = tuple[str, list[Any]]


def to_sql(
    tree: Node, *, now: datetime, flagged: Mapping[str, Collection[int]] | None = None
) -> Sql:
    """The condition on ``tickets`` that a bound ``tree`` makes, and its parameters.

    ``flagged`` gives the numbers of the tickets that have a flag which the index cannot know
    (``edited``, ``broken``); ``archived``, ``contested``, ``overdue`` and ``unassigned`` are known.
    """
    return _Writer(now, flagged or {}).write(tree)


def order_by(sort: Sequence[Sort], *, words: bool = False) -> Sql:
    """What follows ORDER BY, and its parameters; tickets without a value come last either way.

    Without ``sort``: the newest first where ``words`` are searched, else the most urgent first.
    """
    if not sort:
        return (NEWEST_FIRST if words else MOST_URGENT_FIRST), []
    terms: list[str] = []
    params: list[Any] = []
    for key in sort:
        direction = "DESC" if key.descending else "ASC"
        if key.field == "priority":
            terms.append(f"tickets.priority_rank {direction}")
        elif key.field in COLUMNS:
            # NULLs are first for ASC and last for DESC by nature: asking for it costs the index.
            last = " NULLS LAST" if not key.descending else ""
            always = key.field in ("num", "opened", "updated", "id")
            terms.append(f"{_column(key.field)} {direction}{'' if always else last}")
        else:
            paths = [_json_path(name) for name in (key.field, *key.formerly)]
            held = ", ".join(["json_extract(docs.doc, ?)"] * len(paths))
            held = held if len(paths) == 1 else f"COALESCE({held})"
            terms.append(
                f"(SELECT {held} FROM docs WHERE docs.num = tickets.num) {direction} NULLS LAST"
            )
            params += paths
    terms.append(f"tickets.num {'DESC' if sort[0].descending else 'ASC'}")
    return ", ".join(terms), params


def select(
    query: Query,
    *,
    now: datetime,
    columns: str = "tickets.num",
    limit: int | None = None,
    flagged: Mapping[str, Collection[int]] | None = None,
) -> Sql:
    """The statement for one page of a bound ``query``: ``columns`` is SQL of ours, never a user's.

    ``limit`` serves where the query names none; None is no limit.
    """
    rows = query.limit or limit
    writer = _Writer(now, flagged or {})
    expression, rest = _required_words(query.tree)
    newest_first = not query.sort or (query.sort[0].field, query.sort[0].descending) == (
        "opened",
        True,
    )
    if expression and rows and newest_first:
        # Full-text search yields the newest match first by itself and stops at the limit.
        where, params = writer.write(rest)
        statement = (
            f"SELECT {columns} FROM words CROSS JOIN tickets ON tickets.num = words.rowid"
            f" WHERE words MATCH ? AND {where} ORDER BY words.rowid DESC"
        )
        params = [expression, *params]
    else:
        where, params = writer.write(query.tree)
        order, order_params = order_by(query.sort, words=expression is not None)
        statement = f"SELECT {columns} FROM tickets WHERE {where} ORDER BY {order}"
        params = [*params, *order_params]
    if rows is not None:
        statement += " LIMIT ? OFFSET ?"
        params += [rows, rows * ((query.page or 1) - 1)]
    return statement, params


class _Writer:
    """Writes conditions; every method returns SQL that can stand between AND and OR."""

    def __init__(self, now: datetime, flagged: Mapping[str, Collection[int]]) -> None:
        self.now = now
        self.flagged = flagged

    def write(self, node: Node) -> Sql:
        match node:
            case And(parts):
                return self._joined(" AND ", parts)
            case Or(parts):
                return self._joined(" OR ", parts)
            case Not(part):
                return self._negated(part)
            case Compare():
                return self._compare(node)
            case Words():
                return self._words([node], " AND ")
            case Flag():
                return self._flag(node)
            case _:
                return "1", []

    def _negated(self, part: Node) -> Sql:
        if isinstance(part, Flag) and part.name in ("archived", "contested"):
            return f"tickets.{part.name} = 0", []
        sql, params = self.write(part)
        return f"({sql}) IS NOT TRUE", params

    def _joined(self, joint: str, parts: tuple[Node, ...]) -> Sql:
        """``parts`` joined; all their words asked of the full text index at once."""
        words = [part for part in parts if isinstance(part, Words)]
        written = [self.write(part) for part in parts if not isinstance(part, Words)]
        if words:
            written.append(self._words(words, joint))
        sql = joint.join(each for each, _ in written)
        return f"({sql})", [param for _, params in written for param in params]

    def _words(self, words: Sequence[Words], joint: str) -> Sql:
        pieces: list[str] = []
        params: list[Any] = []
        expressions: list[str] = []
        for each in words:
            expression = match_expression(each.text, phrase=each.phrase)
            if expression is None:
                pieces.append("instr(lower(tickets.title), ?) > 0")
                params.append(fold(each.text))
            else:
                expressions.append(f"({expression})")
        if expressions:
            pieces.append("tickets.num IN (SELECT rowid FROM words WHERE words MATCH ?)")
            params.append(joint.join(expressions))
        return f"({joint.join(pieces)})", params

    def _flag(self, flag: Flag) -> Sql:
        if flag.name in self.flagged:
            return _listed("tickets.num", sorted(self.flagged[flag.name]))
        match flag.name:
            case "archived" | "contested":
                return f"tickets.{flag.name} = 1", []
            case "overdue":
                late = "SELECT late.num FROM tickets AS late WHERE late.late_from <= ?"
                return f"tickets.num IN ({late})", [int(self.now.timestamp())]
            case "unassigned":
                return "tickets.assignee IS NULL", []
        raise UsageProblem("query.unknown_flag", name=flag.name, column=flag.column, text=flag.name)

    def _compare(self, condition: Compare) -> Sql:
        if condition.field in COLUMNS:
            if condition.op == "null":
                return f"{_column(condition.field)} IS NULL", []
            if condition.field == "id" and condition.op == "glob":
                # The end of an id: the narrow index is read through, not the wide table.
                test, params = _test("near.id", condition)
                return f"tickets.num IN (SELECT near.num FROM tickets AS near WHERE {test})", params
            return _test(_column(condition.field), condition)
        if condition.field in ITEMS:
            return self._items(condition)
        return self._document(condition)

    def _items(self, condition: Compare) -> Sql:
        if condition.op == "null":
            held = "SELECT 1 FROM items WHERE items.num = tickets.num AND items.field = ?"
            return f"NOT EXISTS ({held})", [condition.field]
        test, params = _test("items.item", condition)
        inside = f"SELECT items.num FROM items WHERE items.field = ? AND {test}"
        return f"tickets.num IN ({inside})", [condition.field, *params]

    def _document(self, condition: Compare) -> Sql:
        """A field of the desk's own: one value or a list of them, in the ticket's document."""
        path, paths = _first_held(condition)
        if condition.op == "null":
            held: Sql = ("item.value IS NOT NULL", [])
        else:
            held = _json_test(condition)
        test, params = held
        exists = "NOT EXISTS" if condition.op == "null" else "EXISTS"
        return (
            f"{exists} (SELECT 1 FROM docs, json_each(docs.doc, {path}) AS item"
            f" WHERE docs.num = tickets.num AND {test})",
            [*paths, *params],
        )


def _first_held(condition: Compare) -> Sql:
    """The path of the first of a field's names under which a document has anything."""
    path, *older = (_json_path(name) for name in (condition.field, *condition.formerly))
    if not older:
        return "?", [path]
    held = " ".join(["WHEN json_extract(docs.doc, ?) IS NOT NULL THEN ?"] * len(older))
    before = [path, path, *(each for name in older[:-1] for each in (name, name))]
    return f"CASE {held} ELSE ? END", [*before, older[-1]]


def _test(left: str, condition: Compare) -> Sql:
    """One bound comparison of an SQL expression of ours with the user's values."""
    op, values = condition.op, condition.values
    if op == "in":
        return _listed(left, values)
    if op == "contains":
        tests = [f"instr(lower({left}), ?) > 0"] * len(values)
        return f"({' OR '.join(tests)})", [fold(str(value)) for value in values]
    if op == "glob":
        tests = [f"{left} GLOB ?"] * len(values)
        return f"({' OR '.join(tests)})", [_glob(str(value)) for value in values]
    value = values[0]
    return f"{left} {op} ?", [value.timestamp() if isinstance(value, datetime) else value]


def _json_test(condition: Compare) -> Sql:
    """The same for ``item`` of ``json_each``, whose values have types of their own."""
    value = condition.values[0] if condition.values else None
    if isinstance(value, datetime):
        op = condition.op
        day = ceil_date(value) if op in (">=", "<") else value.date()
        return (
            f"CASE WHEN item.type IN ('integer', 'real') THEN item.value {op} ?"
            f" WHEN item.type != 'text' THEN NULL"
            f" WHEN length(item.value) = 10 THEN item.value {op} ?"
            f" ELSE CAST(strftime('%s', item.value) AS INTEGER) {op} ? END",
            [value.timestamp(), day.isoformat(), value.timestamp()],
        )
    if isinstance(value, int | float):
        test, params = _test("item.value", condition)
        return f"item.type IN ('integer', 'real') AND {test}", params
    return _test("CAST(item.value AS TEXT)", condition)


def _listed(left: str, values: Sequence[Any]) -> Sql:
    if len(values) == 1:
        return f"{left} = ?", [values[0]]
    if len(values) > 500 and all(isinstance(value, int) for value in values):
        # Parameters are limited in number; their length is not.
        return f"{left} IN (SELECT value FROM json_each(?))", [f"[{','.join(map(str, values))}]"]
    return f"{left} IN ({', '.join('?' * len(values))})", list(values)


def _glob(pattern: str) -> str:
    """A pattern with ``*`` only, for GLOB, which knows more."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


def _column(name: str) -> str:
    return f'tickets."{name}"'


def _json_path(name: str) -> str:
    if '"' in name or "\\" in name:
        raise UsageProblem("query.unsearchable", name=name, column=1, text=name)
    return f'$."{name}"'


def _required_words(tree: Node) -> tuple[str | None, Node]:
    """The MATCH expression that every result must fit, and the rest of the conditions."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    expressions: list[str] = []
    rest: list[Node] = []
    for part in parts:
        expression = None
        if isinstance(part, Words):
            expression = match_expression(part.text, phrase=part.phrase)
        if expression is None:
            rest.append(part)
        else:
            expressions.append(f"({expression})")
    if not expressions:
        return None, tree
    return " AND ".join(expressions), And(tuple(rest)) if rest else Everything()
