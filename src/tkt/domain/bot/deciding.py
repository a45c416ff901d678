"""Whether the bot answers, hands over to a person, or says nothing; and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.bot.confidence import says_nothing
from tkt.domain.bot.hearing import asked_for_human, complained, helped
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from tkt.domain.bot.confidence import Weighed
    from tkt.domain.bot.manner import Bot
    from tkt.domain.classify.deciding import Decision as Sorted

ANSWER, HANDOVER, SILENT = "answer", "handover", "silent"
REASONS = (
    "asked", "complaint", "vip", "off", "second-miss", "no-article", "unsure", "machine", "spam",
    "nothing-asked",
)  # fmt: skip
"""Why it does not answer; of the last three nobody is told anything."""
UNANSWERED = ("unsure", "no-article")
"""Reasons that say that an article is missing, or says too little."""
MOST_MISSES = 2
"""After so many misses in a row it stops."""


class Asked(NamedTuple):
    """A question as the bot hears it: from whom, through what, and what went before.

    ``given`` are the articles that were answered with already, ``misses`` how often in a row that
    was of no use.
    """

    text: str
    tags: tuple[str, ...] = ()
    channel: str | None = None
    misses: int = 0
    given: tuple[str, ...] = ()
    sorted: Sorted | None = None
    is_machine: bool = False
    is_spam: bool = False

    @property
    def category(self) -> str | None:
        """What the question is taken for."""
        return None if self.sorted is None else self.sorted.category


class Decision(NamedTuple):
    """What the bot does: ``what`` is one of the three, ``reason`` why it does not answer.

    ``words`` are those by which it was decided, ``weighed`` what it would have answered with.
    """

    what: str
    reason: str | None = None
    words: tuple[str, ...] = ()
    weighed: Weighed | None = None

    @property
    def score(self) -> float | None:
        """How sure it was of the best article."""
        return None if self.weighed is None else round(self.weighed.score, 3)

    @property
    def slug(self) -> str | None:
        """The best article."""
        return None if self.weighed is None else self.weighed.best.article.slug


class Reply(NamedTuple):
    """What the bot would do with a text, by which settings, on which ticket if on one."""

    text: str
    decision: Decision
    bot: Bot
    ticket: str | None


def at_once(asked: Asked, bot: Bot) -> Decision | None:
    """What is decided before any article is looked for; None where it comes to articles."""
    if asked.is_machine or (asked.sorted and asked.sorted.by == "machine"):
        return Decision(SILENT, "machine")
    if asked.is_spam:
        return Decision(SILENT, "spam")
    if bot.is_off or (bot.channels and asked.channel and asked.channel not in bot.channels):
        return Decision(HANDOVER, "off")
    if word := asked_for_human(asked.text, bot.human):
        return Decision(HANDOVER, "asked", (word,))
    if words := _complaint(asked, bot):
        return Decision(HANDOVER, "complaint", words)
    if tags := tuple(tag for tag in asked.tags if tag in bot.vip_tags):
        return Decision(HANDOVER, "vip", tags)
    if asked.misses >= MOST_MISSES:
        return Decision(HANDOVER, "second-miss")
    if says_nothing(asked.text) or helped(asked.text) == (True, ""):
        # A greeting or thanks: handing over now would leave the question to come unheard.
        return Decision(SILENT, "nothing-asked")
    return None


def decide(asked: Asked, bot: Bot, weighed: Weighed | None) -> Decision:
    """What comes of the articles that were found."""
    miss = "second-miss" if asked.misses else None
    if weighed is None:
        return Decision(HANDOVER, miss or "no-article")
    words = weighed.best.words
    if weighed.best.article.slug in asked.given:
        # Asked again and nothing better to say: the first answer was a miss, and so is this one.
        return Decision(HANDOVER, "second-miss", words, weighed)
    behind = weighed.runner_up.strength if weighed.runner_up else 0.0
    if weighed.score < bot.threshold or weighed.best.strength - behind < bot.margin:
        return Decision(HANDOVER, miss or "unsure", words, weighed)
    return Decision(ANSWER, None, words, weighed)


def _complaint(asked: Asked, bot: Bot) -> tuple[str, ...]:
    """The words by which a customer complains, or is in trouble that a person has to see to."""
    if word := complained(asked.text, bot.complaint):
        return (word,)
    found = asked.sorted
    if found is None:
        return ()
    if found.category in bot.categories and found.hits:
        return tuple(dict.fromkeys(hit.found for hit in found.hits))
    if found.severity and found.severity.value <= bot.severity:
        return tuple(dict.fromkeys(hit.found for hit in found.words))
    return ()
