"""Scripts: a text file with a command a line, as one types it at a shell.

::

    # A remark, for who reads the script.
    ## A heading, printed when its turn comes.
    09:02 lin cup= tkt new "The cup arrived broken" --customer Tom
    10:15:20 lin tkt reply {cup} "So sorry about that!"
    10:16 lin ! tkt resolve {cup}

A line says when, who, and what. ``cup=`` gives a name to the ticket that the command opens, or
hands out; ``{cup}`` stands for its id from then on. After ``!`` stands what is to be refused, or
not all of it done. ``sed -i 's/old/new/' FILE`` edits settings by hand. Times never go back.
"""

from __future__ import annotations

import os
import re
import shlex
from datetime import time
from typing import TYPE_CHECKING

from tkt.errors import BadData
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP = re.compile(r"(\d\d:\d\d(?::\d\d)?)\s+(\S+)\s+(?:([a-z]\w*)=\s+|(!)\s+)?(tkt|sed -i)\s+(.+)")
_NAMED = re.compile(r"\{([^{}]*)\}")
_FOLDER = os.path.dirname(os.path.abspath(__file__))


class Heading(NamedTuple):
    """The beginning of a chapter."""

    text: str


class Step(NamedTuple):
    """One command: at ``at`` ``who`` types what ``typed`` says; ``name`` is for its ticket.

    ``is_refused``: it is there to show a rule that says no, or what is left out, and must fail.
    """

    line: int
    at: time
    who: str
    typed: str
    name: str | None = None
    is_refused: bool = False

    def typed_with(self, known: Mapping[str, str]) -> str:
        """What is typed, with what is known of tickets in the place of their names."""
        return _NAMED.sub(lambda match: known[match[1]], self.typed)


class Script(NamedTuple):
    """A whole play; ``path`` is the name of its file."""

    path: str
    parts: tuple[Heading | Step, ...]

    @property
    def steps(self) -> list[Step]:
        """The commands alone."""
        return [part for part in self.parts if isinstance(part, Step)]


def read(language: str) -> Script:
    """The script of a language."""
    path = f"{language}.txt"
    with open(f"{_FOLDER}/{path}", encoding="utf-8") as stream:
        return parse(stream.read(), path=path)


def team(language: str) -> str:
    """The team that plays it, as team.yaml has it."""
    with open(f"{_FOLDER}/{language}.team.yaml", encoding="utf-8") as stream:
        return stream.read()


def parse(text: str, *, path: str) -> Script:
    """A script from its text; BadData with line and column for what is none."""
    parts: list[Heading | Step] = []
    names: set[str] = set()
    latest = time.min
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("##"):
            parts.append(Heading(line.lstrip("#").strip()))
        elif line and not line.startswith("#"):
            step = _step(raw, number, names, latest, path)
            parts.append(step)
            latest = step.at
            names |= {step.name} if step.name else set()
    return Script(path, tuple(parts))


def _step(raw: str, number: int, names: set[str], latest: time, path: str) -> Step:
    match = _STEP.fullmatch(raw.strip())
    if match is None:
        raise BadData("demo.not_a_step", path=path, line=number)
    said, who, name, no, tool, words = match.groups()
    try:
        at = time.fromisoformat(said)
    except ValueError as error:
        raise BadData("demo.no_time", path=path, line=number, value=said) from error
    if at < latest:
        raise BadData("demo.back_in_time", path=path, line=number, value=said)
    for found in _NAMED.finditer(raw):
        if found[1] not in names:
            column = found.start() + 1
            raise BadData("demo.no_name", path=path, line=number, column=column, name=found[1])
    try:
        shlex.split(words)
    except ValueError as error:
        raise BadData("demo.quotes", path=path, line=number, words=words) from error
    return Step(number, at, who, f"{tool} {words}", name, is_refused=bool(no))
