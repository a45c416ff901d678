"""What a person types of a customer: ``phone=138…``, ``tag-=vip``, ``marketing=no``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers import customer as customers
from tkt.domain.customers.customer import contacts_of
from tkt.domain.customers.identity import MAIL, PHONE, contact_key
from tkt.domain.fields import is_name
from tkt.domain.plaintext import one_line
from tkt.domain.settings import CHANNELS
from tkt.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tkt.domain.settings import Settings

    Doc = dict[str, Any]

_KEYS = {
    "name": ("名字", "姓名", "名称"),
    "address": ("地址", "收货地址", "addresses"),
    "id": ("证件", "身份证", "身份证号", "ids"),
    "tag": ("标签", "tags"),
    "marketing": ("营销", "营销短信"),
}
_CHANNELS = {
    PHONE: ("手机", "手机号", "电话号码", "mobile"),
    MAIL: ("邮箱", "email"),
    "qianniu": ("旺旺", "会员名", "昵称", "taobao", "tmall"),
}
_LISTS = {"address": "addresses", "id": "ids", "tag": "tags_by_hand"}
_YES = ("yes", "y", "true", "1", "是", "同意", "愿意")
_NO = ("no", "n", "false", "0", "否", "不同意", "拒绝", "退订")
_PHONE_DIGITS = 5


class Word:
    """One typed change: ``key`` as files have it, whether it takes away, and the value."""

    def __init__(self, key: str, value: str, *, takes: bool, is_channel: bool) -> None:
        self.key = key
        self.value = value
        self.takes = takes
        self.is_channel = is_channel


def read(words: Iterable[str], prefers: Iterable[str], settings: Settings) -> list[Word]:
    """What was typed; UsageProblem for a key that there is not, or a value it cannot have."""
    known, channels = _known(settings)
    found: list[Word] = []
    for text in words:
        name, equals, value = text.replace("＝", "=", 1).partition("=")
        takes = name.endswith("-")
        wanted = name.rstrip("-+").strip().casefold()
        if not equals or wanted not in known:
            told = ", ".join(dict.fromkeys(known.values()))
            raise UsageProblem("customer.unknown_key", text=one_line(text, 60), known=told)
        key = known[wanted]
        word = Word(key, value.strip(), takes=takes, is_channel=key in channels)
        _check(word)
        found.append(word)
    for text in prefers:
        name, equals, value = text.replace("＝", "=", 1).partition("=")
        if not equals or not name.strip() or one_line(value) != value:
            raise UsageProblem("customer.not_preference", text=one_line(text, 60))
        gone = not value.strip()
        found.append(Word(f"prefer {name.strip()}", value.strip(), takes=gone, is_channel=False))
    return found


def _known(settings: Settings) -> tuple[dict[str, str], set[str]]:
    channels = {*settings.channels, *CHANNELS}
    known: dict[str, str] = {}
    for name in channels:
        known |= dict.fromkeys((name.casefold(), *map(str.casefold, CHANNELS.get(name, ()))), name)
    for names in (_CHANNELS, _KEYS):
        for name, also in names.items():
            known |= dict.fromkeys((name, *map(str.casefold, also)), name)
    return known, channels


def _check(word: Word) -> None:
    if one_line(word.value) != word.value or (not word.value and word.key != "name"):
        raise UsageProblem("customer.bad_value", key=word.key, value=one_line(word.value, 60))
    wrong = (
        (word.key == PHONE and sum(character.isdigit() for character in word.value) < _PHONE_DIGITS)
        or (word.key == MAIL and "@" not in word.value)
        or (word.key == "tag" and not is_name(word.value))
        or (word.key == "marketing" and word.value.casefold() not in (*_YES, *_NO))
    )
    if wrong:
        raise UsageProblem("customer.bad_value", key=word.key, value=one_line(word.value, 60))


def applied(doc: Mapping[str, Any], words: Iterable[Word], *, at: str) -> Doc:
    """The customer once all that was typed is so."""
    made: Doc = dict(doc)
    for word in words:
        made = _applied(made, word, at)
    return made


def _applied(doc: Doc, word: Word, at: str) -> Doc:
    if word.is_channel:
        if not word.takes:
            return customers.with_contact(doc, word.key, word.value)
        known = {contact_key(value) for channel, value in contacts_of(doc) if channel == word.key}
        if contact_key(word.value) not in known:
            raise Refused("customer.no_such", id=doc["id"], key=word.key)
        return customers.without_contact(doc, word.key, word.value)
    if word.key in _LISTS:
        return _listed(doc, word)
    if word.key == "name":
        return customers.in_order({**doc, "name": word.value})
    if word.key == "marketing":
        said = {"given": word.value.casefold() in _YES, "since": at}
        return customers.with_entry(doc, "consent", "marketing", said)
    name = word.key.partition(" ")[2]
    return customers.with_entry(doc, "preferences", name, None if word.takes else word.value)


def _listed(doc: Doc, word: Word) -> Doc:
    key = _LISTS[word.key]
    if not word.takes:
        return customers.with_item(doc, key, word.value)
    if word.value not in customers.listed(doc.get(key)):
        if word.key == "tag" and word.value in (doc.get("tags") or {}):
            raise Refused("customer.tag_by_rule", id=doc["id"], tag=word.value)
        raise Refused("customer.no_such", id=doc["id"], key=word.key)
    return customers.without_item(doc, key, word.value)
