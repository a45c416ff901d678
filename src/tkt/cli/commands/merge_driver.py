"""``tkt merge-driver``: what Git calls to merge two versions of a ticket file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command
from tkt.services import resolving

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("base")
@argument("ours")
@argument("theirs")
@argument("path")
def command(env: Env, base: str, ours: str, theirs: str, path: str) -> None:
    resolving.drive(base, ours, theirs, path)
