"""The speeds that tkt promises, each against a floor measured in the same run.

``python tests/benchmarks/run.py [--size 100000] [--keep DIR] [NAME...]``: see README.md here.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from timeit import timeit
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parent))

from articles import kb
from knowledge_replies import replies
from measure import CLICK, TKT, against, run
from routed import routing
from sample import (
    ANSWERS,
    FIRST_DAY,
    GOODS,
    TROUBLES,
    WISHES,
    git,
    make_desk,
    make_export,
    tickets,
)  # fmt: skip

from tkt.domain import ids
from tkt.domain.calendar.reading import parse
from tkt.domain.classify.deciding import Facts, decide
from tkt.domain.classify.file import read_classify
from tkt.domain.classify.matching import Classifier
from tkt.domain.shape import CAUTIONS
from tkt.domain.sla.clocks import Reckoning
from tkt.domain.sla.course import Promises
from tkt.domain.sla.policy import read_policies
from tkt.domain.sla.promised import mode_in
from tkt.domain.sla.track import track_of
from tkt.domain.workflow import SIMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Line = tuple[str, str, str]
"""What, what was seen, what is wanted."""


class Bench:
    """The desks that the cases share, made when first needed."""

    def __init__(self, home: Path, size: int) -> None:
        self.home = home
        self.size = size

    def desk(self, count: int) -> Path:
        """A desk with ``count`` open tickets and a fresh index."""
        folder = self.home / f"desk-{count}"
        if not folder.exists():
            make_desk(folder, count)
            run((*TKT, "list", "--limit", "1"), folder)
        return folder

    @property
    def large(self) -> Path:
        """The desk of the promised size."""
        return self.desk(self.size)

    @property
    def small(self) -> Path:
        """A desk of a thousand tickets."""
        return self.desk(1000)

    def first(self, folder: Path) -> str:
        """The id of some ticket of a desk."""
        return Path(git(folder, "ls-files", "tickets").split("\n", 1)[0]).stem


def ratio(what: str, wanted: float, pair: object) -> Line:
    """A line about a command and its floor."""
    p = pair
    seen = (
        f"{p.ratio:.2f} x floor ({p.lowest:.2f}-{p.highest:.2f}); "  # type: ignore[attr-defined]
        f"{p.seconds * 1000:.0f} ms against {p.floor * 1000:.0f} ms"  # type: ignore[attr-defined]
    )
    return what, seen, f"<= {wanted} x"


def startup(bench: Bench) -> Iterator[Line]:
    """Start-up against importing click."""
    for option in ("--version", "--help"):
        yield ratio(f"tkt {option}", 1.25, against((*TKT, option), CLICK, bench.home))


def lists(bench: Bench) -> Iterator[Line]:
    """A page of a long queue, as JSON and for people."""
    command = (*TKT, "list", "status:open", "--limit", "20")
    pair = against((*command, "--json"), CLICK, bench.large)
    yield ratio(f"list --json, 20 of {bench.size:,}", 1.5, pair)
    yield "  its peak memory", f"{pair.peak:.0f} MiB", "<= 60 MiB"
    pair = against(command, CLICK, bench.large, terminal=True)
    yield ratio("list at a terminal", 2.0, pair)


def search(bench: Bench) -> Iterator[Line]:
    """Full text."""
    for words in (("退款",), ("玻璃杯", "发票"), ("2511000001234",)):
        command = (*TKT, "search", *words, "--limit", "20", "--json")
        yield ratio(f"search {' '.join(words)}", 2.0, against(command, CLICK, bench.large))


def notes(bench: Bench) -> Iterator[Line]:
    """One action on a large desk, against a small one and against plain Git."""
    large, small = bench.large, bench.small
    before = against(
        (*TKT, "note", bench.first(large), "你好"),
        (*TKT, "note", bench.first(small), "你好"),
        large,
        other=small,
    )
    yield ratio("note, large against 1,000, before maintain", 1.3, before)
    path = git(large, "ls-files", "tickets").split("\n", 1)[0]
    plain = ("sh", "-c", f"echo '# x' >> {path} && git add {path} && git commit -qm x")
    raw = against((*TKT, "note", bench.first(small), "你好"), plain, small, other=large, times=5)
    commit_seconds = raw.floor
    git(large, "reset", "-q", "--hard", "HEAD~6")
    for folder in (large, small):
        run((*TKT, "maintain"), folder)
    after = against(
        (*TKT, "note", bench.first(large), "你好"),
        (*TKT, "note", bench.first(small), "你好"),
        large,
        other=small,
    )
    yield ratio("note, large against 1,000, after maintain", 1.3, after)
    share = after.seconds / commit_seconds
    seen = f"{share:.2f} x; {after.seconds * 1000:.0f} ms against {commit_seconds * 1000:.0f} ms"
    yield f"note against git add + commit at {bench.size:,}", seen, "<= 0.3 x"


def objects(bench: Bench) -> Iterator[Line]:
    """What one action adds to Git on a day with 10,000 tickets."""
    folder = bench.home / "desk-peak"
    if not folder.exists():
        make_desk(folder, 10_000, per_day=10_000)
    before = set(_loose(folder))
    run((*TKT, "note", bench.first(folder), "已联系仓库"), folder)
    new = [path for path in _loose(folder) if path not in before]
    packed = sum(path.stat().st_size for path in new)
    content = sum(len(zlib.decompress(path.read_bytes())) for path in new)
    yield f"{len(new)} new objects", f"{content:,} bytes, {packed:,} compressed", "<= 8,192 bytes"


def _loose(folder: Path) -> list[Path]:
    return sorted((folder / ".git/objects").glob("??/*"))


def imports(bench: Bench) -> Iterator[Line]:
    """Bringing in many tickets, each its own commit."""
    source, folder = bench.home / "import.jsonl", bench.home / "desk-import"
    shutil.rmtree(folder, ignore_errors=True)
    with source.open("w") as stream:
        for ticket in tickets(bench.size):
            stream.write(json.dumps(ticket.doc(), ensure_ascii=False) + "\n")
    run((*TKT, "init", str(folder)), bench.home)
    done = run((*TKT, "import", str(source)), folder)
    commits = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD")) - 1
    assert commits == bench.size, commits
    yield (f"import {bench.size:,}", f"{bench.size / done.wall:,.0f} a second", ">= 2,000 a second")
    yield "  its peak memory", f"{done.peak:.0f} MiB", "<= 500 MiB"
    begin = time.perf_counter()
    git(folder, "checkout-index", "-a", f"--prefix={bench.home}/copy/")
    alone = time.perf_counter() - begin
    shutil.rmtree(bench.home / "copy")
    seen = f"{alone:.1f} s of {done.wall:.1f} s; {bench.size / (done.wall - alone):,.0f} a second"
    yield "  floor: git alone writing these files", f"{seen} without them", ""
    git(folder, "fsck", "--connectivity-only")


def orders(bench: Bench) -> Iterator[Line]:
    """A platform's export of 200,000 orders with all that is wrong with such files."""
    source, folder = bench.home / "orders.csv", bench.home / "desk-orders"
    shutil.rmtree(folder, ignore_errors=True)
    make_export(source, 200_000)
    run((*TKT, "init", str(folder)), bench.home)
    command = (*TKT, "customer", "import", str(source), "--json")
    done = run(command, folder, fine=False)
    seen = f"{done.wall:.0f} s; {200_000 / done.wall:,.0f} a second"
    yield "import of 200,000 orders, half a percent broken", seen, ""
    yield "  its peak memory", f"{done.peak:.0f} MiB", "<= 300 MiB"
    head = git(folder, "rev-parse", "HEAD")
    again = run(command, folder, fine=False)
    assert git(folder, "rev-parse", "HEAD") == head
    yield "  a second time, which adds nothing", f"{again.wall:.0f} s; {again.peak:.0f} MiB", ""
    name = Path(git(folder, "ls-files", "customers").split("\n", 1)[0]).stem
    pair = against((*TKT, "customer", "show", name), CLICK, folder)
    yield ratio("customer show among 97,000", 2.0, pair)
    pair = against((*TKT, "list", "--json"), CLICK, folder)
    yield ratio("list --json beside 97,000 customers", 1.5, pair)
    rules = "tags: {vip: {spent: 5000, within: 365d}, new: {orders: 1, at_most: 1}}\n"
    (folder / "classify.yaml").write_text(rules, encoding="utf-8")
    git(folder, "add", "classify.yaml")
    git(folder, "commit", "-qm", "tags")
    looked = run((*TKT, "customer", "retag", "--dry-run", "--json"), folder)
    yield "retag --dry-run of 97,000", f"{looked.wall:.1f} s; {looked.peak:.0f} MiB", ""


