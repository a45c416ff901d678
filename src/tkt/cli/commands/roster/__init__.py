"""``tkt roster``: who works when."""
