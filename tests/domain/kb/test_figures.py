"""Figures of a search, clusters of questions, doubles among articles."""

from __future__ import annotations

from tkt.domain.kb.article import Article
from tkt.domain.kb.clusters import Question, clustered
from tkt.domain.kb.doubles import doubles
from tkt.domain.kb.judging import Asked, judge


def asked(rank: int | None, part: str | None = None) -> Asked:
    found = [(f"faq/x{place}", 0.5) for place in range(1, 8)]
    if rank:
        found.insert(rank - 1, ("faq/right", 0.5))
    return Asked(2, "问", ("faq/right", "faq/other"), part, found)


def test_the_first_right_article_counts() -> None:
    judged = judge([asked(1, "a"), asked(2, "a"), asked(6, "b"), asked(None, "b")])
    assert (judged.whole.hit1, judged.whole.hit5) == (0.25, 0.5)
    assert round(judged.whole.mrr, 4) == round((1 + 1 / 2 + 1 / 6) / 4, 4)
    assert [(part.part, part.hit1) for part in judged.parts] == [("a", 0.5), ("b", 0.0)]
    assert len(judged.misses) == 3


def test_of_nothing_there_are_no_shares() -> None:
    assert judge([]).whole.total == 0


def test_questions_that_are_alike_come_together_the_most_asked_first() -> None:
    said = ["能开纸质发票吗", "可以开纸质发票吗", "纸质发票能开吗", "你们在哪个城市"]
    found = clustered(Question(f"T{at}", (text,)) for at, text in enumerate(said))
    assert [len(one.tickets) for one in found] == [3, 1]
    assert "纸质发票" in found[0].example


def article(
    name: str, title: str, *questions: str, kind: str = "faq", lang: str | None = None
) -> Article:
    suffix = f".{lang}" if lang else ""
    path = f"kb/{kind}/{name}{suffix}.md"
    return Article(path, f"{kind}/{name}", kind, title, "", lang=lang, questions=questions)


def test_doubles_are_told_of_the_later_article_once() -> None:
    found = list(doubles([
        article("a", "退款多久到账"), article("b", "多久", "退款 多久到账？"),
        article("c", "退款多久到账", kind="reply"), article("a", "退款多久到账", lang="en"),
    ], "zh"))  # fmt: skip
    assert [(one.article.slug, one.where, one.other.slug) for one in found] == [
        ("faq/b", ("questions", 0), "faq/a")
    ]
