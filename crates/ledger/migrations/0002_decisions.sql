-- Schema 2: people's decisions, and codings that count again. docs/LEDGER.md explains them.

-- One row a decision. `json` is the truth; `hash` is that of `before` and `json`.
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    act TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    json TEXT NOT NULL,
    before BLOB NOT NULL CHECK (length(before) = 32),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;

-- Derived: how many decisions there are, and the hash of the last. It shows that the log's end is there.
CREATE TABLE decision_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entries INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO decision_head (one, entries, hash) VALUES (1, 0, zeroblob(32));

-- A coding that counts again; `place` is the number of the coding that was the last one then.
CREATE TABLE returns (
    seq INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES codings (seq),
    place INTEGER NOT NULL,
    returned_at TEXT NOT NULL
) STRICT;
CREATE INDEX returns_by_coding ON returns (coding);

CREATE TRIGGER decisions_keep BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER returns_keep BEFORE UPDATE ON returns BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER returns_stay BEFORE DELETE ON returns BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
