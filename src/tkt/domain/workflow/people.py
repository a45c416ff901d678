"""Whom a workflow means: agents, teams, the lead of a ticket's team, the ticket's agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.custom.field import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket

ROLES = {"lead": Label("组长", "the lead"), "assignee": Label("负责人", "its agent")}
"""Words that stand for whoever has the part on a ticket."""


def is_one_of(settings: Settings, ticket: Ticket, named: Iterable[str], by: str) -> bool:
    """Whether ``by`` is among those named; where team.yaml lists nobody, anybody is."""
    return not settings.agents or any(_is(settings, ticket, name, by) for name in named)


def those(settings: Settings, ticket: Ticket, named: Iterable[str]) -> set[str]:
    """The agents who are among those named."""
    names = list(named)
    ids = (agent.id for agent in settings.agents)
    return {by for by in ids if any(_is(settings, ticket, name, by) for name in names)}


def _is(settings: Settings, ticket: Ticket, name: str, by: str) -> bool:
    if name == "assignee":
        return bool(ticket.fields.get("assignee") == by)
    if name == "lead":
        return by in _leads(settings, ticket.fields.get("team"))
    return name == by or any(agent.id == by for agent in settings.members(name))


def _leads(settings: Settings, team: str | None) -> set[str]:
    """The lead of a team; of a ticket that no lead is responsible for, every lead."""
    leads = {each.id: each.lead for each in settings.teams if each.lead}
    return {leads[team]} if team in leads else set(leads.values())


def people(settings: Settings, named: Iterable[str]) -> Label:
    """Those named as people call them."""
    labels = [ROLES.get(name) or Label.plain(_called(settings, name)) for name in named]
    return Label("、".join(each.zh for each in labels), ", ".join(each.en for each in labels))


def _called(settings: Settings, name: str) -> str:
    agent = next((each for each in settings.agents if each.id == name), None)
    team = next((each for each in settings.teams if each.id == name), None)
    return agent.name if agent else team.name if team else name
