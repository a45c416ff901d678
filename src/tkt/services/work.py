"""Opening tickets, noting, and setting fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tkt.domain import actions, ids
from tkt.domain.fields import problem_with
from tkt.errors import UsageProblem
from tkt.services import naming

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.change import Change
    from tkt.domain.ticket import Ticket
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
TITLE_LIMIT = 200
"""Characters of a title; more than fits on any screen."""


def open_ticket(
    desk: Desk, title: str, *, text: str | None, said: Mapping[str, str], acting: Acting
) -> Saved:
    """Open a ticket; ``said`` are fields as a person types them."""

    def decide(run: Transaction) -> Saved:
        settings = desk.settings
        flow_name = said.get("workflow")
        flow = settings.flow(
            naming.value_for(
                settings, "workflow", flow_name, flow=settings.flow(None), me=acting.by
            )
            if flow_name
            else None
        )
        line, body = with_long_title(title, text)
        fields: dict[str, Any] = {
            "title": line,
            "status": flow.initial.name,
            "workflow": flow.name,
            "priority": "normal",
        }
        for name, value in said.items():
            fields[name] = naming.value_for(settings, name, value, flow=flow, me=acting.by)
        fields = {name: value for name, value in fields.items() if value is not None}
        ticket_id = free_id(run, acting)
        change = actions.opened(
            ticket_id, fields=fields, text=body, by=acting.by, at=acting.at, draw=acting.draw
        )
        return run.save(change, person=acting.person, now=acting.now)

    return desk.write(decide, acting.grouping("open"))


def free_id(run: Transaction, acting: Acting) -> str:
    """An id for a ticket opened at ``acting.at``, free in this clone."""
    day = acting.at.date()
    if not 2000 <= day.year <= 2099:
        raise UsageProblem("new.no_such_year", year=day.year)
    return ids.new_id(
        day, known=run.known_on(f"{day:%y%m%d}"), taken=run.is_taken, draw=acting.draw
    )


def clean_title(title: str) -> str:
    """A title as one line without control characters; UsageProblem if nothing is left."""
    line = " ".join(_UNFIT.sub(" ", title).split())
    if not line:
        raise UsageProblem("new.no_title")
    return line


def with_long_title(title: str, text: str | None) -> tuple[str, str | None]:
    """(title, text): a title too long for a line is cut, and stands whole in the text."""
    line = clean_title(title)
    if len(line) <= TITLE_LIMIT:
        return line, text
    return line[:TITLE_LIMIT] + "…", f"{title}\n\n{text}" if text else title


def note(desk: Desk, reference: str, *, text: str, acting: Acting) -> Saved:
    """Add a note for colleagues."""

    def decide(run: Transaction) -> Saved:
        ticket = run.ticket(reference)
        at = acting.at_on(ticket)
        change = actions.noted(ticket, text=text, by=acting.by, at=at, draw=acting.draw)
        return run.save(change, person=acting.person, now=acting.now)

    return desk.write(decide, acting.grouping("note"))


class Assignments(NamedTuple):
    """What ``tkt set`` was told: fields to set, and list items to add and to remove."""

    wanted: Mapping[str, str] = {}
    add: Mapping[str, Sequence[str]] = {}
    remove: Mapping[str, Sequence[str]] = {}


def parse_assignments(words: Sequence[str]) -> Assignments:
    """``priority=high tags+=vip tags-=new note=`` as data; UsageProblem for what is neither."""
    wanted: dict[str, str] = {}
    add: dict[str, list[str]] = {}
    remove: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.replace("＝", "=", 1).partition("=")
        if not equals or not name:
            raise UsageProblem("set.not_assignment", word=word)
        if name[-1] in "+-":
            target = add if name[-1] == "+" else remove
            named = naming.field_named(name[:-1])
            if problem_with(named, ["x"]):
                raise UsageProblem("set.not_a_list", field=named)
            target.setdefault(named, []).extend(
                part.strip() for part in value.replace("，", ",").split(",") if part.strip()
            )
        else:
            wanted[naming.field_named(name)] = value
    return Assignments(wanted, add, remove)


def planned(
    desk: Desk, ticket: Ticket, *, said: Assignments, reason: str | None, acting: Acting
) -> Change:
    """The change that setting these fields would make; refused or not found as when it is made."""
    settings = desk.settings
    flow = settings.flow(ticket.fields.get("workflow"))
    if "workflow" in said.wanted:
        flow = settings.flow(
            naming.value_for(settings, "workflow", said.wanted["workflow"], flow=flow, me=acting.by)
        )
    wanted = {
        name: naming.value_for(settings, name, value, flow=flow, me=acting.by)
        for name, value in said.wanted.items()
    }
    for part in (said.add, said.remove):
        for name, items in part.items():
            if problem := problem_with(name, list(dict.fromkeys(items))):
                raise UsageProblem(problem, field=name, value=", ".join(items))
    return actions.changed(
        ticket,
        wanted=wanted,
        add=said.add,
        remove=said.remove,
        by=acting.by,
        at=acting.at_on(ticket),
        draw=acting.draw,
        reason=reason,
    )
