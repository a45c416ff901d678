"""What pages of the handbook say to type works, on a desk that has what they show."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import worlds

from conftest import Result, run_here
from pages import blocks, commands

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("workflows", "clocks", "sweep", "automation", "replies")
TEAM = worlds.TEAM.replace("lead: zhao", "lead: lin") + "  finance: {name: 财务组, lead: zhao}\n"


def write(shop: Path, path: str, text: str, mode: str = "w") -> None:
    with open(shop / path, mode, encoding="utf-8") as stream:
        stream.write(text)


def typed(shop: Path, *words: str, by: str = "lin") -> Result:
    return run_here(shop, *words, TKT_ACTOR=by)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The desk of the examples, with the settings of all pages; 7KQ4 is there to be worked on."""
    shop = worlds.make_world(tmp_path, "zh")
    write(shop, "team.yaml", TEAM)
    write(shop, "workflows/made.yaml", blocks("workflows", "yaml")[0])
    write(shop, "tkt.yaml", blocks("automation", "yaml")[0], "a")
    worlds.tkt(shop, "commit")
    worlds.tkt(shop, "set", "7KQ4", "order=2511002233")
    write(shop, "policy.yaml", blocks("clocks", "yaml")[-1])
    return shop


def before(shop: Path, words: list[str]) -> None:
    """What a person would have done before."""
    if words[0] in ("tick", "approve"):
        assert typed(shop, "set", "7KQ4", "workflow=made", "refund=299", by="wang").code in (0, 1)
        assert typed(shop, "move", "7KQ4", "quoting").code in (0, 1)
    if "--canned" in words or words[0] == "canned":
        worlds.shelve(shop)
    if words[0] == "reopen":
        worlds.tkt(shop, "set", "7KQ4", "workflow=simple")
        worlds.tkt(shop, "close", "7KQ4")


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_page_runs(shop: Path, name: str) -> None:
    assert typed(shop, "check").code == 0
    assert len(commands(name)) >= 5
    for words in commands(name):
        before(shop, words)
        done = typed(shop, *words)
        assert done.code == 0, (words, done.err)
    assert typed(shop, "check").code == 0


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")
def test_a_process_is_drawn_into_a_file(shop: Path) -> None:
    assert typed(shop, "workflow", "graph", "made", "-o", "made.svg").code == 0
    assert (shop / "made.svg").read_text(encoding="utf-8").count("<svg") == 1
