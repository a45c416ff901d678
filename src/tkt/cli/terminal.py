"""What the terminal on the other side of stdout can do: its size, colours, links to files."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FIRST_VTE = 5000
"""The first version of GNOME's terminal widget that knows links."""
_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty"})
_VARIABLES = ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION")
_OPAQUE = ("TMUX", "STY")
"""Set inside tmux and screen, whose own abilities count and not those of what they run in."""
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._~-")


def width_of(stream: IO[str]) -> int:
    """Cells of the terminal, between 40 and 400; 80 where there is none."""
    return max(40, min(_size(stream, "COLUMNS", 0) or 80, 400))


def height_of(stream: IO[str]) -> int:
    """Lines of the terminal; 24 where there is none."""
    return _size(stream, "LINES", 1) or 24


def _size(stream: IO[str], variable: str, side: int) -> int:
    """What the environment says, else what the terminal does; 0 where there is neither."""
    said = os.environ.get(variable, "")
    if said.isdigit() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(stream.fileno())[side]
    except (OSError, ValueError):
        return 0


def is_capable(environ: Mapping[str, str]) -> bool:
    """Whether a terminal knows more than how to print letters."""
    return environ.get("TERM", "dumb") not in ("", "dumb")


def has_colour(environ: Mapping[str, str]) -> bool:
    """Whether a terminal is to show colours: nobody has forbidden them, and it can."""
    return not environ.get("NO_COLOR") and is_capable(environ)


def has_links(environ: Mapping[str, str]) -> bool:
    """Whether a terminal is known to make links of addresses (OSC 8).

    FORCE_HYPERLINK decides where it is set. Who wants no colour wants plain text, so no links.
    """
    said = environ.get("FORCE_HYPERLINK")
    if said is not None:
        return said not in ("", "0")
    if not has_colour(environ) or any(map(environ.get, _OPAQUE)):
        return False
    vte = environ.get("VTE_VERSION", "")
    return (
        (vte.isdigit() and int(vte) >= _FIRST_VTE)
        or environ.get("TERM_PROGRAM") in _PROGRAMS
        or any(map(environ.get, _VARIABLES))
    )


def addresses(folder: str) -> Callable[[str], str]:
    """A function that gives the address of a file below ``folder``, on this machine."""
    start = f"file://{_quoted(os.uname().nodename)}{_quoted(folder)}/"
    return lambda path: start + _quoted(path)


def _quoted(text: str) -> str:
    """Percent-encoded; urllib would cost as much as all else that a list imports."""
    return "".join([chr(b) if b in _PLAIN else f"%{b:02X}" for b in os.fsencode(text)])
