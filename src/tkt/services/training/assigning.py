"""Courses for people, until a day; and the checklist of new colleagues, ticked by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.domain.training.course import parse_days
from tkt.domain.training.record import ASSIGN, TICK, UNTICK
from tkt.errors import UsageProblem
from tkt.services import naming
from tkt.services.training import keeping
from tkt.services.training.naming import agent_of, check_each, check_leads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tkt.domain.settings import Agent, Settings
    from tkt.domain.training.course import Course, Item
    from tkt.domain.training.standing import Training
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved


def people(settings: Settings, names: Sequence[str], *, team: str | None, me: str) -> list[Agent]:
    """Those who are named, and all of a team, each once."""
    found = [agent_of(settings, name, me=me) for name in names]
    if team is not None:
        found += settings.members(naming.team_named(settings, team))
    if not found:
        raise UsageProblem("training.whom")
    return list({agent.id: agent for agent in found}.values())


def assign(
    desk: Desk,
    training: Training,
    course: Course,
    agents: Sequence[Agent],
    *,
    within: str | None,
    acting: Acting,
) -> tuple[date, list[Agent], list[Saved]]:
    """(until when, who has it now and had it not so before, what was recorded)."""
    check_leads(desk.settings, acting.by)
    try:
        days = parse_days(within) if within is not None else course.within
    except ValueError as error:
        raise UsageProblem("training.bad_days", value=within) from error
    due = training.day(acting.at) + timedelta(days=days)
    deeds, new = [], []
    for agent in agents:
        known = training.assigned(agent.id, course.id)
        if known is not None and known["due"] == due.isoformat():
            continue
        entry = keeping.entry(ASSIGN, acting, course=course.id, due=due.isoformat())
        subject = f"assign course {course.id} to {agent.id} until {due}"
        deeds.append(keeping.Deed(agent.id, [entry], subject))
        new.append(agent)
    return due, new, keeping.keep(desk, deeds, action="train", acting=acting)


def tick(
    desk: Desk,
    training: Training,
    items: Sequence[Item],
    *,
    agent: Agent,
    undo: bool,
    acting: Acting,
) -> tuple[list[Item], list[Saved]]:
    """(the items that are ticked now and were not before, what was recorded)."""
    check_each(desk.settings, acting.by, [agent])
    ticked = training.ticked(agent.id)
    changed = [item for item in dict.fromkeys(items) if (item.id in ticked) == undo]
    if not changed:
        return [], []
    do = UNTICK if undo else TICK
    entries = [keeping.entry(do, acting, item=item.id) for item in changed]
    subject = f"{do} {', '.join(item.id for item in changed)} of {agent.id}"
    deed = keeping.Deed(agent.id, entries, subject)
    return changed, keeping.keep(desk, [deed], action="train", acting=acting)
