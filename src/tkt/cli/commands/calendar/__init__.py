"""``tkt calendar``: business calendars."""
