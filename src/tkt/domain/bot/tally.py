"""What the bot did on many tickets: how much it answered, what helped, what it had no answer to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tkt.domain.bot.confidence import pieces
from tkt.domain.bot.deciding import UNANSWERED
from tkt.domain.bot.hearing import helped
from tkt.domain.bot.memory import BOT, HANDOVER, HELPED, UNSURE, articles_in, proposals
from tkt.domain.similarity import dice
from tkt.domain.ticket import taken_back
from tkt.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tkt.domain.ticket import Event, Ticket

LIKE = 0.4
"""From here on two questions ask for the same article."""
_MOST = 2000
"""So many questions are put together, the latest."""
_UNANSWERED = (*UNANSWERED, "second-miss")


class Line(NamedTuple):
    """One article: how often it was the answer or a proposal, and what came of it."""

    article: str
    answered: int = 0
    proposed: int = 0
    sent: int = 0
    helped: int = 0
    missed: int = 0


class Question(NamedTuple):
    """A question that no article answered, on which ticket, and the article that came nearest."""

    ticket: str
    text: str
    near: str | None


class Cluster(NamedTuple):
    """Questions that ask for the same: the one that is most like the others stands for them."""

    question: str
    total: int
    tickets: tuple[str, ...]
    near: str | None


class Tally(NamedTuple):
    """All of it: ``asked`` is what customers asked while the bot was there to hear."""

    tickets: int
    asked: int
    answered: int
    proposed: int
    sent: int
    not_proposed: int
    handed_over: dict[str, int]
    helped: int
    missed: int
    articles: tuple[Line, ...]
    missing: tuple[Cluster, ...]

    @property
    def unknown(self) -> int:
        """Answers of which nobody said whether they helped."""
        return self.answered - self.helped - self.missed


def tally(tickets: Iterable[Ticket], since: datetime | None) -> Tally:
    """What the bot did on these tickets since a time."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    lines: dict[str, Counter[str]] = {}
    questions: list[Question] = []
    causes: set[tuple[str, str]] = set()
    seen = 0
    for ticket in tickets:
        before = sum(counts.values())
        for what, event in _done(ticket, since):
            counts[what] += 1
            for slug in articles_in(event):
                lines.setdefault(slug, Counter())[what] += 1
            if what == HANDOVER:
                reasons[str(event.data.get("reason"))] += 1
            if what in ("answered", "proposed", HANDOVER, UNSURE):
                causes.add((ticket.id, str(event.data.get("cause", event.id))))
            if text := _unanswered(ticket, what, event):
                questions.append(Question(ticket.id, text, _near(event)))
        seen += sum(counts.values()) > before
    told = [Line(slug, **{name: found[name] for name in Line._fields[1:]})
            for slug, found in lines.items()]  # fmt: skip
    told.sort(key=lambda one: (-one.answered - one.proposed, one.article))
    return Tally(
        seen,
        len(causes),
        counts["answered"],
        counts["proposed"],
        counts["sent"],
        counts[UNSURE],
        dict(reasons.most_common()),
        counts["helped"],
        counts["missed"],
        tuple(told),
        clustered(questions[-_MOST:]),
    )


def _done(ticket: Ticket, since: datetime | None) -> Iterable[tuple[str, Event]]:
    """(what it counts as, event) of everything that is the bot's, or came of it."""
    gone = taken_back(ticket.events)
    drafts = {event.id for event in proposals(ticket)}
    for event in ticket.events:
        if event.id in gone or (since is not None and event.instant < since):
            continue
        if event.do == BOT:
            yield "answered", event
        elif event.id in drafts:
            yield "proposed", event
        elif event.do in (HANDOVER, UNSURE):
            yield event.do, event
        elif event.do == HELPED:
            yield ("helped" if event.data.get("helped") else "missed"), event
        elif event.do == "reply" and event.data.get("draft") in drafts:
            yield "sent", event


def _unanswered(ticket: Ticket, what: str, event: Event) -> str | None:
    """What the customer asked for which there was no answer, or one that was of no use."""
    asked: str | None = None
    if what in (HANDOVER, UNSURE) and event.data.get("reason") in _UNANSWERED:
        asked = str(event.data.get("cause"))
    elif what == "missed":
        answer = ticket.event(str(event.data.get("answer")))
        asked = str(answer.data.get("cause")) if answer else None
    cause = ticket.event(asked) if asked else None
    if cause is None:
        return None
    said = cause.text or (ticket.title if cause.do == "open" else "")
    return helped(said)[1].strip() or None  # that an answer was of no use is no question


def _near(event: Event) -> str | None:
    near = next(iter(articles_in(event)), event.data.get("near"))
    return str(near) if near else None


def clustered(questions: Sequence[Question]) -> tuple[Cluster, ...]:
    """Questions put together by their words, the largest groups first.

    Each joins the group whose first question it is most like.
    """
    groups: list[tuple[tuple[str, ...], list[tuple[Question, tuple[str, ...]]]]] = []
    for question in questions:
        said = pieces(question.text)
        alike = [(dice(said, first), number) for number, (first, _) in enumerate(groups)]
        best, number = max(alike, key=lambda one: (one[0], -one[1]), default=(0.0, 0))
        if best >= LIKE:
            groups[number][1].append((question, said))
        else:
            groups.append((said, [(question, said)]))
    found = [_cluster(members) for _, members in groups]
    return tuple(sorted(found, key=lambda one: (-one.total, one.question)))


def _cluster(members: Sequence[tuple[Question, tuple[str, ...]]]) -> Cluster:
    few = members[:50]
    middle = max(few, key=lambda one: (sum(dice(one[1], other[1]) for other in few),
                                       -len(one[0].text)))  # fmt: skip
    near = Counter(question.near for question, _ in members if question.near)
    return Cluster(
        middle[0].text,
        len(members),
        tuple(dict.fromkeys(question.ticket for question, _ in members)),
        near.most_common(1)[0][0] if near else None,
    )
