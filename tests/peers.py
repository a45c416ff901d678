"""Real servers on this machine for tests of delivery: one speaks HTTP, one SMTP."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage


class Got(NamedTuple):
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """An HTTP server that keeps what it was sent; ``answer`` says what to reply."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.answer: Callable[[Got], tuple[int, bytes]] = lambda _: (200, b'{"errcode":0,"code":0}')
        self.hangs = 0.0
        self.location: str | None = None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                got = Got(self.path, headers, self.rfile.read(length))
                receiver.got.append(got)
                time.sleep(receiver.hangs)
                code, body = receiver.answer(got)
                self.send_response(code)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:
                    return  # whoever asked was killed, or has waited long enough

            def log_message(self, format: str, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def keys(self) -> list[str]:
        return [got.headers["x-tkt-key"] for got in self.got]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver that listens until the test is over."""
    found = Receiver()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.server.shutdown()
        found.server.server_close()
        thread.join()


class Talker:
    """A TCP server that says what it is told to say; ``cut`` is set when a caller has gone."""

    def __init__(self, says: bytes, drips: bytes, answers: dict[bytes, bytes]) -> None:
        self.says, self.drips, self.answers = says, drips, answers
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.server.getsockname()[1]
        self.cut = threading.Event()
        self._over = threading.Event()

    def listen(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            with line, suppress(OSError):
                self._talk(line)
            self.cut.set()

    def _talk(self, line: socket.socket) -> None:
        line.sendall(self.says)
        while self.drips and not self._over.is_set():
            line.sendall(self.drips)
            time.sleep(0.02)
        for heard in line.makefile("rb"):
            for start, answer in self.answers.items():
                if heard.startswith(start):
                    line.sendall(answer)

    def close(self) -> None:
        self._over.set()
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


@contextmanager
def talker(
    says: bytes, *, drips: bytes = b"", answers: dict[bytes, bytes] | None = None
) -> Iterator[Talker]:
    """A server that says ``says`` and then ``drips`` for ever, or answers lines that start so."""
    found = Talker(says, drips, answers or {})
    thread = threading.Thread(target=found.listen, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.close()
        thread.join()


class Mailbox:
    """What an SMTP server took, and what it answers to a recipient, if not that all is well."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses: str | None = None
        self.port = 0

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(letter)
        return "250 OK"


@contextmanager
def post_office() -> Iterator[Mailbox]:
    """An SMTP server that listens until the test is over."""
    from aiosmtpd.smtp import SMTP

    mailbox, loop = Mailbox(), asyncio.new_event_loop()

    async def listen() -> asyncio.Server:
        return await loop.create_server(lambda: SMTP(mailbox, loop=loop), "127.0.0.1", 0)

    server = loop.run_until_complete(listen())
    mailbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        server.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
