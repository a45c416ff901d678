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
        self._base = f"{self._name}.base"

    @property
    def path(self) -> str:
        """The file in which it is kept."""
        return self._personal.path(self._name)

    @property
    def text(self) -> str | None:
        """What is left of an earlier attempt."""
        return self._personal.text(self._name)

    def begin(self, text: str) -> str | None:
        """Have a text to go on with: this one, or what an earlier attempt made of the very same.

        What one made of another text would undo what others have done since: it is laid aside.
        Where it lies is returned.
        """
        left, aside = self.text, None
        if left is not None and self._personal.text(self._base) == text:
            return None
        if left is not None:
            aside = f"{self._name}.old"
            self._personal.write(aside, left)
        self._personal.write(self._name, text)
        self._personal.write(self._base, text)
        return aside and self._personal.path(aside)

    def done(self) -> None:
        """It is recorded."""
        self._personal.forget(self._name)
        self._personal.forget(self._base)
