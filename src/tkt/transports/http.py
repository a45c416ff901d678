"""One POST over HTTP: no redirects, certificates verified, an end to waiting, nothing told on.

What goes wrong never carries the address, which for a robot is a secret.
"""

from __future__ import annotations

import json
import re
from http.client import HTTPConnection, HTTPException, HTTPSConnection, InvalidURL
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    Request,
    build_opener,
)

from tkt.transports.deadline import Deadline
from tkt.transports.outcome import TIMEOUT, Undelivered

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 64 * 1024
"""Bytes of an answer that are read."""
_PASSING = (408, 425, 429)
"""Refusals that heal by themselves."""


class _NoRedirect(HTTPRedirectHandler):
    """What is meant for one address is taken to no other."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Not followed; the redirect itself becomes the answer."""


class _Timed(HTTPHandler, HTTPSHandler):
    """Connections, also those through a proxy, that end with a deadline."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def http_open(self, req: Request) -> Any:
        """Open one in the clear."""
        return self.do_open(self._plain, req)

    def https_open(self, req: Request) -> Any:
        """Open an encrypted one."""
        return self.do_open(self._encrypted, req)

    def _plain(self, host: str, **named: Any) -> HTTPConnection:
        return self._timed(HTTPConnection(host, **named))

    def _encrypted(self, host: str, **named: Any) -> HTTPConnection:
        return self._timed(HTTPSConnection(host, **named))

    def _timed(self, line: HTTPConnection) -> HTTPConnection:
        line._create_connection = self.deadline.connect  # type: ignore[attr-defined]
        return line


def encoded(document: Mapping[str, Any]) -> bytes:
    """A document as it goes over the wire."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float = TIMEOUT) -> bytes:
    """The answer to a POST of JSON; Undelivered unless it is one of success."""
    _check(url)
    content = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "tkt", **headers}
    with Deadline(timeout) as deadline:
        try:
            request = Request(url, body, content, method="POST")
            opener = build_opener(_NoRedirect(), _Timed(deadline))
            with opener.open(request, timeout=timeout) as answer:
                read = _read(answer)
        except (OSError, HTTPException, ValueError) as error:
            raise _failure(error, deadline) from None
        if deadline.passed:  # what was cut may look like an answer that was over
            raise deadline.slow()
        return read


def _check(url: str) -> None:
    """Undelivered for an address that nothing can ever be reached at."""
    try:
        parts = urlsplit(url)
        sound = parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not re.fullmatch(r"https?://[!-~]+", url):
        raise Undelivered("notify.bad_url", permanent=True)
    if "@" in parts.netloc:
        raise Undelivered("notify.login_in_url", permanent=True)


def _read(answer: IO[bytes]) -> bytes:
    """The start of an answer."""
    read = b""
    while len(read) < _MOST:
        piece = answer.read1(_MOST - len(read))  # type: ignore[attr-defined]
        if not piece:
            break
        read += piece
    return read


def _failure(error: Exception, deadline: Deadline) -> Undelivered:
    """What is told of what went wrong on the way."""
    if isinstance(error, HTTPError):
        error.close()
    reason = error.reason if isinstance(error, URLError) else error
    if deadline.passed or isinstance(reason, TimeoutError):
        return deadline.slow()
    if isinstance(error, HTTPError):
        return _refused(error.code)
    if isinstance(error, InvalidURL | ValueError) and not isinstance(error, OSError):
        return Undelivered("notify.bad_url", permanent=True)
    return _unreachable(reason)


def _refused(code: int) -> Undelivered:
    permanent = 300 <= code < 500 and code not in _PASSING
    return Undelivered("notify.http", permanent=permanent, halts=not permanent, code=code)


def _unreachable(reason: object) -> Undelivered:
    """The reason in the system's words; a text of anybody else's might quote the address."""
    said = getattr(reason, "strerror", None) if isinstance(reason, OSError) else None
    message = said or getattr(reason, "verify_message", None) or type(reason).__name__
    return Undelivered("notify.unreachable", halts=True, message=str(message))


def answered(raw: bytes) -> dict[str, Any]:
    """The document that an answer is; Undelivered if it is none."""
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise Undelivered("notify.odd_answer", halts=True)
    return document
