"""Lists of tickets on a stream: rows, files that are no tickets, and how many more there are."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tkt.cli.out import sentence
from tkt.render.views import tickets
from tkt.services import looking, querying
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.cli.env import Env
    from tkt.domain.query import Query
    from tkt.services.querying import Page


def list_tickets(
    env: Env, words: Sequence[str], *, sort: str | None, limit: int | None, page: int | None
) -> None:
    """Print what a query finds."""
    query = querying.read_query(
        env.desk,
        " ".join(words),
        now=env.now,
        me=env.query_me(words),
        sort=sort,
        limit=limit,
        page=page,
    )
    _show_found(env, query, limit)


def list_view(
    env: Env,
    name: str,
    words: Sequence[str],
    *,
    sort: str | None,
    limit: int | None,
    page: int | None,
) -> None:
    """Print what a view finds, narrowed down by a query."""
    from tkt.services import views

    me = env.acting.by
    view = views.named(env.desk, name, me).view
    query = views.read(
        env.desk, view, " ".join(words), now=env.now, me=me, sort=sort, limit=limit, page=page
    )
    _show_found(env, query, limit, columns=view.columns)


def _show_found(
    env: Env, query: Query, limit: int | None, *, columns: tuple[str, ...] = ()
) -> None:
    most = env.default_limit(limit, page=query.page)
    found = querying.find(
        env.desk,
        query,
        now=env.now,
        limit=most,
        count=env.is_for_people,
        clocks=env.chosen_format in ("json", "jsonl"),
    )
    show_page(env, found, columns=columns)


def show_page(
    env: Env, page: Page, *, words: str | None = None, columns: tuple[str, ...] = ()
) -> None:
    """Print a page; broken files are named on stderr and, as items with ``broken``, in JSON."""
    for fault in page.broken:
        env.out.warn(fault)
    look = env.chosen_format
    if look in ("json", "jsonl"):
        broken = (looking.broken_row(fault, sentence(fault)) for fault in page.broken)
        env.show(tickets.table(chain(page.rows, broken), env.settings, look))
        return
    if not env.is_for_people:
        table = tickets.table(page.rows, env.settings, look, columns=columns, asked=page.asked)
        env.show(table)
        return
    rows = list(page.rows)
    if words is not None:
        rows = [
            {**row, "excerpt": tickets.found(looking.excerpt(row, words), words)} for row in rows
        ]
    notes: tuple[str, ...] = ()
    if page.total is not None and page.total > len(rows):
        notes = (say("list.more", shown=len(rows), total=page.total),)
    if not rows:
        env.out.say("list.empty")
        return
    table = tickets.table(rows, env.settings, look, columns=columns, asked=page.asked, notes=notes)
    env.show(table, long=True)
