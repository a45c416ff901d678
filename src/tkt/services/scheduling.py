"""What cron is told to do for a desk, and doing it: ``tkt sweep`` and ``tkt notify`` in turn."""

from __future__ import annotations

import json
import os
import shlex
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.domain.when import parse_duration
from tkt.errors import Refused, UsageProblem
from tkt.named import NamedTuple
from tkt.storage import crontab
from tkt.storage.lock import held_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from tkt.storage.desk import Desk

_SETTINGS = ("TKT_SECRETS", "TKT_LANG", "https_proxy", "http_proxy", "no_proxy")
"""Variables of the environment that cron is to have as well."""
_HOUR, _DAY = 60, 1440


class Schedule(NamedTuple):
    """What is to run how often: how tkt is called, on which desk, in which environment.

    ``bare`` are the settings whose user and password were left out.
    """

    program: tuple[str, ...]
    desk: str
    log: str
    every: timedelta
    environ: Mapping[str, str]
    bare: tuple[str, ...] = ()


class Job(NamedTuple):
    """How one of the commands ended; ``line`` is what the log says of it."""

    name: str
    code: int
    line: str
    said: str


def schedule(
    desk: Desk, program: Sequence[str], every: str, environ: Mapping[str, str]
) -> Schedule:
    """The schedule of a desk; UsageProblem for times that cron cannot tell."""
    try:
        length = parse_duration(every)
    except ValueError as error:
        raise UsageProblem("cron.bad_every", value=every) from error
    said = {name: environ[name] for name in _SETTINGS if environ.get(name)}
    told = {name: _without_login(v) if "proxy" in name else v for name, v in said.items()}
    path = crontab.search_path(program[0])
    found = Schedule(
        tuple(program), desk.root, log_of(desk), length,
        {"PATH": path, "TKT_DESK": desk.root, **told},
        tuple(name for name in said if told[name] != said[name]),
    )  # fmt: skip
    _times(found)
    return found


def _without_login(address: str) -> str:
    """The address of a proxy without user and password: others may read what cron has."""
    scheme, mark, rest = address.partition("://")
    return scheme + mark + rest.rpartition("@")[2] if mark else address.rpartition("@")[2]


def log_of(desk: Desk) -> str:
    """Where what cron ran is written down."""
    return f"{desk.git.common}/tkt/cron{desk.git.mark}.log"


def _times(plan: Schedule) -> str:
    """The five fields of crontab.

    Never at the full hour, when chat services are busiest, and each desk at minutes of its own.
    """
    minutes, rest = divmod(plan.every, timedelta(minutes=1))
    offset = zlib.crc32(os.fsencode(plan.desk))
    if not rest and minutes == 1:
        return "* * * * *"
    if not rest and 1 < minutes < _HOUR and _HOUR % minutes == 0:
        return f"{1 + offset % (minutes - 1)}-59/{minutes} * * * *"
    if not rest and minutes >= _HOUR and minutes % _HOUR == 0 and _DAY % minutes == 0:
        hours = "*" if minutes == _HOUR else "0" if minutes == _DAY else f"*/{minutes // _HOUR}"
        return f"{1 + offset % (_HOUR - 1)} {hours} * * *"
    raise UsageProblem("cron.bad_every", value=str(plan.every))


def lines(plan: Schedule) -> list[str]:
    """The lines of crontab, between marks by which they are found again."""
    for value in (plan.desk, plan.log, *plan.program, *plan.environ.values()):
        if "\n" in value or "\r" in value:
            raise Refused("cron.odd_path", path=value)
    settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in plan.environ.items())
    command = f"{settings} {shlex.join((*plan.program, 'cron', '--run'))}"
    command += f" >>{shlex.quote(plan.log)} 2>&1"
    first, last = _marks(plan.desk)
    # To cron a percent sign is the end of the line, also between quotes.
    return [first, f"{_times(plan)} {command}".replace("%", "\\%"), last]


def _marks(desk: str) -> tuple[str, str]:
    return f"# tkt begin {desk}", f"# tkt end {desk}"


