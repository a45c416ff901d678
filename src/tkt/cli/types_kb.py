"""Parameter types of the knowledge base that complete themselves: articles, keys, kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.cli.types import Completed, Text, candidate

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem

    from tkt.cli.env import Env


class ArticleRef(Completed):
    """An article: its slug, its path, or its name alone."""

    name = "article"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as it is, if it can be written as UTF-8."""
        return Text().convert(value, param, ctx)

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        sql = (
            "SELECT DISTINCT slug, doc ->> '$.title' FROM articles"
            " WHERE slug LIKE ? ESCAPE '\\' ORDER BY slug LIMIT 60"
        )
        wanted = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        for slug, title in env.desk.index.select(sql, (f"{wanted}%",)):
            yield candidate(slug, help=title)


class Word(Completed):
    """One of a few words."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word that was meant; told in our words if it is none."""
        if value in self.words:
            return value
        from tkt.texts import say

        known = ", ".join(self.words)
        self.fail(say("kb.not_word", value=str(value)[:60], known=known), param, ctx)

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        yield from (candidate(word) for word in self.words if word.startswith(typed))


class ArticleAssignment(Completed):
    """``key=value`` of what stands above an article's text."""

    name = "key=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as it is, if it can be written as UTF-8."""
        return Text().convert(value, param, ctx)

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.services.kb.writing import KEYS

        yield from (candidate(f"{key}=") for key in KEYS if key.startswith(typed))
