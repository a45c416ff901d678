"""What is one person's own and not the desk's: texts not sent yet, views, what they have seen.

It lies beside the index in Git's own folder: nobody else gets it, and no commit has it.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from tkt.errors import Unavailable
from tkt.storage import files

if TYPE_CHECKING:
    from tkt.storage.git import Git


class Personal:
    """The files of one person, ``by``, on one desk."""

    def __init__(self, git: Git, by: str) -> None:
        self.folder = f"{git.common}/tkt/people/{by}"

    def draft(self, name: str) -> str:
        """Where a text that is not recorded yet is kept; its folder is there afterwards."""
        self._make(f"{self.folder}/drafts")
        return f"{self.folder}/drafts/{name}.md"

    def text(self, path: str) -> str | None:
        """What a file says; None if there is none."""
        try:
            with open(path, encoding="utf-8", errors="replace", newline="") as stream:
                return stream.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable("file.unreadable", path=path, message=error.strerror) from error

    def write(self, path: str, text: str) -> None:
        """Write a file, whole or not at all."""
        temporary = f"{path}.{os.getpid()}.new"
        try:
            with open(temporary, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, path)
        except OSError as error:
            raise Unavailable("file.unwritable", path=path, message=error.strerror) from error
        finally:
            files.forget(temporary)

    def forget(self, path: str) -> None:
        """Away with a file, if it is there."""
        files.forget(path)

    def load(self, name: str) -> dict[str, Any]:
        """A file of data; empty if there is none, or none that can be read."""
        try:
            data = json.loads(self.text(f"{self.folder}/{name}.json") or "{}")
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    def save(self, name: str, data: dict[str, Any]) -> None:
        """Write a file of data."""
        self._make(self.folder)
        self.write(f"{self.folder}/{name}.json", json.dumps(data, ensure_ascii=False, indent=1))

    def _make(self, folder: str) -> None:
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise Unavailable("disk.failed", path=folder, message=error.strerror) from error
