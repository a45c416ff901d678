"""Options that mean the same wherever they stand, and the decorator that makes a command."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tkt.cli.endings import ENDINGS, format_of
from tkt.cli.helping import Command, Option
from tkt.cli.types import Count, FilePath, QueryWord, Text, TicketId

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.bulk import Selection

F = TypeVar("F", bound=Callable[..., Any])


def cli_command(function: Callable[..., Any]) -> click.Command:
    """Make a function with options a command; it is given the :class:`Env` first."""
    made = click.command(cls=Command)(click.pass_obj(function))
    assert isinstance(made, click.Command)
    return made


def option(*names: str, help: str, **settings: Any) -> Callable[[F], F]:
    """An option; ``help`` is a key of the catalogue, without its ``help.option.``."""
    return click.option(*names, cls=Option, help=f"help.option.{help}", **settings)


def argument(name: str, **settings: Any) -> Callable[[F], F]:
    """A positional argument."""
    return click.argument(name, **settings)


def _format_flag(name: str) -> Callable[[F], F]:
    def choose(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            env: Env = ctx.obj
            env.format = name
            env.out.wants_json = env.out.wants_json or name in ("json", "jsonl")

    return option(f"--{name}", help=name, is_flag=True, expose_value=False, callback=choose)


def reads(function: F) -> F:
    """``--json``."""
    return _format_flag("json")(function)


def format_flags(*names: str) -> Callable[[F], F]:
    """Options for some of the formats, in this order."""

    def decorate(function: F) -> F:
        for name in reversed(names):
            function = _format_flag(name)(function)
        return function

    return decorate


def to_file(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Options for some of the formats, and ``--output``: the result goes into a file of one."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(env: Env, *, output: str | None, **rest: Any) -> Any:
            if output is not None and env.collected is None:
                endings = {end: name for end, name in ENDINGS.items() if name in formats}
                endings["txt"] = "plain"
                env.output, env.format = output, format_of(output, env.format, endings, "plain")
            return function(env, **rest)

        made = option("-o", "--output", help="output", type=FilePath(), metavar="FILE")(run)
        return format_flags(*formats)(made)

    return decorate


def lists(function: F) -> F:
    """``--json``, ``--jsonl``, ``--csv`` and ``--markdown``."""
    return format_flags("json", "jsonl", "csv", "markdown")(function)


def writes(function: F) -> F:
    """``--json`` and ``--at``."""

    def remember(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.obj.at_text = value

    at = option("--at", help="at", metavar="TIME", expose_value=False, callback=remember)
    return at(_format_flag("json")(function))


def on_many(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--where``, ``--dry-run``, ``--yes``, ``--json`` and ``--at``.

    The command is given one :class:`~tkt.services.bulk.Selection` for them, without ids.
    """

    @wraps(function)
    def run(env: Env, *, where: str | None, dry_run: bool, sure: bool, **rest: Any) -> Any:
        from tkt.services.bulk import Selection

        env.is_sure = sure
        return function(env, chosen=Selection((), where, dry_run), **rest)

    made = option("-y", "--yes", "sure", help="yes", is_flag=True)(writes(run))
    made = option("--dry-run", help="dry_run", is_flag=True)(made)
    return option("--where", help="where", type=QueryWord(), metavar="QUERY")(made)


def on_tickets(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same with ``[ID]...`` as its only arguments."""

    @wraps(function)
    def run(env: Env, *, chosen: Selection, ids: tuple[str, ...], **rest: Any) -> Any:
        return function(env, chosen=chosen._replace(ids=ids), **rest)

    return argument("ids", nargs=-1, type=TicketId(), metavar="[ID]...")(on_many(run))


def reasoned(function: F) -> F:
    """``--reason``."""
    return option("--reason", help="reason", type=Text(), metavar="TEXT")(function)


def with_note(function: F) -> F:
    """``--message``, a note that goes with what is done, and ``--reason``."""
    note = option("-m", "--message", help="with_note", type=Text(), metavar="TEXT")
    return note(reasoned(function))


def paged(function: F) -> F:
    """``--sort``, ``--limit`` and ``--page``."""
    function = option("--page", help="page", type=Count(1), metavar="N")(function)
    function = option("--limit", help="limit", type=Count(0), metavar="N")(function)
    return option("--sort", help="sort", metavar="FIELDS")(function)
