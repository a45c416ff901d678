"""The robots of DingTalk, WeCom and Feishu groups.

All of them answer HTTP 200 to what they have refused, and say so in the document.
"""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from tkt.domain.telling.message import cut, harmless
from tkt.transports.hiding import harmless_words
from tkt.transports.http import answered, encoded, post
from tkt.transports.outcome import Undelivered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.telling.message import Message
    from tkt.transports.outcome import Way

_DINGTALK, _WECOM_TEXT, _WECOM_MARKDOWN, _FEISHU = 18_000, 2048, 4096, 15_000
"""Bytes of content that are taken; those of WeCom as documented, the others kept well below."""

_BUSY = {
    "dingtalk": frozenset({-1, 130101, 410100}),
    "wecom": frozenset({-1, 45009}),
    "feishu": frozenset({9499, 11232}),
}
"""Answers that say: not now."""
_HOPELESS = {
    "dingtalk": frozenset({300001, 300005, 310000}),
    "wecom": frozenset({40008, 40058, 93000}),
    "feishu": frozenset({19001, 19021, 19022, 19024}),
}
"""Answers that say: not like this, whether an address, a signature or a form is wrong."""


def dingtalk(way: Way, message: Message) -> None:
    """To the custom robot of a DingTalk group."""
    url = way.options["url"]
    if secret := way.options.get("secret"):
        stamp = str(int(way.at.timestamp() * 1000))
        # The signature is percent-encoded once, here; nothing encodes the address again.
        sign = quote_plus(_signature(secret, f"{stamp}\n{secret}"))
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={sign}"
    called = f"\n@{way.to}" if way.to else ""
    if way.options.get("format") == "markdown":
        text = cut(message.markdown + called, message.mark, _DINGTALK)
        body: dict[str, Any] = {
            "msgtype": "markdown", "markdown": {"title": harmless(message.subject), "text": text},
        }  # fmt: skip
    else:
        text = cut(message.robot + called, message.mark, _DINGTALK)
        body = {"msgtype": "text", "text": {"content": text}}
    at: dict[str, Any] = {"isAtAll": False}
    if way.mobile:
        at["atMobiles"] = [way.mobile]
    if way.user:
        at["atUserIds"] = [way.user]
    _send("dingtalk", way, {**body, "at": at}, message, url)


def wecom(way: Way, message: Message) -> None:
    """To the robot of a WeCom group."""
    if way.options.get("format") == "markdown":
        called = f"\n<@{way.user}>" if way.user else ""
        content = cut(message.markdown + called, message.mark, _WECOM_MARKDOWN)
        body: dict[str, Any] = {"msgtype": "markdown", "markdown": {"content": content}}
    else:
        text: dict[str, Any] = {"content": cut(message.robot, message.mark, _WECOM_TEXT)}
        if way.mobile:
            text["mentioned_mobile_list"] = [way.mobile]
        if way.user:
            text["mentioned_list"] = [way.user]
        body = {"msgtype": "text", "text": text}
    _send("wecom", way, body, message)


def feishu(way: Way, message: Message) -> None:
    """To the custom robot of a Feishu or Lark group."""
    called = f'<at user_id="{way.user}"></at>\n' if way.user else ""
    text = cut(called + message.robot, message.mark, _FEISHU)
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret := way.options.get("secret"):
        stamp = str(int(way.at.timestamp()))
        # Here stamp and secret are the key, and what is signed is empty.
        body = {"timestamp": stamp, "sign": _signature(f"{stamp}\n{secret}", ""), **body}
    _send("feishu", way, body, message)


def _signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()


def _send(
    kind: str, way: Way, body: Mapping[str, Any], message: Message, url: str | None = None
) -> None:
    """Post to the robot, under its own address or the signed ``url``."""
    url = url or way.options["url"]
    raw = post(url, encoded(body), {"X-Tkt-Key": message.key})
    answer = answered(raw)
    is_feishu = kind == "feishu"
    code = answer.get("code", answer.get("StatusCode")) if is_feishu else answer.get("errcode")
    if type(code) is not int:
        raise Undelivered("notify.odd_answer", halts=True)
    if code == 0:
        return
    said = answer.get("msg" if is_feishu else "errmsg")
    sign = str(body.get("sign", ""))
    raise Undelivered(
        "notify.refused",
        permanent=code in _HOPELESS[kind],
        halts=code in _BUSY[kind] or code in _HOPELESS[kind],
        code=code,
        message=harmless_words(said, way, url, sign) if isinstance(said, str) else "",
    )
