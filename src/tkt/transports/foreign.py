"""By whatever Apprise knows; it tells little of how it went."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tkt.domain.telling.message import harmless
from tkt.transports.outcome import Undelivered

if TYPE_CHECKING:
    from tkt.domain.telling.message import Message
    from tkt.transports.outcome import Way


def apprise(way: Way, message: Message) -> None:
    """Through Apprise, if it is installed."""
    try:
        import apprise as library
    except ImportError:
        raise Undelivered("notify.no_apprise", permanent=True, halts=True) from None
    logging.getLogger("apprise").disabled = True  # it would tell our secrets on stderr
    service = library.Apprise()
    try:
        known = service.add(way.options["url"])
        taken = known and service.notify(
            title=harmless(message.subject), body=f"{message.robot}\n{message.mark}"
        )
    except Exception as error:  # a plugin of somebody's may raise anything
        name = type(error).__name__
        raise Undelivered("notify.unreachable", halts=True, message=name) from None
    if not known:
        raise Undelivered("notify.bad_url", permanent=True, halts=True)
    if not taken:
        raise Undelivered("notify.not_taken")
