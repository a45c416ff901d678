"""Articles of the knowledge base: what a file of one says, and finding the one that answers."""
