"""``tkt canned``: replies that are ready to be sent."""
