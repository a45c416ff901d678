"""What the bot makes of a question: the articles that it may answer with, and how sure it is.

Only articles that customers may read are looked at, and the search is asked for no others. What it
finds is looked at again all the same: nothing that a customer writes reaches any other article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.bot.confidence import LOOKED_AT, Weighed, wanted, weigh
from tkt.domain.bot.deciding import Asked, Decision, at_once, decide
from tkt.domain.bot.manner import Bot
from tkt.services.kb.searching import Filters, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.domain.kb.article import Article
    from tkt.domain.ticket import Ticket
    from tkt.storage.desk import Desk

ANSWERS = Filters(kinds=("faq",), statuses=("published",), audiences=("public",))
"""What the bot may answer with."""
SPAM = "spam"


def bot_of(desk: Desk) -> Bot:
    """How the desk's bot decides."""
    return Bot.of(desk.settings.bot)


def consider(desk: Desk, asked: Asked) -> Decision:
    """What the bot makes of a question."""
    bot = bot_of(desk)
    return at_once(asked, bot) or decide(asked, bot, best_for(desk, asked.text, asked.category))


def best_for(desk: Desk, text: str, category: str | None = None) -> Weighed | None:
    """The article that fits a question of a category best, and how sure that is."""
    hits = [hit for hit in search(desk, text, ANSWERS) if may_answer(hit.article)][:LOOKED_AT]
    if not hits:
        return None
    known, total = _known(desk, wanted(text, (hit.article for hit in hits)))
    found = ((hit.article, hit.score) for hit in hits)
    return weigh(text, found, known, total, category=category)


def may_answer(article: Article) -> bool:
    """Whether the bot may show an article to a customer, and there is something to show.

    Nobody fills in variables here, so what has any is not said.
    """
    is_shown = article.kind in ANSWERS.kinds and article.is_public
    return is_shown and bool(article.body.strip()) and "{{" not in article.body


def _known(desk: Desk, pieces: Sequence[str]) -> tuple[dict[str, int], int]:
    """(in how many articles each piece is, how many articles there are)."""
    sql = "SELECT term, doc FROM article_terms WHERE term IN ({marks})"
    known: dict[str, int] = dict(desk.index.among(sql, pieces))
    ((total,),) = desk.index.select("SELECT count(*) FROM articles")
    return known, total


def asked_on(desk: Desk, ticket: Ticket | None, text: str, *, customer: str | None = None) -> Asked:
    """A question as the bot hears it, with what is known of the ticket and of who asks."""
    from tkt.services.classifying.sorting import Sorter

    fields = {} if ticket is None else ticket.fields
    whose = customer or fields.get("customer")
    tags = [*fields.get("tags", ()), *_tags_of(desk, str(whose) if whose else None)]
    misses = 0
    given: tuple[str, ...] = ()
    if ticket is not None:
        from tkt.domain.bot.memory import memory_of  # who only asks has said nothing before

        memory = memory_of(ticket)
        misses, given = memory.misses, memory.given
    decision = Sorter(desk).decide(text, {})
    spam = {SPAM}
    if desk.settings.categories and decision is not None and decision.category is not None:
        spam |= {one.name for one in desk.settings.categories if one.spam}
    return Asked(
        text,
        tuple(dict.fromkeys(tags)),
        fields.get("channel"),
        misses,
        given,
        decision,
        is_spam=fields.get("category") in spam or (decision and decision.category) in spam,
    )


def _tags_of(desk: Desk, customer: str | None) -> list[str]:
    if customer is None:
        return []
    sql = "SELECT tag FROM customer_tags WHERE id = ? ORDER BY tag"
    return [tag for (tag,) in desk.index.select(sql, (desk.index.customer(customer),))]
