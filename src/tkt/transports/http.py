"""One POST over HTTP: no redirects, certificates verified, an end to waiting, nothing told on.

What goes wrong never carries the address, which for a robot is a secret.
"""

from __future__ import annotations

import json
import time
from http.client import HTTPException
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

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


def encoded(document: Mapping[str, Any]) -> bytes:
    """A document as it goes over the wire."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float = TIMEOUT) -> bytes:
    """The answer to a POST of JSON; Undelivered unless it is one of success."""
    if not url.startswith(("http://", "https://")):
        raise Undelivered("notify.bad_url", permanent=True)
    content = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "tkt", **headers}
    end = time.monotonic() + timeout
    try:
        request = Request(url, body, content, method="POST")
        with build_opener(_NoRedirect()).open(request, timeout=timeout) as answer:
            return _read(answer, end)
    except HTTPError as error:
        error.close()
        raise _refused(error.code) from None
    except URLError as error:
        raise _unreachable(error.reason) from None
    except OSError as error:
        raise _unreachable(error) from None
    except HTTPException as error:
        name = type(error).__name__
        raise Undelivered("notify.unreachable", halts=True, message=name) from None
    except ValueError:
        raise Undelivered("notify.bad_url", permanent=True) from None


def _read(answer: IO[bytes], end: float) -> bytes:
    """The start of an answer; who drips it byte by byte is not waited for."""
    read = b""
    while len(read) < _MOST:
        piece = answer.read1(_MOST - len(read))  # type: ignore[attr-defined]
        if not piece:
            break
        read += piece
        if time.monotonic() > end:
            raise TimeoutError
    return read


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
