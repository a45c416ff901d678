from __future__ import annotations

import base64
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from peers import Mailbox, post_office, talker
from tkt.domain.telling.message import Message
from tkt.transports.mail import letter_of
from tkt.transports.outcome import Undelivered, Way
from tkt.transports.sending import send

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.network

AT = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
TEXT = "收到的杯子碎了\n\n.\n要求退款\n" + "长" * 1200


@pytest.fixture
def office() -> Iterator[Mailbox]:
    with post_office() as found:
        yield found


def way(office: Mailbox, **options: str) -> Way:
    usual = {"host": "127.0.0.1", "port": str(office.port), "security": "none",
             "from": "desk@shop.example"}  # fmt: skip
    return Way({**usual, **options}, "lin@shop.example", AT)


def message(key: str = "k" * 32, subject: str = "提醒您:杯子碎了") -> Message:
    return Message(key, "261121-7KQ4", subject, TEXT, "", "", {})


def test_a_mail_arrives_as_it_was_written(office: Mailbox) -> None:
    send("mail", way(office), message())
    (letter,) = office.letters
    assert letter["Subject"] == "提醒您:杯子碎了"
    assert letter["To"] == "lin@shop.example"
    assert letter.get_content().replace("\r\n", "\n").rstrip("\n") == TEXT
    assert letter["Message-ID"] == f"<tkt.{'k' * 32}@shop.example>"
    assert letter["X-Tkt-Key"] == "k" * 32
    assert letter["X-Tkt-Ticket"] == "261121-7KQ4"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_mails_of_a_ticket_stand_in_one_thread(office: Mailbox) -> None:
    send("mail", way(office), message("a" * 32))
    send("mail", way(office), message("b" * 32))
    one, other = office.letters
    assert one["Message-ID"] != other["Message-ID"]
    assert one["References"] == other["References"] == one["In-Reply-To"]
    assert one["References"] == "<tkt.261121-7KQ4@shop.example>"


def test_a_subject_cannot_add_a_header() -> None:
    office = Mailbox()
    for subject in ("x\nBcc: everybody@shop.example", "x\r\nBcc: y@z.cn", "杯" * 400):
        try:
            letter = letter_of(way(office), message(subject=subject))
        except ValueError:
            continue  # refused outright
        assert letter["Bcc"] is None
        assert b"\nBcc:" not in letter.as_bytes()


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 no such user", True), ("451 try later", False)]
)
def test_a_refused_recipient_is_told_from_a_busy_server(
    office: Mailbox, answer: str, permanent: bool
) -> None:
    office.refuses = answer
    with pytest.raises(Undelivered, match=r"notify\.smtp") as failed:
        send("mail", way(office), message())
    assert failed.value.permanent is permanent
    assert not office.letters


def test_a_server_without_encryption_gets_nothing_that_was_to_be_encrypted(
    office: Mailbox,
) -> None:
    with pytest.raises(Undelivered, match=r"notify\.no_starttls") as failed:
        send("mail", way(office, security="starttls"), message())
    assert failed.value.permanent
    with pytest.raises(Undelivered, match=r"notify\.unreachable"):
        send("mail", way(office, security="tls"), message())
    with pytest.raises(Undelivered, match=r"notify\.no_starttls"):
        send("mail", way(office, user="lin", password="hunter2"), message())
    assert not office.letters


def test_a_server_that_is_not_there_may_come_back(office: Mailbox) -> None:
    with pytest.raises(Undelivered, match=r"notify\.unreachable") as failed:
        send("mail", way(office, port="9"), message())
    assert (failed.value.permanent, failed.value.halts) == (False, True)


@pytest.mark.parametrize(
    "greeting",
    [b"garbage\r\n", b"HTTP/1.1 400 Bad Request\r\n", b"\xff\xfe\r\n", b"x" * 9000, b"99 x\r\n"],
)
def test_who_does_not_speak_smtp_is_told_so(greeting: bytes) -> None:
    with talker(greeting) as peer, pytest.raises(Undelivered) as failed:
        send("mail", Way(options(peer.port), "lin@shop.example", AT), message())
    assert (failed.value.key, failed.value.permanent) == ("notify.not_smtp", False)
    assert failed.value.params == {}


HELLO = {b"ehlo": b"250-hello\r\n250 AUTH PLAIN CRAM-MD5\r\n", b"quit": b"221 bye\r\n"}
LOGIN = base64.b64encode(b"\0desk\0hunter2").decode()


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({b"AUTH": f"535 no: AUTH PLAIN {LOGIN}\r\n".encode()}, "notify.login_refused"),
        ({b"AUTH": b"235 ok\r\n", b"mail": f"550 no: {LOGIN} hunter2\r\n".encode()}, "notify.smtp"),
        ({b"AUTH": b"334 abc\r\n", b"*": b"501 no\r\n"}, "notify.not_smtp"),
    ],
)
def test_what_is_told_of_a_refusal_has_no_password(answers: dict[bytes, bytes], key: str) -> None:
    if key != "notify.not_smtp":
        answers = {b"ehlo": b"250-hello\r\n250 AUTH PLAIN\r\n", **answers}
    with talker(b"220 desk\r\n", answers={**HELLO, **answers}) as peer:
        way = Way(options(peer.port, user="desk", password="hunter2"), "lin@shop.example", AT)
        with pytest.raises(Undelivered) as failed:
            send("mail", way, message())
    told = str(failed.value.params)
    assert failed.value.key == key
    assert LOGIN[6:] not in told
    assert "hunter2" not in told


def options(port: int, **more: str) -> dict[str, str]:
    return {"host": "127.0.0.1", "port": str(port), "security": "none",
            "from": "desk@shop.example", **more}  # fmt: skip