def install(plan: Schedule) -> bool:
    """Put the lines into the person's crontab, once; whether that changed it."""
    return _edit(plan.desk, lines(plan))


def uninstall(desk: Desk) -> bool:
    """Take them out again; whether that changed it."""
    return _edit(desk.root, [])


def _edit(desk: str, wanted: Sequence[str]) -> bool:
    """Replace our block in the crontab, or add it; every other byte stays."""
    before = crontab.read()
    kept, inside, block = (
        [],
        False,
        "".join(f"{line}\n" for line in wanted).encode("utf-8", "surrogateescape"),
    )
    first, last = (os.fsencode(mark) for mark in _marks(desk))
    placed = False
    for line in before.splitlines(keepends=True):
        bare = line.rstrip(b"\r\n")
        if bare == first:
            inside = True
            if not placed:
                kept.append(block)
                placed = True
        elif inside:
            inside = bare != last
        else:
            kept.append(line)
    if inside:
        raise Refused("cron.no_end", mark=os.fsdecode(last))
    after = b"".join(kept)
    if not placed:
        after += (b"\n" if after and not after.endswith(b"\n") else b"") + block
    if after == before:
        return False
    crontab.write(after)
    return True


def units(plan: Schedule) -> dict[str, str]:
    """The same for systemd: file name to content."""
    name = f"tkt-{zlib.crc32(os.fsencode(plan.desk)):08x}"
    environ = "".join(f"Environment={_unit(f'{k}={v}')}\n" for k, v in plan.environ.items())
    command = " ".join(_unit(word.replace("$", "$$")) for word in (*plan.program, "cron", "--run"))
    seconds = int(plan.every.total_seconds())
    return {
        f"{name}.service": (
            f"[Unit]\nDescription=tkt {plan.desk.replace('%', '%%')}\n\n"
            f"[Service]\nType=oneshot\n{environ}ExecStart={command}\n"
        ),
        f"{name}.timer": (
            f"[Unit]\nDescription=tkt {plan.desk.replace('%', '%%')}\n\n"
            f"[Timer]\nOnBootSec=60\nOnUnitActiveSec={seconds}\n\n"
            "[Install]\nWantedBy=timers.target\n"
        ),
    }


def _unit(word: str) -> str:
    """A word as a unit file has it."""
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{quoted}"'


def run(
    desk: Desk,
    program: Sequence[str],
    jobs: Sequence[str],
    environ: Mapping[str, str],
    *,
    now: datetime,
) -> list[Job] | None:
    """Run the jobs one after the other, a line in the log for each; None if a run is going on."""
    with held_run(desk.git, "cron") as alone:
        if not alone:
            return None
        return list(_run(desk, program, jobs, environ, now))


def _run(
    desk: Desk,
    program: Sequence[str],
    jobs: Sequence[str],
    environ: Mapping[str, str],
    now: datetime,
) -> Iterator[Job]:
    for name in jobs:
        ended = crontab.run((*program, name, "--json"), {**environ, "TKT_DESK": desk.root})
        seconds = round(ended.seconds, 1)
        counts = " ".join(f"{key}={count}" for key, count in _counts(ended.out).items())
        said = " ".join(ended.err.split())[:400]
        told = [f"{now:%Y-%m-%dT%H:%M:%S%z}", name, counts, f"seconds={seconds}",
                f"exit={ended.code}", said if ended.code else ""]  # fmt: skip
        line = " ".join(filter(None, told))
        crontab.log(log_of(desk), line)
        now += timedelta(seconds=seconds)
        yield Job(name, ended.code, line, said)


def _counts(out: str) -> dict[str, int]:
    """The numbers of a document that a command printed, and how long its lists are."""
    try:
        document = json.loads(out)
    except ValueError:
        return {}
    if not isinstance(document, dict):
        return {}
    found = {key: value for key, value in document.items() if type(value) is int}
    for key, value in document.items():
        if isinstance(value, list):
            found[key] = len(value)
    if "actions" in found:
        found["tickets"] = len({action["id"] for action in document["actions"]})
    return found
