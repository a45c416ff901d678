from __future__ import annotations

from datetime import datetime

import pytest

from peers import talker
from tkt.domain.telling.message import Message
from tkt.transports import http
from tkt.transports.deadline import Deadline
from tkt.transports.mail import mail
from tkt.transports.outcome import Undelivered, Way

pytestmark = pytest.mark.network

AT = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
MESSAGE = Message("k" * 32, "261121-7KQ4", "提醒您", "杯子碎了", "", "", {})
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("says", "drips"),
    [
        (b"", b"H"),
        (OK, b"X-More: 1\r\n"),
        (OK + b"X-More: ", b"1"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (OK + b"Content-Length: 9999\r\n\r\n", b"x"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["status line", "header lines", "header bytes", "continue", "body", "chunks"],
)
def test_who_drips_an_answer_is_cut_off_and_nothing_is_taken_for_success(
    says: bytes, drips: bytes
) -> None:
    with talker(says, drips=drips) as peer:
        with pytest.raises(Undelivered) as failed:
            http.post(f"http://127.0.0.1:{peer.port}/s3cret", b"{}", {}, timeout=0.4)
        assert peer.cut.wait(60), "nobody goes on to listen in the background"
    assert (failed.value.key, failed.value.permanent) == ("notify.slow", False)


@pytest.mark.parametrize("says", [b"", b"\x16\x03\x03\x40\x00"])
def test_who_drips_while_encryption_is_agreed_on_is_cut_off(says: bytes) -> None:
    with talker(says, drips=b"\x00") as peer, pytest.raises(Undelivered):
        http.post(f"https://127.0.0.1:{peer.port}/", b"{}", {}, timeout=0.4)


def test_a_proxy_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with talker(OK, drips=b"X-More: 1\r\n") as peer:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{peer.port}")
        with pytest.raises(Undelivered, match=r"notify\.slow"):
            http.post("https://robot.shop.example/", b"{}", {}, timeout=0.4)


@pytest.mark.parametrize("says", [b"", b"220-welcome\r\n"])
@pytest.mark.parametrize("security", ["none", "tls", "starttls"])
def test_a_mail_server_that_drips_is_cut_off(says: bytes, security: str) -> None:
    drips = b"220-more\r\n" if says else b"2"
    with talker(says, drips=drips) as peer, pytest.raises(Undelivered) as failed:
        mail(way(peer.port, security=security), MESSAGE, timeout=0.4)
    assert not failed.value.permanent
    assert security == "tls" or failed.value.key == "notify.slow"


def test_a_mail_that_was_taken_is_sent_however_the_server_says_goodbye() -> None:
    """Else it would go out again and again."""
    fine = {b"ehlo": b"250 hello\r\n", b"mail": b"250 ok\r\n", b"rcpt": b"250 ok\r\n",
            b"data": b"354 go on\r\n", b".": b"250 taken\r\n"}  # fmt: skip
    for goodbye in (b"421 busy\r\n", b"garbage\r\n"):
        with talker(b"220 desk\r\n", answers={**fine, b"quit": goodbye}) as peer:
            mail(way(peer.port), MESSAGE)


def test_what_is_connected_too_late_is_not_used() -> None:
    with talker(b"") as peer, Deadline(0.0) as deadline, pytest.raises(TimeoutError):
        deadline.connect(("127.0.0.1", peer.port), 1.0)


def way(port: int, **options: str) -> Way:
    usual = {"host": "127.0.0.1", "port": str(port), "security": "none",
             "from": "desk@shop.example"}  # fmt: skip
    return Way({**usual, **options}, "lin@shop.example", AT)
