"""A case drawn from a ticket: what was asked, what was done, how it ended, and nobody's data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.domain.custom.field import Label
from tkt.domain.facts import CUSTOMER, NOT_PEOPLE, steps
from tkt.domain.kb.article import path_of
from tkt.domain.masking import mask
from tkt.domain.plaintext import one_line
from tkt.errors import Refused
from tkt.services.kb import keeping
from tkt.services.kb.writing import Wanted, begin
from tkt.storage.article_files import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Event, Ticket
    from tkt.services.acting import Acting
    from tkt.services.kb.keeping import Made
    from tkt.storage.desk import Desk

_HEADINGS = {
    "asked": Label("顾客要什么", "What the customer asked"),
    "done": Label("怎么处理的", "What was done"),
    "result": Label("结果", "Result"),
    "learned": Label("下次注意", "What to remember"),
}
_CUSTOMER, _AGENT = Label("顾客", "customer"), Label("客服", "agent")
_NUMBER, _NOTE = Label("（单号）", "(number)"), Label("备注", "note")
_NOBODY_SAID = ("draft", "auto_reply", "bot")
_WRITE = Label("（请补充）", "(to be written)")
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{0,4}[0-9]{9,}(?:-[0-9]+)*(?![0-9A-Za-z])")
"""Numbers of orders and parcels: long ones, with a few letters before them."""
_TITLED = "(?:先生|女士|小姐|太太|同学|老师)"


class Clearing:
    """Takes out of texts what says whose the ticket was."""

    def __init__(self, desk: Desk, ticket: Ticket) -> None:
        self.settings = desk.settings
        self.chinese = (desk.settings.language or "zh") == "zh"
        fields = ticket.fields
        names = {str(fields.get("customer") or "")}
        if (customer := str(fields.get("customer") or "")).startswith("c-"):
            names |= {desk.index.customer_name(customer) or "", *_known(desk, customer)}
        self._people = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
        numbers = (fields.get("order"), fields.get("external"), fields.get("tracking"))
        self._numbers = [str(number) for number in numbers if number]
        self._agents = [
            each for agent in desk.settings.agents for each in (agent.name, agent.id) if each
        ]

    def word(self, label: Label) -> str:
        """A label in the desk's language."""
        return label.zh if self.chinese else label.en

    def clear(self, text: str) -> str:
        """A text in which nobody is to be known any more."""
        text = mask(text, self.settings.public).text
        for number in self._numbers:
            text = text.replace(number, self.word(_NUMBER))
        text = _NUMBERS.sub(self.word(_NUMBER), text)
        customer = self.word(_CUSTOMER)
        for name in self._people:
            text = _without(text, name, customer)
            if "\u4e00" <= name[0] <= "\u9fff":
                text = re.sub(f"{re.escape(name[0])}{_TITLED}", customer, text)
        for name in self._agents:
            text = _without(text, name, self.word(_AGENT))
        return text


def _without(text: str, name: str, instead: str) -> str:
    """A text without a name; one in Latin letters is only one where it is a word by itself."""
    if name.isascii():
        return re.sub(rf"(?<!\w)@?{re.escape(name)}(?!\w)", instead, text)
    return text.replace(f"@{name}", instead).replace(name, instead)


def _known(desk: Desk, customer: str) -> Iterator[str]:
    """By what else a customer is known: contacts, and names on other platforms."""
    sql = "SELECT contact FROM contacts WHERE id = ?"
    yield from (contact for (contact,) in desk.index.select(sql, (desk.index.customer(customer),)))


def draft(desk: Desk, reference: str, wanted: Wanted, *, acting: Acting) -> Made:
    """Record the draft of a case from a ticket; a title that is said goes before the ticket's."""
    ticket = desk.ticket(desk.find(reference))
    clearing = Clearing(desk, ticket)
    title = wanted.title or one_line(clearing.clear(ticket.title)) or ticket.id
    category = ticket.fields.get("category")
    known = {one.name for one in desk.settings.categories}
    wanted = wanted._replace(
        title=title,
        name=wanted.name or ticket.id,
        categories=wanted.categories or ((category,) if category in known else ()),
    )
    path, front = begin(desk, wanted, acting)
    if wanted.name == ticket.id and path != path_of(f"{wanted.kind}/{ticket.id}"):
        raise Refused("kb.exists", path=path, slug=f"{wanted.kind}/{ticket.id}")
    front["tickets"] = [ticket.id]
    text = text_of(front, told(ticket, clearing, desk.settings))
    return keeping.add(desk, path, text, acting=acting, tail={"Ticket": ticket.id})


def told(ticket: Ticket, clearing: Clearing, settings: Settings) -> str:
    """What happened on a ticket, as the text of a case."""
    standing = [step.event for step in steps(ticket) if step.is_here]
    asked = next((e.text for e in standing if e.text and e.by == CUSTOMER), None)
    asked = asked or ticket.title
    lines = [line for event in standing if (line := _line(event, clearing, asked))]
    last = next((e.text for e in reversed(standing) if e.do in ("resolve", "move") and e.text), "")
    flow = settings.flow(ticket.fields.get("workflow"))
    state = flow.state(ticket.status)
    label = (state.zh if clearing.chinese else state.en) if state else ticket.status
    result = ": ".join(filter(None, (label, clearing.clear(last))))
    parts = {"asked": _quoted(clearing.clear(asked)), "done": "\n".join(lines), "result": result,
             "learned": clearing.word(_WRITE)}  # fmt: skip
    return "\n\n".join(
        f"## {clearing.word(heading)}\n\n{parts[key] or '–'}" for key, heading in _HEADINGS.items()
    )


def _line(event: Event, clearing: Clearing, asked: str) -> str | None:
    """An item of what was said and done; None for what says nothing."""
    if not event.text or event.text == asked or event.do in _NOBODY_SAID:
        return None
    if event.by in NOT_PEOPLE and event.by != CUSTOMER:
        return None
    who = clearing.word(_CUSTOMER if event.by == CUSTOMER else _AGENT)
    if event.do == "note":
        who = clearing.word(_NOTE)
    said = clearing.clear(event.text).strip().replace("\n", "\n  ")
    return f"- {who}: {said}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
