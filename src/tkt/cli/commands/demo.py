"""``tkt demo``."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

import click

from tkt import texts
from tkt.cli.demo_day import DAYS, TEAM, Step
from tkt.cli.env import Env
from tkt.cli.main import run_in
from tkt.cli.options import argument, cli_command, option
from tkt.services import setup
from tkt.texts import say

if TYPE_CHECKING:
    from datetime import datetime


@cli_command
@argument("folder", metavar="DIR", type=click.Path())
@option("--lang", help="lang", type=click.Choice(texts.LANGUAGES))
def command(env: Env, folder: str, lang: str | None) -> None:
    language = lang or env.init_language
    texts.use(language)
    root = os.path.abspath(os.path.join(env.folder, folder))
    day = env.now.astimezone(setup.DEMO_ZONE)
    setup.init(
        root,
        name=say("demo.name"),
        language=language,
        person=setup.DEMO_LEAD,
        now=_at(day, "09:00"),
        team=TEAM[language],
        joins=False,
    )
    env.out.say("demo.begin", path=folder)
    opened: dict[str, str] = {}
    for step in DAYS[language]:
        code = _play(env, step, opened, root, _at(day, step.time))
        if code:
            env.exit_code = code
            return
    env.out.say("demo.end", path=shlex.quote(folder))


def _play(env: Env, step: Step, opened: dict[str, str], root: str, now: datetime) -> int:
    words = [word.format(**opened) if word.startswith("{") else word for word in step.words]
    environ = {**env.environ, "TKT_DESK": root, "TKT_ACTOR": step.actor, "TKT_NOW": now.isoformat()}
    inner = Env(environ, env.out, env.stdin, root)
    inner.format = "human"
    env.out.data(
        [
            say(
                "demo.step",
                time=step.time,
                actor=step.actor,
                command=" ".join(map(_quoted, ["tkt", *words])),
            )
            + "\n"
        ]
    )
    code = run_in(inner, words)
    env.out.data(["\n"])
    if step.name and inner.last_id:
        opened[step.name] = inner.last_id
    return code


def _quoted(word: str) -> str:
    """A word as one would type it; Chinese needs no quotes."""
    return word if re.fullmatch(r"[\w@%+:=,./-]+", word) else shlex.quote(word)


def _at(day: datetime, time: str) -> datetime:
    hour, minute = map(int, time.split(":"))
    return day.replace(hour=hour, minute=minute, second=0)
