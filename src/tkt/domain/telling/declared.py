"""What team.yaml may say of notices: ways to deliver them, and who wants which of them when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tkt.domain.fields import PRIORITIES
from tkt.domain.shape import Fault
from tkt.domain.spec.kind import BAD, Kind, bad, last, unknown
from tkt.domain.spec.nested import Either, Key, ListOf, Record
from tkt.domain.spec.simple import Choice, Name, Number, Parsed, Text
from tkt.domain.telling.timing import parse_digest, parse_quiet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tkt.domain.spec.kind import Doc, Faults, Where

REASONS = (
    "told",
    "mention",
    "assigned",
    "removed",
    "too_late",
    "contender",
    "watching",
    "ping_pong",
)
"""Why somebody can be told of something, see :mod:`tkt.domain.notices`."""
ROBOTS = ("dingtalk", "wecom", "feishu")
KINDS = ("mail", *ROBOTS, "webhook", "apprise")
"""Kinds of deliveries."""

_REFERENCE = r"\$[A-Za-z_][A-Za-z0-9_]{0,99}|file:(?:~/|/)[^\x00\n]+"
_ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+"
_URL = r"https?://[^\s/?#@]+(?:[/?#]\S*)?"
_TELLTALE = (
    r"(?i)[?&][^=&]*(?:token|key|secret|sign|password|hook)[^=&]*=[^&]"
    r"|/(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}(?:[/?#]|$)|/hooks?/[^/]"
)
"""What a URL looks like that opens a door to whoever has it."""
_TLS_PORT = 465
"""Where a mail server speaks nothing but TLS."""
_HERE = ("localhost", "127.0.0.1", "::1")


def is_reference(value: str) -> bool:
    """Whether a value only says where a secret is."""
    return re.fullmatch(_REFERENCE, value) is not None


def is_address(value: str) -> bool:
    """Whether a value is an e-mail address."""
    return re.fullmatch(_ADDRESS, value) is not None


class Secret(Kind):
    """A reference to a secret; the secret itself must not be in the desk, and is never quoted."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, str) and is_reference(value):
            return value
        return bad(faults, where, "notify.literal_secret", key=last(where))

    def fits(self, value: Any) -> bool:
        """Any text."""
        return isinstance(value, str)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string of that form."""
        return {"type": "string", "pattern": f"^(?:{_REFERENCE})$"}


class Address(Secret):
    """A URL: one that is a secret by a reference, another as it is."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, str) and re.fullmatch(_URL, value):
            if not re.search(_TELLTALE, value):
                return value
        elif isinstance(value, str) and not is_reference(value) and "://" not in value:
            return bad(faults, where, "notify.not_url", key=last(where))
        return super().take(value, where, faults)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}


class MailAddress(Kind):
    """An e-mail address."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, str) and is_address(value):
            return value
        return bad(faults, where, "notify.not_address", key=last(where))

    def fits(self, value: Any) -> bool:
        """Any text."""
        return isinstance(value, str)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string."""
        return {"type": "string", "format": "email"}


class Known(Kind):
    """The name of a delivery, where ``mailed`` also an address; a URL there is never quoted."""

    def __init__(self, *, mailed: bool = False) -> None:
        self.mailed = mailed

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """As it stands."""
        if isinstance(value, str) and "://" in value:
            return bad(faults, where, "notify.literal_secret", key=last(where))
        if self.mailed and isinstance(value, str) and is_address(value):
            return value
        return Name().take(value, where, faults)

    def fits(self, value: Any) -> bool:
        """Any text."""
        return isinstance(value, str)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}


