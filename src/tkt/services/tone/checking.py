"""A text, or what was said on a ticket, as somebody asks about it beforehand or afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.domain.facts import drafts_of
from tkt.domain.shape import CAUTIONS
from tkt.domain.ticket import taken_back
from tkt.domain.tone.checking import About, Checker
from tkt.domain.tone.file import read_tone
from tkt.domain.tone.told import Said, Told
from tkt.errors import Refused, Remark, UsageProblem
from tkt.named import NamedTuple
from tkt.services import naming
from tkt.services.tone.guarding import about, checker_of
from tkt.storage import yaml
from tkt.storage.layout import TONE
from tkt.storage.reading import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.ticket import Ticket
    from tkt.services.acting import Acting
    from tkt.storage.desk import Desk


class Asked(NamedTuple):
    """What somebody asks about: a text, a ticket, or a text on it; or what else they know of it."""

    text: str | None
    ticket: str | None = None
    category: str | None = None
    channel: str | None = None


class Rules(NamedTuple):
    """The rules that are gone by, and whether they have edits that are not recorded."""

    checker: Checker
    edited: bool


def rules_lying(desk: Desk) -> Rules:
    """The rules as tone.yaml lies there; BadData at its first fault, Refused if it has none."""
    blob = next((blob for _, blob, _ in desk.git.files_in(desk.head(), TONE)), None)
    edited = desk.is_edited(TONE, blob)
    text = _lying(desk) if edited else desk.tone
    checker = checker_of(text)
    if checker is None:
        raise Refused("tone.none")
    return Rules(checker, edited)


def _lying(desk: Desk) -> str:
    raw = desk.tree.read(TONE)
    if raw is None:
        return ""
    text, faults = read_tone(yaml.load(raw, path=TONE))
    for fault in placed([one for one in faults if one.key not in CAUTIONS], raw, TONE):
        raise fault
    return text


def check(desk: Desk, asked: Asked, *, acting: Acting) -> Told:
    """What the rules have to say of a text, or of all that was answered on a ticket."""
    if asked.ticket is None and not (asked.text or "").strip():
        raise UsageProblem("tone.no_text")
    rules = rules_lying(desk)
    remarks = (Remark("tone.as_lying"),) if rules.edited else ()
    known = _known(desk, asked, acting)
    if asked.ticket is None:
        assert asked.text is not None
        return Told([Said(asked.text, rules.checker.check(asked.text, known))], None, remarks)
    ticket = desk.ticket(desk.merged_into(desk.find(asked.ticket)))
    where = about(ticket)
    where = where._replace(category=known.category or where.category,
                           channel=known.channel or where.channel)  # fmt: skip
    if asked.text is not None:
        said = [Said(asked.text, rules.checker.check(asked.text, where))]
    else:
        said = list(_answers(rules.checker, ticket, where))
    return Told(said, ticket.id, remarks)


def _known(desk: Desk, asked: Asked, acting: Acting) -> About:
    """What is known of a text beside its ticket."""
    settings, category, channel = desk.settings, None, None
    if asked.category:
        from tkt.services.classifying.accepting import category_named

        category = category_named(settings, asked.category)
    if asked.channel:
        flow = settings.flow(None)
        channel = naming.value_for(
            settings, "channel", asked.channel, flow=flow, me=acting.by, now=acting.now
        )
    return About(category, channel)


def _answers(checker: Checker, ticket: Ticket, where: About) -> Iterator[Said]:
    """Every answer of ours on a ticket that still stands, and drafts that wait to be sent."""
    gone, drafts = taken_back(ticket.events), {event.id for event in drafts_of(ticket)}
    first = True
    for event in ticket.events:
        is_reply = event.do == "reply" and event.id not in gone
        if event.text and (is_reply or event.id in drafts):
            findings = checker.check(event.text, where._replace(first=first))
            yield Said(event.text, findings, event)
            first = first and not is_reply
