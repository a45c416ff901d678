"""Parameter types of training that complete themselves: courses, items of the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.cli.types import Completed, candidate, speaks_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from tkt.cli.env import Env


class CourseName(Completed):
    """A course of the desk."""

    name = "course"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.domain.training.standing import Training

        for one in Training(env.settings).courses.values():
            if one.id.startswith(typed):
                yield candidate(one.id, help=one.zh if speaks_chinese() else one.en)


class ChecklistItem(Completed):
    """An item of the checklist of new colleagues."""

    name = "item"

    def candidates(self, env: Env, typed: str) -> Iterable[CompletionItem]:
        from tkt.domain.training.standing import Training

        for one in Training(env.settings).checklist.values():
            if one.id.startswith(typed):
                yield candidate(one.id, help=one.zh if speaks_chinese() else one.en)