class ByKind(Kind):
    """A mapping whose key ``kind`` says which record it is."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self.records = records

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """What its record takes."""
        if not isinstance(value, dict):
            return bad(faults, where, "config.not_mapping")
        if "kind" not in value:
            return bad(faults, where, "config.missing_key", key="kind")
        kind = Choice(*self.records).take(value["kind"], (*where, "kind"), faults)
        return BAD if kind is BAD else self.records[kind].take(value, where, faults)

    def fits(self, value: Any) -> bool:
        """A mapping."""
        return isinstance(value, dict)

    def schema(self, doc: Doc) -> dict[str, Any]:
        """Any of the records."""
        return {"anyOf": [record.schema(doc) for record in self.records.values()]}


class OneWay(Record):
    """A way to somebody: one key that names the kind of it, and what that kind needs besides."""

    def take(self, value: Any, where: Where, faults: Faults) -> Any:
        """The record, if exactly one kind is named."""
        found = super().take(value, where, faults)
        said = [kind for kind in KINDS if isinstance(value, dict) and kind in value]
        if len(said) != 1:
            return bad(faults, where, "notify.one_way", known=", ".join(KINDS))
        # Where what was named is wrong, that is said already.
        return found if found is not BAD and said[0] in found else BAD

    def schema(self, doc: Doc) -> dict[str, Any]:
        """The record, and that one kind is named."""
        return {**super().schema(doc), "oneOf": [{"required": [kind]} for kind in KINDS]}


def _robot(kind: str, **more: Kind) -> Record:
    return Record(f"delivery_{kind}", {"kind": Choice(kind), "url": Key(Secret(), True), **more})


_SIGNED: dict[str, Kind] = {"secret": Secret()}
_FORMAT: dict[str, Kind] = {"format": Choice("text", "markdown")}
DELIVERY = ByKind({
    "mail": Record("delivery_mail", {
        "kind": Choice("mail"),
        "host": Key(Text(), True),
        "port": Number(1, 65535),
        "security": Choice("starttls", "tls", "none"),
        "user": Text(),
        "password": Secret(),
        "from": Key(MailAddress(), True),
    }),
    "dingtalk": _robot("dingtalk", **_SIGNED, **_FORMAT),
    "wecom": _robot("wecom", **_FORMAT),
    "feishu": _robot("feishu", **_SIGNED),
    "webhook": Record("delivery_webhook", {
        "kind": Choice("webhook"), "url": Key(Address(), True), **_SIGNED,
    }),
    "apprise": _robot("apprise"),
})  # fmt: skip
"""One entry of ``deliveries``."""

WAY = Either(
    OneWay("way", {
        "mail": MailAddress(),
        **{kind: Known() for kind in KINDS[1:]},
        "server": Known(),
        "mobile": Parsed(lambda text: int(text.lstrip("+")), "notify.not_mobile"),
        "user": Text(),
    }),
    Known(mailed=True),
)  # fmt: skip
"""One way to somebody: the name of a delivery, an e-mail address, or ``{dingtalk: NAME, …}``."""
NOTIFY = Record("notify", {
    "via": ListOf(WAY, lone=True),
    "on": ListOf(Choice(*REASONS), lone=True),
    "quiet": Parsed(parse_quiet, "notify.not_quiet", examples=("22:00-08:00",)),
    "quiet_except": ListOf(Choice(*PRIORITIES), lone=True),
    "digest": Parsed(parse_digest, "notify.not_digest", examples=("30m", "daily 09:00")),
})  # fmt: skip
"""What an agent or a team wants to be told, and how."""


def telling_in(found: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """All that team.yaml says of telling people, as plain data, and the names that lead nowhere."""
    deliveries: dict[str, Any] = found.get("deliveries", {})
    faults = [
        Fault(("deliveries", name, "password"), "notify.plain_password", {"key": "security"})
        for name, delivery in deliveries.items()
        if delivery.get("security") == "none"
        and "password" in delivery
        and delivery["host"] not in _HERE
    ]
    faults += [
        Fault(("deliveries", name, "port"), "notify.odd_security", {"key": "port"})
        for name, delivery in deliveries.items()
        if delivery.get("port") == _TLS_PORT and delivery.get("security") != "tls"
    ]
    told: dict[str, Any] = {"deliveries": deliveries}
    for group in ("agents", "teams"):
        told[group] = {}
        for who, entry in found.get(group, {}).items():
            if not (wishes := entry.get("notify")):
                continue
            ways = []
            for position, way in enumerate(wishes.get("via", ())):
                where = (group, who, "notify", "via", position)
                if fault := _lost(way, where, deliveries):
                    faults.append(fault)
                else:
                    ways.append(way)
            told[group][who] = {**wishes, "via": ways}
    return {name: said for name, said in told.items() if said}, faults


def _lost(way: Any, where: Where, deliveries: Mapping[str, Any]) -> Fault | None:
    """What is wrong with a way: it names no delivery there is, or one of another kind."""
    name, kind, at = named(way, deliveries)
    place = where if at is None else (*where, at)
    if name is None:
        return Fault(place, "notify.no_server")
    if name not in deliveries:
        return unknown(place, "notify.no_delivery", name, deliveries)
    found = deliveries[name]["kind"]
    if kind is not None and found != kind:
        return Fault(place, "notify.other_kind", {"name": name, "kind": kind, "found": found})
    if found == "feishu" and isinstance(way, dict) and "mobile" in way:
        return Fault((*where, "mobile"), "notify.no_mobile", {"name": name})
    if kind is None and found == "mail":
        return Fault(place, "notify.no_address", {"name": name})
    return None


def named(way: Any, deliveries: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """(delivery, the kind it must be of, the key that names it) of a way.

    An address goes by the server that is named, else by the only one there is, or the first.
    """
    if isinstance(way, str) and not is_address(way):
        return way, None, None
    if isinstance(way, str) or "mail" in way:
        servers = [name for name, each in deliveries.items() if each["kind"] == "mail"]
        said = None if isinstance(way, str) else way.get("server")
        key = None if isinstance(way, str) else ("server" if said else "mail")
        return said or next(iter(servers), None), "mail", key
    kind = next(kind for kind in KINDS if kind in way)
    return way[kind], kind, kind
