"""Parameter types that complete themselves at the shell: ids, states, agents, fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tkt.errors import TktError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from tkt.cli.env import Env

MOST = 60
"""So many candidates are of use to somebody pressing Tab."""


def candidate(value: str, help: str | None = None, kind: str = "plain") -> CompletionItem:
    """One that a shell may offer."""
    from click.shell_completion import CompletionItem

    return CompletionItem(value, type=kind, help=help)


def _env(ctx: click.Context) -> Env:
    import os

    from tkt.cli.env import Env

    return ctx.obj or Env.of_process(os.environ)


class Completed(click.ParamType):  # type: ignore[type-arg]
    """A parameter whose candidates the desk knows."""

    name = "text"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        """What may be meant; nothing when there is no desk to ask."""
        raise NotImplementedError

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Candidates for what has been typed so far."""
        try:
            return list(self.candidates(_env(ctx), incomplete))
        except TktError:
            return []


class TicketId(Completed):
    """A ticket's id or any unambiguous part of it."""

    name = "id"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        wanted = typed.upper()
        for ticket_id, title in env.desk.index.like(wanted, MOST):
            end = ticket_id[7:]
            if ticket_id.startswith(wanted):
                yield candidate(ticket_id, help=title)
            elif end.startswith(wanted):
                # A shell only takes what goes on as the word began.
                yield candidate(end if typed == wanted else end.lower(), help=title)


class Assignment(Completed):
    """``field=value``: first the fields, then their values."""

    name = "field=value"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.domain.fields import FIELDS

        field, equals, start = typed.partition("=")
        if not equals:
            for name, known in FIELDS.items():
                if known.settable and name.startswith(field):
                    yield candidate(f"{name}=", help=known.zh if speaks_chinese() else known.en)
            for own in env.settings.fields:
                if own.name.startswith(field):
                    told = own.label.zh if speaks_chinese() else own.label.en
                    yield candidate(f"{own.name}=", help=told)
            return
        for value, label in values_of(env, field.rstrip("+-")):
            if value.startswith(start):
                yield candidate(f"{field}={value}", help=label)


class IdOrAssignment(Assignment):
    """A ticket's id, or ``field=value``."""

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        yield from super().candidates(env, typed)
        if "=" not in typed:
            yield from TicketId().candidates(env, typed)


class Text(click.ParamType):  # type: ignore[type-arg]
    """Text in valid Unicode: what a broken terminal hands over is refused, not stored."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as it is, if it can be written as UTF-8."""
        if isinstance(value, str) and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                from tkt.texts import say

                self.fail(say("usage.not_utf8"), param, ctx)
        return value


class IdOrText(TicketId):
    """A ticket's id, or what is to be said."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as it is, if it can be written as UTF-8."""
        return Text().convert(value, param, ctx)


class State(Completed):
    """A state of a workflow."""

    name = "state"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for value, label in values_of(env, "status"):
            if value.startswith(typed):
                yield candidate(value, help=label)


class IdOrState(State):
    """A ticket's id, or a state."""

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        yield from super().candidates(env, typed)
        yield from TicketId().candidates(env, typed)


class IdOrLink(Completed):
    """A ticket's id, or a kind of link."""

    name = "link"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.services.actions.relating import KINDS

        yield from (
            candidate(kind, help=KINDS[kind][-1]) for kind in KINDS if kind.startswith(typed)
        )
        yield from TicketId().candidates(env, typed)


class IdOrItem(Completed):
    """An item of a checklist, or a ticket's id."""

    name = "item"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        zh = speaks_chinese()
        items = {
            item.name: item for flow in env.settings.workflows for item in flow.rules.checklist
        }
        for item in items.values():
            if item.name.startswith(typed):
                yield candidate(item.name, help=item.zh if zh else item.en)
        yield from TicketId().candidates(env, typed)


class WorkflowName(Completed):
    """A workflow of the desk."""

    name = "workflow"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for value, label in values_of(env, "workflow"):
            if value.startswith(typed):
                yield candidate(value, help=label)


class Owner(Completed):
    """An agent or a team."""

    name = "who"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for field in ("assignee", "team"):
            for value, label in values_of(env, field):
                if value.startswith(typed):
                    yield candidate(value, help=label)


