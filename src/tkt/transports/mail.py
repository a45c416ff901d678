"""By mail, over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from tkt.transports.outcome import TIMEOUT, Undelivered

if TYPE_CHECKING:
    from tkt.domain.telling.message import Message
    from tkt.transports.outcome import Way

_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def mail(way: Way, message: Message) -> None:
    """Send one mail to one recipient."""
    letter = letter_of(way, message)
    try:
        with _connected(way) as server:
            server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _said(code, said) from None
    except smtplib.SMTPAuthenticationError as error:
        raise _said(error.smtp_code, error.smtp_error, halts=True) from None
    except smtplib.SMTPResponseException as error:
        raise _said(error.smtp_code, error.smtp_error, halts=error.smtp_code < 500) from None
    except smtplib.SMTPNotSupportedError:
        raise Undelivered("notify.no_starttls", permanent=True, halts=True) from None
    except smtplib.SMTPException as error:
        name = type(error).__name__
        raise Undelivered("notify.unreachable", halts=True, message=name) from None
    except UnicodeError:
        raise Undelivered("notify.no_login", permanent=True, halts=True) from None
    except OSError as error:
        reason = getattr(error, "verify_message", None) or error.strerror or type(error).__name__
        raise Undelivered("notify.unreachable", halts=True, message=str(reason)) from None


def _connected(way: Way) -> smtplib.SMTP:
    """A server that knows us, over a line that is as safe as the settings ask for."""
    options = way.options
    security = options.get("security", "starttls")
    port = int(options.get("port") or _PORTS[security])
    if security == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            options["host"], port, timeout=TIMEOUT, context=context
        )
    else:
        server = smtplib.SMTP(options["host"], port, timeout=TIMEOUT)
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


def _said(code: int, text: bytes | str, *, halts: bool = False) -> Undelivered:
    """What a server answered; codes from 500 on are its last word."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    permanent = code >= 500
    told = " ".join(words.split())[:200]
    return Undelivered("notify.smtp", permanent=permanent, halts=halts, code=code, message=told)
