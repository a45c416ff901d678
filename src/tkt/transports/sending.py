"""From a kind of delivery to the transport that makes it; imported when something is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tkt.named import NamedTuple
from tkt.transports.outcome import Undelivered

if TYPE_CHECKING:
    from tkt.domain.telling.message import Message
    from tkt.transports.outcome import Way


class Pace(NamedTuple):
    """How fast a service may be written to: so ``many`` a minute, with a ``gap`` between two."""

    many: int
    gap: timedelta


PACES = {
    "dingtalk": Pace(20, timedelta(0)),
    "wecom": Pace(20, timedelta(0)),
    "feishu": Pace(100, timedelta(milliseconds=210)),
}
"""The limits that are documented; mail servers and webhooks have their own."""


def send(kind: str, way: Way, message: Message) -> None:
    """Deliver one message; Undelivered if it was not taken, whatever kept it from that."""
    try:
        _send(kind, way, message)
    except Undelivered:
        raise
    except Exception as error:  # one message that we stumble over must not keep back the others
        raise Undelivered.stumbling(error) from None


def _send(kind: str, way: Way, message: Message) -> None:
    if kind == "mail":
        from tkt.transports.mail import mail

        mail(way, message)
    elif kind == "webhook":
        from tkt.transports.webhook import webhook

        webhook(way, message)
    elif kind == "apprise":
        from tkt.transports.foreign import apprise

        apprise(way, message)
    elif kind in ("dingtalk", "wecom", "feishu"):
        from tkt.transports import robots

        getattr(robots, kind)(way, message)
    else:
        raise Undelivered("notify.no_kind", permanent=True, kind=kind)
