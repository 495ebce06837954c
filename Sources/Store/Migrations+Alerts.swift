extension Migrations {
    /// An alert is named by its brand and the tick that raised it; what happens to it is appended.
    ///
    /// Each once, so that a tick that is run again adds nothing. `eventAt` is where the window of
    /// the figures begins.
    ///
    /// `detector` holds what a brand's detector remembers, as of the last tick that was run.
    static let alerts = """
        CREATE TABLE alert (
            id INTEGER PRIMARY KEY,
            brand INTEGER NOT NULL REFERENCES brand (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            UNIQUE (brand, knownAt)
        ) STRICT;
        CREATE INDEX alertByTime ON alert (knownAt, id);

        CREATE TABLE alertEvent (
            id INTEGER PRIMARY KEY,
            alert INTEGER NOT NULL REFERENCES alert (id),
            kind TEXT NOT NULL CHECK (kind IN ('opened', 'updated', 'resolved')),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            facts TEXT NOT NULL,
            UNIQUE (alert, kind, knownAt)
        ) STRICT;
        CREATE UNIQUE INDEX alertOpensOnce ON alertEvent (alert) WHERE kind = 'opened';
        CREATE UNIQUE INDEX alertResolvesOnce ON alertEvent (alert) WHERE kind = 'resolved';

        CREATE TABLE detector (
            brand INTEGER PRIMARY KEY REFERENCES brand (id),
            watermark INTEGER NOT NULL,
            standing TEXT NOT NULL
        ) STRICT;

        CREATE INDEX sentimentByKnowledge ON sentiment (knownAt, mention);
        """
}
