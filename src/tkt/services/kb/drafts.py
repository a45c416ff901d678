"""Files of articles on their way into the desk: kept until they are recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.storage.personal import Personal

if TYPE_CHECKING:
    from tkt.storage.desk import Desk


class Kept:
    """What one person has written of one article, called ``name``, and not recorded yet."""

    def __init__(self, desk: Desk, name: str, by: str) -> None:
        self._personal = Personal(desk.git, by)
        self._name = f"drafts/kb-{name.replace('/', '-')}"

    @property
    def path(self) -> str:
        """The file in which it is kept."""
        return self._personal.path(self._name)

    @property
    def text(self) -> str | None:
        """What is left of an earlier attempt."""
        return self._personal.text(self._name)

    def keep(self, text: str) -> None:
        """Keep a text."""
        self._personal.write(self._name, text)

    def done(self) -> None:
        """It is recorded."""
        self._personal.forget(self._name)
