"""A timer that is ripe becomes an event: dated when it was due, made once on whatever clone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.actions.moving import VERBS, worked_in
from tkt.domain.actions.owning import upwards
from tkt.domain.change import Change, summary_of
from tkt.domain.fields import PRIORITIES, alike, listed
from tkt.domain.routing.needs import need_of, team_of
from tkt.domain.routing.rule import routing_of
from tkt.domain.sweeping import SWEEP
from tkt.domain.ticket import Event, fold
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from tkt.domain.settings import Settings
    from tkt.domain.sweeping.ladder import Rung
    from tkt.domain.sweeping.timer import Timer
    from tkt.domain.ticket import Ticket
    from tkt.domain.workflow import Workflow
    from tkt.errors import Refused

_RANKS = tuple(PRIORITIES)
_OWNERS = frozenset({"assignee", "lead", "team"})
"""Those who are told because a ticket is theirs."""


class Deed(NamedTuple):
    """What a timer does: the word for it, the fields as they are to be, who is told, and why."""

    do: str
    wanted: Mapping[str, Any]
    tell: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    about: Mapping[str, Any] = {}
    why: str | None = None
    rule: str = ""


def fired(
    ticket: Ticket, timer: Timer, *, flow: Workflow, settings: Settings, now: datetime
) -> Change:
    """What a ripe timer does to a ticket; ``now`` is when it was noticed.

    It counts from when it was due, and does what it would have done then: a later change of the
    same field stands.
    """
    before = _before(ticket, timer, settings.zone)
    deed = _deed(ticket, timer, before, flow, settings)
    return _made(ticket, timer, deed, flow, settings, now)


def blocked(
    ticket: Ticket,
    timer: Timer,
    refused: Refused,
    *,
    flow: Workflow,
    settings: Settings,
    now: datetime,
) -> Change:
    """In the place of an automatic move that a rule forbids: somebody is told of it."""
    before = _before(ticket, timer, settings.zone)
    rule = str(refused.params.get("rule", ""))
    about = {"rung": "blocked", "asks": rule} if rule else {"rung": "blocked"}
    tell = told(("assignee",), before, settings)
    deed = Deed("remind", {}, tell, about=about, rule=_upkeep("auto_move"))
    return _made(ticket, timer, deed, flow, settings, now)


def _before(ticket: Ticket, timer: Timer, zone: tzinfo) -> dict[str, Any]:
    """The fields as they were when a timer was due."""
    order = (datetime.fromtimestamp(timer.at, zone), timer.event_id)
    return fold([event for event in ticket.events if event.order < order])


def _made(
    ticket: Ticket,
    timer: Timer,
    deed: Deed,
    flow: Workflow,
    settings: Settings,
    now: datetime,
) -> Change:
    """The event of a deed: it counts from when it was due."""
    zone = settings.zone
    at, before = datetime.fromtimestamp(timer.at, zone), _before(ticket, timer, zone)
    sets = {n: v for n, v in deed.wanted.items() if not alike(before.get(n), v)}
    tags = [tag for tag in deed.tags if tag not in listed(before.get("tags"))]
    data: dict[str, Any] = {
        "id": timer.event_id,
        "at": at.isoformat(),
        "by": SWEEP,
        "do": deed.do,
        **({"set": sets} if sets else {}),
        **({"add": {"tags": tags}} if tags else {}),
        **({"tell": list(deed.tell)} if deed.tell else {}),
        **deed.about,
        "rule": f"workflows/{flow.name}.yaml#{deed.rule}",
        "noticed_at": now.astimezone(zone).isoformat(timespec="seconds"),
        **({"why": deed.why} if deed.why else {}),
    }
    event = Event(data, at)
    tail = " ".join(filter(None, (summary_of(sets), _about_line(deed))))
    return Change(
        deed.do, ticket, ticket.after(event), (event,), tail=tail,
        reason=_explained(timer, deed, zone), rule=data["rule"],
    )  # fmt: skip


def _about_line(deed: Deed) -> str:
    return " ".join(str(deed.about[name]) for name in ("clock", "rung") if name in deed.about)


def _explained(timer: Timer, deed: Deed, zone: tzinfo) -> str:
    """Why, for the commit: what was due, since when, and who is told."""
    since = datetime.fromtimestamp(timer.since, zone).isoformat()
    due = datetime.fromtimestamp(timer.at, zone).isoformat()
    what = " ".join(filter(None, (timer.clock, timer.rung.name if timer.rung else timer.kind)))
    target = f" of {timer.target_s}s" if timer.target_s is not None else ""
    told = f"; told: {', '.join(deed.tell)}" if deed.tell else ""
    why = f"; {deed.why}" if deed.why else ""
    return f"{what}{target}, counted since {since}, was due {due}{told}{why}."


def _deed(
    ticket: Ticket, timer: Timer, fields: Mapping[str, Any], flow: Workflow, settings: Settings
) -> Deed:
    if timer.rung is not None:
        return _rung(timer, timer.rung, fields, settings)
    if timer.kind == "promise":
        tell = told(("assignee",), fields, settings)
        return Deed("remind", {}, tell, about={"rung": "promise"}, rule="promise")
    if timer.kind == "wait":
        return _wait(ticket, fields, flow, settings)
    if timer.kind == "fallback":
        return _fallback(timer, fields, flow, settings)
    if timer.kind == "move":
        assert timer.move is not None
        to = flow.state(timer.move.to)
        verb = VERBS.get(to.category, "move") if to else "move"
        wanted = {"status": timer.move.to, "until": None}
        return Deed(verb, wanted, why=timer.move.why, rule=_upkeep("auto_move"))
    if timer.kind == "survey":
        return Deed("invite", {}, rule=_upkeep("survey"))
    at = datetime.fromtimestamp(timer.at, settings.zone).isoformat()
    return Deed("archive", {"archived": at}, rule=_upkeep("archive"))


def _upkeep(key: str) -> str:
    """Where a workflow's file says it."""
    return f"automation.{key}"


