import GRDB

/// The schema's history, append-only: a migration that was released is never edited.
///
/// Only SQLite's are `STRICT` and `WITHOUT ROWID`; elsewhere `INTEGER PRIMARY KEY` reads as an
/// identity column of 64 bits, `INTEGER` as one of 64 bits, `REAL` as double precision, and the
/// database collates text by bytes, as SQLite does. Times are milliseconds since 1970 UTC: `eventAt`
/// when it happened, as claimed, `knownAt` when Earshot learned of it. Rows are not deleted, so no
/// id is given twice.
enum Migrations {
    struct Migration {
        /// Never given twice; the order is that of `all`.
        let name: String
        let statements: [String]
    }

    static let all = [
        Migration(
            name: "2026-11 from a feed to a digest",
            statements: [declarations, entries, mentions, digests]),
        Migration(name: "2026-11 alerts", statements: [alerts]),
        Migration(name: "2026-11 outbox", statements: [outbox]),
        Migration(name: "2026-11 customers", statements: [customers]),
        Migration(name: "2026-11 sources", statements: [sources]),
    ]

    /// Applies what is missing, in the one transaction that it is given: a start that is killed, or
    /// two at once, leave the schema before or after.
    static func apply(to db: Database) throws {
        if try applied(in: db) == nil {
            try db.execute(
                sql: """
                    CREATE TABLE earshotMigration (
                        number INTEGER PRIMARY KEY,
                        name TEXT NOT NULL UNIQUE
                    ) STRICT
                    """)
        }
        let done = try applied(in: db) ?? []
        for (index, migration) in all.enumerated() where !done.contains(migration.name) {
            for statements in migration.statements { try db.execute(sql: statements) }
            try db.run(
                "INSERT INTO earshotMigration (number, name) VALUES (?, ?)",
                [index + 1, migration.name])
        }
    }

    /// Names of the migrations that this database has seen, in their order; absent where it is no
    /// store yet.
    static func applied(in db: Database) throws -> [String]? {
        guard try db.tableExists("earshotMigration") else { return nil }
        return try db.all("SELECT name FROM earshotMigration ORDER BY number") { try $0.next() }
    }

    /// What people declare, and what the fetcher knows of it.
    private static let declarations = """
        CREATE TABLE source (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE CHECK (key <> ''),
            name TEXT NOT NULL,
            url TEXT NOT NULL CHECK (url <> ''),
            kind TEXT NOT NULL CHECK (kind IN ('social', 'review', 'news')),
            mapping TEXT,
            language TEXT,
            origin TEXT NOT NULL CHECK (origin IN ('file', 'command')),
            knownAt INTEGER NOT NULL,
            changedAt INTEGER NOT NULL,
            retiredAt INTEGER
        ) STRICT;

        CREATE TABLE sourceState (
            source INTEGER PRIMARY KEY REFERENCES source (id),
            etag TEXT,
            lastModified TEXT,
            bodyHash TEXT,
            nextDue INTEGER NOT NULL,
            lastPolled INTEGER,
            lastSucceeded INTEGER,
            lastEntryAt INTEGER,
            failures INTEGER NOT NULL CHECK (failures >= 0),
            lastError TEXT,
            decayedEntries REAL NOT NULL CHECK (decayedEntries >= 0),
            decayedDays REAL NOT NULL CHECK (decayedDays >= 0)
        ) STRICT;
        CREATE INDEX sourceStateDue ON sourceState (nextDue);

        CREATE TABLE poll (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL REFERENCES source (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            outcome TEXT NOT NULL
                CHECK (outcome IN ('parsed', 'notModified', 'sameBody', 'failed')),
            status INTEGER,
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            newEntries INTEGER NOT NULL CHECK (newEntries >= 0),
            error TEXT,
            CHECK (outcome <> 'failed' OR error IS NOT NULL)
        ) STRICT;
        CREATE INDEX pollOfSource ON poll (source, eventAt, id);

        CREATE TABLE brand (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE CHECK (key <> ''),
            names TEXT NOT NULL,
            query TEXT NOT NULL,
            market TEXT NOT NULL,
            isCompetitor INTEGER NOT NULL CHECK (isCompetitor IN (0, 1)),
            knownAt INTEGER NOT NULL,
            changedAt INTEGER NOT NULL,
            retiredAt INTEGER
        ) STRICT;

        CREATE TABLE topic (
            id INTEGER PRIMARY KEY,
            brand INTEGER NOT NULL REFERENCES brand (id),
            key TEXT NOT NULL CHECK (key <> ''),
            kind TEXT NOT NULL CHECK (kind IN ('product', 'aspect')),
            names TEXT NOT NULL,
            query TEXT NOT NULL,
            knownAt INTEGER NOT NULL,
            changedAt INTEGER NOT NULL,
            retiredAt INTEGER,
            UNIQUE (brand, key)
        ) STRICT;
        """

