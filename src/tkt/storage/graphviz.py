"""Graphviz, where it is installed: the program ``dot``, or the wheel of the extra ``graph``."""

from __future__ import annotations

import os
import sys

from tkt.errors import NotFound, Unavailable

PATIENCE = 30.0
"""Seconds that a picture may take; arrows that cross everywhere would take hours."""
_PROGRAMS = ("dot", "graphviz-pure")
"""What draws, best first; the second comes with ``pip install 'tkt[graph]'``."""


def program() -> str | None:
    """The path of the first of them, also beside the interpreter, where wheels put programs."""
    from shutil import which

    beside = os.path.dirname(sys.executable)
    for name in _PROGRAMS:
        if found := which(name) or which(name, path=beside):
            return found
    return None


def svg(dot: str) -> str:
    """A graph in the DOT language as SVG."""
    import subprocess

    draws = program()
    if draws is None:
        raise NotFound("workflow.no_graphviz")
    try:
        done = subprocess.run(
            [draws, "-Tsvg"], input=dot.encode(), capture_output=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable("workflow.graphviz_slow", seconds=round(PATIENCE)) from error
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip()[:300]
        raise Unavailable("workflow.graphviz_failed", message=message)
    return done.stdout.decode()
