"""How often each canned reply is used, by whom, and what came of it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from tkt.domain.replies.outcomes import outcome_of
from tkt.services.history import bound
from tkt.services.replies.finding import every

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.replies.outcomes import Outcome
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.services.replies.finding import By
    from tkt.storage.desk import Desk

Row = dict[str, Any]
_USES = (
    "SELECT slug, id, event, by FROM article_uses JOIN tickets USING (num)"
    " WHERE do = 'reply' AND slug >= 'reply/' AND slug < 'reply0' AND at >= ? ORDER BY num"
)


def since(text: str | None, settings: Settings, *, now: datetime) -> datetime | None:
    """From when on uses count; all of them where nobody says."""
    return None if text is None else bound(text, now=now, tz=settings.zone, end=False)


def stats(desk: Desk, by: By, *, since: datetime | None) -> list[Row]:
    """A row for each reply that somebody may use and for each that was used, the busiest first."""
    titles = {reply.slug: reply.title for reply in every(desk, by)}
    rows = {slug: _row(slug, title) for slug, title in titles.items()}
    ticket: Ticket | None = None
    start = int(since.timestamp()) if since else 0
    for slug, ticket_id, event, agent in list(desk.index.select(_USES, (start,))):
        if ticket is None or ticket.id != ticket_id:
            ticket = desk.ticket(ticket_id)
        category_of = partial(desk.plan.category, ticket.fields.get("workflow"))
        outcome = outcome_of(ticket, event, category_of)
        if outcome is not None:
            _count(rows.setdefault(slug, _row(slug, None)), agent, outcome)
    for row in rows.values():
        row["by"] = dict(Counter(row["by"]).most_common())
        row["ratings"] = dict(Counter(row["ratings"]).most_common())
    return sorted(rows.values(), key=lambda row: (-row["uses"], row["name"]))


def _row(slug: str, title: str | None) -> Row:
    """A reply that nobody has used yet; ``title`` None where it is not there, or not theirs."""
    return {
        "name": slug.partition("/")[2], "title": title, "uses": 0, "wrote_again": 0, "resolved": 0,
        "reopened": 0, "ratings": [], "by": [],
    }  # fmt: skip


def _count(row: Row, agent: str, outcome: Outcome) -> None:
    row["uses"] += 1
    row["by"].append(agent)
    for name in ("wrote_again", "resolved", "reopened"):
        row[name] += int(getattr(outcome, name))
    if outcome.rating is not None:
        row["ratings"].append(outcome.rating)
