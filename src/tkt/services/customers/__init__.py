"""Customers: finding one, keeping their files, importing what they ordered, giving them tags."""
