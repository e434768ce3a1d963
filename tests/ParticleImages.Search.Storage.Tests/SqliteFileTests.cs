using Microsoft.Data.Sqlite;
using ParticleImages.Search.Storage.Sqlite;

namespace ParticleImages.Search.Storage.Tests;

/// <summary>The file: whose it is, what it refuses, and that it is whole whatever happens.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly ScanHeader Header = new("space", "random", "least loss", 1, 1);

    private readonly TemporaryFolder folder = new();

    private string Path => folder["scan.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_store_is_named_by_its_full_path_and_leaves_one_file_behind()
    {
        using (ITrialStore store = SqliteTrialStore.Open(System.IO.Path.GetRelativePath(Environment.CurrentDirectory, Path)))
        {
            store.Begin(Header);
            Assert.Equal(Path, store.Name);
        }

        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_disposed_store_says_so()
    {
        ITrialStore store = SqliteTrialStore.Open(Path);
        store.Dispose();
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => store.Header);
    }

    [Fact]
    public void A_store_that_was_killed_in_the_middle_of_a_change_before_it_had_its_log_is_taken_back_and_opens()
    {
        using (ITrialStore store = SqliteTrialStore.Open(Path))
        {
            store.Begin(Header);
        }

        // As it is while it is created: with a journal, which must be played back. What a kill leaves is copied from under an open change that has reached the disk.
        using (var connection = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            foreach (string text in new[] { "PRAGMA journal_mode=DELETE", "PRAGMA cache_size=1", "BEGIN IMMEDIATE", "CREATE TABLE half (a)" }.Concat(Enumerable.Repeat("INSERT INTO half VALUES (randomblob(3000))", 50)))
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = text;
                command.ExecuteNonQuery();
            }

            File.Copy(Path, folder["killed.db"]);
            File.Copy(Path + "-journal", folder["killed.db-journal"]);
        }

        Assert.Contains("Run the scan again: it goes on where it was.", Problem(() => SqliteTrialStore.OpenReadOnly(folder["killed.db"])), StringComparison.Ordinal);
        using ITrialStore again = SqliteTrialStore.Open(folder["killed.db"]);
        Assert.Equal(Header, again.Header);
        Assert.False(File.Exists(folder["killed.db-journal"]));
    }

    [Fact]
    public void A_history_keeps_once_what_trials_have_alike()
    {
        using ITrialStore store = SqliteTrialStore.Open(Path);
        store.Begin(Header);
        var history = new TrialHistory(new Objective("loss", ObjectiveDirection.Minimize, JudgedEpoch.Last));
        foreach (int number in new[] { 0, 1 })
        {
            store.TryAdd([new TrialRecord { Number = number, Proposal = number, Configuration = Configuration.Of(("x", number)), Seed = 1, Mark = "7" }]);
            history.Follow(store, withReports: false);
            Configuration proposed = history.Trials[number].Configuration;
            TrialRecord claimed = store.Claim("a", Lease)!;
            TrialNotes notes = TrialNotes.None.With("events", $"sha256:{new string('a', 64)}");
            Assert.True(store.Finish(new TrialClaim(number, claimed.Attempt, "a"), new TrialOutcome { State = TrialState.Finished, Values = [new MetricValue(1)], Notes = notes }));
            history.Follow(store, withReports: false);

            Assert.Equal(TrialState.Finished, history.Trials[number].State);
            Assert.Same(proposed, history.Trials[number].Configuration);
        }

        Assert.Same(NoteOf(history.Trials[0]), NoteOf(history.Trials[1]));

        static string NoteOf(TrialRecord trial) => trial.Notes.TryGet("events", out string? text) ? text : "";
    }

    [Fact]
    public void What_is_no_store_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(folder["notes.db"], "not a database, but rather long: " + new string('x', 200));
        File.WriteAllText(folder["short.db"], "short");
        Execute(folder["other.db"], "CREATE TABLE a (b); PRAGMA journal_mode=WAL");
        Execute(folder["browser.db"], "PRAGMA application_id=7; CREATE TABLE a (b)");
        foreach ((string name, string said) in new[]
        {
            ("notes.db", "is no SQLite file. It was left as it is"),
            ("short.db", "is no SQLite file"),
            ("other.db", "is a database of another application"),
            ("browser.db", "is a database of another application"),
        })
        {
            byte[] before = File.ReadAllBytes(folder[name]);
            Assert.Contains(said, Problem(() => SqliteTrialStore.Open(folder[name])), StringComparison.Ordinal);
            Assert.Contains(said, Problem(() => SqliteTrialStore.OpenReadOnly(folder[name])), StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(folder[name]));
        }
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        SqliteTrialStore.Open(Path).Dispose();
        Execute(Path, "PRAGMA user_version=2");
        byte[] before = File.ReadAllBytes(Path);

        string said = Problem(() => SqliteTrialStore.Open(Path));

        Assert.Contains($"{Path} is of version 2", said, StringComparison.Ordinal);
        Assert.Contains("use a newer library", said, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_missing_folder_a_folder_and_a_missing_file_are_said()
    {
        Assert.Contains("Make " + folder["no"], Problem(() => SqliteTrialStore.Open(System.IO.Path.Combine(folder["no"], "scan.db"))), StringComparison.Ordinal);
        Assert.Contains($"{folder.Path} is a folder", Problem(() => SqliteTrialStore.Open(folder.Path)), StringComparison.Ordinal);
        Assert.Contains($"There is no store {Path}", Problem(() => SqliteTrialStore.OpenReadOnly(Path)), StringComparison.Ordinal);
        File.WriteAllBytes(folder["empty.db"], []);
        Assert.Contains("is empty: no scan has begun in it yet", Problem(() => SqliteTrialStore.OpenReadOnly(folder["empty.db"])), StringComparison.Ordinal);
        File.Delete(folder["empty.db"]);
        Assert.Throws<ArgumentException>(() => SqliteTrialStore.Open(" "));
        Assert.Throws<ArgumentOutOfRangeException>(() => SqliteTrialStore.Open(Path, patience: TimeSpan.FromSeconds(-1)));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void An_empty_file_becomes_a_store()
    {
        File.WriteAllBytes(Path, []);
        using ITrialStore store = SqliteTrialStore.Open(Path);

        Assert.Null(store.Header);
    }

    [Fact]
    public void A_store_that_is_damaged_says_so()
    {
        using (ITrialStore store = Filled(200))
        {
        }

        using (FileStream stream = File.OpenWrite(Path))
        {
            stream.Position = 4096;
            stream.Write(new byte[(int)stream.Length - 4096]);
        }

        Assert.Contains($"{Path} is damaged", Problem(() =>
        {
            using ITrialStore store = SqliteTrialStore.Open(Path);
            store.ChangesSince(0, withReports: true);
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_can_grow_no_further_says_so_and_stays_whole()
    {
        using ITrialStore store = Filled(1);
        SqliteFile small = SqliteFile.Open(Path, isReadOnly: false, TimeSpan.FromSeconds(1));
        small.Run("PRAGMA max_page_count=30");
        using SqliteStore full = new(small, TimeProvider.System);
        int trials = 1;
        string said = Problem(() =>
        {
            for (; trials < 100_000; trials++)
            {
                Assert.True(full.TryAdd([New(trials)]));
            }
        });

        Assert.Contains($"{Path} can grow no further", said, StringComparison.Ordinal);
        Assert.Contains("make room and run the scan again", said, StringComparison.Ordinal);
        Assert.InRange(trials, 2, 99_999);
        Assert.Equal("ok", Execute(Path, "PRAGMA integrity_check"));
        Assert.Equal(trials, store.ChangesSince(0, withReports: false).Trials.Count);
        Assert.True(store.TryAdd([New(trials)]));
    }

    [Fact]
    public void A_store_that_another_holds_for_too_long_says_so_and_goes_on_afterwards()
    {
        using ITrialStore store = Filled(1);
        using ITrialStore impatient = SqliteTrialStore.Open(Path, patience: TimeSpan.FromMilliseconds(50));
        using (SqliteConnection other = Connect(Path))
        {
            Execute(other, "BEGIN IMMEDIATE");
            Assert.Contains($"{Path} has been held by another process for longer than 0.05 s", Problem(() => impatient.TryAdd([New(1)])), StringComparison.Ordinal);

            // Looking is not held up, and finds what was there.
            Assert.Single(impatient.ChangesSince(0, withReports: false).Trials);
            Execute(other, "ROLLBACK");
        }

        Assert.True(impatient.TryAdd([New(1)]));
    }

    [Fact]
    public void Who_only_looks_sees_what_a_running_scan_does_and_cannot_change_it()
    {
        using ITrialStore store = Filled(2);
        using ITrialStore reader = SqliteTrialStore.OpenReadOnly(Path);
        store.Claim("a", Lease);
        reader.Begin(Header);

        Assert.Equal(Header, reader.Header);
        Assert.Equal([TrialState.Running, TrialState.Pending], reader.ChangesSince(0, withReports: false).Trials.Select(trial => trial.State));
        Assert.Contains("opened to be looked at only", Problem(() => reader.TryAdd([New(2)])), StringComparison.Ordinal);
        Assert.Contains("opened to be looked at only", Problem(() => reader.Claim("b", Lease)), StringComparison.Ordinal);
        Assert.Equal(2, store.ChangesSince(0, withReports: false).Trials.Count);
    }

    [Fact]
    public async Task Many_that_create_one_store_at_once_have_one_store()
    {
        ITrialStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            ITrialStore store = SqliteTrialStore.Open(Path);
            store.Begin(Header);
            return store;
        })));

        Assert.Equal(1, stores.Count(store => store.TryAdd([New(0)])));
        Assert.All(stores, store => Assert.Single(store.ChangesSince(0, withReports: false).Trials));
        Array.ForEach(stores, store => store.Dispose());
    }

    [Fact]
    public void Claiming_and_following_look_at_no_trial_that_is_of_no_interest()
    {
        using ITrialStore store = Filled(10);
        string claiming = Plan(SqliteStore.Claimable.Replace("$now", "'2026'", StringComparison.Ordinal));
        string following = Plan("SELECT number FROM trials INDEXED BY changed_trials WHERE revision > 5 ORDER BY number");
        string counting = Plan("SELECT coalesce(max(revision), 0) + 1 FROM trials");

        Assert.Contains("USING INDEX open_trials", claiming, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", claiming, StringComparison.Ordinal);
        Assert.Contains("changed_trials (revision>?)", following, StringComparison.Ordinal);
        Assert.Contains("SEARCH trials USING COVERING INDEX changed_trials", counting, StringComparison.Ordinal);
    }

    private static TrialRecord New(int number) => new() { Number = number, Proposal = number, Configuration = Configuration.Of(("n", number)), Seed = number };

    private static string Problem(Action action) => Assert.Throws<TrialStoreException>(action).Message;

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static string Execute(string path, string text)
    {
        using SqliteConnection connection = Connect(path);
        return Execute(connection, text);
    }

    private static string Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        var lines = new List<string>();
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            lines.Add(row.GetString(row.FieldCount - 1));
        }

        return string.Join('\n', lines);
    }

    private string Plan(string text) => Execute(Path, $"EXPLAIN QUERY PLAN {text}");

    private ITrialStore Filled(int trials)
    {
        ITrialStore store = SqliteTrialStore.Open(Path);
        store.Begin(Header);
        Assert.True(store.TryAdd([.. Enumerable.Range(0, trials).Select(New)]));
        return store;
    }
}
