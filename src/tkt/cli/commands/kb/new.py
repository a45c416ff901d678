"""``tkt kb new``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.articles import body_from, edited, show_made
from tkt.cli.options import argument, cli_command, option, writes
from tkt.cli.types import Agent, Text, TicketId
from tkt.cli.types_classify import CategoryName
from tkt.cli.types_kb import Word
from tkt.domain.kb.article import KINDS
from tkt.errors import UsageProblem
from tkt.services.kb import drafting, keeping, writing

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("title", type=Text(), required=False)
@option("--kind", help="kb_new_kind", type=Word(*KINDS), metavar="KIND")
@option("--name", help="kb_name", type=Text(), metavar="NAME")
@option("--category", "categories", help="kb_new_category", type=CategoryName(), multiple=True,
        metavar="CATEGORY")  # fmt: skip
@option("--owner", help="kb_owner", type=Agent(), metavar="AGENT")
@option("--lang", help="kb_new_lang", type=Text(), metavar="LANG")
@option("--from", "ticket", help="kb_from", type=TicketId(), metavar="ID")
@option("-m", "--message", help="kb_text", type=Text(), metavar="TEXT")
@writes
def command(
    env: Env,
    title: str | None,
    kind: str | None,
    name: str | None,
    categories: tuple[str, ...],
    owner: str | None,
    lang: str | None,
    ticket: str | None,
    message: str | None,
) -> None:
    wanted = writing.Wanted(
        title or "", kind or ("case" if ticket else "faq"), name, categories, owner, lang
    )
    if ticket is not None:
        if message is not None:
            raise UsageProblem("kb.from_or_text")
        made = drafting.draft(env.desk, ticket, wanted, acting=env.acting)
        show_made(env, made, "kb.drafted")
        return
    if title is None:
        raise UsageProblem("kb.no_title")
    body = body_from(env, message)
    if body is not None:
        made = writing.new(env.desk, wanted, body, acting=env.acting)
    else:
        path, text = writing.begun(env.desk, wanted, acting=env.acting)
        made = edited(
            env, path, text, lambda said: keeping.add(env.desk, path, said, acting=env.acting)
        )
    show_made(env, made, "kb.made")