def batch(bench: Bench) -> Iterator[Line]:
    """A thousand actions in one process."""
    folder, source = bench.small, bench.home / "batch.jsonl"
    names = [Path(p).stem for p in git(folder, "ls-files", "tickets").split("\n")][:1000]
    source.write_text(
        "".join(json.dumps(["note", name, "已补发"], ensure_ascii=False) + "\n" for name in names)
    )
    before = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD"))
    done = run((*TKT, "batch", str(source)), folder)
    made = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD")) - before
    assert made == 1000, made
    yield "batch of 1,000 notes", f"{1000 / done.wall:,.0f} a second", ">= 300 a second"


def rebuild(bench: Bench) -> Iterator[Line]:
    """The index from nothing."""
    folder = bench.large
    for path in (folder / ".git/tkt").glob("index-*"):
        path.unlink()
    done = run((*TKT, "list", "--limit", "1"), folder)
    seen = f"{bench.size / done.wall:,.0f} a second on {os.cpu_count()} cores"
    yield f"index of {bench.size:,} rebuilt", seen, ">= 3,000 a second"


def sync(bench: Bench) -> Iterator[Line]:
    """A thousand tickets changed on both sides."""
    hub, one, two = (bench.home / name for name in ("hub.git", "desk-one", "desk-two"))
    for folder in (hub, one, two):
        shutil.rmtree(folder, ignore_errors=True)
    make_desk(one, 5000)
    git(bench.home, "clone", "-q", "--bare", str(one), str(hub))
    git(one, "remote", "add", "origin", str(hub))
    git(bench.home, "clone", "-q", str(hub), str(two))
    names = [Path(p).stem for p in git(one, "ls-files", "tickets").split("\n")][:1000]
    for folder, text in ((one, "左"), (two, "右")):
        lines = "".join(
            json.dumps(["note", name, text], ensure_ascii=False) + "\n" for name in names
        )
        subprocess.run(
            [*TKT, "batch"], cwd=folder, input=lines.encode(), check=True, stdout=subprocess.DEVNULL
        )
    run((*TKT, "sync"), one)
    begin = time.perf_counter()
    run((*TKT, "sync"), two)
    yield ("sync, 1,000 changed on both sides", f"{time.perf_counter() - begin:.1f} s", "<= 5 s")
    text = (two / ids.path_of(names[0])).read_text()
    assert "左" in text, text
    assert "右" in text, text


