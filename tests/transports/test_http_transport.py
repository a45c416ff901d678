from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from peers import Receiver, receiver
from tkt.domain.telling.message import Message
from tkt.transports import http
from tkt.transports.outcome import Undelivered, Way
from tkt.transports.sending import send

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.network

AT = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
MESSAGE = Message("k" * 32, None, "", "", "", "", {"key": "k" * 32, "title": "杯子\n碎了\"'"})


@pytest.fixture
def peer() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


def failed(url: str, **options: str) -> Undelivered:
    with pytest.raises(Undelivered) as raised:
        send("webhook", Way({"url": url, **options}, "", AT), MESSAGE)
    told = f"{raised.value} {raised.value.params} {raised.value.__cause__}"
    assert "s3cret" not in told
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return raised.value


def test_a_webhook_can_prove_who_sent_it_and_when(peer: Receiver) -> None:
    send("webhook", Way({"url": f"{peer.url}/crm", "secret": "密钥"}, "", AT), MESSAGE)
    (got,) = peer.got
    stamp = got.headers["x-tkt-timestamp"]
    assert stamp == str(int(AT.timestamp()))
    signed = hmac.new("密钥".encode(), stamp.encode() + b"." + got.body, hashlib.sha256)
    assert got.headers["x-tkt-signature"] == f"sha256={signed.hexdigest()}"
    assert got.headers["x-tkt-key"] == got.json["key"] == "k" * 32
    assert got.json["title"] == MESSAGE.data["title"]


def test_without_a_secret_nothing_is_signed(peer: Receiver) -> None:
    send("webhook", Way({"url": peer.url}, "", AT), MESSAGE)
    assert "x-tkt-signature" not in peer.got[0].headers


@pytest.mark.parametrize(
    ("code", "permanent"),
    [(400, True), (401, True), (404, True), (410, True), (408, False), (429, False),
     (500, False), (503, False)],
)  # fmt: skip
def test_what_heals_is_tried_again(peer: Receiver, code: int, permanent: bool) -> None:
    peer.answer = lambda _: (code, b"s3cret")
    failure = failed(f"{peer.url}/s3cret")
    assert (failure.key, failure.permanent, failure.params) == (
        "notify.http", permanent, {"code": code},
    )  # fmt: skip


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_nothing_is_taken_to_another_address(peer: Receiver, code: int) -> None:
    with receiver() as other:
        peer.location = f"{other.url}/elsewhere"
        peer.answer = lambda _: (code, b"")
        assert failed(f"{peer.url}/s3cret").permanent
        assert other.got == []


def test_who_does_not_answer_is_not_waited_for(
    peer: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer.hangs = 2
    with pytest.raises(Undelivered, match=r"notify\.slow") as raised:
        http.post(f"{peer.url}/s3cret", b"{}", {}, timeout=0.2)
    assert not raised.value.permanent


@pytest.mark.parametrize(
    "url",
    ["ftp://h/s3cret", "file:///etc/passwd?s3cret", "s3cret", "http://[s3cret", "http://h:s3cret/",
     "http://h/\ns3cret", "http://h/a s3cret", "http://h/\x7fs3cret", "http://h/密s3cret",
     "http://h:99999/s3cret", "http://h:0/s3cret", "http:///s3cret", "http://:80/s3cret",
     "http://a..b/s3cret"],
)  # fmt: skip
def test_an_address_that_is_none_fails_for_good_and_is_not_told(url: str) -> None:
    failure = failed(url)
    assert (failure.key, failure.permanent, failure.params) == ("notify.bad_url", True, {})


@pytest.mark.parametrize("url", ["http://lin:s3cret@127.0.0.1:9/", "https://s3cret@h/"])
def test_a_password_in_an_address_is_not_supported_and_that_is_said(url: str) -> None:
    failure = failed(url)
    assert (failure.key, failure.permanent) == ("notify.login_in_url", True)


def test_who_is_not_there_may_come_back() -> None:
    failure = failed("http://127.0.0.1:9/s3cret")
    assert (failure.key, failure.permanent, failure.halts) == ("notify.unreachable", False, True)


def test_a_server_that_nobody_vouches_for_is_not_believed(peer: Receiver) -> None:
    failure = failed(peer.url.replace("http:", "https:"))
    assert failure.key == "notify.unreachable"


def test_a_kind_of_another_version_is_said() -> None:
    with pytest.raises(Undelivered, match=r"notify\.no_kind"):
        send("pigeon", Way({}, "", AT), MESSAGE)
