"""``tkt view``: saved queries."""
