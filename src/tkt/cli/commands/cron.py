"""``tkt cron``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import cli_command, option, reads
from tkt.cli.telling import program
from tkt.cli.tree import names_in, root
from tkt.domain.table import Card, Section
from tkt.errors import Remark, UsageProblem
from tkt.services import scheduling
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env

JOBS = ("sweep", "notify")
"""What cron runs, in this order: what a sweep tells is delivered at once."""


@cli_command
@option("--install", help="cron_install", is_flag=True)
@option("--uninstall", help="cron_uninstall", is_flag=True)
@option("--systemd", help="cron_systemd", is_flag=True)
@option("--every", help="cron_every", default="5m", metavar="TIME")
@option("--run", "runs", help="cron_run", is_flag=True)
@reads
def command(
    env: Env, install: bool, uninstall: bool, systemd: bool, every: str, runs: bool
) -> None:
    if sum((install, uninstall, systemd, runs)) > 1:
        raise UsageProblem("cron.one_of")
    if runs:
        _run(env)
    elif uninstall:
        changed = scheduling.uninstall(env.desk)
        env.show(Card(say("cron.uninstalled"), {}, (), {"installed": False, "changed": changed}))
    else:
        plan = scheduling.schedule(env.desk, program(), every, env.environ)
        lines = scheduling.lines(plan)
        for name in plan.bare:
            env.out.warn(Remark("cron.no_login", name=name))
        if systemd:
            files = scheduling.units(plan)
            body = tuple(Section(name, text) for name, text in files.items())
            env.show(Card(say("cron.units"), {}, body, {"files": files}))
        elif install:
            changed = scheduling.install(plan)
            data = {"lines": lines, "installed": True, "changed": changed}
            env.show(Card(say("cron.installed", every=every), {}, (), data))
        else:
            body = (Section("", "\n".join(lines)),)
            env.show(Card(say("cron.lines"), {}, body, {"lines": lines, "installed": False}))


def _run(env: Env) -> None:
    jobs = [name for name in JOBS if name in names_in(root.folder)]
    now = env.now.astimezone(env.settings.zone)
    done = scheduling.run(env.desk, program(), jobs, env.environ, now=now)
    if done is None:
        env.out.say("cron.running")
    if env.format == "json":
        env.show(Card("", {}, (), {"jobs": [job._asdict() for job in done or ()]}))
    for job in done or ():
        env.exit_code = max(env.exit_code, job.code)
