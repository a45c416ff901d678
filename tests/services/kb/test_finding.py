"""Articles on a desk: known to the index as soon as they are recorded, found by name and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desks import git
from tkt.errors import NotFound, UsageProblem
from tkt.services.kb.finding import find
from tkt.services.kb.searching import Filters, search
from tkt.storage.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


def write(desk: Path, slug: str, title: str, body: str = "", **said: str) -> None:
    file = desk / f"kb/{slug}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    front = "".join(f"{key}: {value}\n" for key, value in said.items())
    file.write_text(f"---\ntitle: {title}\nstatus: published\n{front}---\n\n{body}\n", "utf-8")


def recorded(desk: Path) -> Desk:
    git(desk, "add", "kb")
    git(desk, "commit", "-qm", "articles")
    return Desk(str(desk))


def test_it_is_found_by_slug_path_and_name(desk: Path) -> None:
    write(desk, "faq/7day", "七天无理由退货")
    there = recorded(desk)
    for reference in ("7day", "faq/7day", "kb/faq/7day.md"):
        assert find(there, reference).title == "七天无理由退货"


def test_a_name_that_two_kinds_have_is_asked_about(desk: Path) -> None:
    write(desk, "faq/7day", "七天")
    write(desk, "reply/7day", "七天")
    there = recorded(desk)
    with pytest.raises(UsageProblem, match=r"article\.ambiguous"):
        find(there, "7day")
    assert find(there, "7day", kinds=("reply",)).slug == "reply/7day"


def test_a_name_that_nobody_has_is_told_with_the_nearest(desk: Path) -> None:
    write(desk, "faq/refund-time", "多久到账")
    with pytest.raises(NotFound) as raised:
        find(recorded(desk), "refund-tme")
    assert raised.value.params["near"] == "faq/refund-time"


def test_of_several_languages_the_best_is_taken(desk: Path) -> None:
    write(desk, "reply/hello", "您好", lang="zh")
    write(desk, "reply/hello.en", "Hello")
    there = recorded(desk)
    assert find(there, "hello", lang="zh").title == "您好"
    assert find(there, "hello", lang="en").title == "Hello"
    assert find(there, "hello", lang="ja").title in ("您好", "Hello")


def test_words_in_the_title_count_most_and_drafts_are_not_found(desk: Path) -> None:
    write(desk, "faq/freight", "退货运费谁出", "看原因。")
    write(desk, "faq/other", "别的", "这里也说到退货运费，但只是顺便。")
    file = desk / "kb/faq/draft.md"
    file.write_text("---\ntitle: 退货运费\n---\n", "utf-8")
    found = [hit.article.name for hit in search(recorded(desk), "退货运费", Filters(("faq",)))]
    assert found == ["freight", "other"]


def test_an_article_that_is_changed_or_deleted_is_known_at_once(desk: Path, tkt: Runner) -> None:
    write(desk, "faq/a", "发票怎么开")
    assert tkt("commit", "kb/faq/a.md").code == 0
    assert [hit.article.title for hit in search(Desk(str(desk)), "发票", Filters(("faq",)))] == [
        "发票怎么开"
    ]
    write(desk, "faq/a", "收据怎么开")
    assert tkt("commit", "kb/faq/a.md").code == 0
    assert search(Desk(str(desk)), "发票", Filters(("faq",))) == []
    (desk / "kb/faq/a.md").unlink()
    assert tkt("commit", "kb/faq/a.md").code == 0
    assert search(Desk(str(desk)), "收据", Filters(("faq",))) == []


def test_a_file_that_says_none_is_refused_with_its_line(desk: Path, tkt: Runner) -> None:
    write(desk, "faq/a", "x", review="soon")
    result = tkt("commit", "kb/faq/a.md")
    assert result.code != 0
    assert "kb/faq/a.md:4" in result.err
    assert "kb/faq/a.md:4" in tkt("check").out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        '"',
        "'; DROP TABLE articles; --",
        "😀",
        "退 * (货 NEAR",
        "a" * 10_000,
        "退" * 10_000,
    ],
)
def test_nothing_typed_breaks_the_search(desk: Path, text: str) -> None:
    write(desk, "faq/a", "退货")
    search(recorded(desk), text, Filters())
