CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL, delivery TEXT NOT NULL, recipient_to TEXT NOT NULL,
    recipient TEXT NOT NULL, ticket TEXT NOT NULL, event TEXT NOT NULL, why TEXT NOT NULL,
    facts TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', made INTEGER NOT NULL,
    due INTEGER NOT NULL, batch TEXT, tries INTEGER NOT NULL DEFAULT 0, error TEXT, ended INTEGER,
    UNIQUE (key, delivery, recipient_to)
);
CREATE INDEX messages_state ON messages (state, due);
CREATE INDEX messages_ended ON messages (delivery, ended);
