using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ParticleImages.Search.Storage.Sqlite;

/// <summary>Trials in a SQLite file: one connection behind a lock, since a trial takes minutes and a change a millisecond.</summary>
internal sealed class SqliteStore : ITrialStore
{
    private const string NextRevision = "(SELECT coalesce(max(revision), 0) + 1 FROM trials)";

    // The index holds open trials only, of which there are as many as workers, or as the repeats of a proposal.
    internal const string Claimable = """
        SELECT number FROM trials INDEXED BY open_trials
        WHERE state IN ('Pending', 'Running') AND (state = 'Pending' OR lease <= $now) ORDER BY rank, number LIMIT 1
        """;

    private const string Held = "number = $number AND state = 'Running' AND attempt = $attempt AND owner = $owner";

    private readonly Lock gate = new();
    private readonly SqliteFile file;
    private readonly TimeProvider clock;
    private readonly SqliteCommand readHeader;
    private readonly SqliteCommand writeHeader;
    private readonly SqliteCommand takeRun;
    private readonly SqliteCommand readRun;
    private readonly SqliteCommand readRunner;
    private readonly SqliteCommand releaseRun;
    private readonly SqliteCommand releaseTrials;
    private readonly SqliteCommand countTrials;
    private readonly SqliteCommand add;
    private readonly SqliteCommand claimable;
    private readonly SqliteCommand claim;
    private readonly SqliteCommand renew;
    private readonly SqliteCommand touch;
    private readonly SqliteCommand forget;
    private readonly SqliteCommand report;
    private readonly SqliteCommand finish;
    private readonly SqliteCommand changedTrials;
    private readonly SqliteCommand changedReports;
    private readonly SqliteCommand reportsOf;
    private bool isDisposed;

    public SqliteStore(SqliteFile file, TimeProvider clock)
    {
        this.file = file;
        this.clock = clock;
        readHeader = file.Command("SELECT space, strategy, objectives, seed, repeats, subject FROM scan");
        writeHeader = file.Command(
            "INSERT INTO scan VALUES (1, $space, $strategy, $objectives, $seed, $repeats, $subject) ON CONFLICT DO NOTHING",
            "$space", "$strategy", "$objectives", "$seed", "$repeats", "$subject");
        takeRun = file.Command(
            """
            INSERT INTO run VALUES (1, $owner, $lease)
            ON CONFLICT DO UPDATE SET owner = excluded.owner, lease = excluded.lease WHERE run.owner = excluded.owner OR run.lease <= $now
            """,
            "$owner", "$lease", "$now");
        readRun = file.Command("SELECT owner FROM run");
        readRunner = file.Command("SELECT owner FROM run WHERE lease > $now", "$now");
        releaseRun = file.Command("DELETE FROM run WHERE owner = $owner", "$owner");
        releaseTrials = file.Command(
            $"UPDATE trials INDEXED BY open_trials SET state = 'Pending', started = NULL, revision = {NextRevision} WHERE state IN ('Pending', 'Running') AND state = 'Running' AND owner = $owner", "$owner");
        countTrials = file.Command("SELECT coalesce(max(number) + 1, 0) FROM trials");
        add = AddCommand(file);
        claimable = file.Command(Claimable, "$now");
        claim = file.Command(
            $"""
            UPDATE trials SET state = 'Running', owner = $owner, attempt = attempt + 1, started = $now, ended = NULL, lease = $lease, revision = {NextRevision}
            WHERE number = ({Claimable}) RETURNING {TrialRow.Columns}
            """,
            "$owner", "$now", "$lease");
        renew = file.Command($"UPDATE trials SET lease = $lease WHERE {Held}", "$number", "$attempt", "$owner", "$lease");
        touch = file.Command($"UPDATE trials SET last_step = $step, revision = {NextRevision} WHERE {Held}", "$number", "$attempt", "$owner", "$step");
        forget = file.Command("DELETE FROM reports WHERE trial = $number AND step >= $step", "$number", "$step");
        report = file.Command("INSERT INTO reports SELECT number, $step, $metrics, revision FROM trials WHERE number = $number", "$number", "$step", "$metrics");
        finish = file.Command(
            $"""
            UPDATE trials SET state = $state, metrics = $metrics, objectives = $values, message = $message, notes = $notes, failures = failures + $failures, ended = $ended, revision = {NextRevision}
            WHERE {Held}
            """,
            "$number", "$attempt", "$owner", "$state", "$metrics", "$values", "$message", "$notes", "$failures", "$ended");
        changedTrials = file.Command($"SELECT {TrialRow.Columns} FROM trials INDEXED BY changed_trials WHERE revision > $since ORDER BY number", "$since");
        changedReports = file.Command("SELECT trial, step, metrics FROM reports INDEXED BY changed_reports WHERE revision > $since AND revision <= $until ORDER BY revision", "$since", "$until");
        reportsOf = file.Command("SELECT step, metrics FROM reports WHERE trial = $number ORDER BY step", "$number");
    }

    public string Name => file.Path;

    public ScanHeader? Header => Do(ReadHeader);

    public void Begin(ScanHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        ScanHeader stored = Do(() =>
        {
            // Only where there is none, so that who only looks need not write.
            if (ReadHeader() is null)
            {
                Set(writeHeader, header.Space, header.Strategy, header.Objectives, header.Seed.ToString(CultureInfo.InvariantCulture), header.Repeats, header.Subject).ExecuteNonQuery();
            }

            return ReadHeader()!;
        });
        if (stored != header)
        {
            throw new TrialStoreException(
                $"The store {Name} has another scan: {string.Join("; ", header.DifferencesFrom(stored))}. It was left as it is: name another file for this scan, or run the one that is there.");
        }
    }

