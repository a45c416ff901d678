"""Help on routing, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.assign_auto": "Find agents for what nobody has, as its workflow says; a query may follow",
    "help.option.assign_explain": "With --auto: list everybody with their load and what speaks against them",
}
