"""``tkt calendar import``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, reads
from tkt.cli.reading import read_all
from tkt.cli.types import FilePath
from tkt.render.views import calendars as view
from tkt.services import calendars

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("file", type=FilePath(), metavar="FILE|-")
@reads
def command(env: Env, file: str | None) -> None:
    if file is None:
        raw = read_all(env).encode()
    else:
        raw = calendars.read(os.path.join(env.folder, file), shown=file)
    found, saved = calendars.import_notice(env.desk, raw, shown=file or "-", acting=env.acting)
    env.show(view.imported(found, saved.commit if saved else None))
