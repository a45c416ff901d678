"""Who gets a ticket, in Chinese."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "routing.given": "{id} 分给 {who}：{why}",
    "routing.nobody": "{id} 还没有人接：{why}",
    "routing.refused": "{id} 没有分出去：{why}",
}