def _wait(ticket: Ticket, fields: Mapping[str, Any], flow: Workflow, settings: Settings) -> Deed:
    """Work goes on where it was before the waiting, as it does when the customer speaks."""
    tell = told(("assignee",), fields, settings)
    about = {"rung": "wait"}
    opening = worked_in(ticket, flow)
    if opening is None or flow.rules.data.get("automation", {}).get("wait_over") == "remind":
        return Deed("remind", {}, tell, about=about, rule=_upkeep("wait_over"))
    wanted = {"status": opening.name, "until": None}
    return Deed("move", wanted, tell, about=about, rule=_upkeep("wait_over"))


def _fallback(timer: Timer, fields: Mapping[str, Any], flow: Workflow, settings: Settings) -> Deed:
    """Nobody was found for it: another team has it from now on, and the leads of both are told.

    A team that has nobody does not get it: there it would wait for ever.
    """
    routing = routing_of(flow)
    assert routing is not None
    assert routing.fallback is not None
    fallback = routing.fallback
    team = team_of(need_of(fields), routing, settings)
    known = settings.team(team) if team else None
    to = fallback.team or (known.parent if known else None)
    told_of = ({**fields, "team": name} for name in (team, to) if name is not None)
    tell = [who for each in told_of for who in told(fallback.tell, each, settings)]
    tell = tell or [*told(fallback.tell, fields, settings)]
    stays = to is None or to == fields.get("team") or not settings.members(to)
    wanted = {} if stays else {"team": to}
    do = "escalate" if wanted else "remind"
    told_once = tuple(dict.fromkeys(tell))
    return Deed(do, wanted, told_once, about={"rung": timer.kind}, rule=f"routing.{timer.kind}")


def _rung(timer: Timer, rung: Rung, fields: Mapping[str, Any], settings: Settings) -> Deed:
    wanted: dict[str, Any] = {}
    if rung.priority:
        wanted["priority"] = _raised(fields.get("priority"), rung.priority)
    if rung.level:
        wanted["level"] = min(int(fields.get("level", 1)) + 1, 99)
    if rung.assign == "lead" and rung.level:
        above = upwards(fields, settings)
        wanted.update(above.fields if above is not None else {})
    elif rung.assign:
        wanted.update(_owner(rung.assign, fields, settings))
    about = {
        **({"clock": timer.clock} if timer.clock else {}),
        "rung": rung.name,
        "since": datetime.fromtimestamp(timer.since, settings.zone).isoformat(),
    }
    do = "escalate" if rung.escalates else "remind"
    tell = told(rung.tell, fields, settings)
    return Deed(do, wanted, tell, rung.tags, about, rule=f"escalation.{rung.name}")


def _raised(held: object, to: str) -> str:
    """One step up, and never past the top; or to what is named, if that is higher."""
    rank = _RANKS.index(str(held)) if held in _RANKS else _RANKS.index("normal")
    if to == "up":
        return _RANKS[min(rank + 1, len(_RANKS) - 1)]
    return _RANKS[max(rank, _RANKS.index(to))]


def _owner(name: str, fields: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Whose it becomes: the lead's, an agent's, or a team's."""
    if name == "lead":
        lead = _lead(fields, settings)
        return {"assignee": lead} if lead else {}
    if agent := settings.agent(name):
        return {"assignee": agent.id}
    if team := settings.team(name):
        held = settings.agent(str(fields.get("assignee", "")))
        stays = held is not None and team.id in held.teams
        return {"team": team.id, **({} if stays else {"assignee": None})}
    return {}


def _lead(fields: Mapping[str, Any], settings: Settings) -> str | None:
    team = settings.team(str(fields.get("team", "")))
    return team.lead if team else None


def told(names: tuple[str, ...], fields: Mapping[str, Any], settings: Settings) -> tuple[str, ...]:
    """Who is told: agents by id, teams as ``team:<id>``; each once.

    Where a ticket has no agent, what was for the agent is for the lead, or else for the team; where
    it has no team either, for the leads of all teams, so that somebody hears of it.
    """
    found: list[str] = []
    for name in names:
        found += _named(name, fields, settings)
    if not found and not fields.get("team") and not _OWNERS.isdisjoint(names):
        found += [team.lead for team in settings.teams if team.lead]
    return tuple(dict.fromkeys(found))


def _named(name: str, fields: Mapping[str, Any], settings: Settings) -> list[str]:
    team = fields.get("team")
    group = [f"team:{team}"] if team else []
    lead = _lead(fields, settings)
    if name == "assignee":
        held = fields.get("assignee")
        return [str(held)] if held else [lead] if lead else group
    if name == "lead":
        return [lead] if lead else group
    if name == "team":
        return group
    if name == "watchers":
        return list(map(str, listed(fields.get("watchers"))))
    if agent := settings.agent(name):
        return [agent.id]
    known = settings.team(name.removeprefix("team:"))
    return [f"team:{known.id}"] if known else []
