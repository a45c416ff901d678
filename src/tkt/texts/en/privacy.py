"""What is said of personal data, and of tickets that repeat each other, in English."""

from __future__ import annotations

TEXTS = {
    "masking.done": "masked in {id}: {kinds}; in full it belongs into the customer's file, never on a ticket",
    "masking.unmasked": "ticket {id} shows personal data: {kinds}",
    "masking.unmasked.hint": "it was recorded before masking or past it, and Git keeps it; what is written from now on is masked",
}
