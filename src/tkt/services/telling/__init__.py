"""Getting notices to people: looking for new ones, delivering them, and what became of each."""
