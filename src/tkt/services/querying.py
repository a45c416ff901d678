"""Finding tickets: a page of a query, a full-text search, the ids that a bulk command acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.ids import FOLDERS, id_in_path, number_of
from tkt.domain.query import And, Compare, Everything, Flag, Node, Not, Or, Query, Words
from tkt.domain.query.tree import leaves
from tkt.domain.routing.rule import routing_of
from tkt.domain.workflow import UNFINISHED
from tkt.errors import UsageProblem
from tkt.named import NamedTuple
from tkt.services.looking import COLUMNS, Found, Row, rows_of, with_reasons
from tkt.storage.search import select, to_sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.domain.custom.field import CustomField
    from tkt.domain.settings import Agent, Settings
    from tkt.errors import BadData
    from tkt.storage.desk import Desk


class Page(NamedTuple):
    """Some tickets: ``rows`` to be read once, ``total`` of all that fit if it was counted.

    ``asked`` are the desk's own fields that the query speaks of, or sorts by.
    """

    rows: Iterator[Row]
    total: int | None
    broken: list[BadData]
    asked: tuple[CustomField, ...] = ()


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
    if sort:
        order = _read(desk, f"sort:{sort}", now=now, me=me).sort
        query = _read(desk, text, now=now, me=me)._replace(sort=order)
    else:
        query = _read(desk, text, now=now, me=me)
    return query._replace(
        limit=query.limit if limit is None else limit or None, page=page or query.page
    )


def _read(desk: Desk, text: str, *, now: datetime, me: str | None) -> Query:
    """The bound query of a text, which may speak of fields that people added to tickets."""
    if not text.strip():
        return Query(Everything(), text=text)
    from tkt.domain.query.reading import read  # a list of everything needs neither
    from tkt.domain.vocabulary import vocabulary

    settings = desk.settings
    own: list[str] = []
    while True:
        words = vocabulary(settings, own)
        try:
            query = read(text, vocabulary=words, now=now, tz=settings.zone, me=me)
            return query._replace(tree=_as_known(desk, query.tree))
        except UsageProblem as problem:
            name = str(problem.params.get("name", ""))
            if problem.key != "query.unknown_field" or name in own:
                raise
            if not desk.index.has_field(name):
                raise
            own.append(name)


def _as_known(desk: Desk, node: Node) -> Node:
    """Customers are found by any contact and by name, tags by their labels."""
    match node:
        case And(parts):
            return And(tuple(_as_known(desk, part) for part in parts))
        case Or(parts):
            return Or(tuple(_as_known(desk, part) for part in parts))
        case Not(part):
            return Not(_as_known(desk, part))
        case Compare("customer", "in" | "contains", values):
            from tkt.services.customers.finding import known_as  # few queries ask for one

            known = dict.fromkeys(one for value in values for one in known_as(desk, str(value)))
            return Or((node, node._replace(op="in", values=tuple(known)))) if known else node
        case Compare("tags", "in", values):
            from tkt.services.customers.rules import ids_called

            known = dict.fromkeys(tag for value in values for tag in ids_called(desk, str(value)))
            return node._replace(values=tuple(known))
        case _:
            return node


def find(
    desk: Desk,
    query: Query,
    *,
    now: datetime,
    limit: int | None = None,
    count: bool = False,
    clocks: bool = True,
) -> Page:
    """A page of what a bound query finds; ``limit`` serves where the query names none.

    Without ``clocks`` its rows tell only when they are due next.
    """
    tree = query.tree
    if tree == Everything():
        tree = Compare("state", "in", UNFINISHED, 1)
    query = query._replace(tree=tree, limit=query.limit or limit)
    # The page is found first: its order needs no documents, which are large.
    found = [Found(*each) for each in _selected(desk, query, COLUMNS, now)]
    found = with_reasons(desk, found, now=now)
    total = counted(desk, query, now=now) if count else None
    rows = rows_of(desk, found, now=now, clocks=clocks)
    return Page(rows, total, desk.index.broken(), _asked(desk, query))


def _asked(desk: Desk, query: Query) -> tuple[CustomField, ...]:
    names = {leaf.field for leaf in leaves(query.tree) if isinstance(leaf, Compare)}
    names |= {key.field for key in query.sort}
    return tuple(field for field in desk.settings.fields if field.name in names)


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


def matching_ids(desk: Desk, text: str, *, now: datetime, me: str) -> list[str]:
    """The ids of all tickets that a query finds, for commands that act on many.

    UsageProblem for a query that says nothing: acting on everything takes saying ``all``.
    """
    query = read_query(desk, text, now=now, me=me)
    if query.tree == Everything():
        raise UsageProblem("bulk.no_query")
    return [row[0] for row in _selected(desk, query, "tickets.id", now)]


def to_hand_out(query: Query, settings: Settings, me: str) -> Query:
    """What a query finds of the tickets that ``tkt next`` hands to ``me``.

    Those without an agent that are to be worked on, of the teams of ``me`` or of no team, for which
    they have the skill and the level that the ticket's workflow asks for. How much ``me`` has to do
    is for ``me`` to say.
    """
    agent = settings.agent(me)
    parts: list[Node] = [Flag("unassigned", 1), Compare("state", "in", ("new", "open"), 1)]
    if agent and agent.teams:
        ours = Compare("team", "in", agent.teams, 1)
        parts.append(Or((ours, Compare("team", "null", (), 1))))
    if agent:
        parts += beyond(settings, agent)
    if query.tree != Everything():
        parts.append(query.tree)
    return query._replace(tree=And(tuple(parts)))


def beyond(settings: Settings, agent: Agent) -> Iterator[Node]:
    """What keeps tickets from somebody for which they lack the skill or the level.

    In a team that they lead no level is too high.
    """
    led = tuple(team.id for team in settings.teams if team.lead == agent.id)
    elsewhere: tuple[Node, ...] = (Not(Compare("team", "in", led, 1)),) if led else ()
    for flow in settings.workflows:
        routing = routing_of(flow)
        if routing is None:
            continue
        ours = Compare("workflow", "in", (flow.name,), 1)
        if any(agent.skills.get(name, 0) < level for name, level in routing.skills):
            yield Not(ours)
            continue
        lacking = tuple(
            category.name
            for category in settings.categories
            if any(agent.skills.get(name, 0) < level for name, level in category.skills.items())
        )
        if lacking:
            yield Not(And((ours, Compare("category", "in", lacking, 1))))
        yield Not(And((ours, Compare("level", ">", (agent.level,), 1), *elsewhere)))


def ids_of(desk: Desk, query: Query, *, now: datetime, limit: int) -> list[str]:
    """The ids of the first tickets that a bound query finds."""
    return [row[0] for row in _selected(desk, query._replace(limit=limit), "tickets.id", now)]


def counted(desk: Desk, query: Query, *, now: datetime) -> int:
    """How many tickets a bound query finds."""
    tree = _without_all(query.tree)
    flagged = {"edited": _edited(desk)} if _mentions(tree, "edited") else {}
    where, params = to_sql(tree, now=now, flagged=flagged)
    return int(next(desk.index.select(f"SELECT count(*) FROM tickets WHERE {where}", params))[0])


def matching_numbers(desk: Desk, text: str, *, now: datetime, me: str | None) -> list[int]:
    """The numbers of all tickets that a query finds, in its order; of all if it says nothing."""
    query = read_query(desk, text, now=now, me=me)
    return [row[0] for row in _selected(desk, query, "tickets.num", now)]


def _selected(desk: Desk, query: Query, columns: str, now: datetime) -> Iterator[tuple[Any, ...]]:
    query = query._replace(tree=_without_all(query.tree))
    flagged = {"edited": _edited(desk)} if _mentions(query.tree, "edited") else {}
    statement, params = select(query, now=now, columns=columns, flagged=flagged)
    return desk.index.select(statement, params)


def _edited(desk: Desk) -> set[int]:
    ids = (id_in_path(path) for path, _ in desk.tree.edited_files(*FOLDERS))
    return {number_of(ticket_id) for ticket_id in ids if ticket_id}


def _mentions(node: Node, flag: str) -> bool:
    return any(isinstance(leaf, Flag) and leaf.name == flag for leaf in leaves(node))


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
            return Everything()
        case _:
            return node
