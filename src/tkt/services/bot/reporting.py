"""What the bot did, out of the timelines of the tickets on which it spoke."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tkt.domain.bot.memory import BOT, HANDOVER, HELPED, UNSURE
from tkt.domain.bot.tally import Tally, tally
from tkt.domain.ticket import Ticket

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.storage.desk import Desk

_THEIRS = (BOT, HANDOVER, HELPED, UNSURE)


def report(desk: Desk, *, since: datetime | None) -> Tally:
    """What the bot did since a time, None: ever."""
    at = int(since.timestamp()) if since else 0
    sql = (
        "SELECT doc FROM docs WHERE num IN ("
        "SELECT num FROM events WHERE at >= ? AND do IN (?, ?, ?, ?)"
        # A proposal is a draft with an article; what came of it names the draft.
        " UNION SELECT num FROM article_uses WHERE at >= ? AND do IN ('draft', 'reply')"
        ") ORDER BY num"
    )
    rows = desk.index.select(sql, (at, *_THEIRS, at))
    return tally((Ticket.of(json.loads(doc)) for (doc,) in rows), since)
