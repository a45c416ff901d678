"""What the commands about calendars have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.services import calendars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.cli.env import Env
    from tkt.domain.calendar import Calendar


def chosen(env: Env, word: str | None) -> Calendar:
    """The calendar that a word names, of the desk or in a file, which needs no desk."""
    desk = env.desk if env.has_desk else None
    found = calendars.chosen(word, folder=env.folder, desk=desk)
    for caution in found.cautions:
        env.out.warn(caution)
    return found.calendar


def remark(env: Env, found: Mapping[str, Any]) -> None:
    """Say aloud what is not published yet, whatever the format."""
    for one in calendars.remarks_on(found):
        env.out.warn(one)
