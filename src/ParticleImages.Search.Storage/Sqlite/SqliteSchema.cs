namespace ParticleImages.Search.Storage.Sqlite;

/// <summary>The tables. Whoever changes them counts up the version and says how to come from the one before.</summary>
internal static class SqliteSchema
{
    /// <summary>The letters PISC, by which the file is known as ours.</summary>
    public const int Application = 0x50495343;

    public const int Version = 1;

    /// <summary>States are words and times ISO 8601 in UTC, which sort like times, so that people can read the file, too.</summary>
    /// <remarks>
    /// A trial's revision is the count of changes at its last one, and every change is one of a trial, so the greatest is the store's. A report has its trial's of that moment. Claims look at open trials only, and
    /// those who follow at the newest revisions: both indices keep that as quick at 100 000 trials as at the first.
    /// </remarks>
    public static string Text { get; } = $"""
        PRAGMA application_id = {Application};
        PRAGMA user_version = {Version};
        CREATE TABLE scan (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            space TEXT NOT NULL, strategy TEXT NOT NULL, objectives TEXT NOT NULL, seed TEXT NOT NULL, repeats INTEGER NOT NULL,
            subject TEXT NOT NULL) STRICT;
        CREATE TABLE run (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            owner TEXT NOT NULL, lease TEXT NOT NULL) STRICT;
        CREATE TABLE trials (
            number INTEGER PRIMARY KEY, proposal INTEGER NOT NULL, repeat INTEGER NOT NULL, configuration TEXT NOT NULL, seed INTEGER NOT NULL, mark TEXT, rank INTEGER NOT NULL,
            state TEXT NOT NULL, attempt INTEGER NOT NULL, failures INTEGER NOT NULL, owner TEXT, started TEXT, ended TEXT, last_step INTEGER,
            metrics TEXT NOT NULL, objectives TEXT NOT NULL, message TEXT, notes TEXT NOT NULL, lease TEXT, revision INTEGER NOT NULL) STRICT;
        CREATE INDEX open_trials ON trials (rank, number) WHERE state IN ('Pending', 'Running');
        CREATE INDEX changed_trials ON trials (revision);
        CREATE TABLE reports (
            trial INTEGER NOT NULL, step INTEGER NOT NULL, metrics TEXT NOT NULL, revision INTEGER NOT NULL,
            PRIMARY KEY (trial, step)) STRICT, WITHOUT ROWID;
        CREATE INDEX changed_reports ON reports (revision);
        """;
}
