"""Finding agents for tickets: what the index tells of them, and what is recorded of a decision."""
