"""Results are kept in a file of each person: one thing done is one entry and one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.change import worded
from tkt.errors import Refused
from tkt.named import NamedTuple
from tkt.storage import configuration
from tkt.storage.appending import appended
from tkt.storage.layout import TRAINED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk
    from tkt.storage.transaction import Saved, Transaction


class Deed(NamedTuple):
    """What is to be recorded of one person: entries of their history, said in one ``subject``."""

    agent: str
    entries: Sequence[dict[str, Any]]
    subject: str


def path_of(agent: str) -> str:
    """The file of somebody's training."""
    return f"{TRAINED}/{agent}.yaml"


def entry(do: str, acting: Acting, **said: Any) -> dict[str, Any]:
    """One entry, without what is not said."""
    whole = {"at": acting.at.isoformat(), "do": do, **said, "by": acting.by}
    return {key: value for key, value in whole.items() if value is not None and value != []}


def keep(
    desk: Desk, deeds: Sequence[Deed], *, action: str, acting: Acting, reason: str | None = None
) -> list[Saved]:
    """Record each of them; Refused, with nothing recorded, if one of the files has edits."""

    def decide(run: Transaction) -> list[Saved]:
        files = configuration.files_at(desk.git, desk.head())
        for deed in deeds:
            path = path_of(deed.agent)
            if desk.tree.read(path) not in (files.get(path), None):
                raise Refused("team.edited", path=path)
        return [one(run, deed, files.get(path_of(deed.agent), b"")) for deed in deeds]

    def one(run: Transaction, deed: Deed, raw: bytes) -> Saved:
        path = path_of(deed.agent)
        made = appended(raw, "history", deed.entries, path=path)
        trailers = (("Action", action), ("Actor", acting.by), ("Agent", deed.agent))
        message = worded(deed.subject, trailers, reason=reason)
        return run.save_files({path: made}, message, person=acting.person, now=acting.now)

    return desk.write(decide, acting.grouping(action)) if deeds else []
