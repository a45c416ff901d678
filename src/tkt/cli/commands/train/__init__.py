"""``tkt train``: courses, and who has taken them."""
