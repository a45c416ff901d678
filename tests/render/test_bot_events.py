"""What the timeline says of the bot, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest

from tkt import texts
from tkt.domain.bot.deciding import REASONS
from tkt.render.views.bot_events import plainly, told

COMPLAINT = {"do": "handover", "reason": "complaint", "words": ["投诉"]}
UNSURE = {"do": "handover", "reason": "unsure", "near": "faq/7day", "score": 0.4}
HELPED = {"do": "helped", "helped": False, "articles": ["faq/7day"]}
ANSWER = {"do": "bot", "articles": ["faq/7day"], "score": 0.9, "text": "可以"}

PROPOSED = {**ANSWER, "do": "draft"}


@pytest.mark.parametrize(
    ("language", "event", "words"),
    [
        ("zh", COMPLAINT, ["客户在投诉 (投诉)"]),
        ("en", COMPLAINT, ["the customer complains (投诉)"]),
        ("zh", UNSURE, ["没有把握", "最像的是 faq/7day（0.4）"]),
        ("en", HELPED, ["it did not help", "faq/7day"]),
        ("zh", ANSWER, ["faq/7day（0.9）"]),
        ("zh", PROPOSED, ["faq/7day（0.9）"]),
    ],
)
def test_events_are_told(
    language: str, event: dict[str, Any], words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_current", language)
    assert list(told(event)) == words


def test_every_reason_has_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for language in texts.LANGUAGES:
        monkeypatch.setattr(texts, "_current", language)
        for reason in REASONS:
            (words,) = told({"do": "handover", "reason": reason})
            assert not words.startswith("bot.")


def test_programs_get_names() -> None:
    assert list(plainly(HELPED)) == ["helped: false", "articles: faq/7day"]
    assert list(plainly(PROPOSED)) == ["articles: faq/7day", "score: 0.9"]
    assert list(plainly({"do": "draft", "articles": ["reply/hello"]})) == []
    assert list(plainly({"do": "reply", "articles": ["reply/hello"]})) == []
