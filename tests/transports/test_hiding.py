from __future__ import annotations

import base64
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.transports.hiding import harmless_words
from tkt.transports.outcome import Way

if TYPE_CHECKING:
    from collections.abc import Callable

AT = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
TOKEN, HOOK, SIGN = "0123456789abcdefTOKEN", "B0FFEE-hook-1", "a+/Bc9d0e1f2=="
URL = f"https://oapi.shop.example/robot/{HOOK}?access_token={TOKEN}"
PASSWORD, SECRET = "p@ss 密码/+", "SECsalt"
WAY = Way({"url": URL, "secret": SECRET, "user": "desk", "password": PASSWORD}, "", AT)
SIGNED = f"{URL}&timestamp=1763704991000&sign={quote_plus(SIGN)}"

FORMS: list[Callable[[str], str]] = [
    str, str.upper, quote, quote_plus, lambda s: quote(s, safe=""),
    lambda s: base64.b64encode(s.encode()).decode(),
    lambda s: base64.urlsafe_b64encode(s.encode()).decode().rstrip("="),
    lambda s: base64.b64encode(f"\0desk\0{s}".encode()).decode(),
    lambda s: base64.b64encode(f"desk:{s}\n".encode()).decode(),
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", [URL, SIGNED, TOKEN, HOOK, SIGN, PASSWORD, SECRET])
def test_a_secret_is_hidden_however_it_is_quoted(secret: str, form: Callable[[str], str]) -> None:
    quoted = form(secret)
    told = harmless_words(f"no: {quoted} is not known", WAY, SIGNED)
    assert told.startswith("no: ")
    assert "***" in told
    for part in (secret, quoted, TOKEN, HOOK, SIGN, quote_plus(SIGN), PASSWORD):
        assert part.lower() not in told.lower()
    # Of base64 at most the ends are left, which other bytes have a share in.
    assert not any(quoted[i : i + 12] in told for i in range(3, len(quoted) - 12))


def test_the_parts_of_an_address_are_hidden_one_by_one() -> None:
    said = f"POST /robot/{HOOK}?access_token={TOKEN}&sign={quote_plus(SIGN)} HTTP/1.1"
    told = harmless_words(f"{said}; path /robot/{HOOK}; token {TOKEN}", WAY, SIGNED)
    assert told == "POST ***&sign=*** HTTP/1.1; path ***; token ***"


def test_a_secret_that_would_be_cut_in_half_is_hidden_first() -> None:
    told = harmless_words("x" * 190 + TOKEN, WAY)
    assert TOKEN[:8] not in told
    assert len(told) <= 200


def test_words_that_are_no_secrets_stay() -> None:
    said = "robot: sign not match, keywords not in content,\r\n more: 310000"
    assert (
        harmless_words(said, WAY) == "robot: sign not match, keywords not in content, more: 310000"
    )
    empty = Way({"url": "http://h", "password": ""}, "", AT)
    assert harmless_words("as it was", empty) == "as it was"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_address_and_any_words_will_do(url: str, said: str) -> None:
    assert len(harmless_words(said, Way({"url": url}, "", AT))) <= 200
