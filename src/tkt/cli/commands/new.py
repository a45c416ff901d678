"""``tkt new``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.reading import text_from
from tkt.cli.results import show_saved
from tkt.cli.types import Agent, Assignment, Text, TicketId, WorkflowName
from tkt.services import opening
from tkt.services.actions.changing import parse_assignments

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("title", type=Text())
@argument("assignments", nargs=-1, type=Assignment(), metavar="[FIELD=VALUE]...")
@option("-m", "--message", help="message", type=Text(), metavar="TEXT")
@option("--customer", help="customer", type=Text())
@option("--order", help="order", type=Text())
@option("--channel", help="channel", type=Text())
@option("--category", help="category", type=Text())
@option("--workflow", help="workflow", type=WorkflowName())
@option("--priority", help="priority", type=Text())
@option("--team", help="team", type=Text())
@option("--assignee", help="assignee", type=Agent())
@option("--tag", "tags", help="tag", type=Text(), multiple=True)
@option("--merge-into", help="merge_into", type=TicketId())
@writes
def command(
    env: Env,
    title: str,
    assignments: tuple[str, ...],
    message: str | None,
    tags: tuple[str, ...],
    merge_into: str | None,
    **fields: str | None,
) -> None:
    said = dict(parse_assignments(assignments, env.settings).wanted)
    said.update({name: value for name, value in fields.items() if value is not None})
    if tags:
        said["tags"] = ",".join(tags)
    text, acting = text_from(env, message), env.acting
    if merge_into is None:
        done = opening.open_ticket(env.desk, title, text=text, said=said, acting=acting)
    else:
        done = opening.add_to(env.desk, title, into=merge_into, text=text, said=said, acting=acting)
    for remark in done.remarks:
        env.out.warn(remark)
    more = {"similar": [each.data() for each in done.similar]}
    show_saved(env, done.saved, "new" if merge_into is None else "message", more=more)
