"""What a text is about: categories, their words, and how a decision is reached."""
