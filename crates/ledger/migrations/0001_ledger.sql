-- Schema 1. The meaning of every table and column, and the invariants, are in docs/LEDGER.md.

CREATE TABLE coders (
    seq INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    reader TEXT NOT NULL,
    codebook TEXT NOT NULL,
    UNIQUE (version, reader, codebook)
) STRICT;

-- One row a revision: one content of one report.
CREATE TABLE reports (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    stored_at TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    outlet_key TEXT,
    url TEXT,
    language TEXT,
    published TEXT,
    day_first TEXT,
    day_last TEXT,
    json TEXT NOT NULL,
    json_digest BLOB NOT NULL CHECK (length(json_digest) = 32)
) STRICT;
CREATE INDEX reports_by_id ON reports (id, seq);
CREATE INDEX reports_by_outlet ON reports (outlet_key);
CREATE INDEX reports_by_language ON reports (language);
CREATE INDEX reports_by_day ON reports (day_first, day_last);

CREATE TABLE originals (
    report INTEGER PRIMARY KEY REFERENCES reports (seq),
    size INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    bytes BLOB NOT NULL,
    map BLOB NOT NULL
) STRICT;

-- One row for each revision that one version of the coder has coded.
CREATE TABLE codings (
    seq INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (seq),
    coder INTEGER NOT NULL REFERENCES coders (seq),
    coded_at TEXT NOT NULL,
    claims INTEGER NOT NULL,
    UNIQUE (report, coder)
) STRICT;

CREATE TABLE claims (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    coding INTEGER NOT NULL REFERENCES codings (seq),
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    polarity TEXT NOT NULL,
    modality TEXT NOT NULL,
    day_first TEXT,
    day_last TEXT,
    lat REAL,
    lon REAL
) STRICT;
CREATE INDEX claims_by_coding ON claims (coding);
CREATE INDEX claims_by_type ON claims (type);
CREATE INDEX claims_by_day ON claims (day_first, day_last);

-- Apart from claims, so that filters read short rows only.
CREATE TABLE claim_bodies (
    claim INTEGER PRIMARY KEY REFERENCES claims (seq),
    json TEXT NOT NULL,
    json_digest BLOB NOT NULL CHECK (length(json_digest) = 32)
) STRICT;

CREATE TABLE claim_countries (
    country TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims (seq),
    PRIMARY KEY (country, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_countries_by_claim ON claim_countries (claim);

-- The distinct ways in which roles are worded and linked; actor and name are '' for no link.
CREATE TABLE mentions (
    seq INTEGER PRIMARY KEY,
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    UNIQUE (actor, name, words)
) STRICT;

CREATE TABLE claim_mentions (
    mention INTEGER NOT NULL REFERENCES mentions (seq),
    claim INTEGER NOT NULL REFERENCES claims (seq),
    PRIMARY KEY (mention, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_mentions_by_claim ON claim_mentions (claim);

-- Derived: the coding of each report that counts now. The only table whose rows change.
CREATE TABLE current (
    report TEXT PRIMARY KEY,
    coding INTEGER NOT NULL UNIQUE REFERENCES codings (seq)
) STRICT, WITHOUT ROWID;

-- Derived: full-text indexes, rowid = seq of reports and of mentions.
CREATE VIRTUAL TABLE report_text USING fts5 (
    title, text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE mention_text USING fts5 (
    words, name, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER coders_keep BEFORE UPDATE ON coders BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER coders_stay BEFORE DELETE ON coders BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reports_keep BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reports_stay BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER originals_keep BEFORE UPDATE ON originals BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER originals_stay BEFORE DELETE ON originals BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER codings_keep BEFORE UPDATE ON codings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER codings_stay BEFORE DELETE ON codings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claims_keep BEFORE UPDATE ON claims BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claims_stay BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claim_bodies_keep BEFORE UPDATE ON claim_bodies BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claim_bodies_stay BEFORE DELETE ON claim_bodies BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
