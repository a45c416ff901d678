"""Options that mean the same wherever they stand, and the decorator that makes a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tkt.cli.helping import Command, Option
from tkt.cli.types import Count

if TYPE_CHECKING:
    from tkt.cli.env import Env

F = TypeVar("F", bound=Callable[..., Any])
Decorator = Callable[[F], F]


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


def lists(function: F) -> F:
    """``--json``, ``--jsonl``, ``--csv`` and ``--markdown``."""
    for name in ("markdown", "csv", "jsonl", "json"):
        function = _format_flag(name)(function)
    return function


def writes(function: F) -> F:
    """``--json`` and ``--at``."""

    def remember(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.obj.at_text = value

    at = option("--at", help="at", metavar="TIME", expose_value=False, callback=remember)
    return at(_format_flag("json")(function))


def paged(function: F) -> F:
    """``--sort``, ``--limit`` and ``--page``."""
    function = option("--page", help="page", type=Count(1), metavar="N")(function)
    function = option("--limit", help="limit", type=Count(0), metavar="N")(function)
    return option("--sort", help="sort", metavar="FIELDS")(function)
