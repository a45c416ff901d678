"""What a command gets from outside, read once: the clock, the actor, the language, the streams."""

from __future__ import annotations

import io
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

from tkt import texts
from tkt.cli.out import Streams
from tkt.errors import NotFound, TktError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.settings import Settings
    from tkt.domain.table import Card, Table
    from tkt.render import formats
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk

_LANGUAGE_LINE = r"(?m)^language:\s*['\"]?(zh|en)\b"

MARKER = "tkt.yaml"
"""The file that makes a folder a desk."""
_YEARS = range(1900, 9000)
"""Years that leave room to reckon with time zones and spans on either side."""
_SKEW = timedelta(minutes=5)
"""So far may another clock be ahead of ours for what has happened already."""
_WORDED = ("human", "markdown", "html")
"""Formats that people read."""
PAGE = 50
"""Rows of a list for people, or of a page asked for, where no limit is named."""


class Env:
    """One command's surroundings. ``format``, ``output`` (a file for the result instead of
    standard output) and ``at_text`` are set by its options.

    ``collected`` is a list inside ``batch``: results go there instead of to a stream.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        out: Streams,
        stdin: Any,
        folder: str,
        desk: Desk | None = None,
    ) -> None:
        self.environ = environ
        self.out = out
        self.stdin = stdin
        self.folder = folder
        self.format: str | None = None
        self.at_text: str | None = None
        self.output: str | None = None
        self.exit_code = 0
        self.is_sure = False
        self.last_id: str | None = None
        self.collected: list[Table | Card] | None = None
        self._desk = desk

    @staticmethod
    def of_process(environ: Mapping[str, str]) -> Env:
        """The environment of this process."""
        out, err = map(_utf8, (sys.stdout, sys.stderr))
        try:
            folder = os.getcwd()
        except OSError:  # somebody has deleted the folder that we are in
            folder = environ.get("PWD", "/")
        return Env(environ, Streams(out, err), sys.stdin, folder)

    # -- language and clock -------------------------------------------------------------------

    @cached_property
    def language(self) -> str:
        """``zh`` or ``en``: TKT_LANG, else the desk's, else the locale's."""
        said = self.environ.get("TKT_LANG", "")
        if said[:2] in texts.LANGUAGES:
            return said[:2]
        try:
            # A look at one line: telling what is wrong with a desk must not need a sound one.
            with open(f"{self.root}/{MARKER}", encoding="utf-8", errors="replace") as stream:
                if match := re.search(_LANGUAGE_LINE, stream.read(1 << 16)):
                    return match[1]
        except (TktError, OSError):
            pass
        return self.locale_language

    @property
    def locale_language(self) -> str:
        """What the locale speaks; Chinese where it says nothing."""
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            value = self.environ.get(name, "")
            if value and value.partition(".")[0] not in ("C", "POSIX"):
                return "zh" if value.startswith("zh") else "en"
        return "zh"

    @cached_property
    def now(self) -> datetime:
        """The time of this command, to the second, in UTC; TKT_NOW for replays and tests."""
        said = self.environ.get("TKT_NOW")
        if not said:
            return datetime.now(UTC).replace(microsecond=0)
        try:
            moment = datetime.fromisoformat(said)
            if moment.year not in _YEARS:
                raise ValueError(said)
        except ValueError as error:
            raise UsageProblem("env.bad_now", value=said) from error
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.settings.zone)
        return moment.replace(microsecond=0)

    # -- the desk -----------------------------------------------------------------------------

    @cached_property
    def root(self) -> str:
        """The desk's folder: TKT_DESK, else searched upwards from the current folder."""
        start = folder = os.path.abspath(
            os.path.join(self.folder, self.environ.get("TKT_DESK") or ".")
        )
        while not os.path.isfile(f"{folder}/{MARKER}"):
            folder, inner = os.path.dirname(folder), folder
            if folder == inner:
                raise NotFound("desk.none", path=start)
        return folder

    @property
    def has_desk(self) -> bool:
        """Whether we are in a desk."""
        try:
            return bool(self.root)
        except NotFound:
            return False

    @property
    def desk(self) -> Desk:
        """The desk; opened at first use."""
        if self._desk is None:
            from tkt.storage.desk import Desk

            self._desk = Desk(self.root)
            if self.out.stderr.isatty():
                from tkt.cli.progress import bar

                self._desk.progress = bar(self.out.stderr, "progress.index")
        return self._desk

    @property
    def warnings(self) -> list[TktError]:
        """What went wrong beside the command without stopping it."""
        if self._desk is None:
            return []
        from tkt.domain.shape import CAUTIONS

        # One fault of the settings is enough to send somebody to `tkt check`.
        faults = [f for f in self._desk.known_setting_faults if f.key not in CAUTIONS]
        return [*self._desk.warnings, *faults[:1]]

    @property
    def settings(self) -> Settings:
        """The desk's settings."""
        return self.desk.settings

    @property
    def acting(self) -> Acting:
        """Who acts, and when."""
        from tkt.services.acting import Acting, person_for

        settings = self.settings
        said = self.environ.get("TKT_ACTOR") or None
        login = self.environ.get("USER") or self.environ.get("LOGNAME") or "agent"
        config = {} if said and settings.agent(said) else self.desk.git.config
        person = person_for(settings, said=said, config=config, login=login)
        now = self.now.astimezone(settings.zone)
        return Acting(person, now, self.at, draw, recorded_later=self.at_text is not None)

    @property
    def init_language(self) -> str:
        """The language of a desk about to be made: TKT_LANG, else the locale's."""
        said = self.environ.get("TKT_LANG", "")[:2]
        return said if said in texts.LANGUAGES else self.locale_language

    def query_me(self, words: Iterable[str]) -> str | None:
        """Who ``me`` is in a query; looked up only where one may be meant."""
        text = " ".join(words)
        return self.acting.by if "me" in text or "我" in text else None

    def default_limit(self, said: int | None, *, page: int | None = None) -> int | None:
        """Rows of a list: as asked for; else a page for people or of pages, all for programs."""
        if said is not None:
            return said or None
        return PAGE if self.is_for_people or page else None

    @property
    def at(self) -> datetime:
        """When what is being recorded was done: ``--at``, else now; in the desk's time zone."""
        zone = self.settings.zone
        if self.at_text is None:
            return self.now.astimezone(zone)
        from tkt.domain.when import parse_moment

        try:
            at = parse_moment(self.at_text, now=self.now, tz=zone).replace(microsecond=0)
        except ValueError as error:
            raise UsageProblem("env.bad_time", value=self.at_text) from error
        if at > self.now + _SKEW:
            raise UsageProblem("env.at_ahead", value=self.at_text)
        return at

    # -- asking -------------------------------------------------------------------------------

    @property
    def can_ask(self) -> bool:
        """Whether a person sits at the terminal and can be asked, or be given an editor."""
        return self.collected is None and self.stdin is not None and bool(self.stdin.isatty())

    def ask(self, key: str, **params: object) -> bool:
        """Whether the person says yes."""
        self.out.prompt(key, **params)
        return str(self.stdin.readline()).strip().casefold() in ("y", "yes", "是", "好")

    # -- output -------------------------------------------------------------------------------

    @property
    def is_for_people(self) -> bool:
        """Whether the answer is to be read by a person rather than a program."""
        return self.chosen_format == "human"

    @property
    def is_worded(self) -> bool:
        """Whether it is told in people's words, in whatever format."""
        return self.chosen_format in _WORDED

    @property
    def wants_data(self) -> bool:
        """Whether values are told with their structure; elsewhere a cell holds words."""
        return self.chosen_format in ("json", "jsonl")

    @property
    def chosen_format(self) -> str:
        """The format asked for; without one, a person's at a terminal and plain text elsewhere."""
        return self.format or ("human" if self.out.on_terminal else "plain")

    def show(self, view: Table | Card, *, long: bool = False) -> None:
        """Print a result in the format asked for; inside ``batch`` keep it for the answer.

        With ``long`` it is something to read, and goes through a pager if it does not fit.
        """
        if self.collected is not None:
            self.collected.append(view)
            return
        from tkt.render import formats

        chosen = formats.get(self.chosen_format)
        render = chosen.table if hasattr(view, "columns") else chosen.card
        # What a program reads looks the same everywhere, and need not wait for us to look around.
        look = self.look if self.is_worded else formats.Look()
        self._write(render(view, look), long=long)  # type: ignore[arg-type]

    def tell(self, text: str) -> None:
        """Print a text that was asked for, as ``--help`` is; nobody reads one in ``batch``."""
        if not self.out.quiet:
            self._write((f"{text}\n",), long=True)

    def _write(self, chunks: Iterable[str], *, long: bool) -> None:
        if self.output is not None:
            from tkt.services.transfer.exporting import save

            save(os.path.join(self.folder, self.output), chunks, encoding="utf-8")
            self.out.say("env.written", path=self.output)
            return
        # What was asked for in a format is not for a person to leaf through, even at a terminal.
        if long and self.format is None and self.out.on_terminal:
            self.out.long(chunks, self.environ)
        else:
            self.out.data(chunks)

    @property
    def look(self) -> formats.Look:
        """How things are to look here."""
        from tkt.cli import terminal
        from tkt.render.formats import Look
        from tkt.render.styles import style_of
        from tkt.render.wording import due_text, moment_text, span_text

        shown = self.out.on_terminal
        tz = self._desk.settings.zone if self._desk is not None else None
        linked = shown and self._desk is not None and terminal.has_links(self.environ)
        return Look(
            width=terminal.width_of(self.out.stdout),
            now=self.now,
            tz=tz,
            colour=shown and terminal.has_colour(self.environ),
            label=_label,
            moment=lambda at: moment_text(at, now=self.now, tz=tz),
            due=lambda at: due_text(at, now=self.now, tz=tz),
            span=span_text,
            style=style_of,
            link=terminal.addresses(self.root) if linked else None,
            language=texts.current(),
        )

    def inner(self, settings: Mapping[str, str]) -> Env:
        """The surroundings of one command inside ``batch``: the same desk, its own actor and time.

        What it says to people is left unsaid; its results are collected.
        """
        environ = dict(self.environ)
        if "actor" in settings:
            environ["TKT_ACTOR"] = settings["actor"]
        env = Env(
            environ,
            Streams(self.out.stdout, self.out.stderr),
            io.StringIO(),
            self.folder,
            self.desk,
        )
        env.out.quiet = True
        env.format = "json"
        env.at_text = settings.get("at")
        env.collected = []
        return env


def _label(key: str) -> str:
    return texts.say(f"label.{key}") if texts.has(f"label.{key}") else key


def _utf8(stream: Any) -> IO[str]:
    """A stream of this process; whatever the locale says, files and terminals here speak UTF-8."""
    if stream is None:  # closed by whoever started us
        return open(os.devnull, "w", encoding="utf-8")
    stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream  # type: ignore[no-any-return]


def draw(below: int) -> int:
    """A random integer from 0 up to, not including, ``below``."""
    return int.from_bytes(os.urandom(16), "big") % below
