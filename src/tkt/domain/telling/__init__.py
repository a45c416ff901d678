"""How notices reach people: by which ways, when, in which messages, and when to try again."""
