"""Canned replies and tone: found among a thousand, and what looking at each reply costs."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

from measure import CLICK, TKT, against, run
from sample import GOODS, TROUBLES, WISHES, git, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from run import Bench, Line

COUNT = 1000


def replies(bench: Bench) -> Iterator[Line]:
    """Finding one of a thousand replies by its shortcut and by its words; a reply with and without
    rules of tone."""
    from run import ratio

    folder = bench.home / "desk-replies"
    if not folder.exists():
        make_desk(folder, 1000)
        _write(folder)
    for what, word in (("its shortcut", "退货7"), ("words in it", "补发 退款"), ("nothing", "zzz")):
        pair = against((*TKT, "canned", "find", word), CLICK, folder)
        yield ratio(f"canned find by {what}, of {COUNT:,}", 1.6, pair)
    ticket = bench.first(folder)
    pair = against((*TKT, "reply", ticket, "--canned", "退货7", "--set", "order=1"), CLICK, folder)
    yield ratio("reply --canned", 3.5, pair)
    other = bench.home / "desk-no-tone"
    if not other.exists():
        shutil.copytree(folder, other)
        git(other, "rm", "-q", "tone.yaml")
        git(other, "commit", "-qm", "no tone")
        run((*TKT, "list", "--limit", "1"), other)
    said = (*TKT, "reply", ticket, "亲,抱歉让您久等了,马上为您查")
    yield ratio(
        "reply with tone.yaml against one without", 1.1, against(said, said, folder, other=other)
    )


def _write(folder: Path) -> None:
    rng = random.Random(4)
    (folder / "kb/reply").mkdir(parents=True, exist_ok=True)
    for number in range(COUNT):
        goods, trouble, wish = rng.choice(GOODS), rng.choice(TROUBLES), rng.choice(WISHES)
        front = f"title: {goods}{trouble}\nshortcut: [退货{number}, sc{number}]\nstatus: published"
        body = f"亲,您好,您的{goods}{trouble},我们会{wish},订单 {{{{order}}}} 请留意。" * 2
        path = folder / f"kb/reply/reply-{number}.md"
        path.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
    from tkt.storage.defaults import shipped

    (folder / "tone.yaml").write_bytes(shipped("tone.yaml").read_bytes())
    git(folder, "add", "kb", "tone.yaml")
    git(folder, "commit", "-qm", "replies")
    run((*TKT, "list", "--limit", "1"), folder)
