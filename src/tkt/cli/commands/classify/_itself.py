"""``tkt classify`` with a text, a ticket, or a query of tickets to classify anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.reading import text_from
from tkt.cli.types import QueryWord
from tkt.cli.types_classify import MemberOrText
from tkt.errors import UsageProblem
from tkt.render.views import classifying as view

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("words", nargs=-1, type=MemberOrText(), metavar="TEXT|ID|-")
@option("--explain", help="explain_words", is_flag=True)
@option("--apply", "query", help="apply", type=QueryWord(), metavar="QUERY")
@option("--dry-run", help="dry_run", is_flag=True)
@option("-y", "--yes", "sure", help="yes", is_flag=True)
@writes
def command(
    env: Env,
    words: tuple[str, ...],
    explain: bool,
    query: str | None,
    dry_run: bool,
    sure: bool,
) -> None:
    if query is not None:
        _apply(env, " ".join((query, *words)), dry_run, sure)
        return
    from tkt.services.classifying import asking
    from tkt.services.classifying.sorting import remark_on

    said = " ".join(words)
    text = text_from(env, said)
    if text is None or not text.strip():
        raise UsageProblem("classify.no_text")
    alone = said != "-" and len(words) == 1
    decision, ticket, lying = asking.ask(env.desk, text, may_be_id=alone)
    for remark in remark_on(lying):
        env.out.warn(remark)
    telling = view.Telling(lying.sorter.settings, env.is_worded, explain)
    env.show(view.card(decision, telling, ticket=ticket))


def _apply(env: Env, query: str, dry_run: bool, sure: bool) -> None:
    # Whoever asks about a text waits for none of this.
    from tkt.cli.doing import confirm, perform
    from tkt.cli.results import show_many, show_plans
    from tkt.services.classifying import again

    env.is_sure = sure
    for remark in again.remark_on_edits(env.desk):
        env.out.warn(remark)
    found = again.review(env.desk, query, dry_run=dry_run, acting=env.acting)
    if found.same:
        env.out.warn(again.remark_on(found.same))
    if found.chosen.ids:
        confirm(env, 0 if dry_run else len(found.chosen.ids))
        perform(env, found.chosen, again.classify_again(env.desk), what="classify", many=True)
    elif dry_run:
        show_plans(env, [])
    else:
        show_many(env, [], "classify", one=False)