def verbs(bench: Bench) -> Iterator[Line]:
    """An agent's verbs at 10,000 tickets, against importing click."""
    folder = bench.desk(10_000)
    names = [Path(p).stem for p in git(folder, "ls-files", "tickets").split("\n")][:3]
    for words in (
        ("take", names[0], "--steal", "--reason", "下班了"),
        ("reply", names[1], "亲,已为您登记补发"),
        ("move", names[2], "pending", "--until", "+2d"),
    ):
        pair = against((*TKT, *words), CLICK, folder)
        yield ratio(f"{words[0]} at 10,000 tickets", 3.5, pair)


def show(bench: Bench) -> Iterator[Line]:
    """One ticket with a long conversation."""
    folder = bench.desk(10_000)
    name = Path(git(folder, "ls-files", "tickets").split("\n")[-1]).stem
    lines = (json.dumps(["message", name, f"第 {n} 句:还没收到"]) + "\n" for n in range(200))
    subprocess.run(
        [*TKT, "batch"],
        cwd=folder,
        input="".join(lines).encode(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for kind, terminal in (("--json", False), ("at a terminal", True)):
        words = ("show", name, *(() if terminal else (kind,)))
        pair = against((*TKT, *words), CLICK, folder, terminal=terminal)
        yield ratio(f"show with 200 messages, {kind}", 2.5, pair)


def summary(bench: Bench) -> Iterator[Line]:
    """A day's figures, of today and of a day on which much happened, and a report on a ticket."""
    busy = FIRST_DAY.date().isoformat()
    for what, words in (("today", ()), ("a day of 750 events", (busy,))):
        pair = against((*TKT, "summary", *words, "--json"), CLICK, bench.large)
        yield ratio(f"summary of {bench.size:,}, {what}", 3.0, pair)
    name = bench.first(bench.large)
    pair = against((*TKT, "report", name, "--json"), CLICK, bench.large)
    yield ratio(f"report at {bench.size:,}", 2.5, pair)


def bulk(bench: Bench) -> Iterator[Line]:
    """Fields of a thousand tickets set by a query, each its own commit."""
    folder = bench.home / "desk-bulk"
    shutil.rmtree(folder, ignore_errors=True)
    make_desk(folder, 1000)
    run((*TKT, "list", "--limit", "1"), folder)
    before = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD"))
    done = run((*TKT, "set", "--where", "all", "severity=2"), folder)
    made = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD")) - before
    assert made == 1000, made
    yield "set of 1,000 tickets by a query", f"{done.wall:.1f} s", "<= 4 s"


_PROMISES = """
sla: [{{name: all, default: true, targets: {{"*": {{solution: {days}d!}}}}}}]
escalation: [{{at: 100%, clock: solution, tell: [assignee], priority: up}}]
"""


def _promise(folder: Path, days: int) -> None:
    """Give every ticket of a desk a solution time of so many days."""
    path = folder / "workflows/simple.yaml"
    text = path.read_text(encoding="utf-8")
    for section in ("sla:", "escalation:", "automation:", "macros:"):
        text = text.partition(f"\n{section}")[0] + "\n"
    path.write_text(text + _PROMISES.format(days=days), encoding="utf-8")
    git(folder, "commit", "-qam", f"{days} days")


def sweeps(bench: Bench) -> Iterator[Line]:
    """A sweep with nothing to do, one with a thousand things, and promises that change."""
    folder = bench.home / "desk-swept"
    shutil.rmtree(folder, ignore_errors=True)
    make_desk(folder, bench.size)
    _promise(folder, 700)
    run((*TKT, "list", "--limit", "1"), folder)
    due = FIRST_DAY.replace(hour=0) + timedelta(days=700)
    os.environ["TKT_NOW"] = due.isoformat()
    try:
        yield ratio(f"idle sweep over {bench.size:,}", 2.0, against((*TKT, "sweep"), CLICK, folder))
        os.environ["TKT_NOW"] = (due + timedelta(days=1000 / 150)).isoformat()
        late, whole = (*TKT, "list", "overdue"), (*TKT, "list")
        rest = ("--limit", "20", "--json")
        pair = against((*late, *rest), (*whole, *rest), folder)
        yield ratio("list overdue --json against list --json", 1.5, pair)
        before = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD"))
        done = run((*TKT, "sweep"), folder)
        made = int(git(folder, "rev-list", "--count", "--no-merges", "HEAD")) - before
        seen = f"{done.wall:.1f} s, {made / done.wall:,.0f} a second"
        yield f"sweep with {made:,} due, each its own commit", seen, "<= 5 s, >= 200 a second"
        yield from _promises_change(bench, folder)
    finally:
        del os.environ["TKT_NOW"]


def _promises_change(bench: Bench, folder: Path) -> Iterator[Line]:
    """The first command after a policy has changed reckons anew, and reads no ticket's file."""
    looking = (*TKT, "list", "--limit", "1")
    plain = min(run(looking, folder).wall for _ in range(3))
    tree = git(folder, "rev-parse", "HEAD:tickets")
    _promise(folder, 750)
    spent = run(looking, folder).wall - plain
    assert git(folder, "rev-parse", "HEAD:tickets") == tree
    seen = f"{bench.size / spent:,.0f} tickets a second"
    yield f"promises of {bench.size:,} changed", seen, ">= 20,000 tickets a second"


SLA = """
sla:
  - name: urgent
    when: {priority: [urgent, high]}
    targets: {"*": {first_response: 30s, next_response: 3m, solution: 4h}}
  - name: rest
    default: true
    targets: {"*": {first_response: 3m, next_response: 10m, periodic_update: 2d, solution: 3d}}
"""
MAIN = {"workdays": "china", "hours": {"mon-fri": ["09:00-12:00", "13:00-22:00"],
                                       "sat-sun": ["10:00-18:00"]}}  # fmt: skip


def arithmetic(bench: Bench) -> Iterator[Line]:
    """All clocks of many tickets in one process, against plain datetime arithmetic."""
    policies = YAML(typ="safe").load(SLA)["sla"]
    calendar, _ = parse(MAIN, name="main")
    promises = Promises.of(
        read_policies(policies), calendar=lambda _: calendar, mode=mode_in(SIMPLE)
    )
    tracks = [track_of(ticket) for ticket in tickets(10_000)]
    now = tracks[-1][-1][0] + 86400
    starts = [
        clock.started_at
        for track in tracks
        for clock in Reckoning(track, promises).sla(now).clocks
        if clock.started_at is not None
    ]

    def ours() -> None:
        for track in tracks:
            Reckoning(track, promises).sla(now)

    def plain() -> None:
        for start in starts:
            due = datetime.fromtimestamp(start, UTC) + timedelta(hours=4)
            assert due < datetime.fromtimestamp(now, UTC)

    times = [(timeit(ours, number=1), timeit(plain, number=1)) for _ in range(5)]
    seconds, floor = (statistics.median(each) for each in zip(*times, strict=True))
    count = len(starts)
    seen = f"{count / seconds:,.0f} clocks a second; {seconds / floor:.1f} x datetime arithmetic"
    yield f"due-date arithmetic, {count:,} clocks", seen, ">= 50,000 a second"


def stats(bench: Bench) -> Iterator[Line]:
    """Figures over all tickets, each with policies; the last case: the desk has promises then."""
    folder = bench.large
    path = folder / "workflows/simple.yaml"
    path.write_text(path.read_text().partition("\nsla:")[0] + SLA)
    git(folder, "commit", "-qam", "promises", "--allow-empty")
    run((*TKT, "list", "--limit", "1"), folder)
    for what, words in (
        ("of all time", ("--since", "2024-01-01")), ("of one day, by agent", ("--by", "agent"))
    ):  # fmt: skip
        done = run((*TKT, "sla", "stats", *words, "--json"), folder)
        seen = f"{done.wall:.1f} s; {bench.size / done.wall:,.0f} tickets a second"
        yield f"sla stats of {bench.size:,}, {what}", f"{seen}; {done.peak:.0f} MiB", "<= 10 s"


def _rules(rng: random.Random, count: int) -> str:
    """A classify.yaml with so many expressions in 25 categories, and a few patterns."""
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 1500)]
    words: dict[str, None] = dict.fromkeys((*GOODS, *TROUBLES))
    while len(words) < count - 200:
        words["".join(rng.choices(signs, k=rng.choice((2, 2, 3, 3, 4, 5))))] = None
    while len(words) < count:
        words["".join(rng.choices("abcdefghijklmnopqrst", k=rng.randrange(4, 10)))] = None
    shuffled = sorted(words, key=lambda _: rng.random())
    lines = ["inbox: c0", "synonyms: [[退款, 退钱], [快递, 包裹]]", "categories:"]
    for number in range(25):
        lines.append(f"  c{number}:")
        lines.append(f"    keywords: [{', '.join(map(repr, shuffled[number::25]))}]")
        lines.append(f"    patterns: ['(\\d+|[一二三两几])天.{{0,6}}没(动|到{signs[number]})']")
    return "\n".join(lines) + "\n"


