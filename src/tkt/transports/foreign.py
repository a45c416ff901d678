"""By whatever Apprise knows; it tells little of how it went."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from tkt.domain.telling.message import harmless
from tkt.transports.outcome import LONGEST, Undelivered

if TYPE_CHECKING:
    from typing import Any

    from tkt.domain.telling.message import Message
    from tkt.transports.outcome import Way


def apprise(way: Way, message: Message, *, timeout: float = LONGEST) -> None:
    """Through Apprise, if it is installed."""
    try:
        import apprise as library
    except ImportError:
        raise Undelivered("notify.no_apprise", permanent=True, halts=True) from None
    logging.getLogger("apprise").disabled = True  # it would tell our secrets on stderr
    ended: list[Undelivered | None] = []
    # Its connections are out of reach: where they hang they are left behind.
    worker = threading.Thread(
        target=lambda: ended.append(_asked(library, way, message)), daemon=True
    )
    worker.start()
    worker.join(timeout)
    if not ended:
        raise Undelivered("notify.slow", halts=True, seconds=round(timeout))
    if ended[0]:
        raise ended[0]


def _asked(library: Any, way: Way, message: Message) -> Undelivered | None:
    """What keeps Apprise from taking it, if anything does."""
    try:
        service = library.Apprise()
        known = service.add(way.options["url"])
        taken = known and service.notify(
            title=harmless(message.subject), body=f"{message.robot}\n{message.mark}"
        )
    except Exception as error:  # a plugin of somebody's may raise anything
        return Undelivered("notify.unreachable", halts=True, message=type(error).__name__)
    if not known:
        return Undelivered("notify.bad_url", permanent=True, halts=True)
    return None if taken else Undelivered("notify.not_taken")
