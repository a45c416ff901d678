"""Which course, item of the checklist or person is meant, and who may say something of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import NotFound, Refused
from tkt.services import naming
from tkt.services.permitting import check_may, leads_before

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.settings import Agent, Settings
    from tkt.domain.training.course import Course, Item
    from tkt.domain.training.standing import Training


def course_named(training: Training, text: str) -> Course:
    """The course that ``text`` names or labels."""
    if not training.courses:
        raise NotFound("training.no_courses")
    known = {one.id: (one.zh, one.en) for one in training.courses.values()}
    return training.courses[naming.nearest("course", text, known)]


def item_named(training: Training, text: str) -> Item:
    """The item of the checklist that ``text`` names or labels."""
    if not training.checklist:
        raise NotFound("training.no_checklist")
    known = {one.id: (one.zh, one.en) for one in training.checklist.values()}
    return training.checklist[naming.nearest("item", text, known)]


def agent_of(settings: Settings, who: str | None, *, me: str) -> Agent:
    """Somebody of the team: the one named, or (None) oneself; NotFound for anybody else."""
    name = naming.person_named(settings, who, me=me) if who is not None else me
    found = next((agent for agent in settings.agents if agent.id == name), None)
    if found is None:
        raise NotFound("training.not_agent", agent=name)
    return found


def check_each(settings: Settings, me: str, agents: Iterable[Agent]) -> None:
    """Refused where one of them is somebody else, and one leads no team."""
    for agent in agents:
        check_may(settings, me, agent.id)


def check_leads(settings: Settings, me: str) -> None:
    """Refused for who leads no team; where nobody leads, everybody may."""
    if leads := leads_before(settings, me):
        raise Refused("training.by_lead", leads=", ".join(leads))
