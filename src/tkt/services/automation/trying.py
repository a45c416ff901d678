"""Which rules would act on an event of a ticket, and why the others would not; nothing is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.automation import rules
from tkt.domain.automation.happening import kinds_of
from tkt.domain.facts import CUSTOMER
from tkt.domain.ticket import Event
from tkt.errors import NotFound, UsageProblem
from tkt.named import NamedTuple
from tkt.services.actions.relating import said_at
from tkt.services.automation.applying import missed
from tkt.services.automation.once import why_hushed
from tkt.services.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tkt.domain.automation.rules import Automation, Rule
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Ticket
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk

_THEIRS = ("open", "message", "rating")


class Reason(NamedTuple):
    """Why a rule would not act, or not wholly: a word of ours, and what goes with it."""

    what: str
    params: Mapping[str, Any]


class Verdict(NamedTuple):
    """One rule, whether it would act, and what speaks against it."""

    rule: Rule
    fires: bool
    why: list[Reason]


def automation_of(settings: Settings) -> Automation:
    """The desk's rules and macros."""
    return rules.unpacked(settings.automation)


def try_out(desk: Desk, reference: str, on: str | None, *, acting: Acting) -> list[Verdict]:
    """A verdict on each rule for its workflow, on an event (number, id or kind), else the last."""
    stage = Stage(desk, acting)
    ticket = stage.find(reference)
    event, kinds = _event(stage, ticket, on)
    flow, stopped, found = stage.flow(ticket).name, "", []
    for rule in automation_of(stage.settings).rules:
        if rule.workflow not in (None, flow):
            continue
        why = list(_against(stage, rule, ticket, event, kinds))
        if not why and stopped:
            why = [Reason("stopped", {"by": stopped})]
        fires = not why
        if fires:
            why += _partly(stage, rule, ticket, event)
            stopped = rule.name if rule.stop else stopped
        found.append(Verdict(rule, fires, why))
    return found


def _event(stage: Stage, ticket: Ticket, on: str | None) -> tuple[Event, frozenset[str]]:
    if on is None:
        last = ticket.events[-1]
        return last, kinds_of(last)
    if on in rules.TRIGGERS:
        acting = stage.acting
        by = CUSTOMER if on in _THEIRS else acting.by
        at = acting.at_on(ticket)
        data = {"id": "?", "at": at.isoformat(timespec="seconds"), "by": by, "do": on}
        return Event(data, at), frozenset({on})
    try:
        event = said_at(ticket, on)
    except NotFound:
        if on.lstrip("#").isdigit():
            raise
        raise UsageProblem(
            "automation.no_event", event=on, known=", ".join(rules.TRIGGERS)
        ) from None
    return event, kinds_of(event)


def _against(
    stage: Stage, rule: Rule, ticket: Ticket, event: Event, kinds: frozenset[str]
) -> Iterator[Reason]:
    if kinds.isdisjoint(rule.on):
        yield Reason("on", {"on": ", ".join(rule.on), "found": event.do})
        return
    chain = rules.chain_of(ticket, event)
    if rule.ref in chain:
        yield Reason("own", {})
    elif len(chain) >= rules.DEEPEST:
        yield Reason("deep", {"deepest": rules.DEEPEST})
    elif rules.has_fired(ticket, rule.ref, event):
        yield Reason("fired", {})
    for part in missed(stage, rule.when, ticket, event.instant):
        if part.key is None:
            yield Reason("query", {"query": part.wanted})
        else:
            wanted = part.wanted or "–"
            yield Reason("field", {"field": part.key, "wanted": wanted, "found": part.found})


def _partly(stage: Stage, rule: Rule, ticket: Ticket, event: Event) -> Iterator[Reason]:
    """What a rule would leave out all the same."""
    for step in rule.do:
        if step.kind == "auto_reply":
            hushed = why_hushed(stage, rule, step, ticket, event)
            if hushed:
                yield Reason(hushed, {})
        elif step.kind == "bot":
            yield from _silent(ticket, event, step.said)


def _silent(ticket: Ticket, event: Event, mode: str) -> Iterator[Reason]:
    """Why the bot would do nothing about an event."""
    from tkt.services.bot.answering import why_silent  # few desks have one

    why = why_silent(ticket, event, mode)
    if why:
        yield Reason(why, {})
