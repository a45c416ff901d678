"""Tone on a desk: a look at what is about to be said, and at what has been."""
