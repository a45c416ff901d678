"""Whether a ticket's team is only what routing once made of a category that it no longer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.routing import ROUTER
from tkt.domain.routing.needs import need_of, team_of
from tkt.domain.routing.rule import routing_of
from tkt.domain.ticket import fields_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket


def outdated(ticket: Ticket, wanted: Mapping[str, Any], settings: Settings) -> bool:
    """Whether routing put a ticket to its team and means another one, once ``wanted`` is so.

    A team that a person, a rule or the ladder gave it stands, and so does one in whose place no
    team is meant.
    """
    if "team" not in ticket.fields or "team" in wanted:
        return False
    gave = next((each for each in reversed(ticket.events) if "team" in fields_set([each])), None)
    if gave is None or gave.by != ROUTER:
        return False
    fields = {**ticket.fields, **wanted, "team": None}
    routing = routing_of(settings.flow(fields.get("workflow")))
    meant = team_of(need_of(fields), routing, settings) if routing else None
    return meant not in (None, ticket.fields["team"])
