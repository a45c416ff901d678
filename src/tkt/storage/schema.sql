-- The index: a cache, and a pure function of the commit that `meta` names.
-- By row ids: a search in a table without them reads each value that it comes by, and some are large.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE tickets (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL, path TEXT NOT NULL, blob TEXT NOT NULL, archived INTEGER NOT NULL,
    title TEXT NOT NULL, status TEXT NOT NULL, state TEXT NOT NULL, workflow TEXT, category TEXT,
    priority TEXT, priority_rank INTEGER NOT NULL, severity INTEGER, channel TEXT, customer TEXT,
    "order" TEXT, team TEXT, assignee TEXT, level INTEGER, opened INTEGER NOT NULL,
    updated INTEGER NOT NULL, due INTEGER, messages INTEGER NOT NULL, replies INTEGER NOT NULL,
    notes INTEGER NOT NULL, first_reply INTEGER, waiting_since INTEGER, resolved INTEGER,
    closed INTEGER, contested INTEGER NOT NULL, external TEXT, until INTEGER, claimant TEXT,
    claimed INTEGER, merged_into TEXT, late_from INTEGER, wake INTEGER,
    transfers INTEGER NOT NULL
);
-- What the clocks of a ticket hang on, to reckon again without reading its file.
CREATE TABLE tracks (num INTEGER PRIMARY KEY, track TEXT NOT NULL);
CREATE TABLE docs (num INTEGER PRIMARY KEY, doc TEXT NOT NULL);
-- Lists, and links to other tickets: field, item, whose.
CREATE TABLE items (
    field TEXT, item TEXT, num INTEGER, PRIMARY KEY (field, item, num)
) WITHOUT ROWID;
-- What fills inboxes: whose, when, of which event, and why they are told.
CREATE TABLE notices (
    agent TEXT, at INTEGER, num INTEGER, event TEXT, why TEXT NOT NULL,
    PRIMARY KEY (agent, at, num, event)
) WITHOUT ROWID;
-- What happened; counts says what of it is counted, bit by bit: see tkt.domain.summary.
CREATE TABLE events (
    num INTEGER, id TEXT, at INTEGER NOT NULL, by TEXT NOT NULL, do TEXT NOT NULL,
    counts INTEGER NOT NULL,
    PRIMARY KEY (num, id)
) WITHOUT ROWID;
CREATE TABLE broken (
    path TEXT PRIMARY KEY, id TEXT, line INTEGER, "column" INTEGER, key TEXT, params TEXT
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0"
);
-- Who was given a ticket when, by whatever event: what fair routing counts.
CREATE TABLE gifts (
    agent TEXT, at INTEGER, num INTEGER, event TEXT, PRIMARY KEY (agent, at, num, event)
) WITHOUT ROWID;
-- Tickets that nobody has and somebody should: what they need, and since when nobody has them.
CREATE TABLE waits (
    num INTEGER PRIMARY KEY, parked INTEGER NOT NULL, need TEXT NOT NULL, since INTEGER NOT NULL
);
-- Customers; without a doc where the file cannot be read as one.
CREATE TABLE customers (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, blob TEXT NOT NULL, name TEXT, merged_into TEXT,
    doc TEXT
) WITHOUT ROWID;
-- By what each is found: contact as contacts are compared, channel (empty: a name), whose.
CREATE TABLE contacts (
    contact TEXT, channel TEXT, id TEXT, PRIMARY KEY (contact, channel, id)
) WITHOUT ROWID;
CREATE TABLE customer_tags (tag TEXT, id TEXT, PRIMARY KEY (tag, id)) WITHOUT ROWID;
-- Orders, by number and the day's file: after a merge one may stand in two.
CREATE TABLE orders (
    number TEXT, path TEXT, customer TEXT NOT NULL, ordered INTEGER, paid INTEGER,
    amount INTEGER NOT NULL, refunded INTEGER NOT NULL, status TEXT NOT NULL, items TEXT NOT NULL,
    sku TEXT NOT NULL, quantity INTEGER, rating INTEGER, channel TEXT NOT NULL,
    PRIMARY KEY (number, path)
) WITHOUT ROWID;
-- Articles of the knowledge base, whole; one that cannot be read has no row.
CREATE TABLE articles (
    num INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, blob TEXT NOT NULL, slug TEXT NOT NULL,
    kind TEXT NOT NULL, lang TEXT NOT NULL, status TEXT NOT NULL, audience TEXT NOT NULL,
    doc TEXT NOT NULL
);
-- `filed` holds the marks by which a search is narrowed down without a look at any row.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, questions, body, filed, content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE article_terms USING fts5vocab (article_words, row);
-- What is typed to get an article: its name, and the shortcuts of a reply.
CREATE TABLE shortcuts (
    shortcut TEXT, num INTEGER, PRIMARY KEY (shortcut, num)
) WITHOUT ROWID;
-- Which tickets an article served: by which event, of what kind, by whom.
CREATE TABLE article_uses (
    slug TEXT, at INTEGER, num INTEGER, event TEXT, do TEXT NOT NULL, by TEXT NOT NULL,
    PRIMARY KEY (slug, at, num, event)
) WITHOUT ROWID;
