"""What the knowledge base lacks: questions that nobody's article answers, and answers that fail."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tkt.domain.facts import CUSTOMER
from tkt.domain.kb.clusters import Cluster, Question, clustered
from tkt.domain.plaintext import one_line
from tkt.named import NamedTuple
from tkt.services.kb.looking import titles
from tkt.services.kb.searching import Filters, Searcher
from tkt.services.kb.upkeep import uses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tkt.storage.desk import Desk

ANSWERED = 0.35
"""From this score on a question counts as answered."""
_SHORTEST = 4
"""A first message with fewer characters (在吗) asks nothing: then the title is what was asked."""
_LONGEST = 300
_MOST = 5000
"""So many tickets, the newest, are looked at."""
_SPAM = "spam"

Row = dict[str, Any]


class Gaps(NamedTuple):
    """Of ``asked`` questions the unanswered ones, by cluster; and articles that did not help."""

    asked: int
    unanswered: int
    clusters: list[Cluster]
    failing: list[Row]


def gaps(desk: Desk, *, since: datetime, below: float = ANSWERED, least: int = 1) -> Gaps:
    """What is asked since then and not answered; clusters with at least ``least`` tickets."""
    searcher = Searcher(desk)
    answered: dict[str, bool] = {}
    asked, open_ = 0, []
    for question in questions(desk, since):
        asked += 1
        for text in question.texts:
            if text not in answered:
                hits = searcher.search(text, Filters(), limit=1)
                answered[text] = bool(hits) and hits[0].score >= below
        if not any(answered[text] for text in question.texts):
            open_.append(question)
    found = [one for one in clustered(open_) if len(one.tickets) >= least]
    return Gaps(asked, len(open_), found, list(_failing(desk, since)))


def questions(desk: Desk, since: datetime) -> Iterator[Question]:
    """What customers asked first on each ticket opened since then."""
    sql = (
        "SELECT id, title, category FROM tickets WHERE opened >= ? AND merged_into IS NULL"
        " ORDER BY opened DESC, num DESC LIMIT ?"
    )
    for ticket_id, title, category in list(desk.index.select(sql, (int(since.timestamp()), _MOST))):
        if category == _SPAM:
            continue
        events = desk.ticket(ticket_id).events
        said = [e.text for e in events if e.do in ("open", "message") and e.by == CUSTOMER]
        if not said:
            continue  # a matter of colleagues among themselves
        first = next(filter(None, said), "")
        text = one_line(first or "")[:_LONGEST]
        texts = [text] if len(text) >= _SHORTEST else []
        yield Question(ticket_id, tuple(dict.fromkeys((*texts, one_line(title)))))


def _failing(desk: Desk, since: datetime) -> Iterator[Row]:
    """Articles that did not help, those that failed most first."""
    failed: dict[str, list[str]] = {}
    served: Counter[str] = Counter()
    for use in uses(desk, since=since):
        served[use.slug] += 1
        if use.helped is False and use.ticket not in failed.setdefault(use.slug, []):
            failed[use.slug].append(use.ticket)
    names = titles(desk, failed)
    for slug, tickets in sorted(failed.items(), key=lambda one: (-len(one[1]), one[0])):
        if tickets:
            yield {"slug": slug, "title": names.get(slug), "not_helped": len(tickets),
                   "uses": served[slug], "tickets": tickets}  # fmt: skip
