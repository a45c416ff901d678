from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from peers import Receiver, receiver
from tkt.domain.telling.message import Message
from tkt.transports.outcome import Undelivered, Way
from tkt.transports.sending import send

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.network

AT = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
KEY = "0123456789abcdef0123456789abcdef"
SECRET = "SEC这是+/密钥="
ROBOTS = ("dingtalk", "wecom", "feishu")


def message(text: str = "提醒您:杯子碎了") -> Message:
    return Message(KEY, "261121-7KQ4", "提醒您", text, text, f"#### {text}", {"key": KEY})


@pytest.fixture
def peer() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


def way(peer: Receiver, to: str = "", **options: str) -> Way:
    return Way({"url": f"{peer.url}/robot/send?access_token=t0ken", **options}, to, AT)


def sign(key: str, text: str) -> bytes:
    """The signature by the long road, apart from how the sender makes it."""
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest())


def test_dingtalk_signs_time_and_secret_and_encodes_that_once(peer: Receiver) -> None:
    send("dingtalk", way(peer, secret=SECRET), message())
    (got,) = peer.got
    asked = parse_qs(urlsplit(got.path).query)
    stamp = str(int(AT.timestamp() * 1000))
    assert asked["timestamp"] == [stamp]
    wanted = sign(SECRET, f"{stamp}\n{SECRET}").decode()
    assert asked["sign"] == [wanted], "decoded once it is the signature itself"
    raw = got.path.partition("sign=")[2]
    assert unquote(raw) == wanted
    assert not set("+/=") & set(raw)
    assert asked["access_token"] == ["t0ken"]


def test_feishu_signs_nothing_with_time_and_secret(peer: Receiver) -> None:
    send("feishu", way(peer, "ou_1", secret=SECRET), message())
    document = peer.got[0].json
    stamp = str(int(AT.timestamp()))
    assert document["timestamp"] == stamp
    assert document["sign"] == sign(f"{stamp}\n{SECRET}", "").decode()
    assert document["content"]["text"].startswith('<at user_id="ou_1"></at>\n')


def test_what_they_are_sent(peer: Receiver) -> None:
    send("dingtalk", way(peer, "13800001111"), message())
    send("dingtalk", way(peer, "linxm", format="markdown"), message())
    send("wecom", way(peer, "13800001111"), message())
    send("wecom", way(peer, "linxm"), message())
    send("wecom", way(peer, "linxm", format="markdown"), message())
    send("feishu", way(peer), message())
    ding, marked, mobile, user, wide, feishu = (got.json for got in peer.got)
    assert ding["at"] == {"isAtAll": False, "atMobiles": ["13800001111"]}
    assert "@13800001111" in ding["text"]["content"]
    assert marked["markdown"]["text"].startswith("#### 提醒您")
    assert (marked["at"]["atUserIds"], "@linxm" in marked["markdown"]["text"]) == (["linxm"], True)
    assert mobile["text"]["mentioned_mobile_list"] == ["13800001111"]
    assert user["text"]["mentioned_list"] == ["linxm"]
    assert "<@linxm>" in wide["markdown"]["content"]
    assert feishu["msg_type"] == "text"
    assert peer.keys == [KEY] * 6
    for document in (ding, marked, mobile, user, wide, feishu):
        assert f"#{KEY[:10]}" in json.dumps(document)


@pytest.mark.parametrize(("kind", "limit"), [("text", 2048), ("markdown", 4096)])
def test_wecom_takes_so_many_bytes_and_no_half_characters(
    peer: Receiver, kind: str, limit: int
) -> None:
    send("wecom", way(peer, format=kind), message("退款" * 3000))
    document = peer.got[0].json
    content = document[kind]["content"].encode()
    assert limit - 3 <= len(content) <= limit
    assert content.decode().endswith(f"…\n#{KEY[:10]}")


@pytest.mark.parametrize(
    ("kind", "answer", "permanent", "halts"),
    [
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, True, True),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, False, True),
        ("dingtalk", {"errcode": 7, "errmsg": "?"}, False, False),
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, True, True),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, False, True),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, True, True),
        ("feishu", {"code": 11232, "msg": "frequency limited"}, False, True),
        ("feishu", {"code": 7, "msg": {"a": 1}}, False, False),
    ],
)
def test_a_refusal_inside_an_answer_of_success_is_a_failure(
    peer: Receiver, kind: str, answer: dict[str, Any], permanent: bool, halts: bool
) -> None:
    peer.answer = lambda _: (200, json.dumps(answer).encode())
    with pytest.raises(Undelivered) as failed:
        send(kind, way(peer), message())
    assert failed.value.key == "notify.refused"
    assert (failed.value.permanent, failed.value.halts) == (permanent, halts)


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"\xff", b"[" * 60_000])
def test_an_answer_that_makes_no_sense_is_none_of_success(
    peer: Receiver, kind: str, body: bytes
) -> None:
    peer.answer = lambda _: (200, body)
    with pytest.raises(Undelivered, match=r"notify\.odd_answer"):
        send(kind, way(peer), message())


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.parametrize(
    "code", [["a"], {"a": 1}, [], None, "0", "310000", 0.0, False, True, float("nan")]
)
def test_a_code_that_is_no_number_makes_no_sense(peer: Receiver, kind: str, code: Any) -> None:
    answer = {"errcode": code, "code": code, "errmsg": {}, "msg": []}
    peer.answer = lambda _: (200, json.dumps(answer).encode())
    with pytest.raises(Undelivered, match=r"notify\.odd_answer") as failed:
        send(kind, way(peer), message())
    assert not failed.value.permanent


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_refusal_that_quotes_the_request_tells_no_secret(peer: Receiver, kind: str) -> None:
    token, secret = "0123456789abcdefTOKEN", "SECsalt"

    def quoting(got: Any) -> tuple[int, bytes]:
        said = f"{got.path} {unquote(got.path)} {got.json.get('sign')} {got.body.decode()}"
        return 200, json.dumps({"errcode": 7, "code": 7, "errmsg": said, "msg": said}).encode()

    peer.answer = quoting
    asked = {"url": f"{peer.url}/robot/{token}?access_token={token}", "secret": secret}
    with pytest.raises(Undelivered, match=r"notify\.refused") as failed:
        send(kind, Way(asked, "", AT), message())
    told = str(failed.value.params)
    signs = [got.json.get("sign") or got.path.partition("sign=")[2] for got in peer.got]
    for part in (token, secret, *(s for sign in signs if sign for s in (sign, unquote(sign)))):
        assert part not in told


def test_what_we_stumble_over_ourselves_is_a_failure_of_that_message(
    peer: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.transports import robots

    def stumble(*_: Any) -> None:
        raise TypeError("t0ken")

    monkeypatch.setattr(robots, "dingtalk", stumble)
    with pytest.raises(Undelivered, match=r"notify\.stumbled") as failed:
        send("dingtalk", way(peer), message())
    assert failed.value.params == {"message": "TypeError"}
    assert (failed.value.permanent, failed.value.halts) == (False, False)
