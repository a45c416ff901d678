"""Text from an argument or from standard input, whole and unchanged."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tkt.errors import UsageProblem

if TYPE_CHECKING:
    from typing import Any

    from tkt.cli.env import Env


def text_from(env: Env, said: str | None) -> str | None:
    """What was said; ``-`` means all of standard input, as it is."""
    if said != "-":
        return said
    return read_all(env)


def standard_input(env: Env) -> Any:
    """The stream; UsageProblem if whoever started us has closed it."""
    if env.stdin is None:
        raise UsageProblem("usage.no_stdin")
    return env.stdin


def read_all(env: Env) -> str:
    """Standard input as text, line ends untouched; UsageProblem if it is not UTF-8."""
    stream = standard_input(env)
    raw = stream.buffer.read() if isinstance(stream, io.TextIOWrapper) else stream.read()
    if isinstance(raw, str):
        return raw
    try:
        return str(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageProblem("usage.stdin_not_utf8", position=error.start) from error
