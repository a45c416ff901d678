"""The outbox: what is to be delivered, what was, and up to which commit notices were looked for.

SQLite beside the index, and unlike it no cache: what is committed here has reached the disk. A
message is a notice on one way to one recipient, known by the notice's key; it is there once.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any

from tkt.domain.telling.posted import STATES, Posted
from tkt.errors import Busy, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.domain.telling.posted import New
    from tkt.errors import TktError
    from tkt.storage.git import Git

VERSION = 1
PATIENCE = 5.0
"""Seconds that we wait for another program to let go of the file."""
_RECORDING = 30.0
"""The same when it is to be recorded what was sent."""
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NO_OUTBOX = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)
"""No database, a damaged one, and one that does not have our tables."""


def location(git: Git) -> str:
    """Where the outbox of a desk is kept: one for all work trees of a clone."""
    return f"{git.common}/tkt/outbox{git.mark}.db"


class Outbox:
    """One open outbox."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.db = connection
        self.path = path
        self.patience = PATIENCE

    @staticmethod
    def open(git: Git) -> Outbox:
        """The outbox of a desk; made if there is none yet."""
        path = location(git)
        if os.path.exists(path) and not os.path.isfile(path):
            raise _damaged(path)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise Unavailable("disk.failed", path=path, message=str(error)) from error
        outbox = Outbox(db, path)
        try:
            with outbox._careful():
                outbox._prepare()
        except BaseException:
            db.close()
            raise
        return outbox

    @staticmethod
    def there(git: Git) -> Outbox | None:
        """The outbox of a desk, if there is one."""
        return Outbox.open(git) if os.path.exists(location(git)) else None

    def _prepare(self) -> None:
        """Make sure that it is ours before anything in it is touched."""
        version = self._version()
        if version == 0:
            self._create()
        elif version != VERSION:
            raise _damaged(self.path)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")

    def _version(self) -> int:
        return int(self.db.execute("PRAGMA user_version").fetchone()[0])

    def _create(self) -> None:
        with self.transaction():
            if self._version() != 0:
                return  # another process was faster
            if self.db.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise _damaged(self.path)  # somebody else's
            with open(f"{os.path.dirname(__file__)}/outbox.sql", encoding="utf-8") as stream:
                for statement in stream.read().split(";"):
                    self.db.execute(statement)
            self.db.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing; on the disk when it ends."""
        with self._careful():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.db.in_transaction:  # SQLite may have given it up by itself
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    @contextlib.contextmanager
    def _careful(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _fault(self, error: sqlite3.Error) -> TktError:
        """What SQLite ran into."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _HELD:
            return Busy("outbox.busy", path=self.path, seconds=round(self.patience))
        if code in _NO_OUTBOX:
            return _damaged(self.path)
        return Unavailable("disk.failed", path=self.path, message=str(error))

    # -- filling ------------------------------------------------------------------------------

    @property
    def cursor(self) -> str | None:
        """The commit up to which notices were looked for."""
        with self._careful():
            row = self.db.execute("SELECT value FROM meta WHERE name = 'cursor'").fetchone()
        return str(row[0]) if row else None

    def fill(self, new: Iterable[New], cursor: str) -> int:
        """Put messages in and move the cursor, both or neither; how many were not known yet."""
        before = self.db.total_changes
        with self.transaction():
            self.db.executemany(
                "INSERT OR IGNORE INTO messages (key, delivery, recipient_to, recipient, ticket,"
                " event, why, facts, made, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(*n[:7], json.dumps(n.facts, ensure_ascii=False), n.made, n.due) for n in new],
            )
            count = self.db.total_changes - before
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('cursor', ?)", (cursor,))
        return count

    # -- asking -------------------------------------------------------------------------------

    def due(self, now: int) -> list[Posted]:
        """What is to be delivered now, what has waited longest first."""
        return self._select("state = 'waiting' AND due <= ? ORDER BY due, number", now)

    def all(self, states: Iterable[str], limit: int | None) -> list[Posted]:
        """Messages in some states, what failed first, then the newest."""
        wanted = tuple(states)
        rank = " ".join(f"WHEN '{state}' THEN {place}" for place, state in enumerate(STATES))
        return self._select(
            f"state IN ({', '.join('?' * len(wanted))})"
            f" ORDER BY CASE state {rank} END, number DESC LIMIT ?",
            *wanted, -1 if limit is None else limit,
        )  # fmt: skip

    def get(self, number: int) -> Posted | None:
        """One message."""
        return next(iter(self._select("number = ?", number)), None)

    def knows(self, new: New) -> bool:
        """Whether a message was put in before."""
        found = self._select(
            "key = ? AND delivery = ? AND recipient_to = ?", new.key, new.delivery, new.to
        )
        return bool(found)

    def counts(self) -> dict[str, int]:
        """State to how many there are; what was sent or dropped is not counted."""
        with self._careful():
            rows = self.db.execute(
                "SELECT state, count(*) FROM messages WHERE state IN ('failed', 'waiting')"
                " GROUP BY state"
            ).fetchall()
        return {"failed": 0, "waiting": 0, **dict(rows)}

    def last_failed(self) -> int:
        """The number of the newest message that failed; 0 if none has."""
        with self._careful():
            row = self.db.execute("SELECT max(number) FROM messages WHERE state = 'failed'")
            return int(row.fetchone()[0] or 0)

    def sent_since(self, delivery: str, since: int) -> int:
        """How many messages went out by a delivery since then."""
        with self._careful():
            row = self.db.execute(
                "SELECT count(DISTINCT coalesce(batch, key)) FROM messages"
                " WHERE delivery = ? AND ended >= ?",
                (delivery, since),
            ).fetchone()
        return int(row[0])

    def _select(self, where: str, *params: Any) -> list[Posted]:
        with self._careful():
            rows = self.db.execute(f"SELECT * FROM messages WHERE {where}", params).fetchall()
        try:
            return [_posted(row) for row in rows]
        except (TypeError, ValueError) as error:
            raise _damaged(self.path) from error

    # -- what became of them ------------------------------------------------------------------

    def join(self, numbers: Iterable[int], batch: str) -> None:
        """Let messages go out as one digest from now on, however often that is tried."""
        self._update("batch = ?", (batch,), numbers)

    def sent(self, numbers: Iterable[int], at: int) -> None:
        """They have been taken."""
        change = "state = 'sent', tries = tries + 1, error = NULL, ended = ?"
        with self._patiently():
            self._update(change, (at,), numbers)

    def postponed(self, numbers: Iterable[int], due: int) -> None:
        """They wait until then; nothing was tried."""
        self._update("due = ?", (due,), numbers)

    def tried(
        self,
        numbers: Iterable[int],
        error: tuple[str, dict[str, Any]],
        *,
        at: int,
        again: int | None,
    ) -> None:
        """They were not taken ``at`` that time, and are tried ``again`` then, or have failed."""
        told = json.dumps(error, ensure_ascii=False, default=str)
        with self._patiently():
            if again is None:
                change = "state = 'failed', tries = tries + 1, error = ?, ended = ?"
                self._update(change, (told, at), numbers)
            else:
                change = "tries = tries + 1, error = ?, due = ?, ended = ?"
                self._update(change, (told, again, at), numbers)

    def again(self, numbers: Iterable[int], at: int) -> None:
        """Try them once more, as if they were new."""
        change = "state = 'waiting', tries = 0, due = ?, batch = NULL, ended = NULL"
        self._update(change, (at,), numbers)

    def drop(self, numbers: Iterable[int], at: int) -> None:
        """They are not wanted any more."""
        self._update("state = 'dropped', ended = ?", (at,), numbers)

    def forget(self, before: int) -> None:
        """Away with what ended long ago."""
        with self.transaction():
            self.db.execute(
                "DELETE FROM messages WHERE state IN ('sent', 'dropped') AND ended < ?", (before,)
            )

    @contextlib.contextmanager
    def _patiently(self) -> Iterator[None]:
        """Wait longer than usual: something was sent, and what is not recorded is sent again."""
        self._wait(_RECORDING)
        try:
            yield
        finally:
            self._wait(PATIENCE)

    def _wait(self, seconds: float) -> None:
        self.patience = seconds
        with self._careful():
            self.db.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def _update(self, change: str, params: tuple[Any, ...], numbers: Iterable[int]) -> None:
        with self.transaction():
            self.db.executemany(
                f"UPDATE messages SET {change} WHERE number = ?",
                [(*params, number) for number in numbers],
            )


def _damaged(path: str) -> Unavailable:
    """Not ours, or not in order; told with a command that a shell takes."""
    from shlex import quote

    return Unavailable("outbox.damaged", path=path, old=quote(path), new=quote(f"{path}.bad"))


def _posted(row: tuple[Any, ...]) -> Posted:
    found = Posted(*row)
    error = tuple(json.loads(row[14])) if row[14] else None
    return found._replace(facts=json.loads(row[8]), error=error)
