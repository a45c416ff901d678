"""Names as people type them, turned into those that stand in files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tkt.domain.actions.owning import Owner
from tkt.domain.custom.values import meant
from tkt.domain.fields import FIELDS, PRIORITIES, RESERVED, is_field_name, problem_with
from tkt.domain.settings import CHANNELS
from tkt.domain.views import COLUMNS
from tkt.errors import NotFound, Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from tkt.domain.custom.field import CustomField
    from tkt.domain.settings import Settings
    from tkt.domain.workflow import Workflow
    from tkt.storage.desk import Desk

NONE_WORDS = ("", "none", "无")
ME_WORDS = ("me", "我")


def field_named(settings: Settings, text: str) -> str:
    """The field that ``text`` means: its name or its label in either language, or one's own.

    A field that the desk has declared is also meant by its older names.
    """
    wanted = text.strip().casefold()
    for name, field in FIELDS.items():
        if wanted in (name, field.zh, field.en):
            return name
    if declared := settings.fields.named(text):
        return declared.name
    from difflib import get_close_matches  # costs a start, and is for what was mistyped

    close = get_close_matches(wanted, [*FIELDS, *settings.fields.words()], 1, 0.8)
    if close:
        raise UsageProblem("field.unknown", field=text, close=close[0])
    if wanted in RESERVED:
        raise Refused("field.derived", field=text)
    if not is_field_name(text.strip()):
        raise UsageProblem("field.bad_name", field=text)
    return text.strip()


def column_named(settings: Settings, text: str) -> str:
    """The column that ``text`` means: a field's name or label, or something derived."""
    if text.casefold() in COLUMNS:
        return text.casefold()
    return field_named(settings, text)


def value_for(
    settings: Settings, field: str, text: str, *, flow: Workflow, me: str, now: datetime
) -> Any:
    """The value that ``text`` means for ``field``; None takes it away.

    NotFound, with what may have been meant, for an agent, team, state, workflow or choice that the
    desk does not have; UsageProblem for text that cannot be such a value.
    """
    if declared := settings.fields.get(field):
        return _declared_value(declared, text, now, settings.zone)
    known = FIELDS.get(field)
    if known and not known.settable:
        raise Refused("field.not_settable", field=field)
    if text.strip().casefold() in NONE_WORDS:
        if field in ("title", "status"):
            raise UsageProblem("field.needed", field=field)
        return None
    value = _value(settings, field, text, flow, me)
    if problem := problem_with(field, value):
        raise UsageProblem(problem, field=field, value=text)
    return value


def _declared_value(field: CustomField, text: str, now: datetime, zone: tzinfo) -> Any:
    """The same for a declared field; one of its choices may be called as nothing is."""
    if text.strip().casefold() in NONE_WORDS:
        try:
            return meant(field, text, now=now, tz=zone) if field.type == "choice" else None
        except NotFound:
            return None
    return meant(field, text, now=now, tz=zone)


def _value(settings: Settings, field: str, text: str, flow: Workflow, me: str) -> Any:
    text = text if field == "title" else text.strip()
    kind = FIELDS[field].kind if field in FIELDS else "own"
    if kind == "list":
        return list(dict.fromkeys(part for part in text.replace("，", ",").split(",") if part))
    if kind == "number":
        return int(text) if text.isascii() and text.isdigit() else text
    if field == "status":
        return state_named(flow, text)
    if field == "priority":
        return priority_named(text)
    if field == "workflow":
        return _one_of("workflow", text, {f.name: (f.zh, f.en) for f in settings.workflows})
    if field == "assignee":
        return agent_named(settings, me if text in ME_WORDS else text)
    if field == "team" and settings.teams:
        return _one_of("team", text, {t.id: (t.name,) for t in settings.teams})
    if field == "category":
        return category_named(settings, text)
    if field == "channel":
        return _one_of("channel", text, {c: CHANNELS.get(c, ()) for c in settings.channels})
    return text


def state_named(flow: Workflow, text: str) -> str:
    """The state of a workflow that ``text`` names or labels."""
    if state := flow.state(text):
        return state.name
    return _one_of("status", text, {s.name: (s.zh, s.en) for s in flow.states})


