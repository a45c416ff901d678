"""What a file is written as, by how its name ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDINGS = {"html": "html", "htm": "html", "md": "markdown", "json": "json", "csv": "csv"}
"""End of a file's name to the format in which it is written."""


def format_of(path: str, asked: str | None, endings: Mapping[str, str], usual: str) -> str:
    """The format of a file to be written: the one ``asked`` for, else by its end, or the usual.

    UsageProblem for an end that says nothing to us, or something else than what was asked for.
    """
    ending = os.path.splitext(path)[1].removeprefix(".").lower()
    if not ending:
        return asked or usual
    if ending not in endings:
        known = ", ".join(f".{each}" for each in endings)
        raise UsageProblem("env.bad_ending", path=path, known=known)
    if asked not in (None, endings[ending]):
        raise UsageProblem("env.other_ending", path=path, found=endings[ending], asked=asked)
    return endings[ending]
