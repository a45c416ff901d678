"""A notice, or several, as the message that is delivered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import clip, one_line
from tkt.domain.routing.because import Because
from tkt.domain.telling.message import Message, harmless, without_markup
from tkt.render.views import clocks
from tkt.render.views.reasons import because_text
from tkt.render.views.tickets import (
    action_label,
    agent_label,
    priority_label,
    status_label,
    team_label,
    who_label,
)
from tkt.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tkt.domain.settings import Settings
    from tkt.domain.telling.posted import Posted

_TITLE, _SAID = 80, 240
_TEAM = "team:"
_BETWEEN = " · "


def message(posted: Sequence[Posted], key: str, settings: Settings) -> Message:
    """The message that one notice makes, or the digest of several."""
    if len(posted) == 1:
        return _single(posted[0], key, settings)
    return _digest(posted, key, settings)


def recipient_label(settings: Settings, recipient: str) -> str:
    """How people call whoever is told: an agent, or ``team:<id>``."""
    if recipient.startswith(_TEAM):
        return str(team_label(settings, recipient.removeprefix(_TEAM)))
    return str(agent_label(settings, recipient))


def _single(posted: Posted, key: str, settings: Settings) -> Message:
    title = clip(posted.facts["title"], _TITLE)
    subject = say("notify.subject", why=_why(posted), title=title, id=posted.ticket)
    happened, lines = _happened(posted, settings), list(_lines(posted, settings))
    said = [say(name, value=value) for name, value in lines]
    text = "\n".join([posted.facts["title"], "", happened, *said])
    calm = [say(name, value=harmless(value)) for name, value in lines]
    robot = "\n".join([harmless(subject), harmless(happened), *calm])
    plain = [say(name, value=without_markup(value)) for name, value in lines]
    marked = [f"#### {without_markup(subject)}", without_markup(happened), *plain]
    data = {"key": key, "kind": "notice", **_data(posted, settings)}
    return Message(key, posted.ticket, one_line(subject), text, robot, "\n\n".join(marked), data)


def _digest(posted: Sequence[Posted], key: str, settings: Settings) -> Message:
    who = recipient_label(settings, posted[0].recipient)
    subject = one_line(say("notify.digest_subject", who=who, count=len(posted)))
    entries = []
    for each in posted:
        facts = each.facts
        said = _reason(facts, settings) or facts.get("text") or ""
        entries.append((
            say("notify.subject", why=_why(each), title=facts["title"], id=each.ticket),
            _BETWEEN.join((_happened(each, settings), *_about(each, settings))),
            clip(said, _SAID),
        ))  # fmt: skip
    text = "\n\n".join("\n".join(filter(None, entry)) for entry in entries)
    robot = harmless("\n".join([subject, *("\n".join(filter(None, e)) for e in entries)]))
    marked = [f"#### {without_markup(subject)}"]
    marked += ["- " + without_markup(" — ".join(filter(None, entry))) for entry in entries]
    data = {
        "key": key, "kind": "digest", "recipient": posted[0].recipient,
        "notices": [{"key": each.key, **_data(each, settings)} for each in posted],
    }  # fmt: skip
    return Message(key, None, subject, text, robot, "\n".join(marked), data)


def _why(posted: Posted) -> str:
    """Why somebody is told, and of which clock."""
    why = say(f"why.{posted.why}")
    return f"{why} {clocks.reason(posted.facts)}" if posted.facts.get("rule") else why


def _about(posted: Posted, settings: Settings) -> tuple[str, ...]:
    """What a reminder is about, as it stood when the message was made."""
    now = datetime.fromtimestamp(posted.made, settings.zone)
    facts = posted.facts
    return (*clocks.occasion(facts, now=now), *clocks.particulars(facts, settings, now=now))


def _happened(posted: Posted, settings: Settings) -> str:
    facts = posted.facts
    by = who_label(settings, facts["by"])
    at = datetime.fromisoformat(facts["at"]).astimezone(settings.zone)
    return say("notify.happened", at=f"{at:%m-%d %H:%M}", who=by, action=action_label(facts["do"]))


def _lines(posted: Posted, settings: Settings) -> Iterator[tuple[str, str]]:
    """(text, the value in it) of what a message says beside what happened."""
    facts: Mapping[str, Any] = posted.facts
    if about := _about(posted, settings):
        yield "notify.about", _BETWEEN.join(about)
    if reason := _reason(facts, settings):
        yield "notify.reason", reason
    if "text" in facts:
        yield "notify.said", clip(facts["text"], _SAID)
    state = [status_label(settings, facts.get("workflow"), facts.get("status", ""))]
    state += [priority_label(facts["priority"])] if "priority" in facts else []
    state += [str(agent_label(settings, facts["assignee"]))] if "assignee" in facts else []
    state += [str(team_label(settings, facts["team"]))] if "team" in facts else []
    yield "notify.state", _BETWEEN.join(filter(None, state))
    if "due" in facts:
        due = datetime.fromtimestamp(facts["due"], UTC).astimezone(settings.zone)
        yield "notify.due", f"{due:%Y-%m-%d %H:%M}"
    yield "notify.open", f"tkt show {posted.ticket}"


def _reason(facts: Mapping[str, Any], settings: Settings) -> str | None:
    """Why it was done: as a person said it, or as routing went by it."""
    if "because" in facts:
        return because_text(Because.of(facts["because"]).named_by(settings))
    return facts.get("reason")


def _data(posted: Posted, settings: Settings) -> dict[str, Any]:
    """What a program gets."""
    facts = dict(posted.facts)
    if about := _about(posted, settings):
        facts["about"] = _BETWEEN.join(about)
    if "due" in facts:
        facts["due"] = datetime.fromtimestamp(facts["due"], settings.zone).isoformat()
    return {
        "recipient": posted.recipient, "why": posted.why, "ticket": posted.ticket,
        "event": posted.event, **facts, "open": f"tkt show {posted.ticket}",
    }  # fmt: skip
