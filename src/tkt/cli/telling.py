"""What ``tkt notify`` and ``tkt outbox`` share: texts in the desk's language, faults in words.

And for ``tkt cron``: how tkt is called.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt import texts
from tkt.cli.out import hint, sentence
from tkt.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.cli.env import Env
    from tkt.domain.settings import Settings
    from tkt.domain.telling.message import Message
    from tkt.domain.telling.posted import Posted


def composed(posted: Sequence[Posted], key: str, settings: Settings) -> Message:
    """The message in the desk's own language, whatever is spoken here."""
    from tkt.render.views.notices import message

    spoken = texts.current()
    texts.use(settings.language or spoken)
    try:
        return message(posted, key, settings)
    finally:
        texts.use(spoken)


def program() -> tuple[str, ...]:
    """How to call tkt from anywhere: as we were called, if that was by name."""
    called = os.path.abspath(sys.argv[0])
    if os.path.basename(called) == "tkt" and os.access(called, os.X_OK):
        return (called,)
    return (sys.executable, "-m", "tkt")


def fault(error: tuple[str, dict[str, Any]] | None) -> str | None:
    """Why something was not taken, in words, and the next step."""
    if error is None:
        return None
    found = Unavailable(error[0], **error[1])
    return "; ".join(filter(None, (sentence(found), hint(found))))


def row(
    env: Env, posted: Posted, state: str, error: tuple[str, dict[str, Any]] | None
) -> dict[str, Any]:
    """One message: as data, or for people in their words."""
    from tkt.render.views.notices import recipient_label

    at = posted.ended if state in ("sent", "failed", "dropped") and posted.ended else posted.due
    found = {
        "number": posted.number or None,
        "state": state,
        "recipient": posted.recipient,
        "name": recipient_label(env.settings, posted.recipient),
        "route": f"{posted.delivery} {posted.to}".rstrip(),
        "ticket": posted.ticket,
        "event": posted.event,
        "why": posted.why,
        "reason": texts.say(f"why.{posted.why}"),
        "at": datetime.fromtimestamp(at, env.settings.zone),
        "tries": posted.tries,
        "key": posted.key,
        "digest": posted.batch,
        "error": fault(error),
    }
    if env.is_for_people:
        told = {"state": texts.say(f"outbox.state.{state}"), "recipient": found["name"]}
        return {**found, **told}
    return found
