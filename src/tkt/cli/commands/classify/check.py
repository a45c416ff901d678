"""``tkt classify check``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tkt.cli.findings import finding
from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.out import sentence
from tkt.cli.reading import standard_input
from tkt.cli.types import FilePath
from tkt.render.views import classifying as view

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("file", type=FilePath(), metavar="FILE|-")
@option("--least", help="least", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE")
@reads
def command(env: Env, file: str | None, least: float) -> None:
    from tkt.services.classifying.checking import check
    from tkt.services.classifying.sorting import remark_on
    from tkt.services.transfer.opening import opened

    path = None if file is None else os.path.join(env.folder, file)
    stdin = getattr(standard_input(env), "buffer", None) if path is None else None
    with opened(path, stdin, name=file or "-", kind=None) as records:
        checked = check(env.desk, records)
    for remark in remark_on(checked.by):
        env.out.warn(remark)
    if env.format is None:
        for fault in checked.faults:
            env.out.tell(sentence(fault))
    more = {"least": least, "faults": [finding(fault) for fault in checked.faults]}
    env.show(
        view.judged(checked.judged, view.Telling(checked.by.sorter.settings, env.is_worded), more)
    )
    if checked.faults or (checked.judged.accuracy or 0) < least:
        env.exit_code = 1
        if checked.judged.total and not checked.faults:
            env.out.say("classify.too_few", least=f"{least:.1%}")
