"""Parameter types of canned replies that complete themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.types import MOST, Completed, candidate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from tkt.cli.env import Env


class CannedName(Completed):
    """A canned reply that the person may use, by its shortcuts and its name."""

    name = "canned"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.services.replies.finding import every

        wanted = typed.casefold()
        found = (
            (word, reply.title)
            for reply in every(env.desk, lambda: env.acting.by)
            for word in (*reply.shortcuts, reply.name)
            if word.casefold().startswith(wanted)
        )
        for word, title in list(dict.fromkeys(found))[:MOST]:
            yield candidate(word, help=title)
