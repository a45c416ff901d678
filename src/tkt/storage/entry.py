"""A commit to make, and how Git is told of it: as lines for fast-import, or by the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tkt.domain.change import Person


@dataclass(slots=True)
class Entry:
    """One commit to make: message, who and when, and files (relative to the desk; None deletes)."""

    message: str
    author: Person
    authored: datetime
    committed: datetime
    files: Mapping[str, bytes | None] = field(default_factory=dict)

    @property
    def text(self) -> bytes:
        """The message as Git gets it, whatever it holds."""
        return self.message.encode(errors="replace")

    @property
    def heading(self) -> bytes:
        """Who, when and what, for fast-import."""
        who = _identity(self.author)
        return b"author %b %b\ncommitter %b %b\ndata %d\n%b\n" % (
            who, _stamp(self.authored), who, _stamp(self.committed), len(self.text), self.text,
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """Who and when, for a command of Git that commits."""
        return acting_as(self.author) | {
            "GIT_AUTHOR_DATE": _stamp(self.authored).decode(),
            "GIT_COMMITTER_DATE": _stamp(self.committed).decode(),
        }


def acting_as(person: Person) -> dict[str, str]:
    """The environment in which a command of Git commits for somebody."""
    name, _, email = _identity(person).decode().rpartition(" <")
    return {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", email[:-1]))
    }


def put(path: str, content: bytes | None) -> bytes:
    """For fast-import: a file (``path`` from the repository's top) is this now; None deletes it."""
    if content is None:
        return b"D %b\n" % quoted(path)
    return b"M 100644 inline %b\ndata %d\n%b\n" % (quoted(path), len(content), content)


def refer(path: str, blob: str, mode: str = "100644") -> bytes:
    """For fast-import: a file is a blob that Git has already."""
    return b"M %b %b %b\n" % (mode.encode(), blob.encode(), quoted(path))


def quoted(path: str) -> bytes:
    """A path as Git reads it, in quotes: there may be spaces, quotes and newlines in it."""
    raw = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"'


def _identity(person: Person) -> bytes:
    """``Name <email>`` as Git wants it, whatever the name holds."""
    strip = str.maketrans(dict.fromkeys("<>\n\r\0", ""))
    name = " ".join(person.name.translate(strip).split()) or person.by
    email = "".join(person.email.translate(strip).split())
    return f"{name} <{email}>".encode(errors="replace")


def _stamp(moment: datetime) -> bytes:
    """Seconds since 1970 and the offset, as Git writes a time; it knows none before that."""
    return f"{max(int(moment.timestamp()), 0)} {moment:%z}"[:32].encode()
