from __future__ import annotations

from typing import Any

import pytest

from tkt.domain.declaring import read_team
from tkt.domain.settings import Settings
from tkt.domain.telling.plans import Route, plans

DELIVERIES = {
    "smtp": {"kind": "mail", "host": "mail.shop.example", "from": "desk@shop.example"},
    "robot": {"kind": "dingtalk", "url": "$TKT_DING", "secret": "file:~/ding"},
    "wecom": {"kind": "wecom", "url": "$TKT_WECOM", "format": "markdown"},
    "fs": {"kind": "feishu", "url": "$TKT_FEISHU"},
    "hook": {"kind": "webhook", "url": "https://crm.shop.example/tkt"},
}
TOKEN = "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef"


def read(notify: Any, deliveries: Any = DELIVERIES) -> tuple[Settings, list[tuple[Any, str]]]:
    said, faults = read_team({"agents": {"lin": {"notify": notify}}, "deliveries": deliveries})
    assert TOKEN not in repr(faults)
    return Settings(**said), [(fault.where, fault.key) for fault in faults]


@pytest.mark.parametrize(
    ("way", "route"),
    [
        ("robot", Route("robot")),
        ({"dingtalk": "robot"}, Route("robot")),
        ({"dingtalk": "robot", "mobile": "13800001111"}, Route("robot", "13800001111")),
        ({"wecom": "wecom", "user": "linxm"}, Route("wecom", "linxm")),
        ("lin@shop.example", Route("smtp", "lin@shop.example")),
        ({"mail": "lin@shop.example"}, Route("smtp", "lin@shop.example")),
        ({"mail": "lin@shop.example", "server": "smtp"}, Route("smtp", "lin@shop.example")),
    ],
)
def test_a_way_leads_to_a_delivery(way: Any, route: Route) -> None:
    for via in (way, [way], [way, way]):
        settings, faults = read({"via": via})
        assert faults == []
        plan = plans(settings)["lin"]
        assert plan.routes == (route,)
        assert plan.on == {"told", "mention", "assigned", "ping_pong"}


def test_a_team_is_a_recipient_too() -> None:
    said, faults = read_team({"teams": {"c": {"notify": {"via": "hook", "on": ["told"]}}},
                              "deliveries": DELIVERIES})  # fmt: skip
    assert faults == []
    assert list(plans(Settings(**said))) == ["team:c"]


def test_who_says_no_way_is_not_reached() -> None:
    settings, faults = read({"on": ["told"]})
    assert (faults, plans(settings)) == ([], {})


@pytest.mark.parametrize(
    ("notify", "where", "key"),
    [
        ({"via": "robto"}, (0,), "notify.no_delivery_like"),
        ({"via": "qq"}, (0,), "notify.no_delivery"),
        ({"via": "smtp"}, (0,), "notify.no_address"),
        ({"via": [{"wecom": "robot"}]}, (0, "wecom"), "notify.other_kind"),
        ({"via": [{"mail": "lin@shop.example", "server": "robot"}]}, (0, "server"),
         "notify.other_kind"),
        ({"via": [{"mail": "lin"}]}, (0, "mail"), "notify.not_address"),
        ({"via": [{"mobile": "138"}]}, (0,), "notify.one_way"),
        ({"via": [{"dingtalk": "robot", "wecom": "wecom"}]}, (0,), "notify.one_way"),
        ({"via": [{"dingtalk": "robot", "mobile": "lin"}]}, (0, "mobile"), "notify.not_mobile"),
        ({"via": [{"feishu": "fs", "mobile": "138"}]}, (0, "mobile"), "notify.no_mobile"),
        ({"via": [{"mail": "林@shop.example"}]}, (0, "mail"), "notify.not_address"),
        ({"via": [TOKEN]}, (0,), "notify.literal_secret"),
        ({"via": TOKEN}, (), "notify.literal_secret"),
        ({"via": [{"dingtalk": TOKEN}]}, (0, "dingtalk"), "notify.literal_secret"),
    ],
)  # fmt: skip
def test_a_way_that_leads_nowhere_is_named(notify: Any, where: Any, key: str) -> None:
    settings, faults = read(notify)
    assert faults == [(("agents", "lin", "notify", "via", *where), key)]
    assert not plans(settings) or all(r.delivery in DELIVERIES for r in plans(settings)["lin"][0])


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("quiet", "22:00", "notify.not_quiet"),
        ("quiet", "25:00-08:00", "notify.not_quiet"),
        ("quiet", "08:00-08:00", "notify.not_quiet"),
        ("digest", "often", "notify.not_digest"),
        ("digest", "30s", "notify.not_digest"),
        ("digest", "2d", "notify.not_digest"),
        ("digest", "daily 24:00", "notify.not_digest"),
    ],
)
def test_hours_that_are_none_are_named(key: str, value: str, fault: str) -> None:
    _, faults = read({"via": "robot", key: value})
    assert faults == [(("agents", "lin", "notify", key), fault)]


