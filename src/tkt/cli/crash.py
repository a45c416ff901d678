"""The report that an unexpected error leaves behind: versions, command and traceback."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from typing import TYPE_CHECKING

from tkt import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_report(error: BaseException, args: Sequence[str]) -> str:
    """Write the report to a new file for its owner's eyes; the file's path.

    The arguments are left out but for the command's name: they may be what a customer said.
    """
    lines = [
        f"tkt {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {args[0] if args else ''} (+{max(len(args) - 1, 0)})",
        "",
        *traceback.format_exception(error),
    ]
    try:
        handle, path = tempfile.mkstemp(prefix="tkt-crash-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            stream.write("\n".join(lines))
    except OSError:
        return "-"
    return path
