"""Macros: several actions as one, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.automation.marks import marked
from tkt.domain.automation.rules import unpacked
from tkt.domain.change import Change
from tkt.domain.custom.field import Label
from tkt.domain.query.mistakes import close_names
from tkt.errors import NotFound, Refused, TktError, UsageProblem
from tkt.services.automation.applying import applies
from tkt.services.automation.filling import Given
from tkt.services.automation.steps import SO_ALREADY, action_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.domain.automation.rules import Macro
    from tkt.domain.settings import Settings
    from tkt.domain.ticket import Event, Ticket
    from tkt.services.stage import Action, Stage


def known(settings: Settings) -> tuple[Macro, ...]:
    """All macros of the desk: its own, then those of its workflows."""
    return unpacked(settings.automation).macros


def named(settings: Settings, text: str) -> list[Macro]:
    """The macros that a person means by a name or a label: one for each workflow that has it."""
    found = known(settings)
    wanted = text.strip().casefold()
    exact = [macro for macro in found if macro.name == text]
    meant = exact or [
        m for m in found if wanted in (m.name.casefold(), m.zh.casefold(), m.en.casefold())
    ]
    if not meant:
        words = [word for macro in found for word in (macro.name, macro.zh, macro.en)]
        close = close_names(text, words)
        raise NotFound(
            "macro.none_like" if close else "macro.none",
            name=text,
            close=close[0] if close else "",
            known=", ".join(dict.fromkeys(macro.name for macro in found)) or "–",
        )
    return meant


def called(settings: Settings, change: Change) -> Label:
    """What people call the macro that a change was made by."""
    found = (Label(each.zh, each.en) for each in known(settings) if each.ref == change.rule)
    return next(found, Label.plain(change.name))


def parse_given(words: Sequence[str], fault: str = "macro.not_given") -> dict[str, str]:
    """``运单号=SF100`` as variables; the UsageProblem ``fault`` for what is none."""
    given = {}
    for word in words:
        name, equals, value = word.replace("＝", "=", 1).partition("=")
        if not equals or not name.strip():
            raise UsageProblem(fault, word=word)
        given[name.strip()] = value
    return given


def run(name: str, *, given: Mapping[str, str], reason: str | None) -> Action:
    """Do what a macro says, as the person who runs it."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        macro = _for(stage, ticket, named(stage.settings, name))
        if missing := [need for need in macro.needs if not given.get(need, "").strip()]:
            raise UsageProblem("macro.needs", name=macro.name, missing=", ".join(missing))
        events = _events(stage, ticket, macro, Given(stage.acting.by, given))
        if not events:
            raise Refused("macro.nothing", id=ticket.id, name=macro.name)
        made = marked(events, macro.name, reason)
        kinds = " ".join(dict.fromkeys(event.do for event in made))
        after = ticket.after(*made)
        return [
            Change(
                "macro", ticket, after, tuple(made),
                tail=kinds, reason=reason, rule=macro.ref, name=macro.name,
            )
        ]  # fmt: skip

    return act


def _for(stage: Stage, ticket: Ticket, found: Sequence[Macro]) -> Macro:
    """The one that is for this ticket; its workflow's own goes before the desk's."""
    flow = stage.flow(ticket).name
    fitting = [m for m in found if m.workflow == flow] or [m for m in found if m.workflow is None]
    if not fitting:
        workflows = ", ".join(m.workflow or "" for m in found)
        raise Refused("macro.other_workflow", id=ticket.id, name=found[0].name, workflows=workflows)
    macro = fitting[0]
    if not applies(stage, macro.when, ticket, stage.acting.at_on(ticket)):
        raise Refused("macro.not_here", id=ticket.id, name=macro.name)
    return macro


def _events(stage: Stage, ticket: Ticket, macro: Macro, given: Given) -> list[Event]:
    """The events of all its actions, each on what the one before has left."""
    events: list[Event] = []
    current = ticket
    for step in macro.do:
        try:
            changes = action_of(step, given)(stage, current)
        except TktError as error:
            if error.key not in SO_ALREADY:
                raise
            continue
        (change,) = changes
        events += change.events
        current = change.after
    return events
