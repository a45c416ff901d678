"""``tkt init``."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

import click

from tkt import texts
from tkt.cli.options import argument, cli_command, option, writes
from tkt.domain.settings import Settings
from tkt.domain.table import Card
from tkt.services import setup
from tkt.services.acting import person_for
from tkt.storage.git import user_config
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("folder", metavar="DIR", default=".", type=click.Path())
@option("--lang", help="lang", type=click.Choice(texts.LANGUAGES))
@option("--name", help="desk_name", metavar="NAME")
@writes
def command(env: Env, folder: str, lang: str | None, name: str | None) -> None:
    root = os.path.join(env.folder, folder)
    language = lang or env.init_language
    texts.use(language)
    login = env.environ.get("USER") or "agent"
    person = person_for(
        Settings(), said=env.environ.get("TKT_ACTOR"), config=user_config(), login=login
    )
    made = setup.init(
        root,
        name=name or os.path.basename(os.path.realpath(root)),
        language=language,
        person=person,
        now=env.now,
    )
    data = {"path": made.root, "commit": made.commit, "files": list(made.files)}
    env.show(Card(say("init.done", path=folder), {}, (), data))
    env.out.say("init.next_here" if folder == "." else "init.next", path=shlex.quote(folder))
