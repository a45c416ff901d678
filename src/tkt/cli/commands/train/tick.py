"""``tkt train tick``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.types import Agent
from tkt.cli.types_training import ChecklistItem
from tkt.domain.training.standing import Training
from tkt.render.views import training as view
from tkt.services.training import assigning
from tkt.services.training.naming import agent_of, item_named

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("items", nargs=-1, required=True, type=ChecklistItem(), metavar="ITEM...")
@option("--agent", help="train_agent", type=Agent(), metavar="AGENT")
@option("--undo", help="untick", is_flag=True)
@writes
def command(env: Env, items: tuple[str, ...], agent: str | None, undo: bool) -> None:
    acting, training = env.acting, Training(env.settings)
    who = agent_of(env.settings, agent, me=acting.by)
    wanted = [item_named(training, item) for item in items]
    changed, saved = assigning.tick(env.desk, training, wanted, agent=who, undo=undo, acting=acting)
    left = len(training.checklist) - len(training.ticked(who.id))
    left += len(changed) if undo else -len(changed)
    commits = [one.commit for one in saved]
    env.show(view.ticked(who, changed, left=left, undo=undo, commits=commits))
