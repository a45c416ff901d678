"""Reading: one ticket, a page of a query, a full-text search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain import query as queries
from tkt.domain.fields import TIMELINE
from tkt.domain.query import And, Flag, Node, Not, Query, Words
from tkt.domain.query.tree import Compare, Or
from tkt.errors import NotFound, UsageProblem
from tkt.services.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.errors import BadData
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Transaction

Row = dict[str, Any]

UNFINISHED = ("new", "open", "pending")
"""Categories of the states that ``tkt list`` shows when it is asked nothing."""


class Page(NamedTuple):
    """Some tickets: ``rows`` to be read once, ``total`` of all that fit if it was counted."""

    rows: Iterator[Row]
    total: int | None
    shown: int | None
    broken: list[BadData]


def row_of(desk: Desk, doc: Row, *, path: str, state: str, edited: bool) -> Row:
    """A ticket as JSON shows it: what the file says, and what is derived from it."""
    return {
        **doc,
        "path": path,
        "state_category": state,
        "sla": None,
        "next_due_at": None,
        "edited": edited,
        "contested": doc.get("contested", []),
    }


def show(desk: Desk, reference: str) -> Row:
    """One ticket."""
    ticket_id = desk.find(reference)
    found = next(
        desk.index.select(
            "SELECT docs.doc, path, state, blob FROM tickets JOIN docs USING (num) WHERE id = ?",
            (ticket_id,),
        ),
        None,
    )
    if found is None:
        raise NotFound("ticket.none", id=reference)
    doc, path, state, blob = found
    return row_of(desk, json.loads(doc), path=path, state=state, edited=desk.is_edited(path, blob))


def saved_row(desk: Desk, ticket_id: str) -> Row:
    """One ticket just written, as JSON shows it."""
    return show(desk, ticket_id)


def read_query(
    desk: Desk,
    text: str,
    *,
    now: datetime,
    me: str | None,
    sort: str | None = None,
    limit: int | None = None,
    page: int | None = None,
) -> Query:
    """A bound query; options win over what the text says. UsageProblem points into the text."""
    settings = desk.settings
    text = f"{text} sort:{sort}" if sort else text
    own: list[str] = []
    while True:
        try:
            query = queries.read(
                text, vocabulary=vocabulary(settings, own), now=now, tz=settings.zone, me=me
            )
        except UsageProblem as problem:
            name = problem.params.get("name")
            if (
                problem.key == "query.unknown_field"
                and isinstance(name, str)
                and name not in own
                and desk.index.has_field(name)
            ):
                own.append(name)
                continue
            raise
        return query._replace(
            limit=query.limit if limit is None else limit or None, page=page or query.page
        )


def find(
    desk: Desk, query: Query, *, now: datetime, limit: int | None = None, count: bool = False
) -> Page:
    """A page of what a bound query finds; ``limit`` serves where the query names none."""
    from tkt.storage.search import select, to_sql

    tree = query.tree
    if tree == queries.Everything():
        tree = Compare("state", "in", UNFINISHED, 1)
    query = query._replace(tree=_without_all(tree))
    flagged = {"edited": _edited(desk)} if _mentions(query.tree, "edited") else {}
    columns = "tickets.num, tickets.path, tickets.state, tickets.blob"
    statement, params = select(query, now=now, columns=columns, limit=limit, flagged=flagged)
    total = None
    if count:
        where, its_params = to_sql(query.tree, now=now, flagged=flagged)
        total = int(
            next(desk.index.select(f"SELECT count(*) FROM tickets WHERE {where}", its_params))[0]
        )
    return Page(_rows(desk, statement, params), total, query.limit or limit, desk.index.broken())


def _rows(desk: Desk, statement: str, params: list[Any]) -> Iterator[Row]:
    # The page is found first: its order needs no documents, which are large.
    for num, path, state, blob in list(desk.index.select(statement, params)):
        doc = next(desk.index.select("SELECT doc FROM docs WHERE num = ?", (num,)))[0]
        yield row_of(
            desk, json.loads(doc), path=path, state=state, edited=desk.is_edited(path, blob)
        )


def broken_row(fault: BadData, message: str) -> Row:
    """A file that is no ticket, as an item of a list."""
    from tkt.domain.ids import id_in_path

    return {
        "id": id_in_path(fault.path),
        "path": fault.path,
        "broken": {"line": fault.line, "column": fault.column, "message": message},
    }


def search(
    desk: Desk,
    words: str,
    *,
    now: datetime,
    sort: str | None,
    limit: int | None,
    page: int | None,
    count: bool = False,
) -> Page:
    """Tickets with all of ``words`` in their text, the newest first; nothing is an operator."""
    if not words.strip():
        raise UsageProblem("search.nothing")
    query = read_query(desk, "", now=now, me=None, sort=sort, limit=limit, page=page)
    wanted = query._replace(tree=Words(words, phrase=False, column=1))
    return find(desk, wanted, now=now, limit=limit, count=count)


def matching_ids(desk: Desk, run: Transaction, text: str, *, now: datetime, me: str) -> list[str]:
    """The ids of all tickets that a query finds, for commands that act on many."""
    from tkt.storage.search import select

    query = read_query(desk, text, now=now, me=me)
    query = query._replace(tree=_without_all(query.tree))
    flagged = {"edited": _edited(desk)} if _mentions(query.tree, "edited") else {}
    statement, params = select(query, now=now, columns="tickets.id", flagged=flagged)
    return [row[0] for row in desk.index.select(statement, params)]


def excerpt(row: Row, words: str, cells: int = 60) -> str:
    """The place in a ticket's text where one of the words stands, with a little around it."""
    texts: list[str] = [event["text"] for event in row.get(TIMELINE, ()) if event.get("text")]
    for word in words.split():
        for text in texts:
            at = text.casefold().find(word.casefold().strip('"“”'))
            if at >= 0:
                start = max(0, at - cells // 3)
                return ("…" if start else "") + text[start : start + cells]
    return ""


def _edited(desk: Desk) -> set[int]:
    from tkt.domain.ids import id_in_path, number_of

    ids = (id_in_path(path) for path, _ in desk.tree.edited_files("tickets", "archive"))
    return {number_of(ticket_id) for ticket_id in ids if ticket_id}


def _mentions(node: Node, flag: str) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_mentions(part, flag) for part in parts)
        case Not(part):
            return _mentions(part, flag)
        case Flag(name):
            return name == flag
        case _:
            return False


def _without_all(node: Node) -> Node:
    """The flag ``all`` is true of every ticket; saying it is what makes a query say something."""
    match node:
        case And(parts):
            return And(tuple(_without_all(part) for part in parts))
        case Or(parts):
            return Or(tuple(_without_all(part) for part in parts))
        case Not(part):
            return Not(_without_all(part))
        case Flag("all"):
            return queries.Everything()
        case _:
            return node
