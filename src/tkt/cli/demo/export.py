"""The orders that the shop's platform gives out as a file, and hand edits of its settings.

The file is dated back from the day that is played. It is there only while it is imported: a file
with everybody's phone number is nothing to leave lying about, and nothing to commit.
"""

from __future__ import annotations

import os
import re
import shlex
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_ENCODINGS = {"订单导出.csv": ("zh", "gb18030"), "orders.csv": ("en", "utf-8-sig")}
_DAYS_AGO = re.compile(r"\{(\d+)\}")


def export(name: str, day: datetime) -> bytes:
    """The file called ``name`` as it is given out on a day; ``{12}`` is twelve days before."""
    language, encoding = _ENCODINGS[name]
    with open(f"{_FOLDER}/{language}.orders.csv", encoding="utf-8") as stream:
        text = stream.read()
    told = _DAYS_AGO.sub(lambda ago: f"{day - timedelta(days=int(ago[1])):%Y-%m-%d}", text)
    return told.encode(encoding)


@contextmanager
def laid(typed: str, root: str, day: datetime) -> Iterator[None]:
    """Have the file there that a command names, as long as it runs."""
    paths = [f"{root}/{word}" for word in shlex.split(typed) if word in _ENCODINGS]
    for path in paths:
        with open(path, "wb") as stream:
            stream.write(export(os.path.basename(path), day))
    try:
        yield
    finally:
        for path in paths:
            os.remove(path)


def edit(root: str, typed: str) -> bool:
    """Do what ``sed -i 's/old/new/' FILE`` does with plain words; whether they were there."""
    expression, path = shlex.split(typed)[2:]
    _, old, new, _ = expression.split("/")
    with open(f"{root}/{path}", encoding="utf-8") as stream:
        text = stream.read()
    said = new.replace("&", old).replace(r"\n", "\n")
    with open(f"{root}/{path}", "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text.replace(old, said, 1))
    return old in text
