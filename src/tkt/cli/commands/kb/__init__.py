"""``tkt kb``: articles, and searching them."""
