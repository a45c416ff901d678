"""The day that ``tkt demo`` plays: a script and a team in each language, as text files."""

from __future__ import annotations

from tkt.domain.change import Person

LEADS = {
    "zh": Person("zhao", "赵敏", "zhao@shop.example"),
    "en": Person("zoe", "Zoe Marsh", "zoe@shop.example"),
}
"""Who makes the desk before the day begins."""
