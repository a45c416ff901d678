"""Streams: data on stdout, talk on stderr; nothing unsafe reaches a terminal."""

from __future__ import annotations

from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

import click

from tkt import texts
from tkt.domain.custom.field import Label
from tkt.domain.plaintext import safe
from tkt.domain.routing.because import Because
from tkt.errors import BadData, News, TktError
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def sentence(error: TktError) -> str:
    """What an error says, in one line, with the place in a file where it has one."""
    text = say(error.key, **_worded(error))
    if isinstance(error, BadData):
        text = f"{error.path}:{error.line}:{error.column}: {text}"
    return " ".join(safe(text).split())


def hint(error: TktError) -> str | None:
    """The safe next step, if there is one to name."""
    key = f"{error.key}.hint"
    return " ".join(safe(say(key, **_worded(error))).split()) if texts.has(key) else None


def _worded(error: TktError) -> dict[str, object]:
    """What an error has to tell, labels in the language of the moment."""
    told = {name: _told(value) for name, value in error.params.items()}
    label = f"label.{told.get('field')}"
    if error.key.startswith("value.unknown") and texts.has(label):
        told["field"] = say(label)
    return told


def _told(value: object) -> object:
    if isinstance(value, TktError):
        return sentence(value)
    if isinstance(value, Because):
        from tkt.render.views.reasons import because_text

        return because_text(value)
    return getattr(value, texts.current()) if isinstance(value, Label) else value


class Streams:
    """Where a command's output goes."""

    def __init__(self, stdout: IO[str], stderr: IO[str]) -> None:
        self.stdout = stdout
        self.stderr = stderr
        self.wants_json = False
        self.quiet = False

    @property
    def on_terminal(self) -> bool:
        """Whether a person reads stdout as it comes."""
        return self.stdout.isatty()

    def data(self, chunks: Iterable[str]) -> None:
        """Write what was asked for."""
        write = self.stdout.write
        for chunk in chunks:
            write(chunk)

    def long(self, chunks: Iterable[str], environ: Mapping[str, str]) -> None:
        """The same where it may be longer than the screen."""
        from tkt.cli.pager import page

        text = "".join(chunks)
        if not page(text, self.stdout, environ):
            self.data((text,))

    def flush(self) -> None:
        """Hand everything to the system, so that a full disk or a closed pipe is noticed here."""
        self.stdout.flush()

    def say(self, key: str, **params: object) -> None:
        """Tell the person something that is not data."""
        if not self.quiet:
            self.tell(safe(say(key, **params), newlines=True))

    def prompt(self, key: str, **params: object) -> None:
        """Ask the person something; the answer goes on in the same line."""
        self.stderr.write(safe(say(key, **params)) + " ")
        self.stderr.flush()

    def warn(self, error: TktError) -> None:
        """Tell of something wrong that does not stop the command; of something good likewise."""
        told = sentence(error)
        self.tell(told if isinstance(error, News) else say("cli.warning", text=told))

    def tell(self, line: str) -> None:
        """Write to the person; where nobody can hear it, the exit code still tells how it went."""
        with suppress(OSError):
            self.stderr.write(f"{line}\n")
            self.stderr.flush()

    def error(self, error: TktError) -> None:
        """Tell what stopped the command; with ``--json`` as one object."""
        self._report(error.slug, sentence(error), hint(error), _details(error))

    def usage(self, error: click.ClickException) -> None:
        """The same for a command line that click cannot make sense of."""
        self._report("usage", usage_text(error), usage_hint(error), {})

    def bug(self, name: str, path: str) -> None:
        """The same for an error of ours."""
        self._report("bug", say("cli.bug", name=name, path=path), None, {})

    def _report(
        self, slug: str, message: str, next_step: str | None, details: dict[str, Any]
    ) -> None:
        if self.wants_json:
            from tkt.render.formats.json import to_json

            document = {"error": slug, "message": message, "hint": next_step, **details}
            self.tell(to_json(document))
            return
        self.tell(f"tkt: {message}")
        if next_step:
            self.tell(f"     {next_step}")


def _details(error: TktError) -> dict[str, Any]:
    wanted = ("path", "line", "column", "field", "id")
    return {k: error.params[k] for k in wanted if isinstance(error.params.get(k), str | int)}


def usage_hint(error: click.ClickException) -> str:
    """Where the right usage is told."""
    context = getattr(error, "ctx", None)
    return say("usage.hint", command=context.command_path if context else "tkt")


def usage_text(error: click.ClickException) -> str:
    """Click's complaint in our words."""
    if isinstance(error, click.NoSuchOption):
        close = " ".join(error.possibilities or ())
        return say("usage.no_option", option=error.option_name, close=close).strip()
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "?"
        return say("usage.missing", name=name)
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else "?"
        return say("usage.bad", name=str(name).strip("'"), message=safe(error.message))
    return safe(error.format_message())
