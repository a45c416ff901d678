"""Who is no agent any more and still has unfinished tickets: nobody would look at those."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tkt.domain.workflow import UNFINISHED
from tkt.errors import BadData
from tkt.storage.layout import TEAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.settings import Settings
    from tkt.storage.desk import Desk

_LEFT = (
    "SELECT assignee, count(*) FROM tickets INDEXED BY tickets_unfinished"
    f" WHERE state IN ({', '.join(map(repr, UNFINISHED))}) AND assignee IS NOT NULL"
    " AND assignee NOT IN (SELECT value FROM json_each(?)) GROUP BY assignee ORDER BY assignee"
)


def faults(desk: Desk, settings: Settings) -> Iterator[BadData]:
    """A caution for each of them; where the desk lists no agents, anybody may have tickets."""
    if not settings.agents:
        return
    known = json.dumps([agent.id for agent in settings.agents])
    for who, count in desk.index.select(_LEFT, (known,)):
        yield BadData("check.left", path=TEAM, who=who, count=count)
