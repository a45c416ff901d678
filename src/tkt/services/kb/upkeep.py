"""Which articles need a person: those that nobody has touched, looked over, or used for long."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.kb.article import STATUSES
from tkt.domain.kb.outcomes import outcome
from tkt.named import NamedTuple
from tkt.services.kb.finding import find
from tkt.services.kb.looking import SERVED, every
from tkt.services.kb.versions import last_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.storage.desk import Desk

Row = dict[str, Any]


class Use(NamedTuple):
    """One article that served one ticket; ``helped`` is None where it is not known yet."""

    slug: str
    ticket: str
    at: int
    do: str
    by: str
    helped: bool | None


def stale(desk: Desk, *, days: int, now: datetime) -> list[Row]:
    """Published articles unchanged for so many days, to be looked over, or of no use for long."""
    since = now - timedelta(days=days)
    articles = every(desk)
    changes = last_changes(desk, [one.path for one in articles])
    used = _counted(desk, since)
    today = now.astimezone(desk.settings.zone).date().isoformat()
    rows = []
    for article in articles:
        changed = changes.get(article.path)
        old = changed is not None and changed < since
        why = [name for name, holds in (
            ("unchanged", old),
            ("review", article.review is not None and article.review < today),
            ("unused", old and article.kind != "training" and not used[article.slug]),
        ) if holds]  # fmt: skip
        if why:
            at = changed.astimezone(desk.settings.zone) if changed else None
            rows.append({
                "slug": article.slug, "path": article.path, "title": article.title,
                "owner": article.owner, "changed": at, "review": article.review,
                "used": used[article.slug], "why": why,
            })  # fmt: skip
    return sorted(rows, key=lambda one: (one["changed"] is None, one["changed"], one["slug"]))


def _counted(desk: Desk, since: datetime) -> Counter[str]:
    """In how many tickets each article served since then."""
    sql = (
        "SELECT slug, count(DISTINCT num) FROM article_uses WHERE at >= ?"
        f" AND {SERVED} GROUP BY slug"
    )
    return Counter(dict(desk.index.select(sql, (int(since.timestamp()),))))


def used(desk: Desk, reference: str | None, *, since: datetime | None) -> list[Row]:
    """What each article served for since then, the most used first; or just one, if named."""
    slug = None if reference is None else find(desk, reference).slug
    found: dict[str, list[Use]] = {} if slug is None else {slug: []}
    for use in uses(desk, slug=slug, since=since):
        found.setdefault(use.slug, []).append(use)
    names = {one.slug: one.title for one in every(desk, statuses=STATUSES)}
    rows = [_used_row(desk, name, names.get(name), each) for name, each in found.items()]
    return sorted(rows, key=lambda one: (-one["tickets"], one["slug"]))


def _used_row(desk: Desk, slug: str, title: str | None, found: list[Use]) -> Row:
    zone = desk.settings.zone
    by_ticket: dict[str, bool | None] = {}
    for use in found:
        by_ticket[use.ticket] = use.helped
    counts = Counter(by_ticket.values())
    last = max((use.at for use in found), default=None)
    return {
        "slug": slug, "title": title, "uses": len(found), "tickets": len(by_ticket),
        "helped": counts[True], "not_helped": counts[False], "unknown": counts[None],
        "last": None if last is None else datetime.fromtimestamp(last, zone),
        "by": dict(Counter(use.do for use in found).most_common()),
    }  # fmt: skip


def uses(desk: Desk, *, slug: str | None = None, since: datetime | None = None) -> Iterator[Use]:
    """Every use of articles since then, with whether it helped."""
    where: list[str] = [SERVED]
    params: list[Any] = []
    if slug is not None:
        where.append("slug = ?")
        params.append(slug)
    if since is not None:
        where.append("at >= ?")
        params.append(int(since.timestamp()))
    sql = (
        "SELECT slug, tickets.id, at, event, do, by FROM article_uses JOIN tickets USING (num)"
        f" WHERE {' AND '.join(where)} ORDER BY num, at, event, slug"
    )
    ticket = None
    for name, ticket_id, at, event, do, by in list(desk.index.select(sql, params)):
        if ticket is None or ticket.id != ticket_id:
            ticket = desk.ticket(ticket_id)
        flow = desk.settings.flow(ticket.fields.get("workflow"))
        helped = outcome(ticket, event, name, flow.is_over)
        yield Use(name, ticket_id, at, do, by, helped)
