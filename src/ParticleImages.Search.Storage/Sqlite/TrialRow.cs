using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ParticleImages.Search.Storage.Sqlite;

/// <summary>A trial as a row of the table.</summary>
internal static class TrialRow
{
    /// <summary>Every column of a record, in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        "number, proposal, repeat, configuration, seed, mark, state, attempt, failures, owner, started, ended, last_step, metrics, objectives, message, rank, notes, revision";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static TrialRecord Read(SqliteDataReader row) => new()
    {
        Number = row.GetInt32(0),
        Proposal = row.GetInt32(1),
        Repeat = row.GetInt32(2),
        Configuration = Configuration.Parse(row.GetString(3)),
        Seed = row.GetInt32(4),
        Mark = Text(row, 5),
        State = Enum.TryParse(row.GetString(6), out TrialState state) ? state : throw new FormatException($"Trial {row.GetInt32(0)} is '{row.GetString(6)}', which is no state."),
        Attempt = row.GetInt32(7),
        Failures = row.GetInt32(8),
        Owner = Text(row, 9) is { } owner ? string.Intern(owner) : null,
        Start = Time(row, 10),
        End = Time(row, 11),
        LastStep = row.IsDBNull(12) ? null : row.GetInt32(12),
        Metrics = MetricsText.Metrics(row.GetString(13)),
        Values = MetricsText.Values(row.GetString(14)),
        Message = Text(row, 15),
        Rank = row.GetInt64(16),
        Notes = NotesText.Notes(row.GetString(17)),
        Revision = row.GetInt64(18),
    };

    /// <summary>A record's values in the order of <see cref="Columns"/>, but for the revision, which the store counts.</summary>
    public static object?[] Values(TrialRecord trial) =>
    [
        trial.Number,
        trial.Proposal,
        trial.Repeat,
        trial.Configuration.ToJson(),
        trial.Seed,
        trial.Mark,
        trial.State.ToString(),
        trial.Attempt,
        trial.Failures,
        trial.Owner,
        trial.Start is { } start ? Time(start) : null,
        trial.End is { } end ? Time(end) : null,
        trial.LastStep,
        MetricsText.Of(trial.Metrics),
        MetricsText.Of(trial.Values),
        trial.Message,
        trial.Rank,
        NotesText.Of(trial.Notes),
    ];

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column)
        ? null
        : DateTimeOffset.ParseExact(row.GetString(column), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