    public string TakeRun(string owner, TimeSpan lease) => Do(() =>
    {
        string runner = owner;
        file.InTransaction(() =>
        {
            (string now, string until) = Times(lease);
            Set(takeRun, owner, until, now).ExecuteNonQuery();
            runner = (string)readRun.ExecuteScalar()!;
            return runner == owner;
        });
        return runner;
    });

    public string? Runner => Do(() => Set(readRunner, Times(TimeSpan.Zero).Now).ExecuteScalar() as string);

    public void Release(string owner) => Do(() => file.InTransaction(() =>
        Set(releaseRun, owner).ExecuteNonQuery() + Set(releaseTrials, owner).ExecuteNonQuery() > 0));

    public bool TryAdd(IReadOnlyList<TrialRecord> trials, TimeSpan lease = default)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return Do(() => file.InTransaction(() =>
        {
            if ((long)countTrials.ExecuteScalar()! != trials[0].Number)
            {
                return false;
            }

            foreach (TrialRecord trial in trials)
            {
                bool isClaimed = trial.State == TrialState.Running;
                (DateTimeOffset now, string until) = (clock.GetUtcNow(), isClaimed ? Times(lease).Until : "");
                Set(add, [.. TrialRow.Values(isClaimed ? trial with { Start = now } : trial), isClaimed ? until : null]).ExecuteNonQuery();
            }

            return true;
        }));
    }

    public TrialRecord? Claim(string owner, TimeSpan lease) => Do(() =>
    {
        // Looked at first, since who finds nothing need not wait for those who write.
        (string now, string until) = Times(lease);
        if (Set(claimable, now).ExecuteScalar() is null)
        {
            return null;
        }

        using SqliteDataReader row = Set(claim, owner, now, until).ExecuteReader();
        TrialRecord? claimed = row.Read() ? TrialRow.Read(row) : null;

        // To its end, where it is committed.
        row.Read();
        return claimed;
    });

    public bool Renew(TrialClaim claim, TimeSpan lease) => Do(() => Set(renew, claim.Number, claim.Attempt, claim.Owner, Times(lease).Until).ExecuteNonQuery() == 1);

    public bool Report(TrialClaim claim, TrialReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string metrics = MetricsText.Of(report.Metrics);
        return Do(() => file.InTransaction(() =>
        {
            if (Set(touch, claim.Number, claim.Attempt, claim.Owner, report.Step).ExecuteNonQuery() == 0)
            {
                return false;
            }

            Set(forget, claim.Number, report.Step).ExecuteNonQuery();
            Set(this.report, claim.Number, report.Step, metrics).ExecuteNonQuery();
            return true;
        }));
    }

    public bool Finish(TrialClaim claim, TrialOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        string? ended = outcome.State == TrialState.Pending ? null : TrialRow.Time(clock.GetUtcNow());
        string metrics = MetricsText.Of(outcome.Metrics);
        string values = MetricsText.Of(outcome.Values);
        return Do(() => Set(
            finish, claim.Number, claim.Attempt, claim.Owner, outcome.State.ToString(), metrics, values, outcome.Message, NotesText.Of(outcome.Notes), outcome.IsFailure ? 1 : 0, ended).ExecuteNonQuery() == 1);
    }

    public TrialChanges ChangesSince(long revision, bool withReports) => Do(() =>
    {
        var trials = new List<TrialRecord>();
        long until = revision;
        using (SqliteDataReader row = Set(changedTrials, revision).ExecuteReader())
        {
            while (row.Read())
            {
                trials.Add(TrialRow.Read(row));
                until = Math.Max(until, trials[^1].Revision);
            }
        }

        // Every report is a change of its trial. One that was replaced between the two commands has a later revision, and comes next time.
        var reports = new List<(int, TrialReport)>();
        if (withReports && until > revision)
        {
            using SqliteDataReader row = Set(changedReports, revision, until).ExecuteReader();
            while (row.Read())
            {
                reports.Add((row.GetInt32(0), new TrialReport(row.GetInt32(1), MetricsText.Metrics(row.GetString(2)))));
            }
        }

        return new TrialChanges(trials, reports, until);
    });

    public IReadOnlyList<TrialReport> ReportsOf(int trial) => Do(() =>
    {
        var reports = new List<TrialReport>();
        using SqliteDataReader row = Set(reportsOf, trial).ExecuteReader();
        while (row.Read())
        {
            reports.Add(new TrialReport(row.GetInt32(0), MetricsText.Metrics(row.GetString(1))));
        }

        return reports;
    });

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            file.Dispose();
        }
    }

    private static SqliteCommand AddCommand(SqliteFile file)
    {
        // All columns but the revision, which is the last and counted here, and the lease, which no record has.
        string[] columns = [.. TrialRow.Columns.Split(", ")[..^1], "lease"];
        string[] parameters = [.. columns.Select(column => $"${column}")];
        return file.Command($"INSERT INTO trials ({string.Join(", ", columns)}, revision) VALUES ({string.Join(", ", parameters)}, {NextRevision})", parameters);
    }

    private static SqliteCommand Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private ScanHeader? ReadHeader()
    {
        using SqliteDataReader row = readHeader.ExecuteReader();
        return row.Read()
            ? new ScanHeader(row.GetString(0), row.GetString(1), row.GetString(2), ulong.Parse(row.GetString(3), CultureInfo.InvariantCulture), row.GetInt32(4), row.GetString(5))
            : null;
    }

    private (string Now, string Until) Times(TimeSpan lease)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return (TrialRow.Time(now), TrialRow.Time(now + lease));
    }

    private T Do<T>(Func<T> work)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return file.Try(work);
        }
    }
}
