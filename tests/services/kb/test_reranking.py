"""The one place where a model may order hits anew, with a real plug-in found by its entry point."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from shelf import put, record

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

PLUGIN = """\
def make(model):
    if model == "broken":
        raise OSError("no such model")
    def score(question, texts):
        return [text.count(model) for text in texts]
    return score
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is installed like any other."""
    folder = tmp_path / "site"
    info = folder / "counting-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "counting.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: counting\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[tkt.rerankers]\ncounting = counting:make\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "counting", raising=False)


@pytest.fixture
def shop(desk: Path) -> Path:
    put(desk, "faq/a", "退款说明甲", "快")
    put(desk, "faq/b", "退款说明乙", "慢 慢 慢")
    put(desk, "faq/c", "退款说明", "慢")
    record(desk)
    return desk


def ask(desk: Path, tkt: Runner, search: str) -> list[tuple[str, float]]:
    with (desk / "tkt.yaml").open("a", encoding="utf-8") as file:
        file.write(f"search: {search}\n")
    assert tkt("commit", "tkt.yaml").code == 0
    rows = tkt("kb", "search", "退款说明", "--kind", "faq", "--json").json
    return [(row["slug"], row["score"]) for row in rows]


def test_the_desk_asks_for_it_and_only_the_order_changes(
    shop: Path, tkt: Runner, plugin: None
) -> None:
    before = tkt("kb", "search", "退款说明", "--kind", "faq", "--json").json
    assert [row["slug"] for row in before] == ["faq/c", "faq/a", "faq/b"]
    after = ask(shop, tkt, "{rerank: counting, model: 慢}")
    assert [slug for slug, _ in after] == ["faq/c", "faq/b", "faq/a"]
    assert sorted(after) == sorted((row["slug"], row["score"]) for row in before)


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("{rerank: counting, model: broken}", "no such model"),
        ("{rerank: nobody}", "embedding"),
    ],
)
def test_one_that_fails_says_what_to_do(
    shop: Path, tkt: Runner, plugin: None, search: str, told: str
) -> None:
    with (shop / "tkt.yaml").open("a", encoding="utf-8") as file:
        file.write(f"search: {search}\n")
    assert tkt("commit", "tkt.yaml").code == 0
    result = tkt("kb", "search", "退款")
    assert result.code == 1
    assert told in result.err
    assert "search.rerank" in result.err


def test_a_missing_extra_is_named(shop: Path, tkt: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastembed", None)
    with (shop / "tkt.yaml").open("a", encoding="utf-8") as file:
        file.write("search: {rerank: embedding, model: models/bge}\n")
    assert tkt("commit", "tkt.yaml").code == 0
    result = tkt("kb", "search", "退款")
    assert result.code == 1
    assert "tkt[kb]" in result.err
