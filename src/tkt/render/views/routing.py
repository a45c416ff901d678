"""Who was given what, and why; and who else came into question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.table import Card, Column, Section, Table
from tkt.render.views.tickets import agent_label
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.settings import Settings

Row = dict[str, Any]
_COLUMNS = (Column("id", "id"), Column("assignee", "name"), Column("reason"), Column("why"))
_CANDIDATES = (
    Column("agent", "name"), Column("load", "number"), Column("capacity", "number"),
    Column("given", "number"), Column("veto"),
)  # fmt: skip


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
            "given": one.given,
            "veto": one.veto,
        }
        for one in found
    ]


def table(rows: list[Row], settings: Settings | None, *, dry_run: bool) -> Table:
    """Decisions, a line each; for people (with ``settings``) in their language."""
    notes = (say("bulk.dry_run"),) if dry_run else ()
    if settings is None:
        return Table(_COLUMNS, rows, notes=notes)
    return Table(_COLUMNS, [_worded(each, settings) for each in rows], notes=notes)


def _worded(each: Row, settings: Settings) -> Row:
    told = {**each, "assignee": agent_label(settings, each["assignee"])}
    told["reason"] = reason_label(each["reason"])
    if not each["ok"]:
        told["why"] = each["message"]
    return told


def explained(rows: list[Row], settings: Settings | None, *, dry_run: bool) -> Card:
    """Decisions, each with everybody who came into question."""
    title = say("routing.decided", count=sum(each["assignee"] is not None for each in rows),
                waiting=sum(each["assignee"] is None for each in rows))  # fmt: skip
    sections = [_section(each, settings) for each in rows]
    fields = {"dry_run": True} if dry_run else {}
    return Card(title, fields, tuple(sections), {"dry_run": dry_run, "decisions": rows})


def _section(each: Row, settings: Settings | None) -> Section:
    who = each["assignee"] if settings is None else agent_label(settings, each["assignee"])
    heading = f"{each['id']}  {who or '–'}  {each['why']}"
    return Section(heading, candidate_table(each.get("candidates", []), settings))


def candidate_table(found: list[Row], settings: Settings | None) -> Table:
    """Everybody who came into question, and what speaks against each."""
    rows = found
    if settings is not None:
        rows = [
            {**one, "agent": agent_label(settings, one["agent"]), "veto": reason_label(one["veto"])}
            for one in found
        ]
    return Table(_CANDIDATES, rows)


def reason_label(reason: str | None) -> str | None:
    """What speaks against an agent, or why a ticket waits, in the language of the moment."""
    return None if reason is None else say(f"routing.reason.{reason}")
