"""``tkt demo``."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

import click

from tkt import texts
from tkt.cli.demo import LEADS, script
from tkt.cli.demo.play import Play
from tkt.cli.options import argument, cli_command, option, reads
from tkt.services import setup
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.cli.env import Env


@cli_command
@argument("folder", metavar="DIR", type=click.Path())
@option("--lang", help="lang", type=click.Choice(texts.LANGUAGES))
@reads
def command(env: Env, folder: str, lang: str | None) -> None:
    language = lang or env.init_language
    texts.use(language)
    env.out.quiet = env.format == "json"
    env.format = env.format or "human"
    root = os.path.abspath(os.path.join(env.folder, folder))
    play = Play(env, script.read(language), root)
    setup.init(
        root,
        name=say("demo.name"),
        language=language,
        person=LEADS[language],
        now=play.begins,
        team=script.team(language),
        joins=False,
    )
    env.out.say("demo.begin", path=folder)
    play.run()
    play.close()
    env.out.say("demo.end", path=shlex.quote(folder))
