"""``tkt agent``: who works here."""
