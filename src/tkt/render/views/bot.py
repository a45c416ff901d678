"""What the bot would do, how right it is, and what it did, as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.bot.deciding import ANSWER, SILENT
from tkt.domain.bot.plain import plain
from tkt.domain.plaintext import one_line
from tkt.domain.table import Card, Column, Section, Table
from tkt.render.views.bot_events import reason_text
from tkt.texts import say

if TYPE_CHECKING:
    from tkt.domain.bot.calibrating import Calibrated, Measured
    from tkt.domain.bot.confidence import Candidate
    from tkt.domain.bot.deciding import Decision, Reply
    from tkt.domain.bot.tally import Tally

_CANDIDATES = (
    Column("article", "name"), Column("alike", "number"), Column("question"),
    Column("words", "list"),
)  # fmt: skip
_MEASURED = (
    Column("part", "name"), Column("threshold", "number"), Column("total", "number"),
    Column("answers", "number"), Column("precision", "number"), Column("at_least", "number"),
    Column("answer_share", "number"), Column("handover_share", "number"),
    Column("recall", "number"),
)  # fmt: skip
_WRONG = (
    Column("line", "number"), Column("score", "number"), Column("article", "name"),
    Column("expected", "name"), Column("question"),
)  # fmt: skip
_REASONS = (Column("reason"), Column("total", "number"))
_ARTICLES = (
    Column("article", "name"), Column("answers", "number"), Column("helped", "number"),
    Column("not_helped", "number"), Column("proposed", "number"), Column("sent", "number"),
)  # fmt: skip
_MISSING = (
    Column("total", "number"), Column("question"), Column("nearest", "name"),
    Column("tickets", "list"),
)  # fmt: skip


def reply(found: Reply, *, explained: bool) -> Card:
    """An answer with its article and score, or that a person has to."""
    decision, weighed = found.decision, found.decision.weighed
    fields: dict[str, Any] = {}
    body: list[Section] = []
    if weighed is not None:
        best = weighed.best
        fields = {"article": best.article.slug, "score": decision.score,
                  "threshold": found.bot.threshold}  # fmt: skip
        if weighed.own:
            fields["own_matter"] = weighed.own
        if decision.what == ANSWER:
            body.append(Section(best.article.title, plain(best.article), "ours"))
        if explained:
            rows = [_row(one) for one in (best, weighed.runner_up) if one is not None]
            body.append(Section(say("bot.heading.candidates"), Table(_CANDIDATES, rows)))
    elif decision.words:
        fields = {"words": list(decision.words)}
    return Card(_verdict(decision), fields, tuple(body), document(found))


def _verdict(decision: Decision) -> str:
    if decision.what == ANSWER:
        return say("bot.answers")
    key = "bot.is_silent" if decision.what == SILENT else "bot.hands_over"
    return say(key, reason=reason_text(decision.reason))


def _row(one: Candidate) -> dict[str, Any]:
    return {
        "article": one.article.slug,
        "alike": round(one.strength, 3),
        "question": one.question,
        "words": list(one.words),
    }


def document(found: Reply) -> dict[str, Any]:
    """Everything, with names as in files."""
    decision, weighed = found.decision, found.decision.weighed
    is_answer = decision.what == ANSWER
    article = weighed.best.article if weighed else None
    return {
        "decision": decision.what,
        "reason": decision.reason,
        "article": article.slug if article and is_answer else None,
        "title": article.title if article and is_answer else None,
        "text": plain(article) if article and is_answer else None,
        "score": decision.score,
        "threshold": found.bot.threshold,
        "words": list(decision.words),
        "best": _row(weighed.best) if weighed else None,
        "runner_up": _row(weighed.runner_up) if weighed and weighed.runner_up else None,
        "own_matter": weighed.own if weighed else None,
        "ticket": found.ticket,
    }


def calibrated(found: Calibrated, *, worded: bool, commit: str | None) -> Card:
    """The threshold that was found, how it does on each part, the curve, and what went wrong."""
    measured = Table(_MEASURED, [_measured(one, worded) for one in found.measured])
    curve = Table(_MEASURED, [_measured(one, worded) for one in found.curve])
    wrong = [
        {"line": one.line, "score": one.score, "article": one.found,
         "expected": " | ".join(one.articles) or "–",
         "question": one_line(one.question, 60) if worded else one.question}
        for one in found.wrong
    ]  # fmt: skip
    sections = [
        Section(say("bot.heading.measured"), measured),
        Section(say("label.at_least"), say("bot.note.at_least")),
        Section(say("bot.heading.curve"), curve),
    ]
    if wrong:
        sections.append(Section(say("bot.heading.wrong"), Table(_WRONG, wrong)))
    fields = {"threshold": found.threshold, "before": found.now,
              "wanted": _share(found.wanted, worded)}  # fmt: skip
    data = {
        "threshold": found.threshold,
        "before": found.now,
        "wanted": found.wanted,
        "measured": [_measured(one, False) for one in found.measured],
        "curve": [_measured(one, False) for one in found.curve],
        "wrong": [one._asdict() for one in found.wrong],
        "commit": commit,
    }
    return Card(say("bot.applied") if commit else "", fields, tuple(sections), data)


def _measured(one: Measured, worded: bool) -> dict[str, Any]:
    return {
        "part": one.part,
        "threshold": one.threshold,
        "total": one.total,
        "answerable": one.answerable,
        "answers": one.answered,
        "right": one.right,
        "precision": _share(one.precision, worded),
        "at_least": _share(one.at_least, worded),
        "answer_share": _share(one.share, worded),
        "handover_share": _share(one.handover, worded),
        "recall": _share(one.recall, worded),
    }


def _share(value: float | None, worded: bool) -> str | float | None:
    if value is None:
        return "–" if worded else None
    return f"{value:.1%}" if worded else round(value, 4)


def tallied(found: Tally, *, worded: bool) -> Card:
    """What the bot did, and what writers have to write."""
    handed = sum(found.handed_over.values())
    fields = {
        "tickets": found.tickets,
        "heard": found.asked,
        "answers": found.answered,
        "helped": found.helped,
        "not_helped": found.missed,
        "unsaid": found.unknown,
        "handed_over": handed,
        "proposed": found.proposed,
        "sent": found.sent,
        "not_proposed": found.not_proposed,
    }
    reasons = [
        {"reason": reason_text(name) if worded else name, "total": count}
        for name, count in found.handed_over.items()
    ]
    articles = [
        {"article": one.article, "answers": one.answered, "helped": one.helped,
         "not_helped": one.missed, "proposed": one.proposed, "sent": one.sent}
        for one in found.articles
    ]  # fmt: skip
    missing = [
        {"total": one.total, "question": one_line(one.question, 60) if worded else one.question,
         "nearest": one.near, "tickets": list(one.tickets[:3] if worded else one.tickets)}
        for one in found.missing
    ]  # fmt: skip
    tables = (
        ("reasons", _REASONS, reasons), ("articles", _ARTICLES, articles),
        ("missing", _MISSING, missing),
    )  # fmt: skip
    sections = tuple(
        Section(say(f"bot.heading.{name}"), Table(columns, rows))
        for name, columns, rows in tables
        if rows
    )
    data = {**fields, "handed_over": found.handed_over, "articles": articles, "missing": missing}
    return Card("", fields, sections, data)
