"""Playing a script on a desk: each step is a command run in this process, told with its answer."""

from __future__ import annotations

import io
import shlex
from datetime import datetime, timedelta
from textwrap import indent
from typing import IO, TYPE_CHECKING

import click

from tkt.cli.demo.export import edit, laid
from tkt.cli.demo.script import Heading
from tkt.cli.env import Env
from tkt.cli.out import Streams, sentence, usage_text
from tkt.cli.terminal import width_of
from tkt.cli.tree import root as commands
from tkt.domain.calendar.working import DEFAULT_ZONE
from tkt.domain.plaintext import clip, pad, width
from tkt.domain.settings import Zone
from tkt.domain.table import Card, Table
from tkt.errors import BadData, TktError
from tkt.render.views import summaries
from tkt.services.summarising import Whose, summarise
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.demo.script import Script, Step
    from tkt.storage.desk import Desk

_INDENT = " " * 6
"""Before a short answer: as wide as a time. A longer one stands as it is, as wide as it is."""
_SHORT = 2
"""Lines of a short answer: a remark, and what was done."""


class _Heard(io.StringIO):
    """What a command says, to be told in its place; it looks like the stream that it goes to."""

    def __init__(self, stream: IO[str]) -> None:
        super().__init__()
        self.stream = stream

    def isatty(self) -> bool:
        """As the stream is."""
        return self.stream.isatty()

    def fileno(self) -> int:
        """The stream's."""
        return self.stream.fileno()


class _Aside(io.StringIO):
    """What it says beside its answer, in the same place; nobody watches, so no bar is drawn."""

    def __init__(self, heard: _Heard) -> None:
        super().__init__()
        self.heard = heard

    def write(self, text: str) -> int:
        """Into the one place."""
        return self.heard.write(text)


class _StepEnv(Env):
    """The surroundings of one step; what it says of many tickets is told in a line."""

    def show(self, view: Table | Card, *, long: bool = False) -> None:
        """As usual, but for what was done to many, and for a table that says nothing."""
        if isinstance(view, Table):
            rows = list(view.rows)
            view = view._replace(rows=rows)
            if any(column.key == "ok" for column in view.columns):
                ends = " ".join(_end(row["id"] or "") for row in rows)
                view = Card(say("demo.many", count=len(rows), ids=ends), {})
            elif not rows:
                return
        super().show(view, long=long)


def _end(ticket_id: str) -> str:
    """As much of an id as has to be typed on its day."""
    return ticket_id.rpartition("-")[2]


class Play:
    """A play on the desk in the folder ``root``; where the output is ``quiet`` only figures come.

    Its day is the latest on which all of it is over by now.
    """

    def __init__(self, env: Env, script: Script, root: str) -> None:
        self.env = env
        self.script = script
        self.root = root
        self.tickets: dict[str, str] = {}
        self._desk: Desk | None = None
        self._column = max(width(step.who) for step in script.steps)
        now = env.now.astimezone(Zone(DEFAULT_ZONE))
        over = now.time() > max(step.at for step in script.steps)
        self.day = (now if over else now - timedelta(days=1)).replace(hour=0, minute=0, second=0)

    @property
    def begins(self) -> datetime:
        """The moment of the first step."""
        return self._moment(self.script.steps[0])

    def run(self) -> None:
        """Play to the end; BadData with the line where a command is refused."""
        for part in self.script.parts:
            if isinstance(part, Heading):
                self._head(part)
            else:
                self._step(part)

    def close(self) -> None:
        """The figures of the day."""
        last = self.script.steps[-1]
        env = self._env_of(last, self.env.out)
        env.format = self.env.format
        span = self.day, self.day + timedelta(days=1)
        figures = summarise(env.desk, span, Whose(), now=env.now)
        self._tell("\n")
        telling = summaries.Telling(env.settings, env.now, for_people=env.is_worded)
        env.show(summaries.card(figures, telling))
        for warning in env.warnings:
            env.out.warn(warning)

    def _moment(self, step: Step) -> datetime:
        return datetime.combine(self.day, step.at, self.day.tzinfo)

    def _env_of(self, step: Step, out: Streams) -> Env:
        """The surroundings of whoever takes a step, all on one desk."""
        now = self._moment(step).isoformat()
        said = {"TKT_DESK": self.root, "TKT_ACTOR": step.who, "TKT_NOW": now}
        env = _StepEnv({**self.env.environ, **said}, out, io.StringIO(), self.root, self._desk)
        env.format = "human"
        self._desk = env.desk
        return env

    def _step(self, step: Step) -> None:
        typed = step.typed_with(self.tickets)
        self._tell(self._line(step, typed))
        heard = _Heard(self.env.out.stdout)
        env = self._env_of(step, Streams(heard, _Aside(heard)))
        if typed.startswith("sed "):
            why = None if edit(self.root, typed) else say("demo.nothing_to_edit")
        else:
            with laid(typed, self.root, self.day):
                why = _run(env, typed, is_refused=step.is_refused)
        answer = heard.getvalue()
        is_short = answer.count("\n") <= _SHORT
        self._tell(indent(answer, _INDENT) if is_short else answer)
        if why is None and env.exit_code:
            why = answer.splitlines()[-1]
        if (why is not None) != step.is_refused:
            key = "demo.not_refused" if step.is_refused else "demo.refused"
            raise BadData(key, path=self.script.path, line=step.line, typed=typed, why=why)
        if step.name:
            self._remember(step, step.name, env.last_id)

    def _remember(self, step: Step, name: str, ticket_id: str | None) -> None:
        """What a name stands for; where it stands for something already, that must be the same."""
        end = _end(ticket_id or "")
        if not end or self.tickets.setdefault(name, end) != end:
            raise BadData("demo.other_ticket", path=self.script.path, line=step.line, name=name)

    def _head(self, heading: Heading) -> None:
        if not self.env.out.quiet:
            self._tell("\n")
            self.env.show(Card(heading.text, {}))

    def _line(self, step: Step, typed: str) -> str:
        who = pad(step.who, self._column)
        line = say("demo.step", time=f"{step.at:%H:%M}", who=who, typed=typed)
        out = self.env.out
        return (clip(line, width_of(out.stdout)) if out.on_terminal else line) + "\n"

    def _tell(self, text: str) -> None:
        if not self.env.out.quiet:
            self.env.out.data((text,))


def _run(env: Env, typed: str, *, is_refused: bool) -> str | None:
    """Do what was typed; None, or why it was refused. What is no fault of the script is raised.

    A refusal that the play is to show is told as everywhere, with its next step.
    """
    try:
        with commands.make_context("tkt", shlex.split(typed)[1:], obj=env) as context:
            commands.invoke(context)
    except TktError as error:
        if error.ends_run:
            raise
        if is_refused:
            env.out.error(error)
        return sentence(error)
    except click.ClickException as error:
        return usage_text(error)
    return None