    /// An entry is known again by either of two keys; what its publisher changes later is a
    /// revision beside the first report.
    private static let entries = """
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL REFERENCES source (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            url TEXT,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            authorPlatform TEXT,
            authorHandle TEXT,
            authorName TEXT,
            language TEXT,
            published INTEGER,
            likes INTEGER,
            reposts INTEGER,
            replies INTEGER,
            reach INTEGER,
            CHECK ((authorPlatform IS NULL) = (authorHandle IS NULL)),
            CHECK (authorName IS NULL OR authorHandle IS NOT NULL)
        ) STRICT;
        CREATE INDEX entryOfSource ON entry (source, eventAt, knownAt);

        CREATE TABLE entryKey (
            source INTEGER NOT NULL REFERENCES source (id),
            key TEXT NOT NULL CHECK (length(key) = 32),
            entry INTEGER NOT NULL REFERENCES entry (id),
            PRIMARY KEY (source, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX entryKeyOfEntry ON entryKey (entry);

        CREATE TABLE entryRevision (
            entry INTEGER NOT NULL REFERENCES entry (id),
            number INTEGER NOT NULL CHECK (number > 0),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (entry, number)
        ) STRICT, WITHOUT ROWID;
        """

    /// A mention's story is one of its own brand; of its sentiments the latest known is in force.
    private static let mentions = """
        CREATE TABLE story (
            id INTEGER PRIMARY KEY,
            brand INTEGER NOT NULL REFERENCES brand (id),
            startedAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            UNIQUE (id, brand)
        ) STRICT;

        CREATE TABLE mention (
            id INTEGER PRIMARY KEY,
            brand INTEGER NOT NULL REFERENCES brand (id),
            entry INTEGER NOT NULL REFERENCES entry (id),
            story INTEGER NOT NULL,
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            UNIQUE (brand, entry),
            FOREIGN KEY (story, brand) REFERENCES story (id, brand)
        ) STRICT;
        CREATE INDEX mentionOfBrand ON mention (brand, eventAt, id);
        CREATE INDEX mentionByTime ON mention (eventAt, id);
        CREATE INDEX mentionOfEntry ON mention (entry);
        CREATE INDEX mentionOfStory ON mention (story, brand);

        CREATE TABLE hit (
            mention INTEGER NOT NULL REFERENCES mention (id),
            ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
            knownAt INTEGER NOT NULL,
            field TEXT NOT NULL CHECK (field IN ('title', 'text')),
            startByte INTEGER NOT NULL CHECK (startByte >= 0),
            endByte INTEGER NOT NULL CHECK (endByte > startByte),
            term TEXT NOT NULL,
            topic INTEGER REFERENCES topic (id),
            PRIMARY KEY (mention, ordinal)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sentiment (
            id INTEGER PRIMARY KEY,
            mention INTEGER NOT NULL REFERENCES mention (id),
            knownAt INTEGER NOT NULL,
            version TEXT NOT NULL CHECK (version <> ''),
            label TEXT NOT NULL CHECK (label IN ('negative', 'neutral', 'positive')),
            score REAL NOT NULL CHECK (score BETWEEN -1 AND 1),
            negative REAL NOT NULL CHECK (negative BETWEEN 0 AND 1),
            neutral REAL NOT NULL CHECK (neutral BETWEEN 0 AND 1),
            positive REAL NOT NULL CHECK (positive BETWEEN 0 AND 1),
            prior REAL NOT NULL,
            evidence TEXT NOT NULL,
            UNIQUE (mention, knownAt),
            CHECK (abs(negative + neutral + positive - 1) < 0.000001)
        ) STRICT;
        """

    private static let digests = """
        CREATE TABLE digest (
            id INTEGER PRIMARY KEY,
            reader TEXT NOT NULL CHECK (reader <> ''),
            localDate TEXT NOT NULL CHECK (length(localDate) = 10),
            kind TEXT NOT NULL CHECK (kind <> ''),
            contents TEXT NOT NULL,
            cut INTEGER NOT NULL,
            madeAt INTEGER NOT NULL,
            UNIQUE (reader, localDate, kind)
        ) STRICT;
        """
}
