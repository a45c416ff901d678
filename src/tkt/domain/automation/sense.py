"""Whether what an action says makes sense on a desk: its fields, states, people and variables.

What can only be known of a ticket (which way leads where, what is required) shows when it is done.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.automation.who import ASSIGNEE, LEAD, NONE_WORDS, TEAM
from tkt.domain.automation.wording import SPECIAL, field_of, has_loose_braces, variables_in
from tkt.domain.custom.values import meant
from tkt.domain.fields import FIELDS, PRIORITIES, RESERVED, is_field_name, problem_with
from tkt.domain.query.mistakes import close_names
from tkt.domain.settings import CHANNELS
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import unknown
from tkt.errors import TktError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.domain.automation.rules import Step
    from tkt.domain.settings import Settings

_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def faults_of(
    step: Step, settings: Settings, workflow: str | None, needs: Iterable[str]
) -> Iterator[Fault]:
    """Everything that is wrong with an action; ``needs`` are variables that a person will give."""
    kind, said = step.kind, step.said
    for where, text in texts_of(step):
        yield from _texts(settings, where, text, needs)
    if kind == "set":
        for name, values in said.items():
            yield from _field(settings, workflow, name, values)
    elif kind == "move" and not _is_state(settings, workflow, said):
        yield unknown(("move",), "automation.no_state", said, _states(settings, workflow))
    elif kind == "assign":
        yield from _people(settings, ("assign",), [said], (LEAD, *NONE_WORDS))
    elif kind == "tell":
        yield from _people(settings, ("tell",), said, (LEAD, ASSIGNEE))
    elif kind == "escalate":
        if "to" in said:
            yield from _people(settings, ("escalate", "to"), [said["to"]], (LEAD,))
        if "priority" in said and not _is_priority(said["priority"]):
            place = ("escalate", "priority")
            yield unknown(place, "automation.no_value", said["priority"], PRIORITIES)


def texts_of(step: Step) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(where, text) of everything in an action in which variables may stand."""
    kind, said = step.kind, step.said
    if kind in ("close", "resolve", "archive") and isinstance(said, str):
        yield (kind,), said
    elif kind in ("note", "reply"):
        yield from _wordings((kind,), said)
    elif kind == "auto_reply":
        yield from _wordings((kind,), said if isinstance(said, str) else said["text"])
    elif kind in ("wait", "escalate") and "reason" in said:
        yield (kind, "reason"), said["reason"]
    elif kind == "link":
        yield (kind, "to"), said["to"]
    elif kind == "set":
        yield from (((kind, name), value) for name, values in said.items() for value in values)


def _wordings(
    where: tuple[str | int, ...], said: Any
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """A text, or the one of each language."""
    if isinstance(said, str):
        yield where, said
    else:
        yield from (((*where, language), text) for language, text in said.items())


def _texts(
    settings: Settings, where: tuple[str | int, ...], text: str, needs: Iterable[str]
) -> Iterator[Fault]:
    if has_loose_braces(text):
        yield Fault(where, "automation.loose_braces")
        return
    for name in variables_in(text):
        if name not in needs and field_of(settings, name) is None:
            yield no_variable(where, name, settings, needs)


def no_variable(
    where: tuple[str | int, ...], name: str, settings: Settings, more: Iterable[str] = ()
) -> Fault:
    """That there is no such variable, with the nearest one."""
    words = [*SPECIAL, *FIELDS, *settings.fields.words(), *more]
    return unknown(where, "automation.no_variable", name, words)


def _field(
    settings: Settings, workflow: str | None, name: str, values: list[str]
) -> Iterator[Fault]:
    where = ("set", name)
    field = field_of(settings, name)
    own = settings.fields.get(field) if field else None
    known = FIELDS.get(field or "")
    if field is None:
        if name in RESERVED or not is_field_name(name):
            yield Fault(where, "automation.not_settable", {"field": name})
        elif close_names(name, [*FIELDS, *settings.fields.words()]):
            yield unknown(where, "automation.no_field", name, [*FIELDS, *settings.fields.words()])
        return
    if own is None and (known is None or not known.settable):
        yield Fault(where, "automation.not_settable", {"field": name})
        return
    text = ",".join(values)
    if "{{" in text or not text:
        return
    if own is not None:
        try:
            meant(own, text, now=_SOME_DAY, tz=settings.zone)
        except TktError as error:
            yield Fault(where, error.key, error.params)
        return
    yield from _value(settings, workflow, str(field), text)


def _value(settings: Settings, workflow: str | None, field: str, text: str) -> Iterator[Fault]:
    """What is wrong with a value of a field that every desk knows."""
    where = ("set", field)
    if field == "assignee":
        yield from _people(settings, where, [text], ())
    elif (words := _words_of(settings, workflow, field)) is not None:
        if text.casefold() not in (word.casefold() for word in words):
            yield unknown(where, "automation.no_value", text, words)
    elif FIELDS[field].kind != "list":
        is_number = FIELDS[field].kind == "number" and text.isascii() and text.isdigit()
        if problem := problem_with(field, int(text) if is_number else text):
            yield Fault(where, problem, {"field": field, "value": text})


def _words_of(settings: Settings, workflow: str | None, field: str) -> list[str] | None:
    """Everything that a field may hold, by names and labels; None where it may hold anything."""
    if field == "status":
        flows = [settings.flow(workflow)] if workflow else settings.workflows
        return [word for flow in flows for s in flow.states for word in (s.name, s.zh, s.en)]
    if field == "priority":
        return [word for name, labels in PRIORITIES.items() for word in (name, *labels)]
    if field == "team" and settings.teams:
        return [word for team in settings.teams for word in (team.id, team.name)]
    if field == "channel":
        return [word for c in settings.channels for word in (c, *CHANNELS.get(c, ()))]
    if field == "workflow":
        return [word for flow in settings.workflows for word in (flow.name, flow.zh, flow.en)]
    return None


def _people(
    settings: Settings, where: tuple[str | int, ...], words: Iterable[Any], special: Iterable[str]
) -> Iterator[Fault]:
    """Words that are neither agents nor teams nor ``special``."""
    for word in words:
        named = word.removeprefix(TEAM)
        is_known = word in special or settings.team(named) is not None
        if not is_known and not word.startswith(TEAM):
            is_known = not settings.agents or settings.agent(word) is not None
        if not is_known:
            teams = [f"{TEAM}{team.id}" for team in settings.teams]
            words = [*(agent.id for agent in settings.agents), *teams, *special]
            yield unknown(where, "automation.no_person", word, words)


def _states(settings: Settings, workflow: str | None) -> list[str]:
    flows = [settings.flow(workflow)] if workflow else settings.workflows
    return list(dict.fromkeys(state.name for flow in flows for state in flow.states))


def _is_state(settings: Settings, workflow: str | None, text: str) -> bool:
    flows = [settings.flow(workflow)] if workflow else settings.workflows
    return any(flow.state(text) for flow in flows)


def _is_priority(text: str) -> bool:
    wanted = text.casefold()
    return any(wanted in (name, *labels) for name, labels in PRIORITIES.items())
