"""``tkt bot calibrate``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.reading import standard_input
from tkt.cli.types import FilePath
from tkt.domain.bot.calibrating import answers_needed
from tkt.render.views import bot as view

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("file", type=FilePath(), metavar="FILE|-")
@option(
    "--precision", help="bot_precision", type=click.FloatRange(0, 1), default=0.95, metavar="SHARE"
)
@option("--apply", "applies", help="bot_apply", is_flag=True)
@writes
def command(env: Env, file: str | None, precision: float, applies: bool) -> None:
    from tkt.services.bot.calibrating import apply, calibrate
    from tkt.services.transfer.opening import opened

    path = None if file in (None, "-") else os.path.join(env.folder, file)
    stdin = getattr(standard_input(env), "buffer", None) if path is None else None
    with opened(path, stdin, name=file or "-", kind=None) as records:
        found = calibrate(env.desk, records, precision=precision)
    saved = None
    if applies and found.threshold is not None:
        saved = apply(env.desk, found.threshold, acting=env.acting)
    env.show(view.calibrated(found, worded=env.is_worded, commit=saved.commit if saved else None))
    if found.threshold is None:
        env.exit_code = 1
        needed = answers_needed(precision)
        key = "bot.never_sure" if needed is None else "bot.not_reached"
        env.out.say(key, wanted=f"{precision:.1%}", count=needed)
