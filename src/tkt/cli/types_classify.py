"""Parameter types of classifying that complete themselves: texts, categories, steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.types import Completed, IdOrText, candidate, speaks_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem

    from tkt.cli.env import Env


class MemberOrText(IdOrText):
    """A ticket's id, a text, or first of all a command below this one."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Commands and tickets."""
        found = super().shell_complete(ctx, param, incomplete)
        group = getattr(ctx.command, "group", None)
        if group is None or ctx.params.get(param.name or ""):
            return found
        return [*group.shell_complete(ctx, incomplete), *found]


class CategoryName(Completed):
    """A category of the desk."""

    name = "category"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        for one in env.settings.categories:
            if one.name.startswith(typed):
                yield candidate(one.name, help=one.zh if speaks_chinese() else one.en)


class Step(Completed):
    """A step of the matrix's ``scale``: of impact or of urgency."""

    name = "step"

    def __init__(self, scale: str) -> None:
        self.scale = scale

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.services.classifying.weighing import steps

        for step in steps(env.desk, self.scale):
            if step.startswith(typed):
                yield candidate(step)
