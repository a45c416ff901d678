"""The person's crontab, the log of what cron ran, and running a command as cron does."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from tkt.errors import Unavailable
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NONE_YET = b"no crontab"
PATIENCE = 10.0
"""Seconds that the program may take."""
LOG_LIMIT = 1 << 20
"""Bytes that the log may have before it is put aside; one older log is kept."""


def read() -> bytes:
    """The crontab as it is; empty if there is none."""
    done = _crontab(["-l"], b"")
    if done[0] == 0:
        return done[1]
    if _NONE_YET in done[2].lower():
        return b""
    raise Unavailable("cron.failed", message=_last(done[2]))


def write(content: bytes) -> None:
    """Replace the crontab."""
    done = _crontab(["-"], content)
    if done[0] != 0:
        raise Unavailable("cron.failed", message=_last(done[2]))


def _crontab(args: Sequence[str], stdin: bytes) -> tuple[int, bytes, bytes]:
    import subprocess

    environ = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["crontab", *args], input=stdin, capture_output=True, env=environ, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unavailable("cron.slow", seconds=round(PATIENCE)) from error
    except OSError as error:
        raise Unavailable("cron.no_crontab", message=str(error.strerror)) from error
    return done.returncode, done.stdout, done.stderr


def _last(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "?"


def search_path(*programs: str) -> str:
    """A PATH with Git and these programs on it, for a cron that knows of next to nothing."""
    from shutil import which

    folders = [os.path.dirname(program) for program in programs]
    folders += [os.path.dirname(which("git") or "/usr/bin/git")]
    return ":".join(dict.fromkeys((*folders, "/usr/local/bin", "/usr/bin", "/bin")))


class Ended(NamedTuple):
    """How a command ended: its exit code, what it printed and said, and how long it took."""

    code: int
    out: str
    err: str
    seconds: float


def run(command: Sequence[str], environ: Mapping[str, str]) -> Ended:
    """Run a command to its end."""
    import subprocess

    start = time.monotonic()
    try:
        done = subprocess.run(
            list(command), env=dict(environ), stdin=subprocess.DEVNULL, capture_output=True,
            check=False,
        )  # fmt: skip
    except OSError as error:
        raise Unavailable("cron.not_run", message=str(error.strerror)) from error
    out, err = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    return Ended(done.returncode, out, err, time.monotonic() - start)


def log(path: str, line: str) -> None:
    """Append a line to a log; one that has grown too long is put aside first."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.isfile(path) and os.path.getsize(path) > LOG_LIMIT:
            os.replace(path, f"{path}.1")
        with open(path, "a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{line}\n")
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
