"""A desk's words, for the tests of the query language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tkt.domain.query.reading import read
from tkt.domain.query.vocabulary import FieldSpec, Vocabulary

if TYPE_CHECKING:
    from tkt.domain.query import Query

TZ = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 14, 3, 11, tzinfo=TZ)

STATUS = {"新建": "new", "New": "new", "处理中": "open", "Open": "open", "等客户": "waiting"}
STATUS |= {"已解决": "resolved", "已关闭": "closed"}
TEAMS = {"售后": "aftersales", "售前": "presales"}
PEOPLE = {"林晓": "lin", "Wang": "wang"}
PRIORITY = {"低": "low", "普通": "normal", "高": "high", "紧急": "urgent"}

VOCABULARY = Vocabulary(
    fields={
        "id": FieldSpec("id", nullable=False),
        "title": FieldSpec("text", nullable=False),
        "status": FieldSpec("name", STATUS, closed=True, nullable=False),
        "state": FieldSpec("name", {"进行中": "active", "暂停": "paused"}),
        "category": FieldSpec("name", {"质量问题": "quality"}),
        "priority": FieldSpec(
            "name", PRIORITY, closed=True, ranks=("low", "normal", "high", "urgent")
        ),
        "severity": FieldSpec("number"),
        "level": FieldSpec("number"),
        "replies": FieldSpec("number", nullable=False),
        "channel": FieldSpec("name", {"微信": "wechat", "电话": "phone"}),
        "customer": FieldSpec("name"),
        "order": FieldSpec("name"),
        "external": FieldSpec("text"),
        "team": FieldSpec("name", TEAMS, closed=True),
        "assignee": FieldSpec("name", PEOPLE, closed=True),
        "tags": FieldSpec("list", multi=True),
        "opened": FieldSpec("time", nullable=False),
        "updated": FieldSpec("time", nullable=False),
        "due": FieldSpec("time"),
        "first_reply": FieldSpec("time"),
        "size": FieldSpec("name"),
        "weight": FieldSpec("number"),
        "bought": FieldSpec("time"),
    },
    aliases={
        "单号": "id",
        "标题": "title",
        "状态": "status",
        "优先级": "priority",
        "严重程度": "severity",
        "渠道": "channel",
        "客户": "customer",
        "订单": "order",
        "团队": "team",
        "负责人": "assignee",
        "标签": "tags",
        "tag": "tags",
        "开单时间": "opened",
        "到期": "due",
    },
    flags={
        "overdue": "overdue",
        "超时": "overdue",
        "archived": "archived",
        "已归档": "archived",
        "contested": "contested",
        "edited": "edited",
        "unassigned": "unassigned",
    },
)


def bound(text: str, *, me: str | None = "lin") -> Query:
    """The bound query of the sample desk."""
    return read(text, vocabulary=VOCABULARY, now=NOW, tz=TZ, me=me)
