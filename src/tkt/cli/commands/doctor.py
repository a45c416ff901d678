"""``tkt doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.cli.findings import finding
from tkt.cli.options import cli_command, option, reads
from tkt.cli.out import hint, sentence
from tkt.cli.progress import on_terminal
from tkt.domain.table import Card, Column, Section, Table
from tkt.services import doctoring
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env
    from tkt.services.doctoring import Trouble

COLUMNS = tuple(map(Column, ("check", "fixed", "path", "message", "hint")))


@cli_command
@option("--fix", help="fix", is_flag=True)
@option("--deep", help="deep", is_flag=True)
@reads
def command(env: Env, fix: bool, deep: bool) -> None:
    progress = on_terminal(env.out, "progress.check")
    found = doctoring.examine(env.desk, deep=deep, progress=progress)
    if fix:
        doctoring.mend(env.desk, found, lambda: env.acting)
    left = sum(not trouble.fixed for trouble in found)
    if env.format is not None or env.collected is not None:
        env.show(Table(COLUMNS, [_row(trouble) for trouble in found]))
    else:
        _tell(env, found)
    env.out.say(
        "doctor.healthy" if not found else "doctor.mended" if fix else "doctor.found",
        count=len(found), fixed=len(found) - left, left=left,
    )  # fmt: skip
    env.exit_code = 1 if left else 0


def _row(trouble: Trouble) -> dict[str, Any]:
    refusal = trouble.refusal and sentence(trouble.refusal)
    return {
        **finding(trouble.error), "check": trouble.check, "fixable": trouble.fixable,
        "fixed": trouble.fixed, "refusal": refusal, "commits": trouble.commits,
        "diff": trouble.diff,
    }  # fmt: skip


def _tell(env: Env, found: list[Trouble]) -> None:
    for trouble in found:
        mark = say("doctor.mark_fixed" if trouble.fixed else "doctor.mark_left")
        lines = [f"{mark} {sentence(trouble.error)}"]
        if not trouble.fixed:
            blocked = trouble.refusal
            lines += [f"  {sentence(blocked)}"] if blocked else []
            if step := hint(blocked or trouble.error):
                lines.append(f"  {step}")
        env.out.data(f"{line}\n" for line in lines)
        if trouble.diff:
            env.show(Card("", {}, (Section("", trouble.diff),)))
