"""Canned replies: whose they are, in which language they are said, and what comes of them."""
