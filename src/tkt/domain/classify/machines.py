"""Mail that a machine wrote: out-of-office replies, and notices that a mail could not be delivered.

A customer who complains of automatic replies is no machine: only how a message begins tells.
"""

from __future__ import annotations

import re
from functools import cache

_BEGINS = (
    # What mail programs put before a subject says nothing of who wrote it.
    r"(?:(?:re|fw|fwd|aw|回复|答复|转发)\s?: ?)*[\[【(]?(?:"
    r"(?:假期|休假|外出|离职)?自动(?:回复|答复|应答)"
    r"|外出(?:回复|通知|提醒|公干|出差|休假|中,)|不在办公室"
    r"|(?:系统)?退信|邮件(?:投递|发送|递送)失败|(?:投递|发送|递送)失败|无法投递|未送达的?邮件|邮件无法送达"
    r"|automatic reply|auto(?:matic)?[- ]?(?:reply|response|responder)|out of (?:the )?office"
    r"|undeliver(?:ed|able)|mail delivery (?:failed|failure|subsystem|system)"
    r"|delivery status notification|delivery (?:has )?fail(?:ed|ure)|returned mail|failure notice"
    r")(?:$|[:,;.!\n\]】)( -]|通知|邮件)"
)
_SAYS_SO = (
    r"(?:此|这|该|本)(?:是一封|封)?(?:邮件|信)?(?:为|由|是)?系统?自动(?:发送|发出|生成|回复)"
    r"|这是一封自动|this is an auto(?:mated|matic|matically generated)"
    r" (?:message|reply|response|e-?mail)"
)
_SIGNS = (
    "自动", "外出", "办公室", "退信", "失败", "投递", "送达", "auto", "office", "deliver",
    "returned mail", "failure",
)  # fmt: skip
"""One of these stands in every such mail; without them nothing need be looked at closely."""
_CHECKED = 400
"""So much of a message is looked through for its saying that a machine wrote it."""


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(_BEGINS)


@cache
def _says_so() -> re.Pattern[str]:
    return re.compile(_SAYS_SO)


def is_machine_mail(folded: str) -> bool:
    """Whether a folded text (its subject first) is one that a machine sent by itself."""
    folded = folded[:_CHECKED]
    if not any(sign in folded for sign in _SIGNS):
        return False
    return _begins().match(folded) is not None or _says_so().search(folded) is not None
