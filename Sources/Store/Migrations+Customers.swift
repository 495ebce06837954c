extension Migrations {
    /// The customer side: who buys, what is for sale, what was done, who is whom, what was decided.
    ///
    /// A profile or item that changes gets a row beside the old one; of an identity the latest
    /// report is in force; an interaction and a decision are never changed.
    static let customers = """
        CREATE TABLE customer (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE CHECK (key <> '')
        ) STRICT;

        CREATE TABLE customerProfile (
            customer INTEGER NOT NULL REFERENCES customer (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            name TEXT NOT NULL,
            email TEXT,
            language TEXT NOT NULL,
            country TEXT,
            zone TEXT,
            tier INTEGER NOT NULL CHECK (tier BETWEEN 0 AND 9),
            since INTEGER NOT NULL,
            allowsEmail INTEGER NOT NULL CHECK (allowsEmail IN (0, 1)),
            allowsProfiling INTEGER NOT NULL CHECK (allowsProfiling IN (0, 1)),
            openCaseSince INTEGER,
            PRIMARY KEY (customer, knownAt)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE item (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE CHECK (key <> '')
        ) STRICT;

        CREATE TABLE itemVersion (
            item INTEGER NOT NULL REFERENCES item (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            brand TEXT NOT NULL CHECK (brand <> ''),
            product TEXT,
            category TEXT NOT NULL,
            price INTEGER NOT NULL CHECK (price >= 0),
            margin INTEGER NOT NULL,
            titles TEXT NOT NULL,
            PRIMARY KEY (item, knownAt)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE identity (
            platform TEXT NOT NULL CHECK (platform <> ''),
            handle TEXT NOT NULL CHECK (handle <> ''),
            customer INTEGER NOT NULL REFERENCES customer (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
            hasConsent INTEGER NOT NULL CHECK (hasConsent IN (0, 1)),
            PRIMARY KEY (platform, handle, customer, knownAt)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identityOfCustomer ON identity (customer, knownAt);

        CREATE TABLE interaction (
            customer INTEGER NOT NULL REFERENCES customer (id),
            eventAt INTEGER NOT NULL,
            item INTEGER NOT NULL REFERENCES item (id),
            kind TEXT NOT NULL CHECK (kind IN ('view', 'purchase', 'return')),
            knownAt INTEGER NOT NULL,
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            price INTEGER CHECK (price >= 0),
            PRIMARY KEY (customer, eventAt, item, kind)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE decision (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE CHECK (key <> ''),
            customer INTEGER NOT NULL REFERENCES customer (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            rule TEXT NOT NULL,
            action TEXT,
            item TEXT,
            propensity REAL NOT NULL CHECK (propensity > 0 AND propensity <= 1),
            isControl INTEGER NOT NULL CHECK (isControl IN (0, 1)),
            contents TEXT NOT NULL,
            CHECK ((action IS NULL) = (item IS NULL)),
            CHECK (isControl = 0 OR action IS NULL)
        ) STRICT;
        CREATE INDEX decisionOfCustomer ON decision (customer, eventAt);
        """
}
