"""``tkt route``: who gets a ticket, and who would have."""
