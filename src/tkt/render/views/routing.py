"""Who was given what, and why; and who else came into question."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.routing.because import Because
from tkt.domain.routing.wording import sentence
from tkt.domain.table import Card, Column, Section, Table
from tkt.domain.training.standing import Training
from tkt.render.views.reasons import because_text, veto_label
from tkt.render.views.tickets import agent_label, nobody_label
from tkt.render.views.training import named
from tkt.render.wording import span_text
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Event
    from tkt.domain.training.course import Course

Row = dict[str, Any]
_COLUMNS = (Column("id", "id"), Column("assignee", "name"), Column("reason"), Column("why"))
_FOR_PEOPLE = (Column("id", "id"), Column("assignee", "name"), Column("why"))
_CANDIDATES = (
    Column("agent", "name"), Column("load", "number"), Column("capacity", "number"),
    Column("lately", "number"), Column("veto"),
)  # fmt: skip

_FIGURES = (
    "given", "waiting", "wait_median", "wait_p90", "wait_most", "spread", "most", "least",
    "transfers", "returned",
)  # fmt: skip
_COMPARED = (Column("figure"), Column("was", "name"), Column("would", "name"))
_BY_AGENT = (Column("agent", "name"), Column("was", "number"), Column("would", "number"))


def row(routed: Any, failure: Mapping[str, Any] | None) -> Row:
    """One decision as plain data; ``failure`` is what hindered it."""
    decision = routed.decision
    told = {
        "id": routed.ticket_id,
        "ok": failure is None,
        "assignee": decision.agent,
        "team": decision.team,
        "reason": decision.reason,
        "why": decision.sentence,
        "because": decision.because.payload,
        "commit": routed.saved.commit if routed.saved else None,
        **(failure or {}),
    }
    if routed.candidates:
        told["candidates"] = candidates(routed.candidates)
    return told


def candidates(found: Iterable[Any]) -> list[Row]:
    """Everybody of the team as plain data, those against whom nothing speaks first."""
    return [
        {
            "agent": one.agent,
            "load": one.load,
            "capacity": one.capacity,
            "lately": one.given,
            "veto": one.veto,
            **({"courses": list(one.courses)} if one.courses else {}),
        }
        for one in found
    ]


def table(rows: list[Row], settings: Settings | None, *, dry_run: bool) -> Table:
    """Decisions, a line each; for people (with ``settings``) in their language."""
    notes = (say("bulk.dry_run"),) if dry_run else ()
    if settings is None:
        return Table(_COLUMNS, rows, notes=notes)
    return Table(_FOR_PEOPLE, [_worded(each, settings) for each in rows], notes=notes)


def _worded(each: Row, settings: Settings) -> Row:
    told = {**each, "assignee": agent_label(settings, each["assignee"])}
    told["assignee"] = told["assignee"] or nobody_label(each["reason"])
    told["why"] = _why(each, settings)
    return told


def _why(each: Row, settings: Settings) -> str:
    """Why, as people say it; of what could not be recorded what hindered that."""
    if not each["ok"]:
        return str(each["message"])
    return because_text(Because.of(each["because"], each["reason"]).named_by(settings))


def explained(rows: list[Row], settings: Settings | None, *, dry_run: bool) -> Card:
    """Decisions, each with everybody who came into question."""
    title = say("routing.decided", count=sum(each["assignee"] is not None for each in rows),
                waiting=sum(each["assignee"] is None for each in rows))  # fmt: skip
    sections = [_section(each, settings) for each in rows]
    fields = {"dry_run": True} if dry_run and settings is None else {}
    if dry_run and settings is not None:
        title = f"{title} · {say('bulk.dry_run')}"
    return Card(title, fields, tuple(sections), {"dry_run": dry_run, "decisions": rows})


def _section(each: Row, settings: Settings | None) -> Section:
    told = each if settings is None else _worded(each, settings)
    heading = f"{each['id']}  {told['assignee'] or '–'}  {told['why']}"
    return Section(heading, candidate_table(each.get("candidates", []), settings))


def candidate_table(found: list[Row], settings: Settings | None) -> Table:
    """Everybody who came into question, and what speaks against each."""
    rows = found
    if settings is not None:
        courses = Training(settings).courses
        rows = [
            {**one, "agent": agent_label(settings, one["agent"]), "veto": _veto(one, courses)}
            for one in found
        ]
    return Table(_CANDIDATES, rows)


def _veto(one: Row, courses: Mapping[str, Course]) -> str | None:
    """What speaks against somebody; of want of training, the courses."""
    told = veto_label(one["veto"])
    if told is None or not one.get("courses"):
        return told
    return say("training.veto", veto=told, courses=named(one["courses"], courses))


def card(found: Any, settings: Settings | None) -> Card:
    """Why a ticket is whose it is, and who comes into question for it now."""
    ticket, routed, decision = found.ticket, found.routed, found.decision
    data: Row = {
        "id": ticket.id,
        "assignee": ticket.fields.get("assignee"),
        "routed": _past(routed) if routed else None,
        "would_go_to": decision.agent if decision else None,
        "reason": decision.reason if decision else None,
        "why": decision.sentence if decision else None,
        "because": decision.because.payload if decision else None,
        "candidates": candidates(found.candidates),
    }
    fields = {"assignee": data["assignee"], "would_go_to": data["would_go_to"]}
    if settings is not None:
        fields = {name: agent_label(settings, who) for name, who in fields.items()}
        fields["assignee"] = fields["assignee"] or nobody_label(data["reason"])
        now, then = decision and decision.because, routed and Because.of(routed.data["routed"])
        because = now or then
        fields["why"] = because and because_text(because.named_by(settings))
    else:
        fields["reason"] = data["reason"]
        fields["why"] = data["why"] or (data["routed"] and data["routed"]["why"])
    fields = {name: value for name, value in fields.items() if value is not None}
    table = candidate_table(data["candidates"], settings)
    return Card(f"{ticket.id}  {ticket.title}", fields, (Section("", table),), data)


def _past(event: Event) -> Row:
    """The event by which routing gave a ticket out, as plain data."""
    because = event.data.get("routed", {})
    told = {key: event.data.get(key) for key in ("at", "set", "rule")}
    return {**told, "why": sentence(Because.of(because)), "because": because}


def compared(found: Any, settings: Settings, *, for_people: bool) -> Card:
    """A period as it was and as it would have been, figure by figure and agent by agent."""
    was, would = found.was._asdict(), found.would._asdict()
    since, until = (moment.isoformat() for moment in found.span)
    agents = [{"agent": name, "was": then, "would": now} for name, then, now in found.agents]
    data = {
        "since": since, "until": until, "tickets": found.tickets, "was": was, "would": would,
        "by_agent": agents,
    }  # fmt: skip
    if not for_people:
        rows = [{"figure": name, "was": was[name], "would": would[name]} for name in _FIGURES]
        sections = (
            Section("figures", Table(_COMPARED, rows)),
            Section("by_agent", Table(_BY_AGENT, agents)),
        )
        return Card(f"{since} {until}", {"tickets": found.tickets}, sections, data)
    rows = [
        {
            "figure": say(f"routing.figure.{name}"),
            "was": _figure(name, was[name]),
            "would": _figure(name, would[name]),
        }
        for name in _FIGURES
    ]
    agents = [{**each, "agent": agent_label(settings, each["agent"])} for each in agents]
    title = say("routing.replayed", count=found.tickets, since=since[:16], until=until[:16])
    tables = (Section("", Table(_COMPARED, rows)), Section("", Table(_BY_AGENT, agents)))
    return Card(title, {}, tables, data)


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if name.startswith("wait_"):
        return span_text(timedelta(seconds=value))
    return f"{value:.0%}" if name == "returned" else f"{value:g}"
