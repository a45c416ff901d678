"""What the timeline says of the bot: by which article, why it gave up, whether it helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

EVENTS = ("bot", "handover", "helped", "unsure")
"""Kinds of event that the bot makes."""


def is_its(event: Mapping[str, Any]) -> bool:
    """Whether the bot made an event: one of its own kinds, or a draft that says how sure it is."""
    do = event.get("do")
    return do in EVENTS or (do == "draft" and "score" in event)


def reason_text(reason: object) -> str:
    """Why the bot does not answer."""
    return say(f"bot.reason.{str(reason).replace('-', '_')}")


def told(event: Mapping[str, Any]) -> Iterator[str]:
    """What an event of the bot says beside its text: by which article, why not, if it helped."""
    do = event["do"]
    score = event.get("score")
    if do in ("handover", "unsure"):
        words = ", ".join(event.get("words", ()))
        yield reason_text(event.get("reason")) + (f" ({words})" if words else "")
        if event.get("near"):
            yield say("bot.near", article=event["near"], score=score)
    elif do == "helped":
        yield say("bot.yes" if event.get("helped") else "bot.no")
    if do not in ("handover", "unsure") and event.get("articles"):
        articles = ", ".join(map(str, event["articles"]))
        yield articles if score is None else say("bot.by", article=articles, score=score)


def plainly(event: Mapping[str, Any]) -> Iterator[str]:
    """The same with names as in files."""
    if not is_its(event):
        return
    for key in ("reason", "words", "near", "helped", "articles", "score"):
        if key in event:
            value = event[key]
            told = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield f"{key}: {str(told).lower() if isinstance(told, bool) else told}"
