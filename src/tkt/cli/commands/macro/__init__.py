"""``tkt macro``: several actions at one word."""
