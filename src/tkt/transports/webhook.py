"""To any program that listens: a signed JSON document."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from tkt.transports.http import encoded, post

if TYPE_CHECKING:
    from tkt.domain.telling.message import Message
    from tkt.transports.outcome import Way


def webhook(way: Way, message: Message) -> None:
    """POST the data of a message; with a secret the receiver can tell that it comes from us.

    ``X-Tkt-Signature`` is ``sha256=`` and the HMAC of the time stamp, a dot and the body.
    """
    body = encoded(message.data)
    stamp = str(int(way.at.timestamp()))
    headers = {"X-Tkt-Key": message.key, "X-Tkt-Timestamp": stamp}
    if secret := way.options.get("secret"):
        signed = hmac.digest(secret.encode(), f"{stamp}.".encode() + body, "sha256").hex()
        headers["X-Tkt-Signature"] = f"sha256={signed}"
    post(way.options["url"], body, headers)
