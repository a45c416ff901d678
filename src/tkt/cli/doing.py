"""Acting on tickets from the command line: one action on all that were chosen, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.results import show_many, show_plans
from tkt.errors import UsageProblem
from tkt.services import bulk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.cli.env import Env
    from tkt.services.bulk import Outcome, Selection
    from tkt.services.stage import Action

_SHORTEST = 3
"""A shorter word before a text is more likely a part of it that lacks its quotes than an id."""
_MANY = 20
"""More tickets than that are not acted on without asking the person at the terminal."""


def perform(
    env: Env, chosen: Selection, action: Action, *, what: str, many: bool = False
) -> Sequence[Outcome]:
    """Act, or show what acting would do; ``what`` names the action and its text ``<what>.done``.

    ``many``: the tickets were looked for, and the answer is a list however many there are.
    """
    acting = env.acting
    if chosen.dry_run:
        show_plans(env, bulk.preview(env.desk, chosen, action, acting=acting))
        return ()
    if chosen.where is not None and not env.is_sure and env.can_ask:
        confirm(env, len(bulk.matching(env.desk, chosen.where, acting)))
    outcomes = bulk.do(env.desk, chosen, action, what=what, acting=acting)
    show_many(env, outcomes, what, one=chosen.is_one and not many)
    return outcomes


def confirm(env: Env, count: int) -> None:
    """Have a person confirm what is about to be done to many tickets."""
    if count > _MANY and not env.is_sure and env.can_ask and not env.ask("bulk.sure", count=count):
        raise UsageProblem("bulk.not_sure", count=count)


def words_and_text(
    env: Env, words: Sequence[str], message: str | None, *, where: str | None
) -> tuple[tuple[str, ...], str | None]:
    """(ids, text) out of the words of a command that takes both, the text last.

    With ``--message`` all words are ids; one word alone is an id, unless a query chooses tickets.
    """
    if message is not None or not words:
        return tuple(words), message
    if where is None and len(words) == 1:
        return tuple(words), None
    for word in words[:-1]:
        if len(word) < _SHORTEST or not word.replace("-", "").isalnum() or not word.isascii():
            raise UsageProblem("words.quote", word=word)
    if len(words) > 2:
        # One that is no ticket's says that the text lacks its quotes: nobody is told of it.
        for word in words[:-1]:
            env.desk.find(word)
    return tuple(words[:-1]), words[-1]