def category_named(settings: Settings, text: str) -> str:
    """The category that ``text`` names or labels; one that classify.yaml lacks is as typed."""
    wanted = text.casefold()
    for category in settings.categories:
        if wanted in (category.name, category.zh.casefold(), category.en.casefold()):
            return category.name
    return text


def agent_named(settings: Settings, text: str) -> str:
    """The agent that ``text`` names; anybody goes where the team has no list of agents."""
    agent = settings.agent(text)
    if agent:
        return agent.id
    if not settings.agents:
        return text
    return _one_of("agent", text, {a.id: (a.name,) for a in settings.agents})


def person_named(settings: Settings, text: str, *, me: str | None) -> str:
    """The same; ``me`` is whoever asks."""
    return agent_named(settings, me if me is not None and text in ME_WORDS else text)


def moment_named(settings: Settings, text: str | None, *, now: datetime) -> datetime:
    """The moment that ``text`` names, by the desk's clock; now where nothing is said."""
    if text is None:
        return now.astimezone(settings.zone)
    from tkt.domain.when import parse_moment

    try:
        return parse_moment(text, now=now, tz=settings.zone)
    except ValueError as error:
        raise UsageProblem("env.bad_time", value=text) from error


def team_named(settings: Settings, text: str) -> str:
    """The team that ``text`` names."""
    return _one_of("team", text, {team.id: (team.name,) for team in settings.teams})


def nearest(field: str, text: str, known: Mapping[str, Iterable[str]]) -> str:
    """Which of some names ``text`` means, each known by its labels as well."""
    return _one_of(field, text, known)


def owner_named(settings: Settings, text: str, *, me: str) -> Owner:
    """Whose a ticket is to be: the agent or the team that ``text`` names, or nobody's."""
    if text.strip().casefold() in NONE_WORDS:
        return Owner()
    if text in ME_WORDS:
        return Owner(agent=agent_named(settings, me))
    if text.startswith("team:"):
        return Owner(team=_one_of("team", text[5:], {t.id: (t.name,) for t in settings.teams}))
    agent, team = settings.agent(text), settings.team(text)
    if agent is None and team is not None:
        return Owner(team=team.id)
    return Owner(agent=agent_named(settings, text))


def owner_among(settings: Settings, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """(who, the other words): the first word, or the last where only that names somebody."""
    first, *rest = words
    if rest and not _is_owner(settings, first) and _is_owner(settings, rest[-1]):
        return rest[-1], tuple(words[:-1])
    return first, tuple(rest)


def _is_owner(settings: Settings, text: str) -> bool:
    if text.strip().casefold() in (*NONE_WORDS, *ME_WORDS):
        return True
    return settings.agent(text) is not None or settings.team(text) is not None


def priority_named(text: str) -> str:
    """The priority that ``text`` names or labels."""
    return _one_of("priority", text, PRIORITIES)


def _one_of(field: str, text: str, known: Mapping[str, Iterable[str]]) -> str:
    wanted = text.casefold()
    for name, labels in known.items():
        if wanted == name.casefold() or wanted in (label.casefold() for label in labels):
            return name
    words = [*known, *(label for labels in known.values() for label in labels)]
    from difflib import get_close_matches  # costs a start, and is for what was mistyped

    close = get_close_matches(text, words, 1, 0.5)
    told = [" ".join((name, *list(labels)[:1])) for name, labels in known.items()]
    raise NotFound(
        "value.unknown_like" if close else "value.unknown",
        field=field,
        value=text,
        close=close[0] if close else "",
        known=", ".join(told),
    )


def path_named(desk: Desk, word: str, folder: str) -> str | None:
    """The path relative to the desk that ``word`` names, seen from ``folder``; None if no path.

    NotFound for one outside the desk; whether there is such a file is not asked.
    """
    if "/" not in word and not word.endswith((".yaml", ".")):
        there = os.path.join(folder, word)
        if not os.path.lexists(there):
            return None
    whole = os.path.normpath(os.path.join(os.path.realpath(folder), word))
    if whole == desk.root:
        return ""
    if not whole.startswith(f"{desk.root}/"):
        raise NotFound("check.outside", path=word)
    return whole[len(desk.root) + 1 :]
