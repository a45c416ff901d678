"""``tkt rule``: what a desk does by itself."""
