"""One row of a platform's export, read: the order, and what it tells of who bought it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tkt.domain.customers.identity import contact_key, is_mobile
from tkt.domain.customers.orders import money, money_text, rating
from tkt.domain.plaintext import one_line
from tkt.services.transfer.dates import read_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from tkt.services.customers.columns import Columns

_PROTECTED = re.compile(r'="?(.*?)"?')
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LONGEST = 300
_PHONE_DIGITS = 7
_AHEAD = timedelta(days=31)
"""A clock may be behind, or a desk tried out on another day; no year that was mistyped is that."""


class Unreadable(Exception):
    """A row that tells no order: the text that says why, its parameters, and the field."""

    def __init__(self, key: str, field: str, /, **params: object) -> None:
        super().__init__(key)
        self.key, self.field, self.params = key, field, params


class Reader:
    """Reads rows with these columns; times without a zone are the shop's."""

    def __init__(self, columns: Columns, *, now: datetime, tz: tzinfo, channel: str) -> None:
        self.columns = columns.by_field
        self.now, self.tz, self.channel = now, tz, channel

    def read(self, data: Mapping[str, object]) -> dict[str, Any]:
        """The order as plain data; Unreadable, with what is wrong, if it tells none."""
        said = {field: plain(data.get(name)) for field, name in self.columns.items()}
        number = said.get("order", "")
        if not number:
            raise Unreadable("orders.no_number", "order")
        if not _NUMBER.fullmatch(number):
            raise Unreadable("orders.bad_cell", "order", field="order", value=number[:60])
        row: dict[str, Any] = {"order": number}
        for field in ("ordered_at", "paid_at"):
            row[field] = self._moment(field, said.get(field, ""))
        row["day"] = (row["ordered_at"] or row["paid_at"])[:10]
        if not row["day"]:
            raise Unreadable("orders.no_day", "ordered_at", order=number)
        for field in ("amount", "refunded"):
            row[field] = _money(field, said.get(field, ""))
        row["quantity"] = _whole(said.get("quantity", ""))
        row["rating"] = _stars(said.get("rating", ""))
        for field in ("status", "items", "sku", "name", "address"):
            row[field] = one_line(said.get(field, ""), _LONGEST)
        row |= self._person(said, number)
        return row

    def _person(self, said: Mapping[str, str], number: str) -> dict[str, str]:
        nick, phone, mail = (whole(said.get(name, "")) for name in ("nick", "phone", "mail"))
        if sum(character.isdigit() for character in phone) < _PHONE_DIGITS:
            phone = ""
        phone = contact_key(phone) if is_mobile(phone) else phone
        if not nick and not phone:
            raise Unreadable("orders.no_customer", "nick", order=number)
        return {"nick": nick, "phone": phone, "mail": mail if "@" in mail else "",
                "channel": self.channel}  # fmt: skip

    def _moment(self, field: str, text: str) -> str:
        if not text or text.startswith("0000"):
            return ""
        try:
            moment = read_moment(text, now=self.now, tz=self.tz)
        except ValueError as error:
            raise Unreadable("orders.bad_cell", field, field=field, value=text[:60]) from error
        if moment > self.now + _AHEAD:
            raise Unreadable("orders.ahead", field, field=field, value=text[:60])
        return moment.isoformat(timespec="seconds")


def plain(value: object) -> str:
    """A cell without what a spreadsheet puts around numbers that it must not touch."""
    text = str(value or "").strip().strip("\t").strip()
    if text.startswith("="):
        found = _PROTECTED.fullmatch(text)
        text = found[1] if found else text
    return text.removeprefix("'").strip()


def whole(text: str) -> str:
    """A contact that a platform has not masked; one that it has says nothing."""
    return "" if "*" in text else one_line(text, _LONGEST)


def _money(field: str, text: str) -> str:
    if not text:
        if field == "refunded":
            return ""
        raise Unreadable("orders.bad_cell", field, field=field, value="")
    try:
        fen = money(text)
    except ValueError as error:
        raise Unreadable("orders.bad_cell", field, field=field, value=text[:60]) from error
    return money_text(fen) if fen or field == "amount" else ""


def _whole(text: str) -> str:
    if not text:
        return ""
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise Unreadable("orders.bad_cell", "quantity", field="quantity", value=text[:60])
    return str(int(text))


def _stars(text: str) -> str:
    if not text:
        return ""
    try:
        return str(rating(text))
    except ValueError as error:
        raise Unreadable("orders.bad_cell", "rating", field="rating", value=text[:60]) from error
