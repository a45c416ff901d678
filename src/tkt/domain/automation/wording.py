"""Texts with variables: ``亲，您的订单 {{order}} 已登记``.

A variable is a field, or one of :data:`SPECIAL`. What it stands for is put in once and not read
again, so what a customer wrote is never taken for a variable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.customers.identity import is_customer_id as is_id
from tkt.domain.fields import FIELDS, PRIORITIES, parse_time
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.errors import TktError

_VARIABLE = r"\{\{\s*([^{}]*?)\s*\}\}"
NAMED = "customer.name"
"""The variable for how a customer is called, in which no id ever stands."""
SPECIAL = ("id", "ticket", "agent", "shop", NAMED, "next_opening")
"""Variables that are no fields of a ticket."""


class Around(NamedTuple):
    """What a text may speak of beside the ticket and the desk.

    ``agent`` is who speaks, ``more`` are values that a person gave: they win. ``called`` gives the
    name of a customer by what a ticket says of them, None where none is known.
    """

    agent: str | None
    next_opening: Callable[[], datetime | None]
    called: Callable[[str], str | None]
    more: Mapping[str, str] = {}


def worded(said: str | Mapping[str, str], language: str | None) -> str:
    """A text, or of one for each language that of a desk; the other where it has none."""
    if isinstance(said, str):
        return said
    other = "zh" if language == "en" else "en"
    return said.get("en" if language == "en" else "zh") or said.get(other, "")


def variables_in(text: str) -> list[str]:
    """The names between double braces, each once."""
    return list(dict.fromkeys(re.findall(_VARIABLE, text)))


def has_loose_braces(text: str) -> bool:
    """Whether double braces are left that enclose no variable."""
    left = re.sub(_VARIABLE, "", text)
    return "{{" in left or "}}" in left or "" in variables_in(text)


def filled(
    text: str, value_of: Callable[[str], str | None], lacking: Callable[[str], TktError]
) -> str:
    """The text with its variables put in; where one is empty, what it is ``lacking`` is raised."""

    def put(match: re.Match[str]) -> str:
        value = value_of(match[1])
        if value is None or not value.strip():
            raise lacking(match[1])
        return value

    return re.sub(_VARIABLE, put, text) if "{{" in text else text


def field_of(settings: Settings, word: str) -> str | None:
    """The field that a variable means, by name or label; None if the desk has none."""
    wanted = word.casefold()
    if wanted in SPECIAL:
        return wanted
    for name, field in FIELDS.items():
        if wanted in (name, field.zh, field.en):
            return name
    own = settings.fields.named(word)
    return own.name if own else None


def value_in(ticket: Ticket, settings: Settings, word: str, around: Around) -> str | None:
    """What a variable stands for, in the desk's words; None for one that is empty or unknown."""
    name = field_of(settings, word)
    for given in (word, name or word):
        if given in around.more:
            return around.more[given]
    if name is None:
        held = ticket.fields.get(word)  # a field that somebody added to this ticket
        return None if held is None else _told(settings, ticket, word, held)
    if name in ("id", "ticket"):
        return ticket.id
    if name == "shop":
        return settings.name
    if name == "next_opening":
        opening = around.next_opening()
        return None if opening is None else _clock(settings, opening)
    if name in ("customer", NAMED):
        return _customer(ticket, around, name)
    held = around.agent if name == "agent" else ticket.fields.get(name)
    return None if held is None else _told(settings, ticket, name, held)


def _customer(ticket: Ticket, around: Around, name: str) -> str | None:
    """How the customer is called; an id only where somebody asks for just the customer."""
    held = ticket.fields.get("customer")
    if held is None:
        return None
    return around.called(str(held)) or (None if name == NAMED and is_id(held) else str(held))


def _told(settings: Settings, ticket: Ticket, name: str, value: Any) -> str:
    """A value as the desk's customers read it."""
    zh = settings.language != "en"
    if name in ("agent", "assignee"):
        person = settings.agent(str(value))
        return person.name if person else str(value)
    if name == "team":
        team = settings.team(str(value))
        return team.name if team else str(value)
    if name == "status":
        state = settings.flow(ticket.fields.get("workflow")).state(str(value))
        return str(value) if state is None else state.zh if zh else state.en
    if name == "priority" and value in PRIORITIES:
        return PRIORITIES[value][0 if zh else 1]
    own = settings.fields.get(name)
    if own and (choice := own.choice(value)):
        return str(choice.label.zh if zh else choice.label.en)
    if name in FIELDS and FIELDS[name].kind == "time" and (at := parse_time(str(value))):
        return _clock(settings, at)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _clock(settings: Settings, at: datetime) -> str:
    return f"{at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
