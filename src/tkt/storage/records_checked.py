"""Looking through customers' files, orders and articles for faults, committed and edited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tkt.domain.customers.orders import is_day_path
from tkt.domain.kb.article import FOLDER as KB
from tkt.errors import BadData
from tkt.storage import articles, customers, orders
from tkt.storage.git import shown
from tkt.storage.layout import CUSTOMERS
from tkt.storage.parallel import spread
from tkt.storage.reading import LIMIT
from tkt.storage.records import FOLDERS
from tkt.storage.scanning import UNREAD, committed, edited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tkt.storage.desk import Desk
    from tkt.storage.git import Git
    from tkt.storage.scanning import File


def faults(
    desk: Desk,
    scope: Callable[[str], bool],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[BadData]:
    """Everything wrong with the files within ``scope``, as they lie there where they are edited."""
    known = committed(desk.git, desk.head(), *FOLDERS, KB)
    changed = edited(desk, known, *FOLDERS, KB)
    unedited = [known[path] for path in sorted(known) if path not in changed and scope(path)]
    for found in spread(partial(_examined, desk.git), unedited, progress):
        yield from found
    for path, lying in changed.items():
        if lying is not None and scope(path):
            yield from examine(lying.raw, path=path, mode=lying.mode)


def _examined(git: Git, files: list[File]) -> list[list[BadData]]:
    contents = git.blobs([file.blob for file in files], LIMIT)
    return [
        examine(raw, path=file.path, mode=file.mode)
        for file, raw in zip(files, contents, strict=True)
    ]


def examine(raw: bytes | None, *, path: str, mode: str = "100644") -> list[BadData]:
    """Everything wrong with one file below ``customers/``, ``orders/`` or ``kb/``."""
    path = shown(path)
    folder, _, name = path.partition("/")
    if name.rpartition("/")[2] in UNREAD:
        return []
    if folder == CUSTOMERS:
        if not path.endswith(".yaml"):
            return [BadData("check.stray", path=path)]
        return customers.examined(raw, path=path, mode=mode)[1]
    if folder == KB:
        return articles.examined(raw, path=path, mode=mode)[1] if path.endswith(".md") else []
    if not is_day_path(path):
        return [BadData("orders.misplaced", path=path)]
    return orders.Day.read(raw, path=path).faults
