"""A customer as those see them who need no more than to know who it is: contacts are masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.customers.customer import listed
from tkt.domain.customers.identity import MAIL, PHONE, is_mobile

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 6
"""Characters of an address that stay: as a rule the province and the city."""
_STARS = "****"


def masked(doc: Mapping[str, Any]) -> dict[str, Any]:
    """The customer with phone numbers, mail addresses, addresses and ids masked."""
    shown = dict(doc)
    if contacts := doc.get("contacts"):
        shown["contacts"] = {
            channel: [masked_contact(channel, value) for value in listed(values)]
            for channel, values in contacts.items()
        }
    for key, mask in (("addresses", masked_address), ("ids", masked_number)):
        if values := listed(doc.get(key)):
            shown[key] = [mask(value) for value in values]
    if kept := doc.get("kept"):
        shown["kept"] = [{**item, "value": _masked(item["kind"], item["value"])} for item in kept]
    return shown


def _masked(kind: str, value: str) -> str:
    """What was masked on a ticket, by its kind."""
    if kind in ("mobile", "phone"):
        return masked_phone(value)
    if kind == MAIL:
        return masked_contact(MAIL, value)
    return masked_address(value) if kind == "address" else masked_number(value)


def masked_contact(channel: str, value: str) -> str:
    """A contact as it may be seen; names on a platform stay, they lead nowhere else."""
    if channel == PHONE or is_mobile(value):
        return masked_phone(value)
    if channel == MAIL or ("@" in value and " " not in value):
        name, _, host = value.rpartition("@")
        return f"{name[:1]}{_STARS}@{host}" if name else f"{value[:1]}{_STARS}"
    return value


def masked_phone(value: str) -> str:
    """``138****8000``."""
    bare = "".join(value.split())
    if len(bare) < 7:
        return _STARS
    return f"{bare[:-8]}{_STARS}{bare[-4:]}" if len(bare) > 8 else f"{_STARS}{bare[-4:]}"


def masked_number(value: str) -> str:
    """The number of an identity card or a passport: ``330106********1234``."""
    if len(value) < 10:
        return f"{value[:1]}{_STARS}{value[-1:]}"
    return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"


def masked_address(value: str) -> str:
    """``浙江省杭州市****``; of a short one not even that."""
    return f"{value[:_SHOWN]}{_STARS}" if len(value) > 2 * _SHOWN else f"{value[:2]}{_STARS}"