def classify(bench: Bench) -> Iterator[Line]:
    """One text as a whole process, and many in one, against a look at each character of them."""
    rng = random.Random(5)
    folder = bench.home / "desk-classify"
    if not folder.exists():
        make_desk(folder, 1000)
        (folder / "classify.yaml").write_text(_rules(rng, 5000), encoding="utf-8")
        git(folder, "add", "classify.yaml")
        git(folder, "commit", "-qm", "categories")
        run((*TKT, "list", "--limit", "1"), folder)
    texts = [_customer_says(rng) for _ in range(100_000)]
    pair = against((*TKT, "classify", texts[0], "--json"), CLICK, folder)
    yield ratio("classify a text by 5,000 expressions", 2.0, pair)
    data = YAML(typ="safe").load((folder / "classify.yaml").read_text(encoding="utf-8"))
    begin = time.perf_counter()
    said, faults = read_classify(data)
    assert not [fault for fault in faults if fault.key not in CAUTIONS], faults[:3]
    spent = time.perf_counter() - begin
    yield "  made ready when classify.yaml changes", f"{spent * 1000:.0f} ms", ""
    classifier = Classifier.of(said["classifier"])
    assert classifier
    categories = {one.name: one for one in said["categories"]}

    def ours() -> None:
        for text in texts:
            decide(classifier, categories, text, Facts())

    def plain() -> None:
        for text in texts:
            for char in text:
                assert char

    seconds, floor = timeit(ours, number=1), timeit(plain, number=1)
    length = sum(map(len, texts)) / len(texts)
    seen = (
        f"{len(texts) / seconds:,.0f} a second; {seconds / floor:.0f} x looking at each character"
    )
    yield f"classify 100,000 texts of {length:.0f} characters", seen, ">= 20,000 a second"


