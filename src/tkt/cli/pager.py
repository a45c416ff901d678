"""What is longer than the screen goes through a pager, as Git's output does."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from tkt.cli.terminal import height_of, is_capable

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFAULT = "less"
_NONE = ("", "cat")
_SETTINGS = {"LESS": "FRX", "LV": "-c"}
"""As Git sets them where nobody has: leave at once what fits, show colours, keep the screen."""
_FOR_A_SHELL = r"""[|&;<>()$`\\"'*?\[#~=%]"""
_LINKS = "\x1b]8;;[^\x1b]*\x1b\\\\"
_FIRST_WITH_LINKS = 566
"""The first version of less that hands links on to the terminal."""
_NOT_STARTED = (126, 127)
"""How a shell ends that could not start what it was told to."""


def page(text: str, stdout: IO[str], environ: Mapping[str, str]) -> bool:
    """Show a text that is longer than the screen through the pager; whether that was done.

    ``PAGER`` names it; empty or ``cat`` it means none. To leave it early is no failure.
    """
    pager = environ.get("PAGER", _DEFAULT).strip()
    if pager in _NONE or not is_capable(environ) or text.count("\n") < height_of(stdout):
        return False
    settings = {**_SETTINGS, **environ}
    if "\x1b]8;" in text and not _hands_links_on(pager, settings):
        text = re.sub(_LINKS, "", text)
    stdout.flush()
    return _run(pager, text, stdout, settings)


def _run(pager: str, text: str, stdout: IO[str], settings: Mapping[str, str]) -> bool:
    """Run the pager to its end; False if there is none.

    A shell reads only what needs one, as with Git. Ctrl-C is the pager's as long as it runs.
    """
    import signal
    import subprocess

    command = ["sh", "-c", pager] if re.search(_FOR_A_SHELL, pager) else pager.split()
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stdout, env=settings)
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.communicate(text.encode(errors="backslashreplace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return process.returncode not in _NOT_STARTED


def _hands_links_on(pager: str, settings: Mapping[str, str]) -> bool:
    """Whether a pager hands links on to the terminal and does not print their addresses."""
    import subprocess

    if settings.get("FORCE_HYPERLINK"):
        return True  # has_links has seen to 0
    program = pager.split()[0]
    if program.rpartition("/")[2] != "less" or re.search(_FOR_A_SHELL, pager):
        return False
    try:
        told = subprocess.run([program, "--version"], capture_output=True, env=settings)
    except OSError:
        return False
    version = re.match(rb"less (\d+)", told.stdout)
    return version is not None and int(version[1]) >= _FIRST_WITH_LINKS
