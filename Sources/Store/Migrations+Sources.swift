extension Migrations {
    /// Where a source has moved to, how its server and its document want to be asked, and hosts that
    /// are left alone for a while.
    ///
    /// `parameters` is a JSON object of texts; `mark` belongs to the source's mapping.
    /// `warnings` are kinds with their counts, in one line.
    /// `feedInterval` is in milliseconds; of `skipHours` bit h stands for an hour, of `skipDays`
    /// bit 0 for Monday.
    static let sources = """
        ALTER TABLE source ADD COLUMN folder TEXT CHECK (folder <> '');
        ALTER TABLE source ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE sourceState ADD COLUMN mark TEXT;
        ALTER TABLE sourceState ADD COLUMN warnings TEXT CHECK (warnings <> '');
        ALTER TABLE poll ADD COLUMN warnings TEXT CHECK (warnings <> '');
        ALTER TABLE sourceState ADD COLUMN validatorsSince INTEGER;
        ALTER TABLE sourceState ADD COLUMN unchangedInRow INTEGER NOT NULL DEFAULT 0
            CHECK (unchangedInRow >= 0);
        ALTER TABLE sourceState ADD COLUMN movedTo TEXT;
        ALTER TABLE sourceState ADD COLUMN movedAt INTEGER
            CHECK ((movedAt IS NULL) = (movedTo IS NULL));
        ALTER TABLE sourceState ADD COLUMN host TEXT;
        ALTER TABLE sourceState ADD COLUMN dueReason TEXT NOT NULL DEFAULT 'new'
            CHECK (dueReason IN ('new', 'rate', 'asleep', 'alert', 'freshness', 'feedInterval',
                'skippedTimes', 'backOff', 'retryAfter', 'disabled'));
        ALTER TABLE sourceState ADD COLUMN notBefore INTEGER;
        ALTER TABLE sourceState ADD COLUMN missingSince INTEGER;
        ALTER TABLE sourceState ADD COLUMN feedInterval INTEGER CHECK (feedInterval >= 0);
        ALTER TABLE sourceState ADD COLUMN skipHours INTEGER NOT NULL DEFAULT 0
            CHECK (skipHours BETWEEN 0 AND 16777215);
        ALTER TABLE sourceState ADD COLUMN skipDays INTEGER NOT NULL DEFAULT 0
            CHECK (skipDays BETWEEN 0 AND 127);

        CREATE TABLE hostPause (
            host TEXT PRIMARY KEY CHECK (host <> ''),
            source INTEGER NOT NULL REFERENCES source (id),
            eventAt INTEGER NOT NULL,
            knownAt INTEGER NOT NULL,
            until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
