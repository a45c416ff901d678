"""What stands above the text of an article, and where its file lies."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.kb.article import Article, path_of, place_of
from tkt.domain.kb.front import read_article


def read(said: dict[str, Any], path: str = "kb/faq/7day.md") -> tuple[Article | None, list[str]]:
    article, faults = read_article(said, "支持。", path=path)
    return article, [fault.key for fault in faults]


@pytest.mark.parametrize(
    ("path", "slug", "lang"),
    [
        ("kb/faq/7day.md", "faq/7day", None),
        ("kb/reply/七天无理由.md", "reply/七天无理由", None),
        ("kb/reply/7day.en.md", "reply/7day", "en"),
        ("kb/case/a-b_c.zh-TW.md", "case/a-b_c", "zh-TW"),
    ],
)
def test_the_path_names_it(path: str, slug: str, lang: str | None) -> None:
    place = place_of(path)
    assert place is not None
    assert (place.slug, place.lang) == (slug, lang)
    assert path_of(slug, lang) == path


@pytest.mark.parametrize(
    "path",
    ["kb/7day.md", "kb/other/7day.md", "kb/faq/a/b.md", "kb/faq/a b.md", "kb/faq/a.b.c.md",
     "kb/faq/a.txt", "kb/faq/.md", "faq/a.md", "kb/faq/a.md/", "kb/faq/-x.md"],
)  # fmt: skip
def test_elsewhere_lies_none(path: str) -> None:
    assert place_of(path) is None


def test_a_title_is_enough() -> None:
    article, faults = read({"title": "七天无理由"})
    assert faults == []
    assert article is not None
    assert (article.status, article.audience, article.is_public) == ("draft", "public", False)


def test_cases_and_lessons_are_for_colleagues() -> None:
    for path in ("kb/case/a.md", "kb/training/a.md"):
        article, _ = read({"title": "x", "status": "published"}, path)
        assert article is not None
        assert article.audience == "internal"
        assert not article.is_public


@pytest.mark.parametrize(
    ("said", "path", "fault"),
    [
        ({}, "kb/faq/a.md", "config.missing_key"),
        ({"title": "x", "kind": "case"}, "kb/faq/a.md", "article.wrong_folder"),
        ({"title": "x", "lang": "zh"}, "kb/faq/a.en.md", "article.wrong_language"),
        ({"title": "x", "lang": "Chinese!"}, "kb/faq/a.md", "article.not_language"),
        ({"title": "x", "scope": "team"}, "kb/reply/a.md", "article.whose"),
        ({"title": "x", "scope": "personal"}, "kb/reply/a.md", "article.whose"),
        ({"title": "x", "review": "soon"}, "kb/faq/a.md", "calendar.not_date"),
        ({"title": "x", "titel": "y"}, "kb/faq/a.md", "config.unknown_key_like"),
    ],
)
def test_what_is_wrong_is_told(said: dict[str, Any], path: str, fault: str) -> None:
    assert read(said, path)[1] == [fault]


texts = st.lists(st.text(min_size=1, max_size=5), max_size=3)


@given(questions=texts, shortcut=texts, lang=st.sampled_from(["zh", "en", None]))
def test_it_comes_back_from_plain_data(
    questions: list[str], shortcut: list[str], lang: str | None
) -> None:
    said = {"title": "x", "questions": questions, "shortcut": shortcut, "owner": "lin"}
    article, _ = read({**said, **({"lang": lang} if lang else {})})
    assert article is not None
    assert Article.of(article.doc()) == article
