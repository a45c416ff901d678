"""Channels are shown to people by what they call them, and may be typed so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tkt.domain.settings import CHANNELS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_may_be_typed_by_any_of_its_names(tkt: Runner, name: str) -> None:
    for label in (name, *CHANNELS[name]):
        ticket = tkt.new("杯子碎了", "--channel", label)
        assert tkt("show", ticket, "--json").json["channel"] == name
        (found,) = tkt("list", f"channel:{label}", f"id:{ticket}", "--json").json
        assert found["id"] == ticket


def test_a_channel_of_the_desks_own_is_called_as_it_is(tkt: Runner, desk: Path) -> None:
    with open(desk / "tkt.yaml", "a", encoding="utf-8") as stream:
        stream.write("channels: [wechat, 门店]\n")
    assert tkt("commit").code == 0
    ticket = tkt.new("杯子碎了", "--channel", "门店")
    assert tkt("list", "渠道:门店", "--json").json[0]["id"] == ticket
    assert tkt("new", "杯子", "--channel", "电话").code == 3
