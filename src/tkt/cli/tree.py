"""A folder of files as a click group: the path of a file is the path of its command.

Nothing is imported to list commands or to print ``--help``: names come from the folder, summaries
from the text catalogue (the first line of ``help.<command>``).
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tkt import __version__
from tkt.cli.helping import Command, Formatter, Group, tell
from tkt.texts import has, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

click.Context.formatter_class = Formatter

SECTIONS = {
    "desk": ("init", "demo", "check", "commit", "doctor", "maintain", "index"),
    "process": ("workflow", "calendar", "sla", "sweep", "rule"),
    "tickets": ("new", "list", "show", "search", "similar", "log"),
    "day": (
        "next",
        "take",
        "assign",
        "reply",
        "note",
        "message",
        "move",
        "wait",
        "promise",
        "resolve",
        "close",
        "reopen",
        "tick",
        "approve",
        "escalate",
        "set",
        "classify",
        "macro",
        "undo",
    ),
    "order": ("link", "merge", "split", "archive"),
    "people": (
        "today",
        "inbox",
        "watch",
        "mute",
        "view",
        "customer",
        "route",
        "agent",
        "team",
        "roster",
    ),
    "knowledge": ("kb", "canned", "tone", "bot", "train"),
    "figures": ("summary", "report"),
    "many": ("batch", "import", "export", "sync"),
    "running": ("notify", "outbox", "cron"),
}
"""Under which heading of ``tkt --help`` a command stands; any other stands under the last."""

ITSELF = "_itself"
"""The file of what a group does by itself: ``tkt classify TEXT``, beside ``tkt classify check``."""
PLUMBING = ("merge-driver",)
"""Commands for Git to call: they run, and no list for people has them."""


def names_in(folder: str) -> list[str]:
    """The commands that a folder holds; a trailing ``_`` keeps a file from being a keyword."""
    names = []
    for entry in os.scandir(folder):
        name = entry.name
        if entry.is_dir() and os.path.isfile(f"{entry.path}/__init__.py"):
            names.append(name)
        elif name.endswith(".py") and not name.startswith("_"):
            names.append(name[:-3].rstrip("_").replace("_", "-"))
    return sorted(names)


class Tree(Group):
    """The commands of one folder, each imported when it runs."""

    def __init__(self, package: str, folder: str, **settings: Any) -> None:
        super().__init__(
            invoke_without_command=True,
            no_args_is_help=False,
            callback=click.pass_context(_nothing_said),
            **settings,
        )
        self.package = package
        self.folder = folder

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        names = (name for name in names_in(self.folder) if name not in PLUMBING)
        return [name for name in names if has(f"help.{self._key(name)}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``, imported now."""
        if cmd_name.startswith("_") or not cmd_name.replace("-", "").isalnum():
            return None
        module = cmd_name.replace("-", "_")
        for candidate in (module, f"{module}_"):
            if os.path.isfile(f"{self.folder}/{candidate}.py"):
                found = import_module(f"{self.package}.{candidate}").command
                found.name = cmd_name
                return found if isinstance(found, click.Command) else None
        if os.path.isdir(f"{self.folder}/{module}"):
            return Tree(f"{self.package}.{module}", f"{self.folder}/{module}", name=cmd_name)
        return None

    def itself(self, args: list[str]) -> click.Command | None:
        """What the group does where no member of it is named; None if it only has members."""
        if (args and args[0] in names_in(self.folder)) or not os.path.isfile(
            f"{self.folder}/{ITSELF}.py"
        ):
            return None
        found = import_module(f"{self.package}.{ITSELF}").command
        assert isinstance(found, Command)
        found.name, found.group = self.name, self
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown command is told in our words, with the nearest one."""
        known = ctx.resilient_parsing or args[0].startswith("-")
        if not known and self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches

            close = get_close_matches(args[0], self.list_commands(ctx), 1, 0.6)
            text = say("usage.no_command", name=args[0])
            if close:
                text += say("usage.did_you_mean", close=close[0])
            raise click.UsageError(text, ctx)
        found = None if args[0].startswith("-") else self.get_command(ctx, args[0])
        if isinstance(found, Tree) and (own := found.itself(args[1:])):
            return args[0], own, args[1:]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands and their summaries, or the options; no command is imported for it."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        from click.shell_completion import CompletionItem

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [CompletionItem(name, help=self._summary(name)) for name in names]

    def _summary(self, name: str) -> str:
        return say(f"help.{self._key(name)}").partition("\n")[0]

    def _key(self, name: str) -> str:
        inside = self.package.removeprefix("tkt.cli.commands").lstrip(".")
        return f"{inside}.{name}" if inside else name

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their summaries, under their headings."""
        names = self.list_commands(ctx)
        if self.name != "tkt":
            self._section(formatter, "commands", names)
            return
        listed = {name for group in SECTIONS.values() for name in group}
        for heading, members in SECTIONS.items():
            self._section(formatter, heading, [n for n in members if n in names])
        self._section(formatter, "more", [n for n in names if n not in listed])

    def _section(self, formatter: click.HelpFormatter, key: str, names: Iterable[str]) -> None:
        rows = [(name, self._summary(name)) for name in names]
        if rows:
            with formatter.section(say(f"help.section.{key}")):
                formatter.write_dl(rows)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        tell(ctx, f"tkt {__version__}")
        ctx.exit()


def _nothing_said(ctx: click.Context) -> None:
    """Help; but in a desk ``tkt`` alone says what needs one now."""
    if ctx.invoked_subcommand is not None:
        return
    command = ctx.command
    if command is root and ctx.obj is not None and ctx.obj.has_desk:
        today = root.get_command(ctx, "today")
        assert today
        ctx.invoke(today)
    else:
        tell(ctx, ctx.get_help())


root = Tree(
    "tkt.cli.commands",
    os.path.join(os.path.dirname(__file__), "commands"),
    name="tkt",
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help="help.option.version",
        ),
    ],
)
