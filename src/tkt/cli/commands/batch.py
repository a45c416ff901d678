"""``tkt batch``."""

from __future__ import annotations

import json
import os
import select
from typing import TYPE_CHECKING, Any

import click

from tkt.cli.options import argument, cli_command
from tkt.cli.out import usage_hint, usage_text
from tkt.cli.reading import standard_input
from tkt.cli.results import failure
from tkt.cli.tree import root
from tkt.cli.types import FilePath
from tkt.domain.table import Card, RawJson
from tkt.errors import TktError, Unavailable, UsageProblem
from tkt.named import NamedTuple
from tkt.render.formats.json import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.cli.env import Env

_AT_ONCE = 1000
"""So many lines make one group: one lock, one merge commit."""
_CHUNK = 1 << 20
_OWN = {"batch", "init", "demo", "sync", "import", "merge-driver", "doctor", "maintain"}
"""Commands that hold the desk in their own way, and so cannot be part of a group."""
_ALONE = _OWN | {"index", "export"}
"""Neither can what replaces the index that the group is using, or prints a file, not an answer."""


class Line(NamedTuple):
    """One line of the input, numbered from 1, blank ones counted."""

    number: int
    text: bytes


@cli_command
@argument("file", type=FilePath(), required=False)
def command(env: Env, file: str | None) -> None:
    count = failed = 0
    with _source(env, file) as source:
        for lines in _groups(source):
            answers = _run_group(env, lines)
            count += len(lines)
            failed += sum(not answer["ok"] for answer in answers)
            env.exit_code = max([env.exit_code, *(answer.get("exit", 0) for answer in answers)])
            env.out.data(to_json(answer) + "\n" for answer in answers)
            env.out.flush()
    if failed:
        env.out.say("batch.failed", failed=failed, count=count)


def _source(env: Env, file: str | None) -> Any:
    if file is None:
        return os.fdopen(os.dup(standard_input(env).fileno()), "rb", buffering=0)
    try:
        return open(os.path.join(env.folder, file), "rb", buffering=0)
    except OSError as error:
        raise Unavailable("file.unreadable", path=file, message=error.strerror) from error


def _groups(source: Any) -> Iterator[list[Line]]:
    """Lines as they arrive: all that is there, up to a group's size, without waiting for more.

    A file is taken in large groups; a program that sends a line and waits gets its answer.
    """
    rest, number = b"", 0
    waiting: list[Line] = []
    while chunk := source.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        waiting += [Line(number + i, line) for i, line in enumerate(lines, 1) if line.strip()]
        number += len(lines)
        while len(waiting) >= _AT_ONCE:
            yield waiting[:_AT_ONCE]
            waiting = waiting[_AT_ONCE:]
        if waiting and not select.select([source], [], [], 0)[0]:
            yield waiting
            waiting = []
    if rest.strip():
        waiting.append(Line(number + 1, rest))
    for start in range(0, len(waiting), _AT_ONCE):
        yield waiting[start : start + _AT_ONCE]


def _run_group(env: Env, lines: list[Line]) -> list[dict[str, Any]]:
    """Run some lines with the desk held once; each is one action, refused or done on its own."""

    def decide(_run: object) -> list[dict[str, Any]]:
        return [_run_line(env, line) for line in lines]

    try:
        answers = env.desk.write(decide, env.acting.grouping("batch"))
    except TktError as error:
        if len(lines) > 1:
            # What stopped the group as a whole is found, and named, line by line.
            return [answer for line in lines for answer in _run_group(env, [line])]
        return [_refused(lines[0].number, error)]
    return [
        {**answer, "result": _final(answer["result"])} if answer["ok"] else answer
        for answer in answers
    ]


def _final(result: Any) -> Any:
    """A result as text, now that its commit has a name."""
    return RawJson(to_json(result)) if result is not None else None


def _run_line(env: Env, line: Line) -> dict[str, Any]:
    number = line.number
    try:
        args, settings = _parse(line.text)
        inner = env.inner(settings)
        with root.make_context("tkt", args, obj=inner) as context:
            root.invoke(context)
    except TktError as error:
        if error.ends_run:
            raise
        return _refused(number, error)
    except click.ClickException as error:
        return {
            "line": number,
            "ok": False,
            "error": "usage",
            "message": usage_text(error),
            "hint": usage_hint(error),
            "exit": 2,
        }
    except click.exceptions.Exit as end:
        return {"line": number, "ok": end.exit_code == 0, "result": None, "exit": end.exit_code}
    shown = inner.collected[0] if inner.collected else None
    result = shown.document if isinstance(shown, Card) else list(shown.rows) if shown else None
    return {
        "line": number,
        "ok": inner.exit_code == 0,
        "result": result,
        **({"exit": inner.exit_code} if inner.exit_code else {}),
    }


def _refused(number: int, error: TktError) -> dict[str, Any]:
    return {"line": number, "ok": False, **failure(error), "exit": error.exit_code}


def _parse(line: bytes) -> tuple[list[str], dict[str, str]]:
    """The words of a command and what its line says of actor and time."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageProblem("batch.not_json", message=str(error)) from error
    settings: dict[str, str] = {}
    if isinstance(data, dict):
        settings = {name: _setting(name, data[name]) for name in ("actor", "at") if data.get(name)}
        unknown = sorted(set(data) - {"run", "actor", "at"})
        if unknown:
            raise UsageProblem("batch.unknown_key", key=unknown[0])
        data = data.get("run")
    if (
        not isinstance(data, list)
        or not data
        or not all(isinstance(word, str | int | float) for word in data)
    ):
        raise UsageProblem("batch.no_command")
    words = [str(word) for word in data]
    command = next((word for word in words if not word.startswith("-")), "")
    if command in _ALONE:
        raise UsageProblem("batch.not_here", command=command)
    return words, settings


def _setting(name: str, value: object) -> str:
    if not isinstance(value, str | int | float):
        raise UsageProblem("batch.not_text", key=name)
    return str(value)
