"""Questions without an article, put together for those who write articles."""

from __future__ import annotations

from tkt.domain.bot.tally import Question, clustered


def asked(*texts: str) -> list[Question]:
    return [Question(f"T{number}", text, None) for number, text in enumerate(texts)]


def test_questions_that_ask_for_the_same_stand_together() -> None:
    found = clustered(asked(
        "能开增值税专用发票吗", "亲 增值税专用发票能开吗", "你好,专用发票怎么开增值税的",
        "杯子能放洗碗机吗", "这个杯子可以放洗碗机吗",
    ))  # fmt: skip
    assert [one.total for one in found] == [3, 2]
    assert "发票" in found[0].question
    assert found[1].tickets == ("T3", "T4")


def test_nothing_asked_is_nothing_to_write() -> None:
    assert clustered([]) == ()