def _customer_says(rng: random.Random) -> str:
    said = f"{rng.choice(GOODS)}{rng.choice(TROUBLES)},{rng.choice(WISHES)}"
    order = f"订单号 25110{rng.randrange(10**8):08}" if rng.random() < 0.3 else ""
    return f"{said}。{rng.choice(ANSWERS)}?{order}"


_ASKED = ("可以", "怎么", "多久", "能不能", "为什么", "哪里")


def _article(rng: random.Random, number: int) -> str:
    """A published article with three questions, some 1 KB."""
    goods, trouble, wish = rng.choice(GOODS), rng.choice(TROUBLES), rng.choice(WISHES)
    asked = [
        f"{rng.choice(GOODS)}{rng.choice(TROUBLES)}{rng.choice(_ASKED)}{number}" for _ in "123"
    ]
    questions = "".join(f"  - {each}\n" for each in asked)
    body = "\n\n".join(f"{rng.choice(ANSWERS)}。{rng.choice(WISHES)}也一样。" for _ in range(12))
    front = f"title: {goods}{trouble},{wish} {number}\nstatus: published\naudience: public\n"
    return f"---\n{front}questions:\n{questions}---\n\n{body}\n"


def bot(bench: Bench) -> Iterator[Line]:
    """A question to the bot on a desk with 10,000 articles."""
    rng, folder = random.Random(11), bench.home / "desk-articles"
    if not folder.exists():
        make_desk(folder, 1000)
        (folder / "kb/faq").mkdir(parents=True, exist_ok=True)
        for number in range(10_000):
            text = _article(rng, number)
            (folder / f"kb/faq/a{number}.md").write_text(text, encoding="utf-8")
        git(folder, "add", "kb")
        git(folder, "commit", "-qm", "articles")
        run((*TKT, "list", "--limit", "1"), folder)
    for what, asked in (("answered", "玻璃杯有划痕怎么办"), ("handed over at once", "我要投诉")):
        command = (*TKT, "bot", "ask", asked, "--json")
        yield ratio(f"bot ask among 10,000, {what}", 2.5, against(command, CLICK, folder))


CASES: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "startup": startup, "lists": lists, "search": search, "rebuild": rebuild, "batch": batch,
    "objects": objects, "sync": sync, "imports": imports, "orders": orders, "notes": notes,
    "verbs": verbs, "show": show, "bulk": bulk, "summary": summary,
    "sweeps": sweeps, "classify": classify, "routing": routing, "kb": kb,
    "bot": bot, "replies": replies, "arithmetic": arithmetic, "stats": stats,
}  # fmt: skip


def main() -> None:
    """Measure what was asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*CASES, []], metavar="NAME")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="make the desks here, and leave them")
    said = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PAGER"] = "cat"  # nobody is there to leave a pager
    home = (said.keep or Path(tempfile.mkdtemp(prefix="tkt-bench-"))).resolve()
    home.mkdir(parents=True, exist_ok=True)
    os.environ["HOME"] = str(home)
    (home / ".gitconfig").write_text("[user]\n\tname = bench\n\temail = bench@localhost\n")
    bench = Bench(home, said.size)
    try:
        for name in said.names or CASES:
            for what, seen, wanted in CASES[name](bench):
                print(f"{what:<46} {seen:<52} {wanted}", flush=True)
    finally:
        if not said.keep:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
