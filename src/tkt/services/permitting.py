"""Who may say something of other people: they themselves, and whoever leads a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import Refused

if TYPE_CHECKING:
    from tkt.domain.settings import Settings


def leads_before(settings: Settings, me: str) -> list[str]:
    """Those who may do what is for leads, where ``me`` may not; where nobody leads, all may."""
    leads = sorted({team.lead for team in settings.teams if team.lead})
    return [] if me in leads else leads


def check_may(settings: Settings, me: str, *agents: str) -> None:
    """Refused where it is neither about oneself nor said by a lead; where nobody leads, all may."""
    leads = leads_before(settings, me)
    if leads and me not in agents:
        raise Refused("people.not_yours", agent=", ".join(agents), leads=", ".join(leads))
