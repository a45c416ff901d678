"""Help on tickets that repeat each other, in English."""

from __future__ import annotations

TEXTS = {
    "help.option.merge_into": "Say it on this ticket, as a message of the customer, instead of opening another",
    "help.similar": (
        "Tickets that one may repeat\n"
        "\n"
        "Of the same order, of the same customer and category, or with nearly the same words; with how alike they are and why. Looked at are open tickets, and resolved ones of the last days (duplicates in tkt.yaml). Nothing is merged by this: see tkt merge.\n"
        "\n"
        "  $ tkt similar 7KQ4\n"
        "  $ tkt similar 7KQ4 --json"
    ),
}
