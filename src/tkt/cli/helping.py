"""Help in the reader's language: click's layout, our texts, Chinese counted as wide as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tkt.domain.plaintext import width, wrap
from tkt.texts import has, say

if TYPE_CHECKING:
    from collections.abc import Iterable


def tell(ctx: click.Context, text: str) -> None:
    """Print what was asked for instead of running a command."""
    ctx.obj.tell(text)


class Formatter(click.HelpFormatter):
    """Lines up and wraps by terminal cells, not by characters."""

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Two columns: terms, and what they mean."""
        rows = list(rows)
        first = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        room = max(self.width - self.current_indent - first, 20)
        for term, meaning in rows:
            lines = wrap(meaning, room) or [""]
            gap = first - width(term)
            if gap < col_spacing:
                self.write(f"{indent}{term}\n")
                term, gap = "", first
            self.write(f"{indent}{term}{' ' * gap}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, say("help.usage"))


class Option(click.Option):
    """An option whose help is a key of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """(the option's spellings, what it does)."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        return record[0], say(self.help) if self.help else ""


class _Told:
    """What commands and groups share: their help comes from ``help.<path>``."""

    def told(self, ctx: click.Context) -> str:
        words = ctx.command_path.split()[1:]
        key = ".".join(["help", *words]) if words else "help.tkt"
        return say(key) if has(key) else ""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Summary and explanation as they stand in the catalogue, wrapped; examples as they are."""
        formatter.write_paragraph()
        for line in self.told(ctx).splitlines():
            shown = [line] if line.startswith("  ") else wrap(line, max(formatter.width - 2, 40))
            for part in shown or [""]:
                formatter.write(f"  {part}".rstrip() + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, under our heading; what the arguments mean is told in the text."""
        rows = []
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            if isinstance(param, click.Argument):
                continue
            record = param.get_help_record(ctx)
            if record is not None:
                rows.append((record[0], say(param.help) if has(param.help or "") else record[1]))
        if rows:
            with formatter.section(say("help.section.options")):
                formatter.write_dl(rows)


class Command(_Told, click.Command):
    """A command with help in two languages; ``group`` are the commands that stand below it."""

    group: Group | None = None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then what stands below."""
        super().format_options(ctx, formatter)
        if self.group is not None:
            self.group.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, also as ``-h``."""
        return _help_option(self, ctx)


class Group(_Told, click.Group):
    """A group of commands with help in two languages."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        _Told.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, also as ``-h``."""
        return _help_option(self, ctx)


def _help_option(command: click.Command, ctx: click.Context) -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            tell(ctx, ctx.get_help())
            ctx.exit()

    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="help.option.help",
    )