class IdOrOwner(Owner):
    """An agent or a team, or a ticket's id."""

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        yield from super().candidates(env, typed)
        yield from TicketId().candidates(env, typed)


class Agent(Completed):
    """An agent of the team."""

    name = "agent"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for value, label in values_of(env, "assignee"):
            if value.startswith(typed):
                yield candidate(value, help=label)


class Team(Completed):
    """A team of the desk."""

    name = "team"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for value, label in values_of(env, "team"):
            if value.startswith(typed):
                yield candidate(value, help=label)


class QueryWord(Completed):
    """The last word of a query, which may stand in quotes as a whole: ``status:open``."""

    name = "query"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.domain.fields import FIELDS
        from tkt.domain.vocabulary import vocabulary

        before, blank, word = typed.rpartition(" ")
        field, colon, values = word.partition(":")
        lead = f"{before}{blank}"
        if not colon:
            words = vocabulary(env.settings)
            for name in words.fields:
                if name.startswith(field):
                    own = env.settings.fields.get(name)
                    known = own.label if own else FIELDS.get(name)
                    label = known and (known.zh if speaks_chinese() else known.en)
                    yield candidate(f"{lead}{name}:", help=label or None)
            for flag in sorted(set(words.flags.values())):
                if flag.startswith(field):
                    yield candidate(f"{lead}{flag}")
            return
        others, comma, start = values.rpartition(",")
        for value, label in values_of(env, field):
            if value.startswith(start):
                yield candidate(f"{lead}{field}:{others}{comma}{value}", help=label)


def speaks_chinese() -> bool:
    """Whether explanations are wanted in Chinese."""
    from tkt.texts import current

    return current() == "zh"


def values_of(env: Env, field: str) -> Iterable[tuple[str, str]]:
    """(value, label) of everything that a field may hold on this desk."""
    from tkt.domain.fields import PRIORITIES

    settings = env.desk.settings
    zh = speaks_chinese()
    if field == "status":
        states = (state for flow in settings.workflows for state in flow.states)
        return {s.name: s.zh if zh else s.en for s in states}.items()
    if field == "state":
        from tkt.domain.workflow import CATEGORIES

        return [(name, "") for name in CATEGORIES]
    if field == "priority":
        return [(name, labels[0 if zh else 1]) for name, labels in PRIORITIES.items()]
    if field == "assignee":
        return [(agent.id, agent.name) for agent in settings.agents]
    if field == "team":
        return [(team.id, team.name) for team in settings.teams]
    if field == "workflow":
        return [(flow.name, flow.zh if zh else flow.en) for flow in settings.workflows]
    if field == "channel":
        from tkt.domain.settings import CHANNELS

        return [(name, CHANNELS.get(name, ("", ""))[0 if zh else 1]) for name in settings.channels]
    own = settings.fields.named(field)
    return [(c.name, c.label.zh if zh else c.label.en) for c in own.choices] if own else []


class ViewName(Completed):
    """A saved query."""

    name = "view"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.services import views

        for name, kept in views.known(env.desk, env.acting.by).items():
            if name.startswith(typed):
                label = kept.view.zh if speaks_chinese() else kept.view.en
                yield candidate(name, help=label)


class MacroName(Completed):
    """A macro."""

    name = "macro"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.services.automation import macros

        for macro in macros.known(env.settings):
            if macro.name.startswith(typed):
                yield candidate(macro.name, help=macro.zh if speaks_chinese() else macro.en)


class Count(click.ParamType):  # type: ignore[type-arg]
    """A whole number, at least ``least``."""

    name = "number"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; told in our words if it is none."""
        text = str(value)
        if text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= self.least:
            return int(text)
        from tkt.texts import say

        self.fail(say("usage.not_count", value=text, least=self.least), param, ctx)


class FilePath(click.ParamType):  # type: ignore[type-arg]
    """A file, or ``-`` for standard input or output."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``-`` as None, anything else as its path."""
        return None if value == "-" else str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Leave it to the shell."""
        return [candidate(incomplete, kind="file")]


class CalendarName(Completed):
    """A business calendar of the desk, or a file."""

    name = "calendar"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        if "/" in typed or "." in typed:
            yield candidate(typed, kind="file")
            return
        for calendar in env.settings.calendars:
            if calendar.name.startswith(typed):
                yield candidate(calendar.name, help=calendar.label[0 if speaks_chinese() else 1])
