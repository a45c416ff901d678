"""Words that agents' own decisions speak for: learnt from some tickets, tried on the others."""

from __future__ import annotations

import builtins
import json
from typing import TYPE_CHECKING, Any

import pytest

from desks import commit_by_hand, git
from tkt.services.classifying import learning

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

CLASSIFY = """\
# 衣服店的类别
inbox: other
categories:
  quality:
    keywords: [质量问题]   # 客户的说法
  late: {keywords: 没收到}
  other: {}
"""
COLOURS, GOODS = ("红", "蓝", "白", "黑", "绿", "黄"), ("衣服", "裙子", "裤子", "围巾", "帽子")


@pytest.fixture
def shop(desk: Path, tkt: Runner) -> Runner:
    """A desk on which people say that what fades is of bad quality, and what is stuck is late."""
    commit_by_hand(desk, {"classify.yaml": CLASSIFY.encode()})
    rows = []
    for number, (colour, thing) in enumerate((c, g) for c in COLOURS for g in GOODS):
        rows.append(
            {
                "title": f"{colour}色{thing}洗一次就掉色了",
                "category": "quality",
                "external": f"q{number}",
            }
        )
        rows.append(
            {
                "title": f"{colour}色{thing}的包裹一直卡在路上",
                "category": "late",
                "external": f"l{number}",
            }
        )
        rows.append(
            {"title": f"请问{colour}色{thing}有吗", "category": "other", "external": f"o{number}"}
        )
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    assert tkt("import", "-", stdin=lines).code == 0
    return tkt


def suggested(tkt: Runner, *words: str) -> list[dict[str, Any]]:
    pytest.importorskip("sklearn")
    done = tkt("classify", "suggest", *words, "--json")
    assert done.code == 0, done.err
    found: list[dict[str, Any]] = done.json
    return found


def test_words_that_tell_categories_apart_are_proposed_with_their_gain(shop: Runner) -> None:
    found = suggested(shop)
    assert found
    assert {row["category"] for row in found} == {"quality", "late"}
    assert all(row["gain"] == row["right"] - row["wrong"] > 0 for row in found)
    assert any("掉色" in row["word"] for row in found if row["category"] == "quality")
    assert not any(goods in row["word"] for row in found for goods in GOODS)


def test_the_same_tickets_are_held_out_every_time(shop: Runner) -> None:
    assert suggested(shop) == suggested(shop)


def test_one_category_alone_may_be_asked_for(shop: Runner) -> None:
    assert {row["category"] for row in suggested(shop, "--category", "late")} == {"late"}


def test_an_accepted_word_brings_the_gain_and_is_not_proposed_again(shop: Runner) -> None:
    best = suggested(shop, "--category", "quality")[0]
    done = shop("classify", "suggest", "--category", "quality", "--accept", best["word"])
    assert done.code == 0, done.err
    assert shop("classify", f"这件{best['word']}", "--json").json["category"] == "quality"
    left = suggested(shop, "--category", "quality")
    assert best["word"] not in [row["word"] for row in left]


def test_only_what_people_chose_teaches(desk: Path, tkt: Runner) -> None:
    pytest.importorskip("sklearn")
    commit_by_hand(desk, {"classify.yaml": CLASSIFY.encode()})
    for number in range(12):
        tkt.new(f"质量问题{number},洗了掉色")
    done = tkt("classify", "suggest", "--json")
    assert done.json == []


def test_without_the_library_one_line_says_how_to_get_it(
    shop: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    done = shop("classify", "suggest")
    assert done.code == 3
    assert "pip install 'tkt[learn]'" in done.err


# -- accepting --------------------------------------------------------------------------------


def test_words_are_taken_in_and_the_file_keeps_its_layout(shop: Runner) -> None:
    before = (shop.folder / "classify.yaml").read_text(encoding="utf-8")
    words = ("--category", "quality", "--accept", "掉色", "--accept", "起球")
    assert shop("classify", "suggest", *words).code == 0
    after = (shop.folder / "classify.yaml").read_text(encoding="utf-8")
    assert after == before.replace("[质量问题]", "[质量问题, 掉色, 起球]")
    assert git(shop.folder, "log", "-1", "--format=%s") == "classify quality by 掉色, 起球"
    assert git(shop.folder, "status", "--porcelain") == ""
    assert shop("classify", "大衣起球", "--json").json["category"] == "quality"


def test_a_category_with_one_word_or_none_gets_a_list(shop: Runner) -> None:
    for category in ("late", "other"):
        words = ("--category", category, "--accept", "慢吞吞" if category == "late" else "在吗")
        assert shop("classify", "suggest", *words).code == 0
    assert shop("classify", "慢吞吞", "--json").json["category"] == "late"
    assert shop("classify", "没收到", "--json").json["category"] == "late"
    assert shop("classify", "在吗", "--json").json["by"] == "words"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--accept", "掉色"), 2),
        (("--category", "qualty", "--accept", "掉色"), 3),
        (("--category", "quality", "--accept", "質量問題"), 1),
        (("--category", "quality", "--accept", " "), 2),
    ],
)
def test_what_cannot_be_taken_in_is_refused(
    shop: Runner, words: tuple[str, ...], code: int
) -> None:
    before = git(shop.folder, "rev-parse", "HEAD")
    done = shop("classify", "suggest", *words)
    assert done.code == code
    assert git(shop.folder, "rev-parse", "HEAD") == before


def test_a_file_with_edits_that_nobody_recorded_is_not_overwritten(shop: Runner) -> None:
    with (shop.folder / "classify.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# 还没想好\n")
    done = shop("classify", "suggest", "--category", "quality", "--accept", "掉色")
    assert done.code == 1
    assert "还没想好" in (shop.folder / "classify.yaml").read_text(encoding="utf-8")


def test_terms_are_short_runs_and_whole_latin_words() -> None:
    found = learning.terms("洗了掉色! It FADED, ok")
    assert {"掉色", "洗了", "洗了掉色", "faded"} <= set(found)
    assert "色it" not in found
