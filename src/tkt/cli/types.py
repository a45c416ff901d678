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


def _item(value: str, help: str | None = None, kind: str = "plain") -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(value, type=kind, help=help)


def _env(ctx: click.Context) -> Env:
    import os

    from tkt.cli.env import Env

    return ctx.obj or Env.of_process(os.environ)


class _Completed(click.ParamType):  # type: ignore[type-arg]
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


class TicketId(_Completed):
    """A ticket's id or any unambiguous part of it."""

    name = "id"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for ticket_id, title in env.desk.index.like(typed.upper(), MOST):
            yield _item(ticket_id, help=title)


class Assignment(_Completed):
    """``field=value``: first the fields, then their values."""

    name = "field=value"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.domain.fields import FIELDS

        field, equals, start = typed.partition("=")
        if not equals:
            for name, known in FIELDS.items():
                if known.settable and name.startswith(field):
                    yield _item(f"{name}=", help=known.zh)
            return
        for value, label in values_of(env, field.rstrip("+-")):
            if value.startswith(start):
                yield _item(f"{field}={value}", help=label)


class Agent(_Completed):
    """An agent of the team."""

    name = "agent"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for value, label in values_of(env, "assignee"):
            if value.startswith(typed):
                yield _item(value, help=label)


class QueryWord(_Completed):
    """A word of a query: ``status:open``."""

    name = "query"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.domain.fields import FIELDS

        field, colon, start = typed.partition(":")
        if not colon:
            for name, known in FIELDS.items():
                if name.startswith(field):
                    yield _item(f"{name}:", help=known.zh)
            return
        for value, label in values_of(env, field):
            if value.startswith(start):
                yield _item(f"{field}:{value}", help=label)


def values_of(env: Env, field: str) -> Iterable[tuple[str, str]]:
    """(value, label) of everything that a field may hold on this desk."""
    from tkt.domain.fields import PRIORITIES

    settings = env.desk.settings
    if field == "status":
        return {s.name: s.zh for flow in settings.workflows for s in flow.states}.items()
    if field == "priority":
        return [(name, labels[0]) for name, labels in PRIORITIES.items()]
    if field == "assignee":
        return [(agent.id, agent.name) for agent in settings.agents]
    if field == "team":
        return [(team.id, team.name) for team in settings.teams]
    if field == "workflow":
        return [(flow.name, flow.zh) for flow in settings.workflows]
    if field == "channel":
        return [(channel, "") for channel in settings.channels]
    return []


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
        return [_item(incomplete, kind="file")]
