"""Canned replies on a desk: finding them, filling them in, sending them, and how they did."""
