"""What can go wrong, as one tree; each class owns its exit code and its slug.

::

    TktError
    ├── Refused        1  refused      a rule said no
    ├── BadData        1  bad-data     a file does not say what it should, and where
    ├── UsageProblem   2  usage        the command line is wrong
    ├── NotFound       3  not-found    no such ticket, agent, file
    ├── Busy           4  busy         the lock was not to be had in time
    ├── Stale          4  stale        somebody else wrote first
    └── Unavailable    5  unavailable  Git, a disk, a remote or a server failed

An error carries a key of the text catalogue and its parameters, never a sentence: the words, in
Chinese or English, are looked up where it is shown. A text ``<key>.hint`` is its safe next step.
"""

from __future__ import annotations

from typing import ClassVar


class TktError(Exception):
    """Anything that tkt says no to. ``key`` and ``params`` name its text in the catalogue."""

    exit_code: ClassVar[int] = 70
    slug: ClassVar[str] = "bug"
    ends_run: ClassVar[bool] = False
    """Whether it stops a run of many actions as a whole, not just the one it happened to."""

    def __init__(self, key: str, /, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        """Errors go between processes whole; Exception's own way would lose the keywords."""
        return _remade, (type(self), self.key, self.params)

    def __str__(self) -> str:
        return f"{self.key} {self.params}" if self.params else self.key


class Remark(TktError):
    """Something worth knowing beside what was done; it stops nothing and is never raised."""

    exit_code = 0
    slug = "remark"


class News(Remark):
    """A remark on something good: told as it is, where another one is told as a warning."""


def _remade(kind: type[TktError], key: str, params: dict[str, object]) -> TktError:
    return kind(key, **params)


class Refused(TktError):
    """A rule said no to what a person asked for."""

    exit_code = 1
    slug = "refused"


class BadData(TktError):
    """A file does not say what it should; ``path``, ``line`` and ``column`` (from 1) say where."""

    exit_code = 1
    slug = "bad-data"

    def __init__(
        self, key: str, /, *, path: str, line: int = 1, column: int = 1, **params: object
    ) -> None:
        super().__init__(key, path=path, line=line, column=column, **params)
        self.path = path
        self.line = line
        self.column = column


class UsageProblem(TktError):
    """The command line, or a query in it, does not make sense."""

    exit_code = 2
    slug = "usage"


class NotFound(TktError):
    """No such ticket, agent, state, article or file."""

    exit_code = 3
    slug = "not-found"


class Busy(TktError):
    """Another process holds the desk for longer than we are willing to wait."""

    exit_code = 4
    slug = "busy"
    ends_run = True


class Stale(TktError):
    """Somebody else wrote between our reading and our writing; trying again may succeed."""

    exit_code = 4
    slug = "stale"
    ends_run = True


class Unavailable(TktError):
    """Git, a disk, a remote or a server failed; nothing was changed."""

    exit_code = 5
    slug = "unavailable"
    ends_run = True
