"""Text from an argument or from standard input, whole and unchanged."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tkt.errors import UsageProblem

if TYPE_CHECKING:
    from tkt.cli.env import Env


def text_from(env: Env, said: str | None) -> str | None:
    """What was said; ``-`` means all of standard input, as it is."""
    if said != "-":
        return said
    return read_all(env)


def read_all(env: Env) -> str:
    """Standard input as text, line ends untouched; UsageProblem if it is not UTF-8."""
    stream = env.stdin
    raw = stream.buffer.read() if isinstance(stream, io.TextIOWrapper) else stream.read()
    if isinstance(raw, str):
        return raw
    try:
        return str(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageProblem("usage.stdin_not_utf8", position=error.start) from error
