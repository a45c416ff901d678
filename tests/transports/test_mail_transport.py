from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from peers import Mailbox, post_office
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