@pytest.mark.parametrize(("key", "value"), [("on", ["tolt"]), ("quiet_except", ["urgnt"])])
def test_words_that_are_none_are_named(key: str, value: Any) -> None:
    _, faults = read({"via": "robot", key: value})
    assert faults == [(("agents", "lin", "notify", key, 0), "config.not_choice_like")]


@pytest.mark.parametrize(
    ("delivery", "where", "key"),
    [
        ({"kind": "dingtalk", "url": TOKEN}, ("url",), "notify.literal_secret"),
        ({"kind": "dingtalk", "url": "$A", "secret": "SEC123"}, ("secret",),
         "notify.literal_secret"),
        ({"kind": "mail", "host": "h", "from": "a@b.cn", "password": "hunter2"}, ("password",),
         "notify.literal_secret"),
        ({"kind": "webhook", "url": "https://h.example/x?token=abc"}, ("url",),
         "notify.literal_secret"),
        ({"kind": "webhook", "url": "https://u:p@h.example/x"}, ("url",), "notify.literal_secret"),
        ({"kind": "webhook", "url": "https://h.example/services/T0123456789abcdefghij"}, ("url",),
         "notify.literal_secret"),
        ({"kind": "webhook", "url": "https://open.feishu.cn/open-apis/bot/v2/hook/0a1b-2c3d"},
         ("url",), "notify.literal_secret"),
        ({"kind": "webhook", "url": "ftp://h.example/x"}, ("url",), "notify.literal_secret"),
        ({"kind": "webhook", "url": "crm"}, ("url",), "notify.not_url"),
        ({"kind": "apprise", "url": "json://h.example"}, ("url",), "notify.literal_secret"),
        ({"kind": "dingtak", "url": "$A"}, ("kind",), "config.not_choice_like"),
        ({"url": "$A"}, (), "config.missing_key"),
        ({"kind": "wecom"}, (), "config.missing_key"),
        ({"kind": "wecom", "url": "$A", "secret": "$B"}, ("secret",), "config.unknown_key"),
        ("robot", (), "config.not_mapping"),
        ({"kind": "mail", "host": "h", "from": "desk"}, ("from",), "notify.not_address"),
        ({"kind": "mail", "host": "h", "from": "a@b.cn", "password": "$P", "security": "none"},
         ("password",), "notify.plain_password"),
    ],
)  # fmt: skip
def test_a_delivery_that_is_wrong_is_named(delivery: Any, where: Any, key: str) -> None:
    _, faults = read({}, {"x": delivery})
    assert faults == [(("deliveries", "x", *where), key)]


def test_a_server_on_this_machine_needs_no_encryption() -> None:
    local = {"kind": "mail", "host": "localhost", "from": "a@b.cn", "password": "$P",
             "security": "none"}  # fmt: skip
    assert read({}, {"x": local})[1] == []


@pytest.mark.parametrize(
    "path", ["tkt", "a-plain-path-of-many-words", "tkt?shop=1", "v2/tickets#x"]
)
def test_an_address_without_a_secret_may_be_told(path: str) -> None:
    hook = {"kind": "webhook", "url": f"https://crm.shop.example/{path}"}
    assert read({}, {"x": hook})[1] == []


def test_mail_needs_a_server() -> None:
    _, faults = read({"via": "lin@shop.example"}, {})
    assert faults == [(("agents", "lin", "notify", "via", 0), "notify.no_server")]


def test_every_key_is_explained_in_both_languages() -> None:
    from tkt import texts
    from tkt.domain.spec.nested import Record, schema
    from tkt.domain.telling.declared import DELIVERY, NOTIFY, WAY

    asked: list[str] = []
    for kind in (NOTIFY, WAY, DELIVERY):
        schema(kind, lambda key: asked.append(key) or key, title="")  # type: ignore[func-returns-value]
    assert isinstance(NOTIFY, Record)
    for language in texts.LANGUAGES:
        assert {f"schema.{key}" for key in asked} <= set(texts.catalogue(language))
