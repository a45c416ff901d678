"""Making a desk: its files, its repository, and what Git needs to know of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tkt.domain.change import worded
from tkt.errors import Refused
from tkt.named import NamedTuple
from tkt.storage import defaults, founding
from tkt.storage.desk import Desk
from tkt.storage.layout import ATTRIBUTES

if TYPE_CHECKING:
    from datetime import datetime

    from tkt.domain.change import Person


class Made(NamedTuple):
    """A desk just made: where, in which repository, by which commit."""

    root: str
    new_repository: bool
    commit: str
    files: tuple[str, ...]


def init(
    folder: str,
    *,
    name: str,
    language: str,
    person: Person,
    now: datetime,
    team: str | None = None,
    joins: bool = True,
) -> Made:
    """Make ``folder`` a desk that works at once; ``team`` is what team.yaml is to say.

    In a folder of an existing repository the desk ``joins`` it; elsewhere a new one is made.
    Refused if any file that would be written is there already: nothing is overwritten, but a
    ``.gitattributes`` is added to.
    """
    files = defaults.desk_files(name=name, language=language)
    if team is not None:
        files["team.yaml"] = team.encode()
    there = [path for path in files if os.path.lexists(f"{folder}/{path}")]
    if there and there != [ATTRIBUTES]:
        key = "init.already" if "tkt.yaml" in there else "init.in_the_way"
        raise Refused(key, path=folder, files=", ".join(there[:3]))
    new = founding.found(folder, joins=joins)
    if there:
        files[ATTRIBUTES] = founding.clean_content(folder, ATTRIBUTES) + files[ATTRIBUTES]
    message = worded("init desk", (("Action", "init"), ("Actor", person.by)))
    commit = founding.first_commit(folder, files, message=message, person=person, now=now)
    desk = Desk(folder)
    founding.install_driver(desk.git)
    return Made(desk.root, new, commit, tuple(files))
