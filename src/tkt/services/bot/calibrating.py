"""The bot's threshold from labelled questions, and writing it into tkt.yaml."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

from tkt.domain.bot.calibrating import PARTS, TUNE, Calibrated, Tried, calibrated
from tkt.domain.bot.deciding import Asked, at_once
from tkt.domain.bot.manner import OFF
from tkt.errors import BadData, Refused
from tkt.services import recording
from tkt.services.bot.asking import asked_on, best_for, bot_of
from tkt.storage import yaml
from tkt.storage.layout import DESK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.bot.manner import Bot
    from tkt.services.acting import Acting
    from tkt.services.transfer.importing import Records
    from tkt.storage.desk import Desk
    from tkt.storage.tables import Record
    from tkt.storage.transaction import Saved

_QUESTION = ("question", "问题", "text", "文本")
_ARTICLE = ("article", "文章", "answer", "答案")
_PART = ("part", "部分")


def calibrate(desk: Desk, records: Records, *, precision: float) -> Calibrated:
    """The lowest threshold that reaches a precision, and how it does; BadData at a bad row."""
    bot = bot_of(desk)
    known = {slug for (slug,) in desk.index.select("SELECT DISTINCT slug FROM articles")}
    tried = [
        (part, _try(desk, bot, record.line, question, articles))
        for record, question, articles, part in _rows(records, known)
    ]
    if not any(part == TUNE for part, _ in tried):
        raise Refused("bot.nothing_to_tune", file=records.source.name)
    return calibrated(tried, wanted=precision, now=bot.threshold)


def _rows(records: Records, known: set[str]) -> Iterator[tuple[Record, str, tuple[str, ...], str]]:
    name = records.source.name
    for record in records.records(records.start):
        if record.data is None:
            assert record.fault
            raise record.fault
        question, article = _said(record.data, _QUESTION), _said(record.data, _ARTICLE)
        part = (_said(record.data, _PART) or TUNE).casefold()
        if not question:
            raise BadData("bot.no_question", path=name, line=record.line)
        if part not in PARTS:
            raise BadData("bot.no_part", path=name, line=record.line, part=part[:40])
        slugs = tuple(_slug(each) for each in article.split("|") if each.strip())
        for slug in slugs:
            if slug not in known:
                raise BadData("bot.no_such_article", path=name, line=record.line, article=slug[:60])
        yield record, question, slugs, part


def _slug(said: str) -> str:
    """An article as it is labelled: a slug, or the name alone of a question with its answer."""
    said = said.strip()
    return said if "/" in said else f"faq/{said}"


def _said(data: Any, names: tuple[str, ...]) -> str:
    return next((str(data[name]).strip() for name in names if data.get(name)), "")


def _try(desk: Desk, bot: Bot, line: int, question: str, articles: tuple[str, ...]) -> Tried:
    """What the bot would make of a question of somebody whom it does not know."""
    asked: Asked = asked_on(desk, None, question)
    decided = at_once(asked, bot)
    weighed = best_for(desk, question, asked.category)
    if weighed is None:
        return Tried(line, question, articles, None, 0.0, decided and decided.reason)
    behind = weighed.runner_up.strength if weighed.runner_up else 0.0
    close = "unsure" if weighed.best.strength - behind < bot.margin else None
    reason = (decided.reason if decided else None) or close
    # Rounded down: what is written into tkt.yaml still lets this question through.
    score = floor(weighed.score * 1000) / 1000
    return Tried(line, question, articles, weighed.best.article.slug, score, reason)


def apply(desk: Desk, threshold: float, *, acting: Acting) -> Saved | None:
    """Write a threshold into tkt.yaml, which keeps its layout; None where it stands there."""
    from tkt.storage.rewrite import rewrite

    def make(raw: bytes | None) -> bytes:
        held = raw or b""
        doc: dict[str, Any] = yaml.load(held, path=DESK) or {}
        said = doc.get("bot") or {}
        if said == OFF:
            raise Refused("bot.is_off")
        changed = {**doc, "bot": {**said, "threshold": threshold}}
        return rewrite(held.decode("utf-8-sig"), changed, path=DESK).encode()

    subject = f"bot threshold {threshold}"
    return recording.record(
        desk, DESK, make, subject=subject, action="bot-calibrate", acting=acting
    )
