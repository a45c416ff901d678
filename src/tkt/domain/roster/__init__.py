"""Who is on shift when: shifts, leave and swaps, and what follows from them."""
