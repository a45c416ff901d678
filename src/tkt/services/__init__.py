"""What a desk can do, one function each: load, let the domain decide, save. Nothing prints here."""
