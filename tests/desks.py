"""What tests of storage do to a desk behind tkt's back, and how they look at what came of it."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

from tkt.storage import refreshing, yaml
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tkt.storage.index import Index

ME = ("-c", "user.name=Person", "-c", "user.email=person@shop.example")
"""Who commits by hand."""


def git(folder: Path, *args: str, stdin: bytes = b"", fine: bool = True) -> str:
    """What ``git args`` prints; it must succeed, unless not ``fine``."""
    done = subprocess.run(
        ["git", *ME, *args], cwd=folder, input=stdin, capture_output=True, check=False
    )
    assert done.returncode == 0 or not fine, done.stderr.decode()
    return done.stdout.decode().rstrip("\n")


def status(folder: Path) -> str:
    """What ``git status`` would tell a person; empty when all is recorded."""
    return git(folder, "status", "--porcelain", "--untracked-files=all")


def staged(folder: Path) -> dict[str, str]:
    """Git's index: path to mode, blob and stage."""
    lines = git(folder, "ls-files", "--stage", "-z").split("\0")
    return {line.partition("\t")[2]: line.partition("\t")[0] for line in lines if line}


def log(folder: Path, pattern: str, *args: str) -> list[str]:
    """One formatted line per commit, newest first."""
    return git(folder, "log", f"--format={pattern}", *args).splitlines()


def commit_by_hand(folder: Path, files: dict[str, bytes | None], message: str = "by hand") -> None:
    """Write files and commit them as a person does who knows only Git."""
    for path, content in files.items():
        if content is None:
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    git(folder, "add", "-A", "--", *files)
    git(folder, "commit", "-q", "--no-verify", "-m", message, "--", *files)


def without_processes(folder: Path) -> None:
    """Leave a desk the general workflow alone, and of it only the states."""
    files: dict[str, bytes | None] = {
        f"workflows/{path.name}": None for path in (folder / "workflows").glob("*.yaml")
    }
    if (folder / "classify.yaml").exists():
        files["classify.yaml"] = None
    states = (folder / "workflows/simple.yaml").read_text(encoding="utf-8")
    files["workflows/simple.yaml"] = (states.partition("\nsla:")[0] + "\n").encode()
    commit_by_hand(folder, files)


def run_by_hand(folder: Path) -> None:
    """Leave a desk its processes, but let no ticket find a category or an agent by itself."""
    files: dict[str, bytes | None] = {}
    if (folder / "classify.yaml").exists():
        files["classify.yaml"] = None
    for path in (folder / "workflows").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        files[f"workflows/{path.name}"] = re.sub(r"\nrouting:\n(?:  .*\n)+", "\n", text).encode()
    commit_by_hand(folder, files)


def ticket_path(folder: Path, ticket_id: str) -> str:
    """Where a ticket lies in the commit that HEAD names, seen from ``folder``."""
    names = git(folder, "ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")
    return next(name for name in names if name.endswith(f"/{ticket_id}.yaml"))


def notes_in(folder: Path, ticket_id: str) -> list[str]:
    """The notes in the committed file of a ticket, in order."""
    raw = git(folder, "show", f"HEAD:./{ticket_path(folder, ticket_id)}")
    doc: Any = yaml.load(raw.encode() + b"\n", path=ticket_id)
    return [event["text"] for event in doc["timeline"] if event["do"] == "note"]


def contents(index: Index) -> dict[str, list[tuple[Any, ...]]]:
    """Everything an index says: each table's rows in order, and where each word is found."""
    tables: tuple[str, ...] = (
        "meta",
        "tickets",
        "docs",
        "tracks",
        "items",
        "notices",
        "events",
        "broken",
    )
    tables += ("customers", "contacts", "customer_tags", "orders")
    tables += ("gifts", "waits", "article_uses")
    said = {name: sorted(index.select(f"SELECT * FROM {name}"), key=repr) for name in tables}
    # Articles are numbered as they come.
    by_path = "SELECT path, blob, slug, kind, lang, status, audience, doc FROM articles"
    shortcuts = "SELECT shortcut, path FROM shortcuts JOIN articles USING (num)"
    terms = "SELECT term, doc, cnt FROM article_terms"
    for name, sql in (("articles", by_path), ("shortcuts", shortcuts), ("terms", terms)):
        said[name] = sorted(index.select(sql))
    said["found"] = [
        (word, tuple(index.select("SELECT rowid FROM words WHERE words MATCH ?", (f'"{word}"',))))
        for word in sorted(_words(said["docs"]))
    ]
    return said


def _words(docs: list[tuple[Any, ...]]) -> set[str]:
    from tkt.domain.words import cut

    found: set[str] = set()
    for _, doc in docs:
        for text in _texts(json.loads(doc)):
            found.update(re.findall(r"\w+", cut(text)))
    return found | {"removed", "碎"}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def assert_index_is_right(folder: Path) -> None:
    """The index as maintained says exactly what one built from nothing would say."""
    desk = Desk(str(folder))
    maintained, built = desk.index, refreshing.build(desk.git, None, desk.head(), None)
    try:
        assert maintained.commit == desk.git.head()
        assert contents(maintained) == contents(built)
    finally:
        maintained.close()
        built.close()
