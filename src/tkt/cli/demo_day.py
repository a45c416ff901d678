"""The day that ``tkt demo`` plays: who does what, when, in Chinese and in English."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """One command: at ``time`` of the day, by ``actor``; ``name`` remembers the ticket it opens.

    ``{name}`` in ``words`` stands for the id of a ticket opened before.
    """

    time: str
    actor: str
    words: tuple[str, ...]
    name: str = ""


TEAM = {
    "zh": """\
agents:
  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales]}
  wang: {name: 王强, email: [wang@shop.example], teams: [presale]}
  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [complaint]}
teams:
  presale: {name: A组售前, lead: wang}
  aftersales: {name: B组售后, lead: lin}
  complaint: {name: C组客诉, lead: zhao}
""",
    "en": """\
agents:
  lin: {name: Lin, email: [lin@shop.example], teams: [aftersales]}
  wang: {name: Wang, email: [wang@shop.example], teams: [presale]}
  zhao: {name: Zhao, email: [zhao@shop.example], teams: [complaint]}
teams:
  presale: {name: Presale, lead: wang}
  aftersales: {name: After-sales, lead: lin}
  complaint: {name: Complaints, lead: zhao}
""",
}

_ZH = (
    Step(
        "09:02",
        "lin",
        (
            "new",
            "收到的杯子碎了,要求退款",
            "category=quality",
            "--customer",
            "小王",
            "--channel",
            "wechat",
            "--order",
            "2511002233",
            "--team",
            "aftersales",
            "-m",
            "昨天收到的玻璃杯打开就是碎的,我要退款!",
        ),
        "cup",
    ),
    Step(
        "09:05",
        "wang",
        (
            "new",
            "保温杯能装热水吗",
            "category=presale",
            "--customer",
            "阿芳",
            "--channel",
            "web",
            "--team",
            "presale",
            "-m",
            "想买给孩子,能装 90 度的热水吗?",
        ),
        "flask",
    ),
    Step(
        "09:11",
        "lin",
        (
            "new",
            "快递三天没动",
            "category=logistics",
            "--customer",
            "李先生",
            "--channel",
            "phone",
            "--order",
            "2511002198",
            "--team",
            "aftersales",
            "-m",
            "顾客来电:物流停在杭州三天了,很着急。",
        ),
        "parcel",
    ),
    Step(
        "09:20",
        "zhao",
        (
            "new",
            "差评:客服不理人",
            "category=complaint",
            "--priority",
            "urgent",
            "--customer",
            "暴躁的猫",
            "--channel",
            "app",
            "--team",
            "complaint",
            "--tag",
            "差评",
            "-m",
            "问了两次都没人回,差评!",
        ),
        "cat",
    ),
    Step("09:26", "lin", ("set", "{cup}", "status=处理中", "assignee=林小满", "priority=高")),
    Step("09:27", "lin", ("note", "{cup}", "已请顾客拍照,照片显示杯底碎裂,符合破损包赔。")),
    Step(
        "09:31",
        "wang",
        (
            "set",
            "{flask}",
            "status=resolved",
            "assignee=me",
            "--reason",
            "可以装热水,已告知注意烫嘴",
        ),
    ),
    Step(
        "09:40",
        "lin",
        ("set", "{parcel}", "assignee=lin", "status=pending", "--reason", "已催件,等快递公司回复"),
    ),
    Step("09:41", "zhao", ("set", "{cat}", "assignee=zhao", "status=open", "tags+=vip")),
    Step("10:15", "lin", ("note", "{cup}", "退款已提交,48 小时内到账。")),
    Step("10:16", "lin", ("set", "{cup}", "status=resolved", "--reason", "已全额退款")),
    Step("10:20", "lin", ("show", "{cup}")),
    Step("10:21", "lin", ("list",)),
    Step("10:22", "zhao", ("list", "team:complaint priority>=high")),
    Step("10:23", "lin", ("search", "退款")),
    Step("10:24", "lin", ("log", "{cup}")),
)

_EN = (
    Step(
        "09:02",
        "lin",
        (
            "new",
            "The cup arrived broken, wants a refund",
            "category=quality",
            "--customer",
            "Mr Wang",
            "--channel",
            "wechat",
            "--order",
            "2511002233",
            "--team",
            "aftersales",
            "-m",
            "The glass was broken in the box. I want my money back!",
        ),
        "cup",
    ),
    Step(
        "09:05",
        "wang",
        (
            "new",
            "Is the flask safe for hot water",
            "category=presale",
            "--customer",
            "Fang",
            "--channel",
            "web",
            "--team",
            "presale",
            "-m",
            "It is for my child: can it hold water of 90 degrees?",
        ),
        "flask",
    ),
    Step(
        "09:11",
        "lin",
        (
            "new",
            "Parcel stuck for three days",
            "category=logistics",
            "--customer",
            "Mr Li",
            "--channel",
            "phone",
            "--order",
            "2511002198",
            "--team",
            "aftersales",
            "-m",
            "Customer on the phone: stuck in Hangzhou for three days.",
        ),
        "parcel",
    ),
    Step(
        "09:20",
        "zhao",
        (
            "new",
            "Bad review: nobody answers",
            "category=complaint",
            "--priority",
            "urgent",
            "--customer",
            "grumpy-cat",
            "--channel",
            "app",
            "--team",
            "complaint",
            "--tag",
            "bad-review",
            "-m",
            "I asked twice and nobody answered!",
        ),
        "cat",
    ),
    Step("09:26", "lin", ("set", "{cup}", "status=open", "assignee=Lin", "priority=high")),
    Step("09:27", "lin", ("note", "{cup}", "The photo shows a cracked bottom: covered.")),
    Step(
        "09:31",
        "wang",
        (
            "set",
            "{flask}",
            "status=resolved",
            "assignee=me",
            "--reason",
            "it is safe; told to mind the lips",
        ),
    ),
    Step(
        "09:40",
        "lin",
        (
            "set",
            "{parcel}",
            "assignee=lin",
            "status=pending",
            "--reason",
            "carrier asked, waiting for an answer",
        ),
    ),
    Step("09:41", "zhao", ("set", "{cat}", "assignee=zhao", "status=open", "tags+=vip")),
    Step("10:15", "lin", ("note", "{cup}", "Refund sent, with the customer within 48 hours.")),
    Step("10:16", "lin", ("set", "{cup}", "status=resolved", "--reason", "refunded in full")),
    Step("10:20", "lin", ("show", "{cup}")),
    Step("10:21", "lin", ("list",)),
    Step("10:22", "zhao", ("list", "team:complaint priority>=high")),
    Step("10:23", "lin", ("search", "refund")),
    Step("10:24", "lin", ("log", "{cup}")),
)

DAYS = {"zh": _ZH, "en": _EN}
