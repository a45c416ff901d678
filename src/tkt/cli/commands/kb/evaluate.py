"""``tkt kb evaluate``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.cli.articles import filtered
from tkt.cli.findings import finding
from tkt.cli.options import argument, cli_command, option, reads
from tkt.cli.out import sentence
from tkt.cli.reading import standard_input
from tkt.cli.types import FilePath
from tkt.render.views import articles as view

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.kb.searching import Filters


@cli_command
@argument("file", type=FilePath(), metavar="FILE|-")
@option("--explain", help="kb_explain", is_flag=True)
@filtered
@reads
def command(env: Env, file: str | None, explain: bool, filters: Filters) -> None:
    from tkt.services.kb.evaluating import evaluate
    from tkt.services.transfer.opening import opened

    path = None if file is None else os.path.join(env.folder, file)
    stdin = getattr(standard_input(env), "buffer", None) if path is None else None
    with opened(path, stdin, name=file or "-", kind=None) as records:
        found = evaluate(env.desk, records, filters)
    if env.format is None:
        for fault in found.faults:
            env.out.tell(sentence(fault))
    faults = [finding(fault) for fault in found.faults]
    env.show(view.judged(found.judged, faults, for_people=env.is_for_people, explain=explain))
    if found.faults:
        env.exit_code = 1
