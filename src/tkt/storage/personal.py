"""What is one person's own and not the desk's: texts not sent yet, views, what they have seen.

It lies beside the index in Git's own folder: nobody else gets it, and no commit has it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tkt.storage import files

if TYPE_CHECKING:
    from tkt.storage.git import Git


class Personal:
    """The files of one person, ``by``, on one desk."""

    def __init__(self, git: Git, by: str) -> None:
        self.folder = f"{git.common}/tkt/people/{by}"

    def path(self, name: str) -> str:
        """Where one of the files lies."""
        return f"{self.folder}/{name}"

    def text(self, name: str) -> str | None:
        """What a file says; None if there is none."""
        raw = files.read(self.folder, name)
        return None if raw is None else raw.decode(errors="replace")

    def write(self, name: str, text: str) -> None:
        """Write a file, whole or not at all."""
        files.write(self.folder, name, text.encode(), durable=True)

    def forget(self, name: str) -> None:
        """Away with a file, if it is there."""
        files.forget(self.path(name))

    def load(self, name: str) -> dict[str, Any]:
        """A file of data; empty if there is none, or none that can be read."""
        try:
            data = json.loads(self.text(f"{name}.json") or "{}")
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    def save(self, name: str, data: dict[str, Any]) -> None:
        """Write a file of data."""
        self.write(f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1))
