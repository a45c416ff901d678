"""An action of a rule or a macro as an action like any other: the same code, the same refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.actions import announcing
from tkt.domain.automation.who import ASSIGNEE, LEAD, NOBODY, TEAM
from tkt.domain.automation.wording import worded
from tkt.errors import Refused
from tkt.services import naming
from tkt.services.actions import changing, moving, owning, promising, talking
from tkt.services.automation.filling import filled_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tkt.domain.automation.rules import Step
    from tkt.domain.change import Change
    from tkt.domain.ticket import Event, Ticket
    from tkt.services.automation.filling import Given
    from tkt.services.stage import Action, Stage

    Fill = Callable[[str | Mapping[str, str]], str]
    """Makes what a file says the text to be said."""

SO_ALREADY = (
    "set.nothing", "assign.already", "move.there_already", "archive.already",
    "link.there_already", "promise.already",
)  # fmt: skip
"""Refusals which say that a ticket is as it is to be: for automation that is no failure."""


def action_of(step: Step, given: Given) -> Action:
    """What a step does to a ticket, as it is when it is done."""

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        if step.kind == "bot":
            return _bot(given.cause, step.said)(stage, ticket)
        if step.kind == "reply" and "canned" in step.said and not isinstance(step.said, str):
            return _off_the_shelf(step.said["canned"], given)(stage, ticket)

        def fill(said: str | Mapping[str, str]) -> str:
            text = worded(said, stage.settings.language)
            return filled_for(stage, ticket, text, given)

        return _MADE[step.kind](stage, ticket, step.said, fill)(stage, ticket)

    return act


def _set(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    wanted = {
        naming.field_named(stage.settings, name): fill(",".join(values))
        for name, values in said.items()
    }
    return changing.set_fields(changing.Assignments(wanted), reason=None)


def _tags(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    changes = {part: {"tags": said[part]} for part in ("add", "remove") if part in said}
    return changing.set_fields(changing.Assignments({}, **changes), reason=None)


def _assign(stage: Stage, ticket: Ticket, said: str, fill: Fill) -> Action:
    return owning.assign(owner_word(stage, ticket, said), reason=None)


def _note(stage: Stage, ticket: Ticket, said: str, fill: Fill) -> Action:
    return talking.note(fill(said))


def _reply(stage: Stage, ticket: Ticket, said: str, fill: Fill) -> Action:
    return talking.reply(fill(said))


def _off_the_shelf(name: str, given: Given) -> Action:
    from tkt.services.replies.filling import Canned  # few macros take one
    from tkt.services.replies.sending import saying

    return saying(Canned(name, known=given.more), talking.reply)


def _auto_reply(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    text = fill(said if isinstance(said, str) else said["text"])

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        return [announcing.auto_replied(ticket, stage.doing(ticket), text=text)]

    return act


def _bot(cause: Event | None, mode: str) -> Action:
    from tkt.services.bot.answering import look_at  # few desks have one

    assert cause is not None
    return look_at(cause, mode)


def _move(stage: Stage, ticket: Ticket, said: str, fill: Fill) -> Action:
    return moving.move(said, until=None, text=None, reason=None)


def _wait(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    reason = fill(said["reason"]) if "reason" in said else None
    return moving.move_on("pending", until=said.get("until"), reason=reason)


def _escalate(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    to = said.get("to", LEAD)
    word = None if to == LEAD else owner_word(stage, ticket, to)
    return owning.escalate(to=word, reason=fill(said["reason"]), priority=said.get("priority"))


def _promise(stage: Stage, ticket: Ticket, said: str, fill: Fill) -> Action:
    return promising.promise(said, text=None)


def _tell(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    told = dict.fromkeys(name for word in said if (name := _told(stage, ticket, word)))

    def act(stage: Stage, ticket: Ticket) -> Sequence[Change]:
        doing = stage.doing(ticket)
        return [announcing.reminded(ticket, doing, tell=list(told), text=None)]

    return act


def _link(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    from tkt.services.actions import relating  # most rules link nothing

    return relating.link(said["kind"], fill(said["to"]), remove=False, reason=None)


def _archive(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    return moving.archive(reason=said and fill(said))


def _close(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    return moving.move_on("closed", reason=said and fill(said))


def _resolve(stage: Stage, ticket: Ticket, said: Any, fill: Fill) -> Action:
    return moving.move_on("resolved", reason=said and fill(said))


_MADE: Mapping[str, Callable[..., Action]] = {
    "set": _set,
    "tags": _tags,
    "move": _move,
    "assign": _assign,
    "note": _note,
    "reply": _reply,
    "auto_reply": _auto_reply,
    "wait": _wait,
    "escalate": _escalate,
    "promise": _promise,
    "tell": _tell,
    "link": _link,
    "archive": _archive,
    "close": _close,
    "resolve": _resolve,
}

# -- people -----------------------------------------------------------------------------------


def owner_word(stage: Stage, ticket: Ticket, word: str) -> str:
    """Whose a ticket is to be, as ``tkt assign`` takes it; Refused where there is no lead."""
    if word == NOBODY:
        return "none"
    if word != LEAD:
        return word
    lead = lead_of(stage, ticket)
    if lead is None:
        raise Refused("automation.no_lead", id=ticket.id)
    return lead


def lead_of(stage: Stage, ticket: Ticket) -> str | None:
    """The lead of a ticket's team."""
    team = stage.settings.team(str(ticket.fields.get("team", "")))
    return team.lead if team else None


def _told(stage: Stage, ticket: Ticket, word: str) -> str | None:
    """Who is told: an agent's id, or ``team:`` and a team's; None for nobody."""
    if word == LEAD:
        return lead_of(stage, ticket)
    if word == ASSIGNEE:
        held = ticket.fields.get("assignee")
        return None if held is None else str(held)
    owner = naming.owner_named(stage.settings, word, me=stage.acting.by)
    return f"{TEAM}{owner.team}" if owner.team is not None else owner.agent
