"""Tickets in and out: what other systems write becomes tickets, and tickets become files."""
