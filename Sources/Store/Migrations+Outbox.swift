extension Migrations {
    /// What is to be delivered, each sending of it, and destinations that are gone for good.
    ///
    /// A webhook's id may hold no full stop, because its signature joins the fields with them.
    static let outbox = """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            message TEXT NOT NULL CHECK (message <> '' AND message NOT LIKE '%.%'),
            destination TEXT NOT NULL CHECK (destination <> ''),
            kind TEXT NOT NULL CHECK (kind <> ''),
            payload TEXT NOT NULL,
            knownAt INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed', 'disabled')),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            nextAttemptAt INTEGER NOT NULL,
            settledAt INTEGER,
            lastStatus INTEGER,
            lastError TEXT,
            UNIQUE (destination, message),
            CHECK ((state = 'pending') = (settledAt IS NULL))
        ) STRICT;
        CREATE INDEX outboxPending ON outbox (destination, id) WHERE state = 'pending';

        CREATE TABLE deliveryAttempt (
            message INTEGER NOT NULL REFERENCES outbox (id),
            number INTEGER NOT NULL CHECK (number > 0),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            status INTEGER,
            error TEXT,
            PRIMARY KEY (message, number),
            CHECK ((status IS NULL) <> (error IS NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE destinationEnd (
            destination TEXT NOT NULL,
            url TEXT NOT NULL,
            knownAt INTEGER NOT NULL,
            PRIMARY KEY (destination, url)
        ) STRICT, WITHOUT ROWID;
        """
}
