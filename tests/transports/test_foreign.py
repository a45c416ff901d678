from __future__ import annotations

import sys
import threading
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from peers import receiver
from tkt.domain.telling.message import Message
from tkt.transports.foreign import apprise
from tkt.transports.outcome import Undelivered, Way
from tkt.transports.sending import send

AT = datetime.fromisoformat("2026-11-21T14:03:11+08:00")
MESSAGE = Message("k" * 32, "261121-7KQ4", "提醒您", "", "杯子碎了", "", {})


def tried(monkeypatch: pytest.MonkeyPatch, *, known: bool, taken: Any) -> list[Any]:
    """Deliver through a library of that name which answers so; what it was given."""
    given: list[Any] = []

    class Apprise:
        def add(self, url: str) -> bool:
            given.append(url)
            return known

        def notify(self, **said: str) -> bool:
            given.append(said)
            if isinstance(taken, Exception):
                raise taken
            return bool(taken)

    monkeypatch.setitem(sys.modules, "apprise", SimpleNamespace(Apprise=Apprise))
    send("apprise", Way({"url": "bark://s3cret"}, "", AT), MESSAGE)
    return given


def test_it_is_given_the_text_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    url, said = tried(monkeypatch, known=True, taken=True)
    assert (url, said["title"]) == ("bark://s3cret", "提醒您")
    assert said["body"] == f"杯子碎了\n#{'k' * 10}"


@pytest.mark.parametrize(
    ("known", "taken", "key", "permanent"),
    [
        (False, True, "notify.bad_url", True),
        (True, False, "notify.not_taken", False),
        (True, RuntimeError("s3cret"), "notify.unreachable", False),
    ],
)
def test_what_it_says_of_failing_is_believed(
    monkeypatch: pytest.MonkeyPatch, known: bool, taken: Any, key: str, permanent: bool
) -> None:
    with pytest.raises(Undelivered) as failed:
        tried(monkeypatch, known=known, taken=taken)
    assert (failed.value.key, failed.value.permanent) == (key, permanent)
    assert "s3cret" not in str(failed.value.params)


def test_a_service_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    class Apprise:
        def add(self, _: str) -> bool:
            return True

        def notify(self, **_: str) -> bool:
            return over.wait()

    monkeypatch.setitem(sys.modules, "apprise", SimpleNamespace(Apprise=Apprise))
    with pytest.raises(Undelivered, match=r"notify\.slow") as failed:
        apprise(Way({"url": "bark://s3cret"}, "", AT), MESSAGE, timeout=0.1)
    over.set()
    assert (failed.value.permanent, failed.value.halts) == (False, True)


def test_without_it_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from tkt import texts

    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(Undelivered, match=r"notify\.no_apprise") as failed:
        send("apprise", Way({"url": "json://x"}, "", AT), MESSAGE)
    assert failed.value.permanent
    assert "tkt[notify]" in texts.say(failed.value.key)


@pytest.mark.network
@pytest.mark.filterwarnings("ignore")
def test_the_real_library_delivers() -> None:
    pytest.importorskip("apprise")
    with receiver() as peer:
        way = Way({"url": peer.url.replace("http://", "json://")}, "", AT)
        send("apprise", way, MESSAGE)
        assert "杯子碎了" in peer.got[0].json["message"]
