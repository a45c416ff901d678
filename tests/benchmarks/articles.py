"""Searching ten thousand articles: whole processes, against click and against SQLite alone."""

from __future__ import annotations

import random
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any

from measure import CLICK, TKT, against, run
from sample import ANSWERS, GOODS, TROUBLES, WISHES, git

from tkt.domain.kb.wording import asked
from tkt.services.kb.searching import Filters, Searcher
from tkt.storage.desk import Desk
from tkt.storage.refreshing import rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ALL = 10_000
_ASKED = (
    "退货运费",
    "退",
    "钱什么时候退回来啊都三天了",
    "bluetoth 连不上",
    "玻璃杯碎了怎么办 7天无理由",
)
_PIECES = (
    "七天无理由退货要保持商品完好", "运费险在签收后自动理赔", "付款后 48 小时内发货", 
    "请拍照发给客服",
    "支付宝原路退回", "信用卡要三到七个工作日", "请在订单里点申请退款", "顺丰需要补差价",
    "Bluetooth 长按五秒进入配对", "会员积分可以换礼品", "预售看商品页的时间", "发票在确认收货后开",
)  # fmt: skip


def articles(folder: Path, count: int, seed: int = 7) -> None:
    """``count`` published questions with answers of some 600 characters."""
    rng = random.Random(seed)
    (folder / "kb/faq").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        goods, trouble, wish = rng.choice(GOODS), rng.choice(TROUBLES), rng.choice(WISHES)
        body = "。".join(rng.choice((*_PIECES, *ANSWERS)) for _ in range(40))
        asked = [f"{goods}{rng.choice(TROUBLES)}{wish}", f"买的{goods}{trouble}了怎么办"]
        said = "".join(f"  - {question}\n" for question in asked)
        (folder / f"kb/faq/a{number:05}.md").write_text(
            f"---\ntitle: {goods}{trouble}{wish} {number}\nstatus: published\n"
            f"questions:\n{said}---\n\n{body}\n",
            encoding="utf-8",
        )


def kb(bench: Any) -> Iterator[tuple[str, str, str]]:
    """Searches of one and of many words over them, a list, a rebuild, and one article changed."""
    folder = bench.home / "desk-kb"
    shutil.rmtree(folder, ignore_errors=True)
    run((*TKT, "init", str(folder)), bench.home)
    articles(folder, _ALL)
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=b", "-c", "user.email=b@localhost", "commit", "-qm", "articles")
    begin = time.perf_counter()
    run((*TKT, "kb", "search", "退款"), folder)
    yield f"index of {_ALL:,} articles brought up", f"{time.perf_counter() - begin:.1f} s", ""
    desk = Desk(str(folder))
    begin = time.perf_counter()
    rebuild(desk.git, desk.head(), force=True)
    seen = time.perf_counter() - begin
    yield "index rebuilt from nothing", f"{seen:.1f} s, {_ALL / seen:,.0f} a second", ""
    for words in _ASKED:
        command = (*TKT, "kb", "search", words, "--json")
        pair = against(command, CLICK, folder)
        told = f"{pair.ratio:.2f} x ({pair.lowest:.2f}-{pair.highest:.2f}); {pair.peak:.0f} MiB"
        yield f"kb search {words}", told, "<= 2 x"
        raw = against(_alone(desk, words), CLICK, folder, times=7)
        yield "  SQLite alone, the same words", f"{raw.ratio:.2f} x", ""
    searcher = Searcher(desk)
    begin = time.perf_counter()
    for _ in range(20):
        for words in _ASKED:
            searcher.search(words, Filters(), limit=10)
    each = (time.perf_counter() - begin) / (20 * len(_ASKED))
    yield "one search in one process", f"{each * 1000:.1f} ms", ""
    desk.index.close()


def _alone(desk: Desk, words: str) -> tuple[str, ...]:
    """A process that asks the same table for the same words, and prints what it gets."""
    path = desk.index.db.execute("PRAGMA database_list").fetchone()[2]
    told = " OR ".join(f'"{word}"' + (" *" if len(word) == 1 else "") for word in asked(words))
    sql = (
        "SELECT doc FROM articles WHERE num IN (SELECT rowid FROM article_words"
        " WHERE article_words MATCH ? ORDER BY rank LIMIT 10)"
    )
    code = (
        "import sqlite3,sys;"
        f"db=sqlite3.connect({path!r});print(db.execute({sql!r},({told!r},)).fetchall())"
    )
    return (sys.executable, "-c", code)
