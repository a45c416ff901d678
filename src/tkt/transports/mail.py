"""By mail, over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from tkt.transports.deadline import Deadline
from tkt.transports.hiding import harmless_words
from tkt.transports.outcome import LONGEST, TIMEOUT, Undelivered

if TYPE_CHECKING:
    from socket import socket

    from tkt.domain.telling.message import Message
    from tkt.transports.outcome import Way

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LOWEST = 200
"""The lowest code of an answer in SMTP."""


class _Line(smtplib.SMTP):
    """A conversation that ends with a deadline."""

    def __init__(self, host: str, port: int, deadline: Deadline) -> None:
        self.deadline = deadline
        super().__init__(host, port, timeout=TIMEOUT)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket:
        return self.deadline.connect((host, port), timeout)


class _SafeLine(smtplib.SMTP_SSL, _Line):
    """The same, encrypted from the first byte."""

    def __init__(self, host: str, port: int, deadline: Deadline) -> None:
        self.deadline = deadline
        context = ssl.create_default_context()
        smtplib.SMTP_SSL.__init__(self, host, port, timeout=TIMEOUT, context=context)


def mail(way: Way, message: Message, *, timeout: float = LONGEST) -> None:
    """Send one mail to one recipient."""
    letter = letter_of(way, message)
    with Deadline(timeout) as deadline:
        try:
            server = _connected(way, deadline)
            try:
                server.send_message(letter)
            finally:
                # It has been taken or not by now, however the server says goodbye.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
                server.close()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise (deadline.slow() if deadline.passed else _failure(error, way)) from None


def _failure(error: Exception, way: Way) -> Undelivered:
    """What is told of what went wrong."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _said(way, code, said)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # Not a word of what it said: that may be what it was told.
        code = error.smtp_code
        return Undelivered("notify.login_refused", permanent=code >= 500, halts=True, code=code)
    if isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
        return _said(way, code, error.smtp_error, halts=code < 500)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Undelivered("notify.no_starttls", permanent=True, halts=True)
    if isinstance(error, UnicodeError):
        return Undelivered("notify.no_login", permanent=True, halts=True)
    if isinstance(error, OSError):  # as all of smtplib's own are
        if TimeoutError in map(type, (error, error.__context__)):
            return Undelivered("notify.slow", halts=True, seconds=round(TIMEOUT))
        reason = getattr(error, "verify_message", None) or error.strerror or type(error).__name__
        return Undelivered("notify.unreachable", halts=True, message=str(reason))
    return Undelivered("notify.not_smtp", halts=True)


def _connected(way: Way, deadline: Deadline) -> smtplib.SMTP:
    """A server that knows us, over a line that is as safe as the settings ask for."""
    options = way.options
    security = options.get("security", "starttls")
    port = int(options.get("port") or _PORTS[security])
    kind = _SafeLine if security == "tls" else _Line
    server = kind(options["host"], port, deadline)
    try:
        if security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if user := options.get("user"):
            server.login(user, options.get("password", ""))
    except BaseException:
        server.close()
        raise
    return server


def letter_of(way: Way, message: Message) -> EmailMessage:
    """The mail itself; those of one ticket stand in one thread."""
    sender = way.options["from"]
    place = sender.rpartition("@")[2]
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = way.to
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(way.at)
    letter["Message-ID"] = f"<tkt.{message.key}@{place}>"
    if message.ticket:
        thread = f"<tkt.{message.ticket}@{place}>"
        letter["In-Reply-To"] = thread
        letter["References"] = thread
        letter["X-Tkt-Ticket"] = message.ticket
    letter["X-Tkt-Key"] = message.key
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text, charset="utf-8")
    return letter


def _said(way: Way, code: int, text: bytes | str, *, halts: bool = False) -> Undelivered:
    """What a server answered; codes from 500 on are its last word."""
    if code < _LOWEST or isinstance(text, str):  # the words are smtplib's own: it found no code
        return Undelivered("notify.not_smtp", halts=True)
    told = harmless_words(text.decode("utf-8", "replace"), way)
    permanent = code >= 500
    return Undelivered("notify.smtp", permanent=permanent, halts=halts, code=code, message=told)
