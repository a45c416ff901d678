"""Who gets a ticket, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "routing.given": "{id} goes to {who}: {why}",
    "routing.nobody": "{id} waits for somebody: {why}",
    "routing.refused": "{id} was not given to anybody: {why}",
}
