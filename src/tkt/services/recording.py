"""One settings file made anew and recorded in one commit, unless somebody has edits in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.change import worded
from tkt.errors import Refused
from tkt.storage import configuration

if TYPE_CHECKING:
    from collections.abc import Callable

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction


def record(
    desk: Desk,
    path: str,
    make: Callable[[bytes | None], bytes | None],
    *,
    subject: str,
    action: str,
    acting: Acting,
    reason: str | None = None,
) -> Saved | None:
    """Record what ``make`` makes of a file's bytes (None: it is not there, or is to go).

    None where that changes nothing.
    """

    def decide(run: Transaction) -> Saved | None:
        raw = configuration.files_at(desk.git, desk.head()).get(path)
        if desk.tree.read(path) not in (raw, None):
            raise Refused("team.edited", path=path)
        made = make(raw)
        if made == raw:
            return None
        trailers = (("Action", action), ("Actor", acting.by))
        message = worded(subject, trailers, reason=reason)
        return run.save_files({path: made}, message, person=acting.person, now=acting.now)

    return desk.write(decide, acting.grouping(action))
