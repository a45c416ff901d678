"""Who may say something of other people: they themselves, and whoever leads a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.settings import Settings


def check_may(settings: Settings, me: str, *agents: str) -> None:
    """Refused where it is neither about oneself nor said by a lead; where nobody leads, all may."""
    leads = sorted({team.lead for team in settings.teams if team.lead})
    if leads and me not in (*agents, *leads):
        raise Refused("people.not_yours", agent=", ".join(agents), leads=", ".join(leads))
